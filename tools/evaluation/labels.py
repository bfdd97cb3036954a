"""What a label means, and whether a device was called so.

A label is what a source says: the name on the box as often as the real maker, and a company's older or
longer name. Maker and brand are judged apart. What Camwarden knows of names comes from its own vendor
files; a label that is in none of them is compared as text alone.
"""
import re

# One house under several names, and labels that name a chip or a distributor instead of a maker.
SAME_HOUSE = {"hisilicon": "tvt", "netwave": "foscam", "steinsvik": "truen", "panasonic": "i-pro",
              "samsung": "hanwha vision", "hanwha": "hanwha vision", "indiapsn": "panasonic india"}


def plain(name):
    return " ".join(name.lower().replace("-", " ").replace("_", " ").split())


def squeezed(name):
    return re.sub(r"[^a-z0-9]", "", name.lower())


class Names:
    """Makers with their aliases and brands with their makers, as the vendor files have them."""

    def __init__(self, vendors):
        self.makers, self.brands = {}, {}
        for path in sorted(vendors.glob("*.yml")):
            self._read(path.read_text())

    def _read(self, text):
        for block in re.split(r"\n(?=\w)", "\n" + text):
            if block.lstrip().startswith("maker:"):
                name = re.search(r"^  name: (.*)$", block, re.M).group(1).strip("'\" ")
                for alias in [name, *self._list(block, "aliases")]:
                    self.makers[plain(alias)] = name
            elif block.lstrip().startswith("brands:"):
                for entry in block.split("  - name:")[1:]:
                    name = entry.splitlines()[0].strip("'\" ")
                    self.brands[plain(name)] = (name, self._list(entry, "makers"))

    @staticmethod
    def _list(text, key):
        found = re.search(rf"\b{key}: \[(.*?)\]", text, re.S)
        return [item.strip(" '\"\n") for item in found.group(1).split(",")] if found else []

    def maker(self, name):
        return self.makers.get(plain(name))

    def brand(self, name):
        return self.brands.get(plain(name))


def spellings(label):
    """ "Blink (Amazon/Immedia)" is Blink, or Amazon, or Immedia."""
    inside = re.findall(r"\(([^)]*)\)", label)
    words = [re.sub(r"\([^)]*\)", "", label), *[word for text in inside for word in re.split(r"[/,]", text)]]
    words = [word.strip() for word in words if word.strip()]
    return [*words, *[SAME_HOUSE[plain(word)] for word in words if plain(word) in SAME_HOUSE]]


def akin(one, other):
    one, other = squeezed(one), squeezed(other)
    return bool(one) and bool(other) and (one.startswith(other) or other.startswith(one))


class Judge:
    """Every verdict is "right", "wrong", "missed", or "" where there is nothing to judge."""

    def __init__(self, names):
        self.names = names

    def makers_meant(self, label):
        makers, known = set(), False
        for name in spellings(label):
            if maker := self.names.maker(name):
                makers.add(maker)
            if brand := self.names.brand(name):
                known = True
                makers.update(brand[1])
        return makers, known or bool(makers)

    def maker(self, label, device):
        said = device["maker"]
        if not label:
            return ""
        makers, known = self.makers_meant(label)
        if not said:
            return "missed"
        if said in makers or any(akin(name, said) for name in spellings(label)):
            return "right"
        if device["brand"] and any(akin(name, device["brand"]) for name in spellings(label)):
            return "right"  # a brand of whose makers the label says nothing
        return "wrong" if known or makers or label else ""

    def brand(self, label, device):
        """Of a label that is a brand: is it named. Of a maker's own: is none but a brand of his named."""
        said = device["brand"]
        if not label:
            return ""
        if said and any(akin(name, said) for name in spellings(label)):
            return "right"
        if any(self.names.brand(name) for name in spellings(label)):
            return "wrong" if said else "missed"
        if not any(self.names.maker(name) for name in spellings(label)):
            return "wrong" if said else ""
        brand = self.names.brand(said) if said else None
        makers, _ = self.makers_meant(label)
        return "right" if not said or (brand and makers & set(brand[1])) else "wrong"

    @staticmethod
    def model(label, device):
        said, meant = squeezed(device["model"]), squeezed(label)
        if not meant:
            return ""
        if not said:
            return "missed"
        return "right" if said in meant or meant in said else "wrong"

    @staticmethod
    def exactly(aspect, meant, device):
        """Of what has one spelling: a firmware version, a serial number."""
        if not meant:
            return ""
        if not device[aspect]:
            return "missed"
        return "right" if device[aspect] == meant else "wrong"

#!/usr/bin/python3
"""Reads a report's HTML with a parser that is not ours, and says what a browser could trip over.

html_report.py FILE... prints a line a fault; html_report_test.py makes reports of captures and reads them.
"""
import base64
import hashlib
import html.parser
import re
import sys
from pathlib import Path

ALLOWED = set("""html head meta title style body header h1 h2 h3 main div p ul li dl dt dd table caption thead tbody tr th td
br span article blockquote strong figure figcaption svg g text rect line""".split())
VOID = {"meta", "br"}
ATTRIBUTES = set("""lang charset http-equiv content name class role tabindex aria-label aria-labelledby scope id viewbox x y
x1 x2 y1 y2 width height text-anchor fill-opacity""".split())


class Reader(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.faults, self.open, self.style, self.tables, self.headings, self.ids = [], [], "", [], [], []
        self.policy = None
        self.text = ""

    def handle_starttag(self, tag, attributes):
        where = f"{self.getpos()[0]}: <{tag}>"
        if tag not in ALLOWED:
            self.faults.append(f"{where} is not a report's")
        for name, value in attributes:
            if name not in ATTRIBUTES:
                self.faults.append(f"{where} has {name}={value!r}")
        found = dict(attributes)
        if tag == "meta" and found.get("http-equiv") == "Content-Security-Policy":
            self.policy = found["content"]
        if tag == "html" and found.get("lang") != "en":
            self.faults.append(f"{where} names no language")
        if tag == "th" and found.get("scope") not in ("row", "col"):
            self.faults.append(f"{where} has no scope")
        if tag == "table":
            self.tables.append([])
        if tag in ("h1", "h2", "h3"):
            self.headings.append(int(tag[1]))
        if tag == "svg" and found.get("aria-labelledby") is None:
            self.faults.append(f"{where} has no name")
        if "id" in found:
            self.ids.append(found["id"])
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if not self.open or self.open[-1] != tag:
            self.faults.append(f"{self.getpos()[0]}: </{tag}> closes {self.open[-1:] or 'nothing'}")
        else:
            self.open.pop()
        if tag == "caption":
            self.tables[-1].append("caption")

    def handle_data(self, text):
        if self.open[-1:] == ["style"]:
            self.style += text
        else:
            self.text += text

    def handle_comment(self, text):
        self.faults.append(f"{self.getpos()[0]}: a comment: {text!r}")

    def handle_pi(self, text):
        self.faults.append(f"{self.getpos()[0]}: a processing instruction: {text!r}")


def read(document):
    reader = Reader()
    reader.feed(document)
    reader.close()
    faults = reader.faults
    if not document.startswith("<!DOCTYPE html>"):
        faults.append("no document type")
    if reader.open:
        faults.append(f"left open: {reader.open}")
    if reader.headings.count(1) != 1 or any(b > a + 1 for a, b in zip(reader.headings, reader.headings[1:])):
        faults.append(f"headings leave a level out: {reader.headings}")
    faults += [f"table {number} has no caption" for number, seen in enumerate(reader.tables, 1) if seen != ["caption"]]
    if len(set(reader.ids)) != len(reader.ids):
        faults.append(f"ids are not unique: {reader.ids}")
    style = base64.b64encode(hashlib.sha256(reader.style.encode()).digest()).decode()
    if reader.policy != f"default-src 'none'; style-src 'sha256-{style}'; base-uri 'none'; form-action 'none'":
        faults.append(f"the policy does not fit: {reader.policy}")
    if re.search(r"url\(|@import|https?:", reader.style):
        faults.append("the style sheet asks for something from outside")
    odd = sorted({c for c in document if (ord(c) < 32 and c != "\n") or 127 <= ord(c) < 160
                  or c in "\u061c\u200e\u200f\u2028\u2029\ufeff" or "\u202a" <= c <= "\u202e" or "\u2066" <= c <= "\u2069"})
    if odd:
        faults.append(f"characters that cannot be seen: {odd}")
    return faults, reader


if __name__ == "__main__":
    bad = [f"{path}:{fault}" for path in sys.argv[1:] for fault in read(Path(path).read_text())[0]]
    print("\n".join(bad) or "nothing wrong")
    sys.exit(1 if bad else 0)

#include "report/listing.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "inventory/device_json.h"
#include "policy/alert_json.h"

namespace camwarden {
namespace {

constexpr std::string_view kRed = "\x1b[31m", kBold = "\x1b[1m", kPlain = "\x1b[0m";

using Cells = std::vector<std::string>;

// Columns that a person sees: code points, near enough for the values that devices give.
std::size_t shown_width(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

std::string cut(std::string text, std::size_t width) {
  if (shown_width(text) <= width) return text;
  std::size_t kept = 0, at = 0;
  while (at < text.size() && kept + 1 < width) {
    ++at;
    while (at < text.size() && (text[at] & 0xc0) == 0x80) ++at;
    ++kept;
  }
  return text.substr(0, at) + "…";
}

std::string padded(const std::string& text, std::size_t width) {
  return text + std::string(width - std::min(width, shown_width(text)), ' ');
}

std::vector<std::size_t> widths(const Cells& head, const std::vector<Cells>& rows) {
  constexpr std::size_t kWidest = 40;
  std::vector<std::size_t> width;
  for (const auto& cell : head) width.push_back(cell.size());
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      width[i] = std::max(width[i], std::min(kWidest, shown_width(row[i])));
    }
  }
  return width;
}

std::string line(const Cells& cells, const std::vector<std::size_t>& width, const TableStyle& style) {
  std::string out;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const bool last = i + 1 == cells.size();
    out += last ? cut(cells[i], width[i]) : padded(cut(cells[i], width[i]), width[i]) + "  ";
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return style.width > 0 ? cut(out, style.width) : out;
}

std::string place(const ListedDevice& listed) {
  if (!listed.segment.empty()) return printable(listed.segment);
  const auto& vlans = listed.device.vlans;
  return vlans.empty() || vlans.front() == 0 ? "-" : fmt::format("vlan {}", vlans.front());
}

std::string packs(const std::vector<LawQuote>& laws) {
  std::set<std::string> names;
  for (const auto& law : laws) names.insert(law.pack);
  return fmt::format("{}", fmt::join(names, " "));
}

std::string or_dash(const std::string& text) { return text.empty() ? "-" : printable(text); }

Cells device_cells(const ListedDevice& listed) {
  const auto& device = listed.device;
  return {device.ips.empty() ? "-" : device.ips.front().to_string(),
          device.mac.none() ? "-" : device.mac.to_string(),
          place(listed),
          std::string(to_string(device.kind)),
          printable(maker_behind_brand(device)),
          or_dash(device.model),
          or_dash(device.firmware),
          device.grade == Grade::none ? "-" : std::string(to_string(device.grade)),
          or_dash(packs(listed.laws))};
}

std::string devices_table(const std::vector<ListedDevice>& devices, std::size_t others, const TableStyle& style,
                          bool everything) {
  const Cells head{"ADDRESS", "MAC", "SEGMENT", "KIND", "MAKER", "MODEL", "FIRMWARE", "GRADE", "RESTRICTED BY"};
  std::vector<Cells> rows;
  std::vector<bool> marked;
  std::size_t video = 0;
  for (const auto& listed : devices) {
    const bool host = !is_video(listed.device.kind);
    ++(host ? others : video);
    if (host && !everything) continue;
    rows.push_back(device_cells(listed));
    marked.push_back(listed.violation);
  }
  const auto width = widths(head, rows);
  std::string out;
  if (!rows.empty()) {
    out += style.colour ? fmt::format("{}{}{}\n", kBold, line(head, width, style), kPlain)
                        : line(head, width, style) + "\n";
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto text = line(rows[i], width, style);
    out += style.colour && marked[i] ? fmt::format("{}{}{}\n", kRed, text, kPlain) : text + "\n";
  }
  return out + fmt::format("{} video device{}, {} other host{}{}\n", video, video == 1 ? "" : "s", others,
                           others == 1 ? "" : "s", everything || others == 0 ? "" : " not shown");
}

std::string joined(const std::vector<IpAddress>& ips) {
  std::string out;
  for (const auto& ip : ips) out += (out.empty() ? "" : " ") + ip.to_string();
  return out;
}

std::string csv_line(const Cells& cells) {
  std::string out;
  for (const auto& cell : cells) out += (out.empty() ? "" : ",") + csv_cell(cell);
  return out + "\r\n";
}

std::string devices_csv(const std::vector<ListedDevice>& devices) {
  std::string out = csv_line({"id", "mac", "ips", "vlans", "segment", "kind", "maker", "brand", "model",
                              "firmware", "serial", "grade", "confidence", "first_seen", "last_seen",
                              "hostname", "law_packs", "violation"});
  for (const auto& [device, segment, laws, violation] : devices) {
    out += csv_line({device.id, device.mac.none() ? "" : device.mac.to_string(), joined(device.ips),
                     fmt::format("{}", fmt::join(device.vlans, " ")), segment,
                     std::string(to_string(device.kind)), device.maker, device.brand, device.model,
                     device.firmware, device.serial, std::string(to_string(device.grade)),
                     fmt::format("{:.2f}", device.confidence), to_rfc3339(device.first_seen),
                     to_rfc3339(device.last_seen), device.hostname, packs(laws), violation ? "yes" : "no"});
  }
  return out;
}

std::string devices_json(const std::vector<ListedDevice>& devices) {
  std::string out;
  for (const auto& listed : devices) {
    json::object object{{"object", "device"}};
    for (auto& [key, value] : to_json(listed.device, listed.segment)) object[key] = value;
    json::array named;
    for (const auto& law : listed.laws) named.push_back(json_text(law.pack));
    object["restricted_by"] = std::move(named);
    object["violation"] = listed.violation;
    out += to_string(object) + "\n";
  }
  return out;
}

void sort_for_reading(std::vector<ListedDevice>& devices) {
  const auto rank = [](const ListedDevice& listed) {
    const auto ip = listed.device.ips.empty() ? IpAddress{} : listed.device.ips.front();
    return std::make_tuple(!listed.violation, listed.laws.empty(), !is_video(listed.device.kind), ip,
                           listed.device.id);
  };
  std::sort(devices.begin(), devices.end(),
            [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
}

}  // namespace

std::string maker_behind_brand(const Device& device) {
  if (device.brand.empty() || iequals(device.brand, device.maker)) {
    return device.maker.empty() ? "-" : device.maker;
  }
  return fmt::format("{}, sold as {}", device.maker.empty() ? "unknown maker" : device.maker, device.brand);
}

std::string csv_cell(std::string_view value) {
  std::string text = printable(value);
  // Before printable() a tab or CR could lead as well; what remains to be defused are the operators.
  if (!text.empty() && std::string_view("=+-@").find(text[0]) != std::string_view::npos) text.insert(0, 1, '\'');
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + "\"";
}

std::string list_devices(std::vector<ListedDevice> devices, std::size_t others, ListFormat format,
                         const TableStyle& style, bool everything) {
  sort_for_reading(devices);
  switch (format) {
    case ListFormat::table: return devices_table(devices, others, style, everything);
    case ListFormat::json: return devices_json(devices);
    case ListFormat::csv: return devices_csv(devices);
  }
  return "";
}

std::string list_alerts(const std::vector<Alert>& alerts, ListFormat format, const TableStyle& style) {
  std::string out;
  if (format == ListFormat::csv) {
    out = csv_line({"id", "time", "type", "severity", "rule", "law_packs", "segment", "zone", "device", "mac",
                    "ips", "maker", "brand", "model", "grade", "why"});
  }
  for (const auto& alert : alerts) {
    const auto& device = alert.device;
    switch (format) {
      case ListFormat::table: {
        const bool red = style.colour && alert.severity == Severity::error;
        out += fmt::format("{}  {}{:<17}{}  {}\n", to_rfc3339(alert.time), red ? kRed : "", to_string(alert.type),
                           red ? kPlain : "", printable(alert.why));
        break;
      }
      case ListFormat::json: {
        json::object object{{"object", "alert"}};
        for (auto& [key, value] : to_json(alert)) object[key] = value;
        out += to_string(object) + "\n";
        break;
      }
      case ListFormat::csv:
        out += csv_line({alert.id, to_rfc3339(alert.time), std::string(to_string(alert.type)),
                         std::string(to_string(alert.severity)), alert.rule, packs(alert.laws), alert.segment,
                         alert.zone, device.id, device.mac.none() ? "" : device.mac.to_string(),
                         joined(device.ips), device.maker, device.brand, device.model,
                         std::string(to_string(device.grade)), alert.why});
        break;
    }
  }
  return out;
}

}  // namespace camwarden

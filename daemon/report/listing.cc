#include "report/listing.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "inventory/device_json.h"
#include "policy/alert_json.h"
#include "policy/sentence.h"

namespace camwarden {
namespace {

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
  Table table({"ADDRESS", "MAC", "SEGMENT", "KIND", "MAKER", "MODEL", "FIRMWARE", "GRADE", "RESTRICTED BY"});
  std::vector<std::string> registrants;
  std::size_t video = 0;
  for (const auto& listed : devices) {
    const bool host = !is_video(listed.device.kind);
    ++(host ? others : video);
    if (host && !everything) continue;
    table.add(device_cells(listed), listed.violation);
    registrants.push_back(or_dash(listed.registrant));
  }
  table.add_column_if_room("REGISTRANT", registrants, style);
  return table.text(style) + fmt::format("{} video device{}, {} other host{}{}\n", video, video == 1 ? "" : "s", others,
                                         others == 1 ? "" : "s", everything || others == 0 ? "" : " not shown");
}

std::string joined(const std::vector<IpAddress>& ips) {
  std::string out;
  for (const auto& ip : ips) out += (out.empty() ? "" : " ") + ip.to_string();
  return out;
}

std::string devices_csv(const std::vector<ListedDevice>& devices) {
  std::string out = csv_line({"id", "mac", "ips", "vlans", "segment", "kind", "maker", "brand", "model",
                              "firmware", "serial", "grade", "confidence", "first_seen", "last_seen",
                              "hostname", "law_packs", "violation", "registrant"});
  for (const auto& [device, segment, laws, registrant, violation] : devices) {
    out += csv_line({device.id, device.mac.none() ? "" : device.mac.to_string(), joined(device.ips),
                     fmt::format("{}", fmt::join(device.vlans, " ")), segment,
                     std::string(to_string(device.kind)), device.maker, device.brand, device.model,
                     device.firmware, device.serial, std::string(to_string(device.grade)),
                     fmt::format("{:.2f}", device.confidence), to_rfc3339(device.first_seen),
                     to_rfc3339(device.last_seen), device.hostname, packs(laws), violation ? "yes" : "no", registrant});
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
    object["registrant"] = json_text(listed.registrant);
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
        out += fmt::format("{}  {}{:<17}{}  {}\n", to_rfc3339(alert.time), red ? kRed : "",
                           to_string(alert.type), red ? kPlain : "", printable(in_words(alert)));
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

#pragma once
// The words of an alert: one English sentence that a security officer can act on and forward. What
// a device said of itself is cut short and made printable before it enters a sentence. Pure
// functions.

#include <string>
#include <string_view>

#include "inventory/device.h"
#include "policy/policy.h"

namespace camwarden {

// "camera made by Hikvision (sold as Annke, model C800)"
std::string described(const Device& device);
// "10.10.0.21 (44:19:b6:0a:0b:0c, VLAN 10)"
std::string located(const Device& device, const Presence& presence);
// "in segment core", "outside every segment"
std::string in_segment(std::string_view segment);
// "proven by: answers Hikvision's SADP discovery; MAC prefix is registered to Hikvision"
std::string proof(const Device& device);
// "facilities (CHG-12) until 2027-01-31T00:00:00.000Z: awaiting replacement"
std::string described(const Exception& exception);

// All that an alert has to say in words: why, and what would raise the grade. "" where it says
// none.
std::string in_words(const Alert& alert);

// "A camera made by Hikvision was seen at ... in segment core, where rule ... denies ...; proven
// by"
std::string broken(const Device& device, const Finding& finding);
std::string discovered(const Device& device, const Policy& policy, Time now);
// "A camera made by Hikvision no longer breaks rule r in segment core: <reason>."
std::string ended(const Device& device, std::string_view rule, std::string_view segment,
                  std::string_view reason);
// The reason why the rule that a device of `maker` broke in `segment` is not broken any more: "it
// is now in segment cctv at 10.20.0.21 (44:19:b6:0a:0b:0c, VLAN 20)".
std::string reason_of_end(const Device& device, const Policy& policy, std::string_view rule,
                          std::string_view maker, std::string_view segment, Time now);

}  // namespace camwarden

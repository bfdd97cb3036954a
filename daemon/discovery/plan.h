#pragma once
// What a scan would send to whom, in words; nothing is sent.
//
// Thread: any; pure.

#include <string>

#include "discovery/scanner.h"

namespace camwarden {

std::string plan_text(const Scanner::Options& options);

}  // namespace camwarden

#pragma once
// Verdict: may "no restricted camera was found" be said of a segment, and on what does it rest?
// Asking every address, or listening for long enough to nearly everything, supports it; a video
// device that nobody can name, or one whose maker is only suspected, does not let it stand.
//
// Pure functions. Sentences hold no string that a device chose.

#include <vector>

#include "report/report.h"

namespace camwarden {

// Sets verdict, sentence, because and supports of `segment`, of which everything else is known.
// `devices`: all of the report. `prefixes`: the addresses that the policy gives the segment.
void judge_segment(const std::vector<ReportedDevice>& devices, const std::set<Prefix>& prefixes,
                   const Sufficient& sufficient, Time end, bool segmented, SegmentReport& segment);

// Of all segments together: the worst verdict, and the sentence at the top of the page.
void judge_all(Report& report);

}  // namespace camwarden

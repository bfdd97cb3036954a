#pragma once
// Charts of a report, as inline SVG: who made the video devices of each segment, when they were
// found, and when each segment was listened to. Each has a title for those who cannot see it, and
// its numbers stand in the tables too.

#include "report/html.h"
#include "report/report.h"

namespace camwarden {

// Nothing is drawn where there is nothing to draw.
void draw_makers(Html& html, const Report& report);
void draw_finds(Html& html, const Report& report);
void draw_listening(Html& html, const Report& report);

}  // namespace camwarden

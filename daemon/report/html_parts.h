#pragma once
// Sections of the HTML report; html_report.cc puts them in order. Each writes its heading, and
// nothing at all where it has nothing to say, unless that is worth saying.

#include "report/html.h"
#include "report/report.h"

namespace camwarden {

void write_finds(Html& html, const Report& report);
void write_suspects(Html& html, const Report& report);
void write_exceptions(Html& html, const Report& report);
void write_nameless(Html& html, const Report& report);
void write_changes(Html& html, const Report& report);
void write_devices(Html& html, const Report& report);
void write_events(Html& html, const Report& report);

}  // namespace camwarden

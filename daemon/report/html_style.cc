// The style sheet of a report. Colours are never the only sign: words say the same beside them. The
// palette of the charts is Okabe and Ito's, which people with any colour vision tell apart.

#include "report/html.h"

namespace camwarden {

std::string_view report_style() {
  return R"(
:root {
  color-scheme: light dark;
  --paper: #fff; --ink: #1b1f24; --soft: #57606a; --line: #d0d7de; --panel: #f6f8fa;
  --bad: #b3261e; --bad-paper: #fdecea; --doubt: #8a5300; --doubt-paper: #fff4e0;
  --good: #1a6b34; --good-paper: #e6f4ea; --plain-paper: #eef1f4;
  --c0: #d55e00; --c1: #0072b2; --c2: #009e73; --c3: #cc79a7; --c4: #e69f00;
  --c5: #56b4e9; --c6: #8c7a00; --c7: #7a7a7a; --heard: #0072b2; --silent: #e69f00;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14171a; --ink: #e6e8ea; --soft: #a5adb5; --line: #363c43; --panel: #1c2024;
    --bad: #ff8a80; --bad-paper: #3a1715; --doubt: #ffc46b; --doubt-paper: #352509;
    --good: #7fd69a; --good-paper: #12301c; --plain-paper: #23282d;
    --c6: #f0e442; --c7: #a0a0a0; --heard: #56b4e9;
  }
}
* { box-sizing: border-box; }
html { background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, -apple-system, "Segoe UI",
  Roboto, "Liberation Sans", Arial, sans-serif; }
body { max-width: 76rem; margin: 0 auto; padding: 1.5rem 1.25rem 4rem; }
h1 { font-size: 1.15rem; font-weight: 600; margin: 0 0 .25rem; color: var(--soft); }
h2 { font-size: 1.3rem; margin: 2.5rem 0 .75rem; padding-bottom: .25rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1.05rem; margin: 1.25rem 0 .25rem; overflow-wrap: anywhere; }
p { margin: .4rem 0; }
.soft, figcaption { color: var(--soft); font-size: .875rem; }
.verdict { border-left: .5rem solid var(--soft); background: var(--plain-paper); padding: .9rem 1.1rem;
  margin: .5rem 0 1rem; border-radius: .25rem; }
.verdict p { margin: 0; font-size: 1.45rem; line-height: 1.3; font-weight: 650; overflow-wrap: anywhere; }
.verdict ul { margin: .6rem 0 0; padding-left: 1.2rem; }
.verdict li { overflow-wrap: anywhere; }
.found { border-color: var(--bad); background: var(--bad-paper); }
.cannot-say { border-color: var(--doubt); background: var(--doubt-paper); }
.none-found { border-color: var(--good); background: var(--good-paper); }
.excepted { border-color: var(--doubt); background: var(--doubt-paper); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: .5rem 0; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
.wide { overflow-x: auto; margin: .75rem 0 1.25rem; }
table { border-collapse: collapse; width: 100%; font-size: .875rem; }
caption { text-align: left; font-weight: 600; padding: .25rem 0; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid var(--line); }
.long { overflow-wrap: anywhere; min-width: 9rem; }
.short { white-space: nowrap; }
thead th { background: var(--panel); white-space: nowrap; border-bottom: 2px solid var(--line); }
tbody th { font-weight: 600; }
th .more { font-weight: 400; color: var(--soft); }
tr.bad > * { background: var(--bad-paper); }
tr.doubt > * { background: var(--doubt-paper); }
article { border: 1px solid var(--line); border-left: .35rem solid var(--bad); border-radius: .25rem;
  padding: .25rem 1rem .75rem; margin: 1rem 0; background: var(--panel); }
article table { background: transparent; }
blockquote { margin: .5rem 0; padding: .1rem .9rem; border-left: .25rem solid var(--line); }
figure { margin: 1rem 0 1.75rem; }
figcaption { margin-bottom: .5rem; }
figcaption strong { display: block; color: var(--ink); }
svg { width: 100%; height: auto; max-width: 60rem; display: block; }
svg text { fill: var(--ink); font-size: 12px; }
svg .soft { fill: var(--soft); font-size: 11px; }
svg .axis { stroke: var(--line); }
svg .back { fill: var(--plain-paper); }
.c0 { fill: var(--c0); } .c1 { fill: var(--c1); } .c2 { fill: var(--c2); } .c3 { fill: var(--c3); }
.c4 { fill: var(--c4); } .c5 { fill: var(--c5); } .c6 { fill: var(--c6); } .c7 { fill: var(--c7); }
.heard { fill: var(--heard); } .silent { fill: var(--silent); }
.sign { display: grid; grid-template-columns: repeat(3, 1fr); gap: 2rem; margin-top: 3.5rem; }
.sign div { border-top: 1px solid var(--ink); padding-top: .25rem; color: var(--soft); font-size: .875rem; }
@page { margin: 16mm 14mm; }
@media print {
  :root {
    color-scheme: light;
    --paper: #fff; --ink: #000; --soft: #444; --line: #bbb; --panel: #fff; --bad: #9b1c16; --bad-paper: #fff;
    --doubt: #6e4300; --doubt-paper: #fff; --good: #14532a; --good-paper: #fff; --plain-paper: #f2f2f2;
    --c6: #8c7a00; --c7: #7a7a7a; --heard: #0072b2;
  }
  html { font-size: 10pt; }
  body { max-width: none; padding: 0; }
  .verdict { border-style: solid; border-width: 1.5pt 1.5pt 1.5pt 6pt; }
  .wide { overflow: visible; }
  table { font-size: 8pt; }
  th, td { padding: 1.5pt 4pt; }
  .long { min-width: 0; }
  thead { display: table-header-group; }
  tr, dl, figure, blockquote, .verdict, .sign { break-inside: avoid; }
  h2, h3, caption { break-after: avoid; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
)";
}

}  // namespace camwarden

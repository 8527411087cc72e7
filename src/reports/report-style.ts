/** The look of `report.html`, in light and dark; no font, image or script comes with it. */
export const reportStyle = `
:root {
  color-scheme: light dark;
  --page: light-dark(#fbfaf8, #16181b);
  --card: light-dark(#ffffff, #1e2125);
  --line: light-dark(#e4e1db, #33383e);
  --text: light-dark(#22262b, #e4e6e9);
  --faint: light-dark(#6a7078, #9aa2ab);
  --good: light-dark(#1f7a43, #5fc98a);
  --bad: light-dark(#b3261e, #f28b82);
  --calm: light-dark(#7a5b00, #e0b84c);
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 2.5rem 1.25rem 4rem; max-width: 68rem;
  background: var(--page); color: var(--text); font: 16px/1.5 system-ui, sans-serif;
}
h1 { margin: 0; font-size: 1.4rem; line-height: 1.3; text-wrap: balance; }
h2 { margin: 2.5rem 0 .75rem; font-size: 1.05rem; }
.kicker, .facts { color: var(--faint); font-size: .875rem; }
.kicker { margin: 0 0 .35rem; letter-spacing: .02em; }
.facts { margin: .75rem 0 0; overflow-wrap: anywhere; }
.succeeded, .success { color: var(--good); }
.failed, .timed-out, .failure { color: var(--bad); }
.cancelled, .skipped { color: var(--calm); }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: .6rem; background: var(--card); }
table { width: 100%; border-collapse: collapse; font-size: .9rem; }
th, td { padding: .55rem .9rem; text-align: left; vertical-align: top; border-top: 1px solid var(--line); }
thead th { border-top: 0; color: var(--faint); font-weight: 500; white-space: nowrap; }
tfoot td { font-weight: 600; }
.figure { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
td a { color: inherit; text-underline-offset: .2em; }
ul { margin: 0; padding-left: 1.1rem; }
li { margin: .2rem 0; overflow-wrap: anywhere; }
details { margin: .6rem 0; border: 1px solid var(--line); border-radius: .6rem; background: var(--card); }
summary { padding: .65rem .9rem; cursor: pointer; overflow-wrap: anywhere; }
summary::marker { color: var(--faint); }
summary span { margin-left: .5rem; font-size: .875rem; }
pre {
  margin: 0; padding: .35rem .9rem .9rem; max-height: 40rem; overflow: auto;
  font: .82rem/1.5 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere;
}
.label { margin: 0; padding: .6rem .9rem; border-top: 1px solid var(--line); color: var(--faint); font-size: .8rem; }
.label:has(+ pre) { padding-bottom: 0; }
`;

/** The look of `report.html`, in light and dark, on a screen, a phone and paper; no font, image or script comes with it. */
export const reportStyle = `
:root {
  color-scheme: light dark;
  --page: light-dark(#faf9f7, #14161a);
  --card: light-dark(#ffffff, #1c1f24);
  --soft: light-dark(#f1efeb, #24282e);
  --line: light-dark(#dfdbd4, #353a42);
  --text: light-dark(#1f2328, #e6e8eb);
  --faint: light-dark(#5d646d, #a3abb5);
  --good: light-dark(#1a6e3c, #62cc8c);
  --bad: light-dark(#b3261e, #f5938b);
  --calm: light-dark(#755500, #e3bc55);
  --accent: light-dark(#2456b8, #8db4ff);
  --starting: light-dark(#b3bcc6, #626b76);
  --working: light-dark(#3b73d9, #6f9df0);
  --tool: light-dark(#7a4fc4, #b391f5);
  --limited: light-dark(#d98a14, #e5a033);
  --wait: light-dark(#c9c4bb, #4a5059);
  --stopping: light-dark(#c4453c, #e0736a);
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
a { color: var(--accent); text-underline-offset: .15em; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; border-radius: .2rem; }
button, select, input { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: .45rem; }
button, select { cursor: pointer; }
h1, h2, h3, h4, h5 { line-height: 1.3; text-wrap: balance; overflow-wrap: anywhere; }
.succeeded .mark, .success h1, td.succeeded, span.succeeded { color: var(--good); }
.failed .mark, .timed-out .mark, .failure h1, td.failed, td.timed-out, span.failed, span.timed-out, .bad { color: var(--bad); }
.warned .mark, .cancelled .mark, .skipped .mark, h1.cancelled, td.cancelled, td.skipped, span.cancelled, span.skipped { color: var(--calm); }
pre { margin: 0; font: .82rem/1.55 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
code { font: .88em ui-monospace, monospace; padding: .1em .3em; border-radius: .3em; background: var(--soft); overflow-wrap: anywhere; }
pre code { padding: 0; background: none; font: inherit; }

#static { margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 68rem; }
.live #static { display: none; }
#static h1 { margin: 0; font-size: 1.4rem; }
#static h1.success { color: var(--good); }
#static h1.failure { color: var(--bad); }
#static h2 { margin: 2.2rem 0 .7rem; font-size: 1.05rem; }
.kicker, #static .facts { color: var(--faint); font-size: .875rem; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: .6rem; background: var(--card); }
#static table { width: 100%; border-collapse: collapse; font-size: .9rem; }
#static th, #static td { padding: .5rem .85rem; text-align: left; vertical-align: top; border-top: 1px solid var(--line); }
#static .figure { text-align: right; }
#static .figure:last-child, #static tfoot .figure { min-width: 9rem; white-space: normal; }
#static thead th { border-top: 0; color: var(--faint); font-weight: 500; }
.figure { white-space: nowrap; font-variant-numeric: tabular-nums; }
#static li { overflow-wrap: anywhere; }
#static details { margin: .6rem 0; border: 1px solid var(--line); border-radius: .6rem; background: var(--card); }
#static details, #static tbody tr { content-visibility: auto; contain-intrinsic-size: auto 2.6rem; }
#static summary { padding: .6rem .85rem; cursor: pointer; overflow-wrap: anywhere; }
#static summary span { margin-left: .5rem; font-size: .875rem; }
#static pre { padding: .3rem .85rem .85rem; }
.label { margin: 0; padding: .55rem .85rem; border-top: 1px solid var(--line); color: var(--faint); font-size: .8rem; }

#app { height: 100vh; height: 100dvh; display: none; flex-direction: column; }
.live #app { display: flex; }
.top { display: flex; gap: 1rem; align-items: center; justify-content: space-between; padding: .7rem 1.1rem; background: var(--card); border-bottom: 1px solid var(--line); border-left: .35rem solid var(--calm); }
.top.success { border-left-color: var(--good); }
.top.failure { border-left-color: var(--bad); }
.top h1 { margin: 0; font-size: 1.2rem; color: var(--text); }
.top p { margin: .1rem 0 0; color: var(--faint); font-variant-numeric: tabular-nums; }
.badge { flex: none; padding: .15rem .7rem; border: 1px solid currentColor; border-radius: 1rem; color: var(--calm); font-size: .85rem; }
#app main { flex: 1; min-height: 0; display: grid; grid-template-columns: minmax(0, 11fr) minmax(0, 12fr); }
.list, .detail { overflow-y: auto; overscroll-behavior: contain; }
.list { border-right: 1px solid var(--line); }
.detail { padding: .4rem 1.3rem 3rem; background: var(--card); }
.chips { display: flex; flex-wrap: wrap; gap: .4rem; padding: .7rem .9rem .45rem; }
.chips button { padding: .2rem .65rem; }
.chips .count { margin-left: .4rem; color: var(--faint); font-variant-numeric: tabular-nums; }
[aria-pressed=true] { border-color: var(--accent); box-shadow: 0 0 0 1px var(--accent); }
.tools { display: flex; gap: .5rem; padding: 0 .9rem .5rem; }
.detail .tools { padding: .1rem 0 .5rem; justify-content: flex-end; }
.tools input { flex: 1; min-width: 0; padding: .35rem .7rem; }
.tools input::placeholder { color: var(--faint); opacity: 1; }
.tools select { padding: .35rem .4rem; max-width: 11rem; }
.quiet { padding: .1rem .55rem; font-size: .82rem; color: var(--faint); }
.scale, .rows a { display: grid; grid-template-columns: 1.1rem minmax(0, 6fr) minmax(0, 4fr) 4.6rem 4.2rem; gap: .6rem; align-items: center; padding: .4rem .9rem; }
.scale { position: sticky; top: 0; z-index: 1; padding-block: .2rem; background: var(--page); border-bottom: 1px solid var(--line); }
.axis { grid-column: 3; position: relative; height: 1.1rem; color: var(--faint); font-size: .75rem; }
.axis span { position: absolute; white-space: nowrap; }
.lane { display: contents; }
.lane-label { grid-column: 1 / 3; grid-row: 1 / 3; align-self: end; text-align: right; color: var(--faint); font-size: .75rem; }
.load { grid-column: 3; width: 100%; height: 1.2rem; display: block; }
.load path { fill: color-mix(in srgb, var(--working) 40%, transparent); }
.rows { margin: 0; padding: 0; list-style: none; }
.rows li { content-visibility: auto; contain-intrinsic-size: auto 3.4rem; border-bottom: 1px solid var(--line); }
.rows a { color: inherit; text-decoration: none; border-left: .2rem solid transparent; }
.rows a:hover { background: var(--soft); }
.rows [aria-current] { background: var(--soft); border-left-color: var(--accent); }
.rows a:focus-visible { outline-offset: -2px; }
.mark { font-weight: 700; text-align: center; }
.name { min-width: 0; }
.name b, .name small { display: block; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
/* Names of files begin alike: three lines show where they part. */
.name b { font-weight: 600; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 3; white-space: normal; overflow-wrap: anywhere; }
.name small { color: var(--faint); font-size: .82rem; }
.number { text-align: right; color: var(--faint); white-space: nowrap; font-size: .85rem; font-variant-numeric: tabular-nums; }
.bar { width: 100%; height: 1.1rem; display: block; }
.own-time .bar { height: 1.4rem; background: var(--soft); border-radius: .25rem; }
rect.waiting, .swatch.waiting, rect.retry, .swatch.retry { fill: var(--wait); background: var(--wait); }
rect.starting, .swatch.starting { fill: var(--starting); background: var(--starting); }
rect.working, .swatch.working { fill: var(--working); background: var(--working); }
rect.tool, .swatch.tool { fill: var(--tool); background: var(--tool); }
rect.limited, .swatch.limited { fill: var(--limited); background: var(--limited); }
rect.stopping, .swatch.stopping { fill: var(--stopping); background: var(--stopping); }
.swatch { display: inline-block; width: .75em; height: .75em; margin-right: .4em; border-radius: .15em; }
.swatch.waiting, .swatch.retry { height: .25em; vertical-align: .2em; }
.legend { display: flex; flex-wrap: wrap; gap: .2rem 1rem; margin: .4rem 0; padding: 0; list-style: none; color: var(--faint); font-size: .82rem; }
.detail header { display: flex; flex-wrap: wrap; align-items: baseline; gap: .3rem .8rem; margin-top: .8rem; }
.detail header h2 { margin: 0; font-size: 1.15rem; }
.detail h2 { margin: 1.3rem 0 .5rem; font-size: 1.02rem; }
.detail h3 { margin: 1.1rem 0 .4rem; font-size: 1rem; }
.back { display: none; }
.ending { color: var(--faint); }
.why { margin: .5rem 0; padding: .5rem .8rem; border-left: .2rem solid var(--bad); background: var(--soft); overflow-wrap: anywhere; }
.facts { display: flex; flex-wrap: wrap; gap: .5rem 1.6rem; margin: .7rem 0; }
.facts dt { color: var(--faint); font-size: .8rem; }
.facts dd { margin: 0; overflow-wrap: anywhere; }
.tabs, .pages { display: flex; gap: .2rem; margin: .9rem 0 .8rem; border-bottom: 1px solid var(--line); }
.tabs a, .pages a { padding: .35rem .8rem; color: inherit; text-decoration: none; border-bottom: .15rem solid transparent; }
.pages .count { margin-left: .4rem; color: var(--faint); font-variant-numeric: tabular-nums; }
.tabs [aria-selected=true], .pages [aria-current] { border-color: var(--accent); font-weight: 600; }
.attention { margin: .6rem 0; padding: .5rem .85rem; border: 1px solid var(--line); border-left: .25rem solid var(--bad); border-radius: .4rem; }
.attention.denied, .attention.servers, .attention.no-findings, .attention.skipped, .attention.cancelled { border-left-color: var(--calm); }
.finding { margin: .6rem 0; padding: .5rem .85rem; border: 1px solid var(--line); border-left: .25rem solid var(--calm); border-radius: .4rem; overflow-wrap: anywhere; }
.finding.important { border-left-color: var(--bad); }
.finding h3 { margin: .1rem 0; font-size: 1rem; }
.finding p { margin: .2rem 0; }
.attention p { margin: .1rem 0; overflow-wrap: anywhere; }
.attention a { font-weight: 600; }
.next, .none { color: var(--faint); }
.list .none { padding: 0 .9rem; }
.graph { overflow-x: auto; margin: .5rem 0; }
.graph svg { display: block; max-width: 100%; height: auto; }
.graph path { fill: none; stroke: var(--faint); stroke-width: 1.5; opacity: .6; }
.graph rect { fill: var(--soft); stroke: var(--line); stroke-width: 1.5; }
.graph a:hover rect, .graph a:focus-visible rect { stroke: var(--accent); }
.graph .failed rect, .graph .timed-out rect { stroke: var(--bad); }
.graph text { fill: var(--text); font-size: 13px; }
.graph .sign { fill: var(--faint); font-weight: 700; }
.graph .warned .sign, .graph .cancelled .sign, .graph .skipped .sign { fill: var(--calm); }
.graph .succeeded .sign { fill: var(--good); }
.graph .failed .sign, .graph .timed-out .sign { fill: var(--bad); }
.waits { margin: .3rem 0; overflow-wrap: anywhere; }
.highlights { padding-left: 1.2rem; overflow-wrap: anywhere; }
.keys { color: var(--faint); }
kbd { padding: 0 .35em; border: 1px solid var(--line); border-radius: .3em; background: var(--soft); font: .85em ui-monospace, monospace; }
/* Each paragraph in the direction of its own first letter. */
.prose :is(h3, h4, h5, h6, p, li, th, td), .source { unicode-bidi: plaintext; }
.source, .code { padding: .7rem .85rem; border: 1px solid var(--line); border-radius: .45rem; background: var(--page); }
.code { position: relative; margin: .7rem 0; }
.code .quiet { float: right; margin-left: .5rem; }
.prose { overflow-wrap: anywhere; }
.prose > :first-child { margin-top: 0; }
.prose > :last-child { margin-bottom: 0; }
.prose blockquote { margin: .7rem 0; padding-left: .9rem; border-left: .2rem solid var(--line); color: var(--faint); }
.prose .tight p { margin: 0; }
.prose hr { border: 0; border-top: 1px solid var(--line); }
.wide { overflow-x: auto; }
/* A cell is as wide as its longest word; where that is too much, the table scrolls. */
.wide th, .wide td { max-width: 24rem; }
.wide table, .wide code { overflow-wrap: break-word; }
.prose table { border-collapse: collapse; font-size: .92rem; }
.prose th, .prose td { padding: .3rem .65rem; border: 1px solid var(--line); text-align: start; }
.prose .right { text-align: right; }
.prose .center { text-align: center; }
.steps { margin: 0; padding: 0; list-style: none; }
.steps > li { margin: .45rem 0; }
.sub { margin-left: .3rem; padding-left: .8rem; border-left: .15rem solid var(--line); }
.attempt { display: flex; align-items: baseline; gap: .8rem; color: var(--faint); }
.attempt h3 { color: var(--text); }
.who { color: var(--faint); font-size: .82rem; font-weight: 600; }
.at { margin-left: .7rem; color: var(--faint); font-size: .78rem; font-weight: 400; font-variant-numeric: tabular-nums; }
.said { padding: .5rem .85rem; border: 1px solid var(--line); border-radius: .45rem; }
.note { color: var(--calm); overflow-wrap: anywhere; }
.steps details { border: 1px solid var(--line); border-radius: .45rem; padding: .35rem .8rem; }
.steps summary { cursor: pointer; overflow-wrap: anywhere; }
.steps h4 { margin: .7rem 0 .3rem; font-size: .82rem; color: var(--faint); }
.tail { float: right; color: var(--faint); font-size: .82rem; }
.tail.bad { color: var(--bad); }
@media (max-width: 52rem) {
  #app { height: auto; }
  #app main { display: block; }
  .list, .detail { overflow: visible; border: 0; }
  .top { flex-wrap: wrap; gap: .4rem; }
  .scale, .rows a { grid-template-columns: 1.1rem minmax(0, 1fr) 4.4rem 4rem; gap: .2rem .5rem; }
  .rows .name { grid-column: 2; }
  .rows .bar { grid-column: 2 / 5; grid-row: 2; height: .8rem; }
  .axis { grid-column: 2 / 5; }
  .load, .lane-label { display: none; }
  .detail { padding-inline: 1rem; }
  .has-choice .list { display: none; }
  .has-choice .back { display: inline; flex-basis: 100%; }
  .rows li { contain-intrinsic-size: auto 4.6rem; }
  .tools select { max-width: 7.5rem; }
}
@media print {
  #app, .live #app { display: none; }
  .live #static { display: block; padding: 0; }
  #static details::details-content { content-visibility: visible; height: auto; }
  .scroll { overflow: visible; }
  #static details, #static tbody tr { content-visibility: visible; }
  #static table { overflow-wrap: anywhere; }
  #static .figure { white-space: normal; }
  #static .figure:last-child, #static tfoot .figure { min-width: 0; }
  #static details, #static tr { break-inside: avoid-page; }
}
@media (prefers-reduced-motion: no-preference) { .detail { scroll-behavior: smooth; } }
`;

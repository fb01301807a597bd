/** How the dashboard looks: one column that is calm to read, in the colours that the system prefers. It loads nothing. */
export const STYLESHEET = `
:root { color-scheme: light dark; --page: #f6f6f8; --card: #ffffff; --text: #1f2126; --quiet: #5a5e68; --line: #dcdee4; --field: #84899a;
  --accent: #3f4dc9; --on-accent: #ffffff; --soft: #eceefb; --good: #1b6a3c; --good-soft: #e4f4ea; --bad: #a32232; --bad-soft: #fdecee;
  --second: #b5650a; }
@media (prefers-color-scheme: dark) { :root { --page: #17181b; --card: #202226; --text: #e6e7ea; --quiet: #a8acb6; --line: #363941; --field: #7d8290;
  --accent: #a3aeff; --on-accent: #14161d; --soft: #2b2f45; --good: #7fd6a2; --good-soft: #1d3227; --bad: #ff9aa5; --bad-soft: #3c2226;
  --second: #f0ab5c; } }
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body { margin: 0; background: var(--page); color: var(--text); font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; overflow-wrap: anywhere; }
a { color: var(--accent); text-underline-offset: .15em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: .25rem; }
main:focus { outline: none; }
.skip { position: absolute; left: 1rem; top: -4rem; padding: .5rem 1rem; background: var(--accent); color: var(--on-accent); z-index: 1; }
.skip:focus { top: .5rem; }
.top { background: var(--card); border-bottom: 1px solid var(--line); }
.top .inner, .menu ul, main, .bottom { max-width: 64rem; margin: 0 auto; padding-left: 1.25rem; padding-right: 1.25rem; }
.top .inner { display: flex; flex-wrap: wrap; align-items: center; gap: .35rem 1.25rem; padding-top: .6rem; padding-bottom: .6rem; }
.brand { font-weight: 700; color: var(--text); text-decoration: none; font-size: 1.1rem; }
.switch { color: var(--text); text-decoration: none; font-weight: 600; } .switch .quiet { margin-left: .5rem; font-weight: 400; text-decoration: underline; }
.who { margin-left: auto; display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: center; }
.who form { display: flex; gap: .75rem; align-items: center; } .who .name { color: var(--quiet); font-size: .9rem; }
.menu { background: var(--card); border-bottom: 1px solid var(--line); }
.menu ul { list-style: none; margin-top: 0; margin-bottom: 0; display: flex; flex-wrap: wrap; gap: 0 .25rem; }
.menu a { display: block; padding: .6rem .7rem; color: var(--quiet); text-decoration: none; border-bottom: 3px solid transparent; }
.menu a:hover { color: var(--text); } .menu a[aria-current] { color: var(--text); font-weight: 600; border-bottom-color: var(--accent); }
main { padding-top: 1.5rem; padding-bottom: 3rem; }
.bottom { color: var(--quiet); font-size: .875rem; padding-bottom: 2rem; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 1rem; } h2 { font-size: 1.15rem; margin: 2rem 0 .75rem; } h3 { font-size: 1rem; margin: 0; }
p { margin: 0 0 .75rem; } .lead { font-size: 1.1rem; max-width: 42rem; } .quiet { color: var(--quiet); font-size: .9rem; }
code { font-family: ui-monospace, monospace; font-size: .9em; background: var(--soft); padding: 0 .25em; border-radius: .25em; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: 1.1rem 1.25rem; margin: 0 0 1rem; }
.card > :last-child { margin-bottom: 0; }
.cards { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); margin-bottom: 1rem; } .cards .card { margin: 0; }
.cards h2, .card h2, .settings h2 { margin-top: 0; }
.figures { display: grid; gap: .75rem; grid-template-columns: repeat(auto-fit, minmax(min(13rem, 45%), 1fr)); margin: 0 0 1rem; padding: 0; }
.figures div { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: .8rem 1rem; display: flex; flex-direction: column-reverse; justify-content: flex-end; }
.figures dt { color: var(--quiet); font-size: .9rem; } .figures dd { margin: 0; font-size: 1.5rem; font-weight: 650; line-height: 1.2; font-variant-numeric: tabular-nums; }
dl.facts { display: grid; grid-template-columns: minmax(7rem, max-content) 1fr; gap: .3rem 1.25rem; margin: 0; } dl.facts dt { color: var(--quiet); } dl.facts dd { margin: 0; }
.said { position: sticky; top: .5rem; z-index: 1; padding: .75rem 1rem; border-radius: .5rem; border-left: 4px solid; max-width: 48rem; }
.said.done { background: var(--good-soft); border-color: var(--good); } .said.refused, .error { background: var(--bad-soft); border-color: var(--bad); }
.error { border-left: 4px solid var(--bad); border-radius: .35rem; padding: .5rem .75rem; margin: 0 0 .5rem; }
.rows { list-style: none; margin: 0 0 1rem; padding: 0; background: var(--card); border: 1px solid var(--line); border-radius: .6rem; }
.rows > li { padding: .85rem 1.25rem; border-top: 1px solid var(--line); display: flex; flex-wrap: wrap; gap: .5rem 1.25rem; align-items: center; }
.rows > li:first-child { border-top: 0; } .rows .what { flex: 1 1 18rem; min-width: 0; } .rows .what p { margin: 0; }
.rows > li > p { margin: 0; } .rows .title { font-weight: 600; } .rows .actions { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; }
.badge { display: inline-block; font-size: .8rem; padding: .05rem .5rem; border-radius: 1rem; border: 1px solid var(--line); color: var(--quiet); margin-right: .35rem; }
.badge.good { color: var(--good); border-color: currentColor; } .badge.bad { color: var(--bad); border-color: currentColor; } .badge.on { color: var(--accent); border-color: currentColor; }
.filters ul { list-style: none; display: flex; flex-wrap: wrap; gap: .4rem; padding: 0; margin: 0 0 1rem; }
.filters a { display: block; padding: .3rem .8rem; border: 1px solid var(--line); border-radius: 2rem; background: var(--card); color: var(--text); text-decoration: none; }
.filters a:hover { border-color: var(--field); } .filters a[aria-current] { background: var(--soft); border-color: var(--accent); font-weight: 600; }
.pager { display: flex; gap: .75rem; margin: 0 0 1rem; }
button, .button { font: inherit; white-space: nowrap; flex: none; cursor: pointer; display: inline-block; padding: .4rem .9rem; border-radius: .4rem; border: 1px solid var(--field); background: var(--card); color: var(--text); text-decoration: none; min-height: 2.4rem; }
button:hover, .button:hover { border-color: var(--accent); } button.main, .button.main { background: var(--accent); border-color: var(--accent); color: var(--on-accent); font-weight: 600; }
button.danger { border-color: var(--bad); color: var(--bad); } button.plain { border: 0; background: none; padding: .2rem; color: var(--accent); text-decoration: underline; min-height: 0; }
input, select, textarea { font: inherit; color: var(--text); background: var(--card); border: 1px solid var(--field); border-radius: .4rem; padding: .4rem .6rem; width: 100%; max-width: 100%; min-height: 2.4rem; }
textarea { resize: vertical; min-height: 7rem; } input[type=number] { max-width: 10rem; }
[aria-invalid=true] { border-color: var(--bad); border-width: 2px; }
label { font-weight: 600; } .field { margin: 0 0 1.1rem; max-width: 42rem; } .field label { display: block; margin-bottom: .2rem; } .hint { color: var(--quiet); font-size: .9rem; margin: .2rem 0 0; }
.buttons { display: flex; flex-wrap: wrap; gap: .6rem; align-items: center; }
.search { display: flex; gap: .5rem; max-width: 30rem; margin: 0 0 1rem; }
.settings { display: grid; gap: 1rem 2rem; grid-template-columns: 13rem minmax(0, 1fr); align-items: start; }
.settings .groups ul { list-style: none; margin: 0; padding: 0; } .settings .groups a { display: block; padding: .4rem .7rem; border-radius: .4rem; color: var(--text); text-decoration: none; }
.settings .groups a:hover { background: var(--soft); } .settings .groups a[aria-current] { background: var(--soft); font-weight: 600; }
.setting { padding: 1rem 1.25rem; border-top: 1px solid var(--line); display: grid; gap: .4rem 2rem; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); }
.setting:first-child { border-top: 0; } .setting p { margin: 0; } .setting label { display: block; } .settings .card { padding: 0; overflow: hidden; }
.setting:target { background: var(--soft); } .setting .control { display: flex; flex-direction: column; gap: .5rem; }
table { border-collapse: collapse; width: 100%; } caption { text-align: left; font-weight: 600; padding-bottom: .4rem; }
th { text-align: left; font-weight: 400; padding: .35rem .5rem .35rem 0; vertical-align: bottom; } td { padding: .35rem 0; vertical-align: bottom; } thead th { color: var(--quiet); font-size: .875rem; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; padding-left: .75rem; padding-right: 0; } .bars tbody th { width: 100%; } table + p { margin-top: .9rem; }
.uses tbody tr { border-top: 1px solid var(--line); } .uses thead .number { white-space: normal; }
.bar { display: block; width: 100%; height: .5rem; margin-top: .2rem; border-radius: .25rem; } .bar .track { fill: var(--soft); } .bar .fill { fill: var(--accent); }
.chart { margin: 0; } .chart figcaption { font-weight: 600; margin-bottom: .4rem; } .chart > svg { display: block; width: 100%; height: 8rem; } .series-1 { fill: var(--accent); } .series-2 { fill: var(--second); } .axis { fill: var(--line); }
.ends { display: flex; justify-content: space-between; color: var(--quiet); font-size: .85rem; margin: .25rem 0; } .legend { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 0 0 .5rem; font-size: .9rem; }
.legend .key { width: .75rem; height: .75rem; margin-right: .4rem; } summary { cursor: pointer; color: var(--accent); }
.answer { white-space: pre-wrap; } iframe { width: 100%; height: 70vh; min-height: 24rem; border: 1px solid var(--line); border-radius: .6rem; background: var(--card); }
@media (max-width: 44rem) {
  .settings, .setting { grid-template-columns: minmax(0, 1fr); } .settings .groups ul { display: flex; flex-wrap: wrap; gap: .25rem; }
  .top .inner, .menu ul, main, .bottom { padding-left: 1rem; padding-right: 1rem; } .who { margin-left: 0; } .card, .rows > li, .setting { padding-left: 1rem; padding-right: 1rem; }
  .menu ul { gap: 0; } .menu a { padding: .5rem .35rem; } h1 { font-size: 1.4rem; }
  .uses tr { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); align-items: end; } .uses tr > :first-child { grid-column: 1 / -1; padding-bottom: 0; }
  .uses .number { padding-left: .25rem; }
}
`;

/** How a transcript looks; nothing in it is loaded from anywhere. */
export const STYLE = `
:root { color-scheme: light dark; --text: #1f2023; --quiet: #55575d; --page: #fff; --soft: #f1f2f4; --line: #d3d5da; --link: #0a58b8;
  --staff: #1d6b3a; --gone: #a3262a; --mention: #e3e7ff; --mention-text: #2f3a99; }
@media (prefers-color-scheme: dark) { :root { --text: #e3e5e8; --quiet: #a9adb5; --page: #1e1f22; --soft: #2b2d31; --line: #3f4248;
  --link: #6cb1ff; --staff: #6fd096; --gone: #ff8f8f; --mention: #373d66; --mention-text: #d4d9ff; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 56rem; padding: 1rem; font: 1rem/1.45 system-ui, sans-serif; color: var(--text); background: var(--page); }
h1 { font-size: 1.5rem; margin: .5rem 0; } h2 { font-size: 1rem; margin: 1.5rem 0 .5rem; }
a { color: var(--link); }
header dl, .form dl { display: grid; grid-template-columns: minmax(6rem, max-content) 1fr; gap: .15rem 1rem; margin: .5rem 0; }
dt { color: var(--quiet); } dd { margin: 0; }
dd, .said, .earlier, blockquote, .answered { white-space: pre-wrap; overflow-wrap: anywhere; }
.form, .notes { padding: .25rem 1rem .75rem; margin: 1rem 0; background: var(--soft); border-radius: .5rem; }
.form dl { grid-template-columns: 1fr; gap: 0; } .form dt { margin-top: .5rem; font-weight: 600; }
.day { display: flex; align-items: center; gap: .75rem; font-size: .85rem; color: var(--quiet); }
.day::before, .day::after { content: ''; flex: 1; border-top: 1px solid var(--line); }
article { padding: .35rem 0; } article:target { background: var(--soft); }
article > p, article > div, article > details, article > figure { margin: .15rem 0; }
.who { font-weight: 600; margin-right: .4rem; overflow-wrap: anywhere; } article time, .event time { font-size: .8rem; color: var(--quiet); }
.badge { font-size: .7rem; font-weight: 600; padding: 0 .3rem; border: 1px solid currentColor; border-radius: .25rem; margin-right: .4rem; color: var(--quiet); }
.badge.staff { color: var(--staff); } .mark { font-size: .8rem; color: var(--quiet); } .mark.gone { color: var(--gone); }
.deleted .said { border-left: 3px solid var(--gone); padding-left: .6rem; }
.answered { font-size: .85rem; color: var(--quiet); border-left: 2px solid var(--line); padding-left: .5rem; }
.event { font-size: .9rem; color: var(--quiet); text-align: center; overflow-wrap: anywhere; }
details.earlier-ones { font-size: .9rem; } .earlier { margin: .25rem 0; padding-left: .6rem; border-left: 3px solid var(--line); }
.embed { padding: .5rem .75rem; border: 1px solid var(--line); border-left: 4px solid var(--line); border-radius: .25rem; background: var(--soft); overflow-wrap: anywhere; }
.embed > * { margin: .15rem 0; } .embed .title { font-weight: 600; } .embed dl { margin: .25rem 0; } .embed dt { font-weight: 600; color: inherit; }
.small { font-size: .85rem; color: var(--quiet); overflow-wrap: anywhere; }
img { max-width: min(100%, 32rem); max-height: 30rem; border-radius: .35rem; display: block; }
figure { margin: .25rem 0; }
code { font-family: ui-monospace, monospace; font-size: .9em; background: var(--soft); padding: 0 .2em; border-radius: .2em; }
pre { overflow-x: auto; margin: .25rem 0; padding: .5rem; background: var(--soft); border: 1px solid var(--line); border-radius: .25rem; } pre code { background: none; padding: 0; }
blockquote { margin: .15rem 0; padding-left: .6rem; border-left: 4px solid var(--line); }
.mention { background: var(--mention); color: var(--mention-text); border-radius: .2rem; padding: 0 .15rem; }
.heading { display: block; font-size: 1.1em; }
.spoiler { background: var(--text); color: transparent; border-radius: .2rem; } .spoiler * { visibility: hidden; }
.spoiler:hover, .spoiler:focus { background: var(--soft); color: inherit; } .spoiler:hover *, .spoiler:focus * { visibility: visible; }
footer { margin-top: 2rem; border-top: 1px solid var(--line); padding-top: .5rem; }
@media (max-width: 30rem) { body { padding: .6rem; } header dl { grid-template-columns: 1fr; gap: 0; } header dt { margin-top: .35rem; } }
@media print { .spoiler { background: none; color: inherit; } .spoiler * { visibility: visible; } }
`;

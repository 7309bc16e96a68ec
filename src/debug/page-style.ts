/** The look of the debug pages: no outside resource, dark and light, tables that become cards where they do not fit. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --ground: #fbfbfa; --card: #fff; --text: #1c1e21; --soft: #5a6068; --line: #dcdfe3;
  --accent: #0b57a4; --danger: #a3141c; --danger-ground: #fdecec; --doubt: #7a4a00; --doubt-ground: #fdf3df; --mark: #ffe9a8;
  --good: #1c6b38; --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
@media (prefers-color-scheme: dark) { :root { --ground: #15171a; --card: #1d2024; --text: #e8eaed; --soft: #a4abb4;
  --line: #363b42; --accent: #8ab8ee; --danger: #ff9c9c; --danger-ground: #3a1c1f; --doubt: #f0c36d; --doubt-ground: #33290f;
  --mark: #564612; --good: #83d19c; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
main, header, footer { max-width: 84rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 1.5rem; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: .2rem 0 .6rem; overflow-wrap: anywhere; white-space: pre-wrap; }
h2 { font-size: 1.2rem; margin: 2.2rem 0 .6rem; overflow-wrap: anywhere; }
h3 { font-size: 1rem; margin: 1.4rem 0 .3rem; overflow-wrap: anywhere; }
p { margin: .4rem 0; max-width: 75ch; }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
code, pre, td.code { font-family: var(--mono); font-size: .87em; }
.soft, caption { color: var(--soft); }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: .5rem; background: var(--card); padding: .5rem 1rem; }
.kicker { color: var(--soft); font-size: .9rem; margin: 0; }
.kicker strong { color: var(--danger); }
nav ul { display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; list-style: none; margin: 0; padding: 0; }
.summary { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .8rem 1rem; margin: .8rem 0; }
.summary ul { margin: .4rem 0; padding-left: 1.2rem; overflow-wrap: anywhere; }
.danger, .doubt { border-left: .3rem solid var(--danger); background: var(--danger-ground); }
.doubt { border-left-color: var(--doubt); background: var(--doubt-ground); }
.badge { font-weight: 600; }
.badge.bad { color: var(--danger); } .badge.unsure { color: var(--doubt); } .badge.good { color: var(--good); }
form { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; margin: 1rem 0; }
input, button { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--soft); border-radius: .3rem;
  padding: .35rem .6rem; min-height: 2.75rem; }
input { flex: 0 1 18rem; min-width: 0; }
table { border-collapse: collapse; width: 100%; background: var(--card); border: 1px solid var(--line); }
caption { text-align: left; padding: .9rem 0 .3rem; }
th, td { text-align: left; vertical-align: top; padding: .4rem .6rem; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
thead th { position: sticky; top: 0; background: var(--card); font-size: .85rem; color: var(--soft); overflow-wrap: normal; }
tbody th { font-weight: 600; font-family: var(--mono); font-size: .87em; }
.cards tbody th { min-width: 15rem; }
.cards td { min-width: 7.8rem; }
.cards td:last-child { min-width: 10rem; }
tr.danger > :first-child, tr.doubt > :first-child { border-left: .3rem solid var(--danger); }
tr.doubt > :first-child { border-left-color: var(--doubt); }
tr.danger, tr.doubt { border-left: 0; }
td p { margin: 0; }
.fields { max-width: 60rem; }
.fields tbody th { width: 30%; min-width: 9rem; }
pre { margin: .4rem 0; background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .6rem 0;
  overflow-x: auto; line-height: 1.55; tab-size: 2; }
pre > code { display: block; width: max-content; min-width: 100%; font-size: 1em; }
pre .line { display: block; padding: 0 .8rem; }
pre mark { background: var(--mark); color: inherit; display: block; padding: 0 .8rem; font-weight: 600; }
pre .number { display: inline-block; min-width: 3ch; margin-right: .8rem; color: var(--soft); text-align: right; user-select: none; }
pre mark .number { color: inherit; }
pre.plain { padding: .6rem 1rem; white-space: pre-wrap; overflow-wrap: anywhere; }
pre.plain > code { width: auto; }
ol.frames { list-style: none; margin: .4rem 0; padding: 0; font-family: var(--mono); font-size: .87em; }
ol.frames li { padding: .15rem 0; overflow-wrap: anywhere; }
ol.frames .own { font-weight: 600; }
ol.frames .own .soft { color: inherit; }
details { margin: .4rem 0; }
summary { cursor: pointer; padding: .6rem 0; color: var(--accent); }
footer { color: var(--soft); font-size: .9rem; padding-top: 2rem; padding-bottom: 3rem; }
@media (max-width: 76rem) {
  .cards, .cards tbody, .cards tr, .cards td, .cards th { display: block; width: auto; }
  .cards { border: 0; }
  .cards caption { display: block; background: var(--ground); }
  .cards thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .cards tr { border: 1px solid var(--line); margin-bottom: .5rem; padding: .5rem 0; }
  .cards tr.danger { border-left: .3rem solid var(--danger); } .cards tr.doubt { border-left: .3rem solid var(--doubt); }
  .cards tr.danger > :first-child, .cards tr.doubt > :first-child { border-left: 0; }
  .cards td, .cards td:last-child, .cards tbody th { border: 0; padding: .12rem .9rem; min-width: 0; }
  .cards tbody th { font-size: .95em; }
  .cards td[data-label] { display: grid; grid-template-columns: 7.2rem minmax(0, 1fr); gap: .6rem; text-align: left; white-space: normal; }
  .cards td[data-label]::before { content: attr(data-label); color: var(--soft); font-family: system-ui, sans-serif; font-size: .85rem; }
  .fields tbody th { width: 38%; min-width: 0; }
}
@media print { nav, form { display: none; } }
`;

// These styles are for the signed-in part: a bar, a short menu, sections with rows.

export const accountCss = `
.bar{display:flex;align-items:center;justify-content:space-between;gap:1rem;padding:.75rem max(1.25rem,calc(50% - 30rem + 1.25rem));background:var(--card);
  border-bottom:1px solid var(--line)}
.bar .me{display:flex;align-items:center;gap:.75rem;min-width:0}
.bar .me bdi{max-width:14rem;overflow:hidden;text-overflow:ellipsis;white-space:nowrap;display:none;font-weight:560}
.account{flex:1;width:100%;max-width:60rem;margin:0 auto;padding:1rem 1.25rem 3rem;display:flex;flex-direction:column;gap:1.25rem}
.menu ul{display:flex;gap:.25rem;margin:0 -.875rem}
.menu li:not(.up),.menu.at-home{display:none}
.menu a{display:flex;align-items:center;gap:.6rem;min-height:2.75rem;padding:.4rem .875rem;border-radius:.75rem;color:var(--ink);text-decoration:none;font-weight:560;
  white-space:nowrap;overflow-wrap:normal}
.menu a svg{color:var(--soft)}
.menu a:hover{background:var(--hover)}
.menu a[aria-current=page]{background:var(--good-soft);color:var(--good)}
.menu a[aria-current=page] svg{color:var(--good)}
.content{display:flex;flex-direction:column;gap:1.25rem;min-width:0}
.panel{border:1px solid var(--line);border-radius:1rem;background:var(--card)}
.panel.padded{padding:1.25rem;display:flex;flex-direction:column;gap:1rem}
.panel>li+li{border-top:1px solid var(--line)}
.line{display:flex;align-items:center;gap:.875rem;padding:.875rem 1rem;flex-wrap:wrap}
.line .what{flex:1 1 11rem;min-width:0;display:flex;flex-direction:column;gap:.1rem}
.line .what strong{font-weight:620;display:flex;flex-wrap:wrap;align-items:center;gap:.25rem .6rem}
.line .tag{margin:0;align-self:center}
.line .badge{width:2.75rem;height:2.75rem;border-radius:50%;display:grid;place-items:center;background:var(--sunk);color:var(--soft)}
.narrow{max-width:26rem}
.scan{width:100%;max-width:15rem;height:auto;align-self:center;border-radius:.75rem}
.panel.codes{display:grid;grid-template-columns:repeat(auto-fill,minmax(8.5rem,1fr));gap:.5rem}
.panel.codes>li+li{border-top:0}
code.spaced{word-spacing:.25em;overflow-wrap:anywhere;align-self:flex-start}
.tiles{display:grid;gap:.75rem;grid-template-columns:1fr}
.tiles>li{display:grid}
.tile{display:flex;gap:.875rem;align-items:flex-start;padding:1rem 1.125rem;border:1px solid var(--line);border-radius:1rem;background:var(--card);color:var(--ink);
  text-decoration:none}
.tile:hover{border-color:var(--edge);background:var(--hover)}
.tile svg{color:var(--brand);margin-top:.1rem}
.tile strong{display:block;font-weight:620}
.tile .small{color:var(--soft)}
.hello{display:flex;align-items:flex-start;gap:1rem}
.app>summary{display:flex;align-items:center;gap:.875rem;padding:.875rem 1rem;border-radius:1rem;min-height:4.5rem}
.app>summary:hover{background:var(--hover)}
.app>summary .what{flex:1;min-width:0;display:flex;flex-direction:column;gap:.1rem}
.app>summary>svg{color:var(--soft)}
.app[open]>summary svg.turn{transform:rotate(180deg)}
.app .inside{padding:.25rem 1rem 1.25rem;display:flex;flex-direction:column;gap:1rem}
.inside .asked .row{align-items:center;flex-wrap:wrap}
.inside .asked .what{flex-basis:11rem}
.confirm>summary{display:inline-flex;align-items:center;justify-content:center;min-height:2.75rem;padding:.45rem 1rem;border:1px solid var(--edge);border-radius:.75rem;
  color:var(--danger);font-weight:620;font-size:.9375rem}
.confirm>summary:hover{background:var(--hover)}
.confirm[open]>summary{border-color:transparent;padding-left:0;font-size:1rem;pointer-events:auto}
.confirm.choose>summary{color:var(--ink)}
.confirm fieldset{align-self:stretch}
.confirm form{display:flex;flex-direction:column;gap:.75rem;align-items:flex-start}
.buttons{display:flex;flex-wrap:wrap;gap:.625rem;align-items:center}

@media (max-width:33.99rem){.line>form{margin-left:3.625rem}.inside .asked .row>:is(form,.tag){margin-left:2.25rem}}
@media (min-width:34rem){.tiles{grid-template-columns:1fr 1fr}.bar .me bdi{display:block}}
@media (min-width:50rem){
  .account{flex-direction:row;gap:2.5rem;padding-top:2rem}
  .menu{flex:none;width:15rem}
  .menu li:not(.up){display:block}
  .menu.at-home{display:block}
  .menu ul{flex-direction:column;margin:0;position:sticky;top:1.5rem}
  .content{flex:1}
}
@media (prefers-reduced-motion:no-preference){.app>summary svg.turn{transition:transform .12s}}
`;

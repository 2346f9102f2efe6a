// These styles are for the signed-in part. It looks like the console (packages/console/src/style, theme.ts): the same
// bar, the same column of tools, the same row of sections, cards, fields and buttons of the same size.

export const accountCss = `
.bar{display:flex;align-items:center;gap:.75rem;min-height:3.5rem;padding:.375rem .75rem;background:var(--ground);border-bottom:1px solid var(--line);
  position:sticky;top:0;z-index:2}
.bar .me{display:flex;align-items:center;gap:.75rem;min-width:0;margin-inline-start:auto}
.bar .me bdi{max-width:14rem;overflow:hidden;text-overflow:ellipsis;white-space:nowrap;display:none;font-weight:560;font-size:.875rem}
.bar .brand{font-size:1rem;min-height:2.25rem}
.opener{display:grid;place-items:center;width:2.25rem;height:2.25rem;padding:0;border:0;border-radius:.5rem;background:none;color:var(--ink)}
.opener:hover{background:var(--hover)}
.account{flex:1;width:100%;display:flex;background:var(--ground)}
.tools{width:15.5rem;max-width:100%;margin:0;padding:.75rem;border:0;background:var(--ground);color:var(--ink);font-size:.875rem}
.tools:popover-open{position:fixed;inset:0 auto 0 0;height:auto;border-right:1px solid var(--line);overflow-y:auto}
.tools p{padding:1rem .75rem .25rem;font-size:.75rem;font-weight:600;color:var(--soft)}
.tools ul{display:flex;flex-direction:column;gap:.125rem}
.tools a{display:flex;align-items:center;gap:.75rem;min-height:2.5rem;padding:.4rem .75rem;border-radius:.25rem;color:var(--ink);text-decoration:none}
.tools a:hover{background:var(--hover)}
.tools [aria-current=page]{background:var(--good-soft)}
:is(.column,.content){display:flex;flex-direction:column;gap:1.25rem;min-width:0}
.column{flex:1;padding:.75rem .75rem 3rem;max-width:87.5rem;margin-inline:auto}
.content h1{font-size:1.625rem;line-height:1.35;font-weight:650}
.sections{display:flex;gap:.25rem;padding-bottom:.5rem;border-bottom:1px solid var(--line);overflow-x:auto}
.section{display:inline-flex;align-items:center;gap:.375rem;min-height:2.25rem;padding:.25rem .75rem;border-radius:.5rem;color:var(--soft);font-size:.875rem;
  font-weight:550;text-decoration:none;white-space:nowrap;flex:none}
.section:hover{background:var(--hover);color:var(--ink)}
.section[aria-current=page]{background:var(--good-soft);color:var(--ink);order:-1}
.panel{border:1px solid var(--line);border-radius:.5rem;background:var(--card)}
.panel.padded{padding:1rem;display:flex;flex-direction:column;gap:1rem}
.panel>li+li{border-top:1px solid var(--line)}
.line{display:flex;align-items:center;gap:.875rem;padding:.875rem 1rem;flex-wrap:wrap}
.line .what{flex:1 1 11rem;min-width:0;display:flex;flex-direction:column;gap:.1rem}
.line .what strong{font-weight:620;display:flex;flex-wrap:wrap;align-items:center;gap:.25rem .6rem}
.line .tag{margin:0;align-self:center}
.line .badge{width:2.75rem;height:2.75rem;border-radius:50%;display:grid;place-items:center;background:var(--sunk);color:var(--soft)}
.narrow,.content:has(>.narrow)>.banner{width:100%;max-width:37rem}
.scan{width:100%;max-width:15rem;height:auto;align-self:center;border-radius:.5rem}
.panel.codes{display:grid;grid-template-columns:repeat(auto-fill,minmax(8.5rem,1fr));gap:.5rem}
.panel.codes>li+li{border-top:0}
code.spaced{word-spacing:.25em;overflow-wrap:anywhere;align-self:flex-start}
.tiles{display:grid;gap:.75rem;grid-template-columns:repeat(auto-fill,minmax(min(17.5rem,100%),1fr))}
.tiles>li{display:grid}
.tile{display:flex;gap:.75rem;align-items:flex-start;padding:.75rem;border:1px solid var(--line);border-radius:.5rem;background:var(--sunk);color:var(--ink);
  text-decoration:none}
.tile:hover{border-color:var(--edge);background:var(--hover)}
.tile svg{margin-top:.15rem}
.tile strong{display:block;font-weight:600}
.tile .small{color:var(--soft)}
.hello{display:flex;align-items:flex-start;gap:1rem}
.app>summary{display:flex;align-items:center;gap:.875rem;padding:.875rem 1rem;border-radius:.5rem;min-height:4.5rem}
.app>summary:hover{background:var(--hover)}
.app>summary .what{flex:1;min-width:0;display:flex;flex-direction:column;gap:.1rem}
.app>summary>svg{color:var(--soft)}
.app[open]>summary svg.turn{transform:rotate(180deg)}
.app .inside{padding:.25rem 1rem 1.25rem;display:flex;flex-direction:column;gap:1rem}
.inside .asked .row{align-items:center}
.inside .asked .row:has(>:is(form,.tag)){flex-wrap:wrap}
.inside .asked .what{flex-basis:11rem}
.confirm>summary{display:inline-flex;align-items:center;justify-content:center;min-height:2.75rem;padding:.45rem 1rem;border:1px solid var(--edge);border-radius:.5rem;
  color:var(--danger);font-weight:620;font-size:.9375rem}
.confirm>summary:hover{background:var(--hover)}
.confirm[open]>summary{border-color:transparent;padding-left:0;font-size:1rem;pointer-events:auto}
.confirm.choose>summary{color:var(--ink)}
.confirm fieldset{align-self:stretch}
.confirm .actions.sticky{position:sticky;bottom:0;margin:0;padding:.75rem 0;align-self:stretch;justify-content:flex-start}
.confirm form{display:flex;flex-direction:column;gap:.75rem;align-items:flex-start}
.buttons{display:flex;flex-wrap:wrap;gap:.625rem;align-items:center}

@media (max-width:33.99rem){.line>form{margin-left:3.625rem}.inside .asked .row>:is(form,.tag){margin-left:2.25rem}}
.account .field input{font-size:.875rem;min-height:2.25rem;padding:.4rem .75rem}
.account .field label{font-size:.875rem;font-weight:550}
.account .button{width:auto;min-height:2.25rem;padding:.35rem 1.125rem;font-size:.875rem;font-weight:600}
.bar .button.small{min-height:2.25rem;padding:.3rem .75rem;font-size:.875rem}
.account .actions{flex-flow:row wrap;justify-content:flex-start}
.account .actions .button:not(.small){flex:none}

@media (pointer:coarse){:is(.account,.bar) .button,.account .field input,.section,.opener{min-height:2.75rem}}
@media (min-width:34rem){.bar .me bdi{display:block}}
@media (min-width:48rem){.column{padding:1.25rem 1.25rem 3rem}.column:first-child>.sections{flex-wrap:wrap}.column:first-child .section{order:0}}
@media (min-width:62em){
  .opener,.tools+.column>.sections{display:none}
  .tools{display:block;position:static;flex:none;height:auto;border-right:1px solid var(--line)}
  .bar{padding-inline:1rem}
}
@media print{:is(.bar form,.opener,.tools,.sections,.skip,.content form>.actions){display:none}.bar{position:static}:is(.line,.panel>li){break-inside:avoid}}
@media (prefers-reduced-motion:no-preference){.app>summary svg.turn{transition:transform .12s}}
`;

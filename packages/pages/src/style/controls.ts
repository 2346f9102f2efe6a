// These styles are for what one can use: fields, buttons, ticks, disclosures. Every target is at least 48 CSS pixels
// high on its own.

export const controlsCss = `
.fields{display:flex;flex-direction:column;gap:1rem}
.field{display:flex;flex-direction:column;gap:.375rem}
.field label{font-weight:600;font-size:.9375rem}
.field .optional{font-weight:400;color:var(--soft)}
.field input{font:inherit;color:inherit;width:100%;min-height:3rem;padding:.6rem .875rem;background:var(--card);border:1px solid var(--edge);
  border-radius:.5rem;appearance:none;-webkit-appearance:none}
.field input:focus{border-color:var(--focus);outline:2px solid var(--focus);outline-offset:0}
.field input[aria-invalid=true]{border-color:var(--danger);box-shadow:inset 0 0 0 1px var(--danger)}
.field input::placeholder{color:var(--soft);opacity:1}
.field .hint{color:var(--soft);font-size:.875rem;line-height:1.4}
.field .error{color:var(--danger);font-size:.875rem;line-height:1.4;display:flex;gap:.4rem;font-weight:540}
.field .error svg{margin-top:.1rem}

button{font:inherit;cursor:pointer}
.button{display:flex;align-items:center;justify-content:center;gap:.5rem;width:100%;min-height:3rem;padding:.65rem 1.25rem;border-radius:.5rem;
  border:1px solid transparent;font-weight:620;line-height:1.3;text-align:center;text-decoration:none;background:var(--brand);color:var(--on-brand)}
.button:hover{background:var(--brand-strong)}
.button.quiet{background:transparent;border-color:var(--edge);color:var(--ink)}
.button.quiet:hover{background:var(--hover)}
.button.danger{background:var(--danger);color:var(--on-danger)}
.button.danger:hover{background:var(--danger-strong)}
.button.quiet.danger{background:transparent;color:var(--danger)}
.button.quiet.danger:hover{background:var(--danger-soft)}
.button.small{width:auto;min-height:2.75rem;padding:.45rem 1rem;font-size:.9375rem}
button.link{background:none;border:0;padding:.25rem 0;min-height:2rem;text-align:inherit;font-weight:540;cursor:pointer}

.actions{display:flex;flex-flow:row wrap;gap:.625rem}
.actions .button:not(.small){width:auto;flex:1 1 auto}
.actions .button:not(.small,.quiet){flex-basis:100%}
.legal{font-size:.8125rem;line-height:1.5;color:var(--soft)}
.actions.sticky{position:sticky;bottom:0;margin:auto -1.25rem -1.5rem;padding:.875rem 1.25rem max(1rem,env(safe-area-inset-bottom));background:var(--card);
  border-top:1px solid var(--line);z-index:1}
@media (min-width:34rem){
  .actions.sticky{position:static;margin:0;padding:0;border:0}
  .card form:has(.asked>li:nth-child(6))>.actions.sticky{position:sticky;margin:0 -2.25rem -2rem;padding:1rem 2.25rem 1.25rem;
    border-top:1px solid var(--line);border-radius:0 0 .75rem .75rem}
}
@media (max-height:26rem){.actions.sticky{position:static}}

.tick{flex:none;appearance:none;-webkit-appearance:none;width:1.5rem;height:1.5rem;margin:0;border:2px solid var(--edge);border-radius:.45rem;background:var(--card);
  display:grid;place-content:center;cursor:pointer}
.tick::before{content:"";width:.85rem;height:.85rem;transform:scale(0);background:var(--on-brand);
  clip-path:polygon(14% 47%,0 61%,40% 100%,100% 20%,85% 8%,38% 70%)}
.tick:checked{background:var(--brand);border-color:var(--brand)}
.tick:checked::before{transform:scale(1)}
.tick.round{border-radius:50%}
.tick.round::before{width:.75rem;height:.75rem;border-radius:50%;clip-path:none}
.check{display:flex;gap:.75rem;align-items:flex-start;min-height:3rem;padding:.5rem 0;cursor:pointer}

summary{cursor:pointer;list-style:none;border-radius:.5rem}
summary::-webkit-details-marker{display:none}
.fold>summary{display:inline-flex;align-items:center;gap:.4rem;min-height:2.75rem;color:var(--link);font-weight:600}
.fold>summary svg{transform:rotate(0)}
.fold[open]>summary svg.turn{transform:rotate(180deg)}

@media (forced-colors:active){
  .tick{appearance:auto;-webkit-appearance:auto}
  .tick::before{display:none}
  .button,.card,.banner{border:1px solid ButtonText}
  .avatar{border:1px solid CanvasText}
}
@media (prefers-reduced-motion:no-preference){.tick::before,.fold>summary svg.turn{transition:transform .12s}}
`;

// These styles are for the log-in and consent pages: avatars, who is logged in, permissions, Pages, banners.

export const dialogCss = `
.avatar{display:inline-grid;place-items:center;flex:none;width:2.75rem;height:2.75rem;color:#fff;font-weight:640;font-size:1.0625rem;line-height:1;
  border-radius:50%;letter-spacing:.01em;user-select:none}
.avatar.app,.avatar.page{border-radius:28%}
.avatar.large{width:3.5rem;height:3.5rem;font-size:1.4rem}
.avatar.tiny{width:2rem;height:2rem;font-size:.8125rem}
.app-heading{display:flex;align-items:flex-start;gap:1rem}
.app-heading .title{min-height:3.5rem;justify-content:center}

.title{display:flex;flex-direction:column;gap:.25rem;min-width:0}
.title .owner{color:var(--soft);font-size:.9375rem}

.who{display:flex;align-items:center;gap:.75rem;padding:.625rem .875rem;background:var(--sunk);border:1px solid var(--line);border-radius:.5rem}
.who .names{flex:1;min-width:0;line-height:1.35}
.who .names>:is(strong,.small){display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:2;overflow:hidden}
.who .names .small{color:var(--soft)}
.who form{flex:none}
@media (max-width:22.5rem){.who{flex-wrap:wrap;row-gap:0}.who .names{flex-basis:9rem}.who form{flex-basis:100%;padding-left:3.5rem}}

.banner{display:flex;gap:.75rem;padding:.875rem 1rem;border-radius:.5rem;background:var(--note-soft);line-height:1.45}
.banner svg{margin-top:.1rem;color:var(--note)}
.banner strong{display:block;font-weight:640}
.banner.danger{background:var(--danger-soft)}
.banner.danger svg{color:var(--danger)}
.banner.warn{background:var(--warn-soft)}
.banner.warn svg{color:var(--warn)}
.banner.good{background:var(--good-soft)}
.banner.good svg{color:var(--good)}

.asked{border:1px solid var(--line);border-radius:.5rem;overflow:hidden}
.tight>.asked+*{margin-top:.5rem}
.asked>li+li{border-top:1px solid var(--line)}
.row{display:flex;align-items:flex-start;gap:.875rem;padding:.875rem 1rem;min-height:3.5rem}
label.row{cursor:pointer}
label.row:hover{background:var(--hover)}
.row>svg{margin-top:.1rem;color:var(--soft)}
.row .what{flex:1;min-width:0;display:flex;flex-direction:column;gap:.125rem}
.row .what strong{font-weight:620}
.row .what .small{color:var(--soft)}
.row .what .off{display:none;font-weight:560;color:var(--ink)}
.row:has(.tick:not(:checked)) .what .words{display:none}
.row:has(.tick:not(:checked)) .what .off{display:block}
.row:has(.tick:not(:checked)) .what strong,.row:has(.tick:not(:checked))>svg{opacity:.75}
.row .tick{order:2;margin-top:.05rem}
.row .what .kept{display:flex;gap:.375rem;align-items:center}
.must .row:has(.tick:not(:checked)) .what strong{opacity:1}
.must .tick{border-color:var(--ink)}
.row:has(.avatar){align-items:center}
.row .avatar{margin:0}
.row:focus-within:has(:focus-visible){outline:3px solid var(--focus);outline-offset:-3px;border-radius:.5rem}
.row .tick:focus-visible{outline:none}
.edit:not([open])~.asked .tick:checked{display:none}
.edit:not([open])~.asked .row:has(.tick:checked){pointer-events:none}
.ticks{display:flex;flex-direction:column;gap:.75rem}
.own-pages .ticks{margin-top:.75rem}
.own-pages:has([value=all]:checked) .ticks{display:none}
.tick-tools{display:flex;flex-direction:column;gap:.625rem}
.tick-tools .find{display:flex;gap:.5rem}
.tick-tools .find input{min-width:0;flex:1}
.edit>p{margin-bottom:.75rem}
.edit:not([open]){margin-bottom:-.25rem}

.tag{align-self:flex-start;display:inline-block;font-size:.8125rem;line-height:1.35;font-weight:580;padding:.15rem .5rem;border-radius:.4rem;background:var(--sunk);
  color:var(--soft);margin-top:.2rem}
.tag.warn{background:var(--warn-soft);color:var(--warn)}
.tag.good{background:var(--good-soft);color:var(--good)}

.given{display:flex;flex-wrap:wrap;gap:.4rem}
.given li{font-size:.875rem;line-height:1.35;padding:.25rem .6rem;border-radius:2rem;background:var(--sunk);color:var(--soft)}

.sign{width:3.5rem;height:3.5rem;border-radius:50%;display:grid;place-items:center;background:var(--note-soft);color:var(--note)}
.sign.danger{background:var(--danger-soft);color:var(--danger)}
.sign.warn{background:var(--warn-soft);color:var(--warn)}
.sign.good{background:var(--good-soft);color:var(--good)}
.aside{background:var(--sunk);border:1px solid var(--line);border-radius:.5rem;padding:1rem;display:flex;flex-direction:column;gap:.375rem;font-size:.9375rem}
.aside h2{font-size:.9375rem}
.or{color:var(--soft);text-align:center;font-size:.9375rem}
.empty{display:flex;flex-direction:column;align-items:flex-start;gap:.5rem;padding:1.25rem;border:1px dashed var(--edge);border-radius:.5rem}
.empty svg{color:var(--soft)}
`;

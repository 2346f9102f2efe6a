// Everything stands on these styles: text, links, focus, the two page frames. Phone width first. Sizes are in rem, so a
// person's own text size is obeyed; nothing moves unless it may.

export const baseCss = `
*,*::before,*::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-padding-bottom:9rem}
body{margin:0;min-height:100vh;min-height:100dvh;display:flex;flex-direction:column;background:var(--card);color:var(--ink);
  font:400 1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",Ubuntu,Cantarell,"Helvetica Neue",Arial,sans-serif;
  overflow-wrap:break-word;-webkit-font-smoothing:antialiased}
h1,h2,h3,p,ul,ol,dl,dd,fieldset,figure{margin:0;padding:0}
ul,ol{list-style:none}
fieldset{border:0;min-width:0}
h1{font-size:1.5rem;line-height:1.25;font-weight:680;letter-spacing:-.015em;text-wrap:balance}
h2,legend{font-size:1.0625rem;line-height:1.35;font-weight:640}
legend{padding:.625rem 0 .375rem}
h3{font-size:1rem;line-height:1.4;font-weight:620}
p{text-wrap:pretty}
h1,h2,.owner,.row .what strong,.app .what strong,.row .what .small,.button>span,.given li{display:-webkit-box;-webkit-box-orient:vertical;
  -webkit-line-clamp:3;overflow:hidden}
h1{-webkit-line-clamp:12}
small,.small{font-size:.875rem;line-height:1.45}
code,pre,bdi{overflow-wrap:anywhere}
.soft{color:var(--soft)}
.nowrap{white-space:nowrap}
bdi{unicode-bidi:isolate}
a,.link{color:var(--link);text-decoration:underline;text-decoration-thickness:.07em;text-underline-offset:.18em;border-radius:.25rem}
a:hover,.link:hover{text-decoration-thickness:.13em}
code{font:.9em ui-monospace,SFMono-Regular,Menlo,Consolas,"Noto Sans Mono",monospace;background:var(--sunk);padding:.1em .35em;border-radius:.3rem}
svg{display:block;flex:none}
:focus-visible{outline:3px solid var(--focus);outline-offset:2px}
.hidden-text{position:absolute;width:1px;height:1px;margin:-1px;padding:0;overflow:hidden;clip-path:inset(50%);white-space:nowrap;border:0}
.skip{position:absolute;left:1rem;top:-6rem;background:var(--card);padding:.75rem 1rem;border-radius:.6rem;z-index:3}
.skip:focus{top:.75rem}

.ribbon{background:var(--warn-soft);color:var(--warn);text-align:center;text-wrap:balance;padding:.45rem 1rem;font-size:.875rem;line-height:1.4;font-weight:560}
.brand{display:inline-flex;align-items:center;gap:.5rem;color:var(--ink);font-weight:680;letter-spacing:-.01em;text-decoration:none}
.pass{fill:var(--brand)}
.pass-tick{stroke:var(--on-brand)}

.stage{flex:1;display:flex;flex-direction:column;width:100%}
.stage-head{padding:1rem 1.25rem .25rem}
.card{display:flex;flex-direction:column;gap:1.25rem;padding:1.25rem 1.25rem 1.5rem;flex:1}
.stack{display:flex;flex-direction:column;gap:1.25rem}
.grow{flex:1}
.tight{display:flex;flex-direction:column;gap:.375rem}

@media (min-width:34rem){
  body{background:var(--ground)}
  .stage{max-width:30rem;margin:0 auto;padding:0 1rem;justify-content:safe center;padding-bottom:3rem}
  .stage-head{padding:2rem 0 1.25rem;display:flex;justify-content:center}
  .card{flex:none;background:var(--card);border:1px solid var(--line);border-radius:.75rem;padding:2.25rem 2.25rem 2rem;
    box-shadow:0 1px 2px light-dark(rgb(10 30 20/.05),transparent),0 12px 32px -12px light-dark(rgb(10 30 20/.14),transparent)}
}
@media (prefers-reduced-motion:no-preference){
  a,.link,button,summary,.row,.tile{transition:background-color .12s,border-color .12s,color .12s,text-decoration-thickness .12s}
}
`;

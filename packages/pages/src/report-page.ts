// The document around a report that a command writes: all that it needs is in it, it works without scripts, and it can be
// sent to others.
import { type Html, html, markup } from './html.ts';
import { tabIcon } from './parts/brand.ts';
import { stylesheet } from './stylesheet.ts';

const css = `
.report{width:100%;max-width:64rem;margin:0 auto;padding:1rem .75rem 4rem;display:flex;flex-direction:column;gap:1.25rem}
.report h1{font-size:1.625rem;font-weight:650}
.counts{display:flex;flex-wrap:wrap;gap:.5rem}
.counts>*{display:flex;gap:.5rem;align-items:baseline;padding:.5rem .875rem;border:1px solid var(--line);border-radius:.5rem;background:var(--card)}
.counts strong{font-size:1.25rem}
.tag.danger{background:var(--danger-soft);color:var(--danger)}
pre{margin:0;padding:.75rem;border-radius:.5rem;background:var(--sunk);overflow-x:auto;font:.8125rem/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;white-space:pre-wrap}
@media (min-width:48rem){.report{padding-inline:1.25rem}}
`;

interface ReportOptions {
  /** The title of the browser tab. */
  title: string;
  /** Styles for what this report alone shows. */
  css: string;
}

export function reportPage(options: ReportOptions, content: Html): string {
  return String(html`${markup('<!doctype html>')}
<html lang="en">
<head>
<meta charset="utf-8">
<title>${options.title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<link rel="icon" href="${tabIcon}">
<style>${markup(stylesheet + css + options.css)}</style>
</head>
<body>
<main class="report">
${content}
</main>
</body>
</html>
`);
}

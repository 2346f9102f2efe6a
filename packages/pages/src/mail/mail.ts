// A mail in the look of the pages: data in, a document and its plain text out. Readers of mail know tables and styles
// inside of tags; where they know more, the mail is dark at night as the pages are. Nothing is loaded from anywhere.
import { type Html, html, markup } from '../html.ts';
import { outside } from '../parts/words/address.ts';
import { plainName } from '../parts/words/name.ts';
import { dark, light, type Palette } from '../style/palette.ts';
import { type Flow, flowOf } from './flow.ts';

/** A link that looks like a button in the document. Only http and https addresses are linked. */
export interface MailLink {
  text: string;
  url: string;
}

/** One thing that the mail tells of. All texts may be hostile. */
export interface MailItem {
  tone: 'danger' | 'warn' | 'good' | 'note';
  title: string;
  /** Sentences, a paragraph each. */
  says: readonly string[];
  link?: MailLink;
}

export interface MailContent {
  /** The tag of the language. */
  language: string;
  /** The brand above the mail. */
  platform: string;
  subject: string;
  /** The first line of the mail, where it differs from the subject: there the platform is named above it. */
  heading?: string;
  /** Paragraphs before the first item. */
  opening: readonly string[];
  /** The one thing that the whole mail asks for. */
  action?: MailLink;
  items: readonly MailItem[];
  /** Paragraphs in small print. */
  closing: readonly string[];
  optOut?: MailLink;
}

const font = "system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',Ubuntu,'Helvetica Neue',Arial,sans-serif";

/** Classes for readers that know them; each says again what the tag itself says for the light. */
const darkRules: readonly [selector: string, property: string, role: keyof Palette][] = [
  ['.ground', 'background', 'ground'],
  ['.card', 'background', 'card'],
  ['.card', 'border-color', 'line'],
  ['.ink', 'color', 'ink'],
  ['.soft', 'color', 'soft'],
  ['.rule', 'border-color', 'line'],
  ['.link', 'color', 'link'],
  ['.button', 'background', 'brand'],
  ['.button a', 'color', 'on-brand'],
  ['.danger', 'border-color', 'danger'],
  ['.warn', 'border-color', 'warn'],
  ['.good', 'border-color', 'good'],
  ['.note', 'border-color', 'note'],
];

const darkCss = darkRules
  .map(([selector, property, role]) => `${selector}{${property}:${dark[role]}!important}`)
  .join('');

/** A line of text: no line end, nothing that reorders what stands beside it, at most 200 letters. */
export const mailLine = plainName;

/** Text of some sentences: control characters are taken out, so that one paragraph stays one. */
const paragraph = (text: string): string =>
  text.toWellFormed().replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ');

const styled = (role: keyof Palette, more = ''): Html =>
  markup(`style="margin:0 0 12px;font:400 16px/1.5 ${font};color:${light[role]};${more}"`);

/** A name without a space, or an address, is broken where its line ends: a mail is never wider than its window. */
const breaking = 'word-wrap:break-word;overflow-wrap:anywhere;word-break:break-word';
const wholeWidth = markup('role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"');

function buttonOf({ text, url }: MailLink, flow: Flow): Html | '' {
  const address = outside(url);
  if (address === undefined) return '';
  return html`<table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr><td class="button" ${markup(`style="background:${light.brand};border-radius:12px"`)}><a href="${address}" ${markup(`style="display:inline-block;padding:12px 20px;font:600 16px/1.25 ${font};color:${light['on-brand']};text-decoration:none;${breaking}"`)}>${flow.text(mailLine(text))}</a></td></tr></table>`;
}

function itemOf({ tone, title, says, link }: MailItem, flow: Flow): Html {
  return html`<tr><td class="rule ${tone}" ${markup(`style="padding:4px 0 8px;padding-${flow.start}:16px;border-${flow.start}:4px solid ${light[tone]};${breaking}"`)}>
<h2 class="ink" ${markup(`style="margin:0 0 8px;font:640 17px/1.35 ${font};color:${light.ink}"`)}><bdi>${mailLine(title)}</bdi></h2>
${says.map((text) => html`<p class="ink" ${styled('ink')}>${flow.text(paragraph(text))}</p>`)}${link === undefined ? '' : buttonOf(link, flow)}
</td></tr><tr><td height="20" ${markup('style="font-size:0;line-height:20px"')}>&nbsp;</td></tr>`;
}

/** The document of a mail. */
export function mailDocument({
  language,
  platform,
  subject,
  heading = subject,
  opening,
  action,
  items,
  closing,
  optOut,
}: MailContent): string {
  const way = optOut === undefined ? undefined : outside(optOut.url);
  const small = `font-size:14px`;
  const flow = flowOf(language);
  return String(html`${markup('<!doctype html>')}
<html lang="${language}" dir="${flow.direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${mailLine(subject)}</title>
<style>${markup(`@media (prefers-color-scheme:dark){${darkCss}}`)}</style>
</head>
<body class="ground" dir="${flow.direction}" ${markup(`style="margin:0;padding:0;background:${light.ground}"`)}>
<table class="ground" ${wholeWidth} ${markup(`style="background:${light.ground};table-layout:fixed"`)}><tr><td align="center" ${markup('style="padding:24px 12px"')}>
<table ${wholeWidth} dir="${flow.direction}" ${markup(`style="max-width:560px;text-align:${flow.start};table-layout:fixed;${breaking}"`)}>
<tr><td class="ink" ${markup(`style="padding:0 4px 16px;font:680 16px/1.25 ${font};color:${light.ink}"`)}><bdi>${mailLine(platform)}</bdi></td></tr>
<tr><td class="card" ${markup(`style="background:${light.card};border:1px solid ${light.line};border-radius:20px;padding:28px 24px ${action ? 28 : 12}px"`)}>
<h1 class="ink" ${markup(`style="margin:0 0 16px;font:680 22px/1.25 ${font};color:${light.ink}"`)}>${flow.text(mailLine(heading))}</h1>
${opening.map((text) => html`<p class="ink" ${styled('ink')}>${flow.text(paragraph(text))}</p>`)}${action === undefined ? '' : buttonOf(action, flow)}
<table ${wholeWidth} ${markup('style="table-layout:fixed"')}>${items.map((item) => itemOf(item, flow))}</table>
</td></tr>
<tr><td ${markup('style="padding:16px 4px 0"')}>${closing.map((text) => html`<p class="soft" ${styled('soft', small)}>${flow.text(paragraph(text))}</p>`)}${
    way === undefined
      ? ''
      : html`<p class="soft" ${styled('soft', small)}><a class="link" href="${way}" ${markup(`style="color:${light.link}"`)}>${mailLine(optOut?.text ?? '')}</a></p>`
  }</td></tr>
</table>
</td></tr></table>
</body>
</html>
`);
}

/** The three parts of a mail, as a mailer takes them. */
export const wholeMail = (content: MailContent): { subject: string; text: string; html: string } => ({
  subject: mailLine(content.subject),
  text: mailText(content),
  html: mailDocument(content),
});

/** The plain text of a mail: it says what its document says. */
export function mailText({ heading, opening, action, items, closing, optOut }: MailContent): string {
  const linked = (link: MailLink | undefined): string[] => {
    const address = link === undefined ? undefined : outside(link.url);
    return link === undefined || address === undefined ? [] : [`${mailLine(link.text)}: ${address}`];
  };
  const blocks = [
    ...(heading === undefined ? [] : [mailLine(heading)]),
    ...opening.map(paragraph),
    ...linked(action),
    ...items.map(({ title, says, link }) =>
      [`* ${mailLine(title)}`, ...says.map(paragraph), ...linked(link)].join('\n  '),
    ),
    ['-- ', ...closing.map(paragraph), ...linked(optOut)].join('\n'),
  ];
  return `${blocks.join('\n\n')}\n`;
}

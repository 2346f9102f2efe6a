// A web page says in its head what it is: in the meta tags of Open Graph, or in the title and description of plain HTML. Source: "Open Graph objects" of the sharing guide; ogp.me. The page is a stranger's, so tags,
// their length and the length of a value are bounded, and time grows with the length of the page.
import { isWebAddress } from '../../apps/setting-kinds.ts';

/** These are the words of a page about itself; what it does not say is absent. */
export interface PageSummary {
  url?: string;
  type?: string;
  title?: string;
  description?: string;
  site_name?: string;
  image?: { url: string }[];
}

const MOST_TAGS = 200;
const MOST_IMAGES = 10;
/** Characters of a tag that are looked at, and of a value that are kept. */
const LONGEST_TAG = 4096;
const LONGEST_VALUE = 2000;

const metaTag = /<meta(?=[\s/])/gi;
/** Up to the end of a tag, which is no angle bracket in quotes. */
const wholeTag = /^(?:[^>"']|"[^"]*"|'[^']*')*/;
const attribute = /(?<=[\s"'/])(property|name|content)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/gi;
const titleTag = /<title[^<>]{0,200}>([^<]{1,2000})<\/title/i;

/** @param html the beginning of the page */
export function summaryOf(html: string): PageSummary {
  const said = new Map<string, string[]>();
  let tags = 0;
  for (const { index } of html.matchAll(metaTag)) {
    if (++tags > MOST_TAGS) break;
    const { name, content } = readTag(html.slice(index, index + LONGEST_TAG));
    if (name !== undefined && content !== undefined) said.set(name, [...(said.get(name) ?? []), content]);
  }
  const first = (...names: string[]): string | undefined =>
    names.flatMap((name) => said.get(name) ?? []).find((text) => text !== '');
  const title = first('og:title') ?? plainText(titleTag.exec(html)?.[1]);
  const images = (said.get('og:image') ?? said.get('og:image:url') ?? []).filter(isWebAddress).slice(0, MOST_IMAGES);
  const url = first('og:url');
  return withoutAbsent({
    url: url !== undefined && isWebAddress(url) ? url : undefined,
    type: first('og:type'),
    title,
    description: first('og:description', 'description'),
    site_name: first('og:site_name'),
    image: images.length > 0 ? images.map((address) => ({ url: address })) : undefined,
  });
}

/** Name and value of the meta tag with which the text begins. */
function readTag(text: string): { name: string | undefined; content: string | undefined } {
  let name: string | undefined;
  let content: string | undefined;
  for (const [, key = '', double, single, bare] of (wholeTag.exec(text)?.[0] ?? '').matchAll(attribute)) {
    const value = double ?? single ?? bare ?? '';
    const lower = key.toLowerCase();
    if (lower === 'content') content = plainText(value);
    else name = value.trim().toLowerCase();
  }
  return { name, content };
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };
const LAST_CODE_POINT = 0x10ffff;

/** Character references become characters, and white space one space. */
function plainText(text: string | undefined): string | undefined {
  return text
    ?.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,4}));/gi, (whole, decimal, hex, word) => {
      if (word !== undefined) return named[String(word).toLowerCase()] ?? whole;
      const point = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
      return point > 0 && point <= LAST_CODE_POINT ? String.fromCodePoint(point) : '';
    })
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, LONGEST_VALUE)
    .toWellFormed();
}

function withoutAbsent(summary: { [Key in keyof PageSummary]: PageSummary[Key] | undefined }): PageSummary {
  return Object.fromEntries(Object.entries(summary).filter(([, value]) => value !== undefined));
}

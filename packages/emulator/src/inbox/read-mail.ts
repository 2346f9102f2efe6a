// Reads the source of a mail: its text, its document, the links in them. The reader is loaded with the first mail that is read.
import type { Address } from 'postal-mime';

export interface MailContent {
  subject: string;
  from: string;
  to: string[];
  text: string;
  /** The document, where the mail has one. */
  html: string | undefined;
  /** Addresses that the mail leads to, each once, in the order of the mail. */
  links: string[];
  attachments: { name: string; type: string; bytes: number }[];
}

export async function readMail(source: Uint8Array): Promise<MailContent> {
  const { default: PostalMime } = await import('postal-mime');
  const { subject = '', from, to = [], text = '', html, attachments } = await PostalMime.parse(source);
  return {
    subject,
    from: from ? written(from) : '',
    to: to.map(written),
    text,
    html,
    links: linksOf(text, html ?? ''),
    attachments: attachments.map(({ filename, mimeType, content }) => ({
      name: filename ?? '',
      type: mimeType,
      bytes: typeof content === 'string' ? content.length : content.byteLength,
    })),
  };
}

/** A group has no address of its own. */
const written = ({ name, address }: Address): string =>
  address === undefined ? name : name === '' ? address : `${name} <${address}>`;

const MOST_LINKS = 50;

/** Links to http and https alone: nothing else in a mail is an address that a person can open. */
function linksOf(text: string, html: string): string[] {
  const inText = text.match(/\bhttps?:\/\/[^\s<>"']+/g) ?? [];
  const inDocument = [...html.matchAll(/\bhref\s*=\s*(?:"([^"]*)"|'([^']*)')/gi)].map(([, double, single]) =>
    (double ?? single ?? '').replaceAll('&amp;', '&').trim(),
  );
  const trimmed = inText.map(withoutEnd);
  return [
    ...new Set([...inDocument, ...trimmed].filter((link) => /^https?:\/\//i.test(link) && URL.canParse(link))),
  ].slice(0, MOST_LINKS);
}

/** The address without the signs of the sentence around it. */
function withoutEnd(link: string): string {
  let end = link.length;
  while (end > 0 && '.,;:!?)]'.includes(link.charAt(end - 1))) end--;
  return link.slice(0, end);
}

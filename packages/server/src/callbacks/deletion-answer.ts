// An app answers in a fixed form to a request to delete data: "JSON with url (human-readable status page) and
// confirmation_code (alphanumeric)". Samples in use leave the quotes of the keys away, so that is understood, too; the
// values are shown to a person and so must be what they say. Source: the data deletion callback page.
import { parseJson, shape } from '@hallpass/protocol';
import type { DeletionAnswer } from '../store/outbox/outbox.ts';

const LONGEST_URL = 2000;

/** Undefined for anything that does not hold both. */
export function readDeletionAnswer(body: string): DeletionAnswer | undefined {
  const { url, code } = quoted(body) ?? unquoted(body);
  if (url === undefined || url.length > LONGEST_URL || !/^https?:\/\/[!-~]+$/.test(url)) return undefined;
  const parsed = URL.parse(url);
  if (!parsed || parsed.username !== '' || parsed.password !== '') return undefined;
  return code !== undefined && /^[\w.-]{1,200}$/.test(code) ? { url: parsed.href, code } : undefined;
}

interface DeletionResponse {
  url: string | undefined;
  code: string | undefined;
}

function quoted(body: string): DeletionResponse | undefined {
  const value = parseJson(shape.anyObject, body);
  const text = (one: unknown) => (typeof one === 'string' || typeof one === 'number' ? String(one) : undefined);
  return value && { url: text(value['url']), code: text(value['confirmation_code']) };
}

/** `{ url: '…', confirmation_code: '…' }` */
function unquoted(body: string): DeletionResponse {
  const [, url] = /[{,\s]["']?url["']?\s*:\s*["']([^"'\s]{1,2000})["']/.exec(body) ?? [];
  const [, code] = /[{,\s]["']?confirmation_code["']?\s*:\s*["']?([\w.-]{1,200})["']?\s*[,}]/.exec(body) ?? [];
  return { url, code };
}

// The language of a page: that of the connection, then those that the browser asks for, then that of the mails.
import { type VaultSpeech, vaultSpeechOf } from '@hallpass/pages/languages';
import { type OwnWords, pageWordsOf } from '../people/words/words.ts';

/** Letters of the header that are read. */
const MOST = 500;

/** The languages that a browser asks for, the most wanted first (RFC 9110, 12.5.4). */
function languagesOf(request: Request): string[] {
  const asked = (request.headers.get('accept-language') ?? '').slice(0, MOST).split(',');
  return asked
    .map((range) => {
      const [, tag = '', weight = '1'] = /^\s*([^\s;]*)\s*(?:;\s*q=([\d.]+)\s*)?$/i.exec(range) ?? [];
      return { tag, weight: Number(weight) };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ tag }) => tag);
}

interface Reader {
  /** The language of the connection that the page is about. */
  connection?: string | null | undefined;
  /** The language in which mails of the tenant are written where a connection has none. */
  mails?: string | undefined;
}

export type PageSpeech = (request: Request, reader?: Reader) => VaultSpeech;

/** @param own sentences of the operator, which take the place of ours or add languages */
export function pageSpeech(own: OwnWords = {}): PageSpeech {
  const words = pageWordsOf(own);
  return (request, { connection, mails } = {}) => vaultSpeechOf([connection, ...languagesOf(request), mails], words);
}

// A link may be forwarded to anybody, so it names a person by no more than a first name and a letter.
import { mailLine } from '@hallpass/pages/mail';

/** `Ann B.` for Ann Bergström; a single name stays as it is. */
export function shortName(name: string): string {
  const words = mailLine(name).split(' ');
  const [first = ''] = words;
  const letter = words.length > 1 ? /[\p{L}\p{N}]/u.exec(words.at(-1) ?? '')?.[0] : undefined;
  return letter === undefined ? first : `${first} ${letter.toUpperCase()}.`;
}

// Tokens and secrets in the output of a command: found, and taken out of what is shown of it.
import { redact } from '@hallpass/protocol';

/** Shorter texts are no credentials: they stand in outputs by chance. */
const SHORTEST = 12;

const formsOf = (credentials: readonly string[]): string[] =>
  credentials
    .filter(({ length }) => length >= SHORTEST)
    .flatMap((credential) => [...new Set([credential, encodeURIComponent(credential)])])
    // An app token holds the secret: the longer one goes first.
    .toSorted((a, b) => b.length - a.length);

/** True where one of them stands in the text, also as it is written in an address. */
export const credentialIn = (text: string, credentials: readonly string[]): boolean =>
  formsOf(credentials).some((form) => text.includes(form));

/** The text without these credentials, and without whatever else looks like one. */
export function withoutCredentials(text: string, credentials: readonly string[]): string {
  let left = text;
  for (const form of formsOf(credentials)) left = left.replaceAll(form, '[left out]');
  return redact(left);
}

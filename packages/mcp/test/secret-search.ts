// Looks for secrets in text, also for parts of them and in other spellings.

/** Letters of a part that gives a secret away. */
const PART = 20;

const spellings: readonly ((secret: string) => string)[] = [
  (secret) => secret,
  (secret) => [...secret].reverse().join(''),
  (secret) => secret.toLowerCase(),
  (secret) => secret.toUpperCase(),
  (secret) => Buffer.from(secret).toString('hex'),
  (secret) => Buffer.from(secret).toString('hex').toUpperCase(),
  (secret) => Buffer.from(secret).toString('base64'),
  (secret) => Buffer.from(secret).toString('base64url'),
  // Base64 of a text that the secret stands in looks different by where it begins.
  (secret) => Buffer.from(`x${secret}`).toString('base64').slice(4),
  (secret) => Buffer.from(`xx${secret}`).toString('base64').slice(4),
  (secret) => encodeURIComponent(secret),
  (secret) => [...Buffer.from(secret)].map((byte) => `%${byte.toString(16).toUpperCase()}`).join(''),
  (secret) => encodeURIComponent(Buffer.from(secret).toString('base64')),
];

/** Every part of twenty letters of each secret, in every spelling. */
export function partsOf(secrets: readonly string[]): ReadonlySet<string> {
  const parts = new Set<string>();
  for (const secret of secrets)
    for (const spell of spellings) {
      const spelled = spell(secret);
      for (let at = 0; at + PART <= spelled.length; at++) parts.add(spelled.slice(at, at + PART));
    }
  return parts;
}

/** The first part that stands in a text; undefined where none does. Signs that nobody sees are left out of the text first. */
export function partIn(text: string, parts: ReadonlySet<string>): string | undefined {
  const seen = text.normalize('NFKC').replace(/\p{C}/gu, '');
  for (let at = 0; at + PART <= seen.length; at++) {
    const part = seen.slice(at, at + PART);
    if (parts.has(part)) return part;
  }
  return undefined;
}

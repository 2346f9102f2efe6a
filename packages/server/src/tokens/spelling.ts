// This spelling turns bytes into the letters of a token: base64 in A–Z a–z 0–9 only, other characters behind an escape
// letter, as recorded tokens do (`=` is written `ZD`). There is one accepted spelling per token: decode, encode again,
// compare.

const escapeOf: Record<string, string> = { Z: 'ZA', '+': 'ZB', '/': 'ZC', '=': 'ZD' };
const plainOf: Record<string, string> = { ZA: 'Z', ZB: '+', ZC: '/', ZD: '=' };

/** Bytes → letters and digits. */
export function spell(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
  return text.replace(/[Z+/=]/g, (c) => escapeOf[c] as string);
}

/** Letters and digits → bytes; undefined for every string that `spell` does not make. */
export function unspell(text: string): Buffer | undefined {
  let plain = text;
  if (text.includes('Z')) {
    let broken = false;
    plain = text.replace(/Z[\s\S]?/g, (pair) => {
      const c = plainOf[pair];
      if (c === undefined) broken = true;
      return c ?? '';
    });
    if (broken) return undefined;
  }
  const bytes = Buffer.from(plain, 'base64');
  return bytes.length > 0 && bytes.toString('base64') === plain && !/[+/=]/.test(text) ? bytes : undefined;
}

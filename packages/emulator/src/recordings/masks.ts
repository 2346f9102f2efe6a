// Every credential gets a name in the place of its value, the same name each time, so that a recording tells which call
// was made with what another one had given. The values are kept in memory until the recording is written, and no longer.
import { carriesCredential, redact } from '@hallpass/protocol';

/** `[token:1]`, `[client_secret:2]`: stands for a credential. */
export const maskForm = /^\[([\w-]+):(\d+)\]$/;

/** Words as long as this, of letters and digits, may be a key of some kind: cursors, signatures of addresses, unknown tokens. */
const longWord = /[\w-]{32,}/g;
/** Shorter ones might stand in a text by chance. */
const SHORTEST_SOUGHT = 6;

export class Masks {
  readonly #masks = new Map<string, string>();
  readonly #counts = new Map<string, number>();

  /** The name of a credential. @param kind what it is called where nothing shows by its look */
  of(credential: string, kind: string): string {
    if (maskForm.test(credential)) return credential;
    const value = decoded(credential);
    const known = this.#masks.get(value);
    if (known !== undefined) return known;
    const called = kindOf(value) ?? kind.toLowerCase().replace(/[^\w-]/g, '_');
    const count = (this.#counts.get(called) ?? 0) + 1;
    this.#counts.set(called, count);
    const mask = `[${called}:${count}]`;
    this.#masks.set(value, mask);
    return mask;
  }

  /** A text that may hold credentials anywhere. */
  text(text: string): string {
    return redact(text, (credential) => this.of(credential, 'credential')).replace(longWord, (word) =>
      /\d/.test(word) && /[A-Za-z]/.test(word) ? this.of(word, 'opaque') : word,
    );
  }

  /** The value of a parameter, a header or a field. */
  named(name: string, value: string): string {
    if (value === '' || !carriesCredential(name)) return this.text(value);
    const [, scheme, rest] = /^(Bearer|OAuth|Basic|DPoP)\s+(.+)$/is.exec(value) ?? [];
    return rest === undefined ? this.#whole(value, name) : `${scheme} ${this.#whole(rest, 'token')}`;
  }

  /** The id of an app stays in front of its secret: it is public, and says whose call it was. */
  #whole(value: string, kind: string): string {
    const [, app, secret] = /^(\d+)(?:\||%7C)(.+)$/is.exec(value) ?? [];
    return secret === undefined ? this.of(value, kind) : `${app}|${this.of(secret, 'client_secret')}`;
  }

  /** The same of a value of JSON, with all that is in it. @param name of the field that it stands in */
  json(value: unknown, name = ''): unknown {
    if (typeof value === 'string') return this.named(name, value);
    // Numbers under such a name are those of errors.
    if (Array.isArray(value)) return value.map((one: unknown) => this.json(one, name));
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [this.text(key), this.json(one, key)]));
  }

  /** Takes every credential that has a name out of a text in which it stands in a place that nobody knows. */
  sweep(text: string): string {
    let swept = text;
    for (const [value, mask] of [...this.#masks].toSorted(([a], [b]) => b.length - a.length)) {
      if (value.length < SHORTEST_SOUGHT) continue;
      const forms = [
        value,
        encodeURIComponent(value),
        new URLSearchParams({ value }).toString().slice('value='.length),
        JSON.stringify(value).slice(1, -1),
        Buffer.from(value).toString('base64'),
        Buffer.from(value).toString('base64url'),
      ];
      for (const form of new Set(forms)) swept = swept.replaceAll(form, mask);
    }
    return swept;
  }
}

/** As it was before it was put into an address, or into an address inside an address. */
function decoded(text: string): string {
  if (!/%[0-9a-f]{2}/i.test(text)) return text;
  try {
    return decoded(decodeURIComponent(text));
  } catch {
    return text;
  }
}

/** The kind that a credential has by its look, whatever carries it. */
function kindOf(value: string): string | undefined {
  return /^[EX]AA/.test(value) ? 'token' : undefined;
}

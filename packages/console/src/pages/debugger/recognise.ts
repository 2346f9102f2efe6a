// Pasted text is recognised by its look alone. It is decided here, in the browser, because a token of the real service
// must not be sent anywhere; what carries its content in the open is read here too.
import { classify, looksSealedHere } from '@hallpass/protocol';

/** More than any token is long. */
const LONGEST = 20_000;

export type PastedText =
  | { is: 'nothing' }
  | { is: 'too_long'; length: number }
  /** A token that this platform may have made: the server can tell all about it. */
  | { is: 'ours'; text: string }
  | { is: 'foreign'; length: number; prefix: string }
  | { is: 'code' }
  | { is: 'signed_request'; payload: unknown }
  | { is: 'id_token'; header: unknown; payload: unknown }
  | { is: 'unknown'; length: number };

/** Sorts pasted text; white space, quotes and a parameter name around it are taken off. */
export function recognise(pasted: string): PastedText {
  if (pasted.length > LONGEST) return { is: 'too_long', length: pasted.length };
  const text = bare(pasted);
  if (text === '') return { is: 'nothing' };
  const { shape } = classify(text);
  if (shape === 'joined' || looksSealedHere(text)) return { is: 'ours', text };
  if (/^[A-Z]AA[A-Za-z0-9_-]{10,}$/.test(text)) return { is: 'foreign', length: text.length, prefix: text.slice(0, 3) };
  const parts = text.split('.');
  if (parts.length === 3) {
    const [header, payload] = parts.map(jsonOf);
    if (header !== undefined && payload !== undefined) return { is: 'id_token', header, payload };
  }
  if (parts.length === 2) {
    const payload = jsonOf(parts[1] ?? '');
    if (payload !== undefined) return { is: 'signed_request', payload };
  }
  if (/^AQ[\w-]{16,}(?:#_=_)?$/.test(text)) return { is: 'code' };
  return { is: 'unknown', length: text.length };
}

/** The value alone of `access_token=…&expires_in=…`, `"…"` and `Bearer …`. */
function bare(pasted: string): string {
  const text = pasted
    .trim()
    .replace(/^bearer\s+/i, '')
    .replace(/^["']|["'],?$/g, '');
  const [, value] = /(?:^|[?&#{"])(?:access_token|input_token)"?[=:]"?([^&"\s]+)/.exec(text) ?? [];
  return value ?? text;
}

function jsonOf(part: string): unknown {
  try {
    const bytes = Uint8Array.from(atob(part.replaceAll('-', '+').replaceAll('_', '/')), (letter) =>
      letter.charCodeAt(0),
    );
    const value = JSON.parse(new TextDecoder().decode(bytes)) as unknown;
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

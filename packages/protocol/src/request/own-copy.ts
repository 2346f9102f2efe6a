// A slice of a request's text keeps the whole text alive, tokens and all. What is remembered beyond a request is copied
// first.

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Copies a text into memory of its own. */
export function ownCopy(text: string): string {
  return decoder.decode(encoder.encode(text));
}

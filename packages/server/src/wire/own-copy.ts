// A slice of a request's text keeps the whole text alive, tokens and all. What is remembered beyond a request is copied
// first.

/** Copies a text into memory of its own. */
export function ownCopy(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}

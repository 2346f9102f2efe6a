// Addresses and other long words go on in the next line after their punctuation, so that no word of them is broken.
import { type Html, html } from '../../html.ts';

/** Words up to this length fit in a line of the narrowest window: they are never broken. */
const SHORT = 20;

/** The text, in which a line may end after the punctuation of a long word. */
export function breakable(text: string): Html {
  const parts = text.split(/(?<= )/).flatMap((word) => {
    if (word.length <= SHORT) return [word];
    const pieces = word.split(/(?<=[@._-])/);
    // A line may end between two pieces, and not after a single letter.
    return pieces.map((piece, at) => (piece.length > 1 && at < pieces.length - 1 ? html`${piece}<wbr>` : piece));
  });
  return html`${parts}`;
}

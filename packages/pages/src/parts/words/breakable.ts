// Addresses and other long words go on in the next line after their punctuation, so that no word of them is broken.
import { type Html, html } from '../../html.ts';

/** Words up to this length fit in a line of the narrowest window: they are never broken. */
const SHORT = 20;

/** The text, in which a line may end after the punctuation of a long word. */
export function breakable(text: string): Html {
  const parts = text.split(/(?<= )/).flatMap((word) => (word.length <= SHORT ? [word] : word.split(/(?<=[@._-])/)));
  return html`${parts.map((part) => (part.length > 1 && /[@._-]$/.test(part) ? html`${part}<wbr>` : part))}`;
}

// Avatars are letters: no image is ever fetched, so nobody learns who is looking. The colour follows the id, the letter
// the name.
import { type Html, html } from '../html.ts';
import { tones } from '../style/palette.ts';
import { plainName } from './words/name.ts';

type AvatarSize = 'tiny' | 'normal' | 'large';

function tone(id: string): number {
  let sum = 7;
  for (const letter of id) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 65521;
  return sum % tones.length;
}

function firstLetter(word: string | undefined): string {
  return word?.match(/[\p{L}\p{N}]/u)?.[0].toUpperCase() ?? '';
}

function initials(name: string, both: boolean): string {
  const words = plainName(name).split(' ').filter(firstLetter);
  const letters = both && words.length > 1 ? firstLetter(words[0]) + firstLetter(words.at(-1)) : firstLetter(words[0]);
  return letters || '#';
}

/**
 * People are round with two letters; apps and Pages are square with one. Always decoration: the name stands beside it.
 */
export function avatar(
  kind: 'person' | 'app' | 'page',
  of: { id: string; name: string },
  size: AvatarSize = 'normal',
): Html {
  return html`<span class="avatar ${kind} ${size} tone-${tone(of.id)}" aria-hidden="true">${initials(of.name, kind === 'person')}</span>`;
}

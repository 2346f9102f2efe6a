// Names that people, apps and Pages gave themselves: shown as text, never able to reorder or hide what stands beside
// them. Threat catalogue WP-05.
import { type Html, html } from '../../html.ts';
import { breakable } from './breakable.ts';

/**
 * Characters that reorder text or cannot be seen: bidi controls, zero-width spaces and marks, fillers, tags,
 * interlinear marks.
 */
const invisible =
  /[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\u{e0000}-\u{e0fff}]/gu;
/**
 * Joiners have a use inside emoji and after letters of scripts that join; elsewhere they only make two names look like
 * one.
 */
const uselessJoiner =
  /(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f\p{Script=Arabic}\p{Script=Syriac}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}])[\u200c\u200d]/gu;
const controls = /[\p{Cc}\u2028\u2029]+/gu;
/** More than three marks on one letter only paint over the neighbours. */
const pileOfMarks = /(\p{M}{3})\p{M}+/gu;
const LONGEST = 200;

/**
 * The name without control characters, for titles and attributes. At most 200 characters; "Unnamed" where nothing is
 * left.
 */
export function plainName(name: string): string {
  const clean = name
    .toWellFormed()
    .replace(controls, ' ')
    .replace(invisible, '')
    .replace(uselessJoiner, '')
    .replace(pileOfMarks, '$1')
    .replace(/\s+/gu, ' ')
    .trim();
  const letters = [...clean];
  if (letters.length > LONGEST) return `${letters.slice(0, LONGEST).join('')}…`;
  return clean || 'Unnamed';
}

/** The name as an isolated run of text. A long address may go on in the next line after its punctuation. */
export function name(text: string): Html {
  return html`<bdi>${breakable(plainName(text))}</bdi>`;
}

/** "A, B and C", each one isolated. */
export function names(list: readonly string[]): Html {
  return html`${list.map((one, i) => html`${i === 0 ? '' : i === list.length - 1 ? ' and ' : ', '}${name(one)}`)}`;
}

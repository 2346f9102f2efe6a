// Mails are written from the right in languages that are, and names of such languages stand in sentences of others: the
// digits and brackets beside them have to stay where the sentence has them.
import { type Html, html } from '../html.ts';
import { breakable } from '../parts/words/breakable.ts';

/** Languages that are written from the right, by their tags. */
const fromTheRight: ReadonlySet<string> = new Set(['ar', 'ckb', 'dv', 'fa', 'he', 'ks', 'ps', 'sd', 'ug', 'ur', 'yi']);

const letter = String.raw`\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}`;

/** Letters from the right, with the digits, marks and spaces that belong to the same name. */
const run = new RegExp(String.raw`[${letter}](?:[\s\-'’]*[${letter}\p{M}\p{N}])*`, 'gu');

/** The text, with every run of letters from the right set apart, so that it reorders nothing beside it. */
function withRunsApart(text: string): Html {
  const parts: Html[] = [];
  let at = 0;
  for (const { 0: apart, index } of text.matchAll(run)) {
    parts.push(breakable(text.slice(at, index)), html`<bdi>${apart}</bdi>`);
    at = index + apart.length;
  }
  return html`${[...parts, breakable(text.slice(at))]}`;
}

/** The way in which a language is written. */
export interface Flow {
  direction: 'ltr' | 'rtl';
  /** The side on which lines begin. Readers of mail know no other word for it. */
  start: 'left' | 'right';
  text(text: string): Html;
}

/** @param language its tag, such as `ar` or `pt-BR` */
export function flowOf(language: string): Flow {
  const [primary = ''] = language.toLowerCase().split(/[-_]/);
  return fromTheRight.has(primary)
    ? { direction: 'rtl', start: 'right', text: breakable }
    : { direction: 'ltr', start: 'left', text: withRunsApart };
}

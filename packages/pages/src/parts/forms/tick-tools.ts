// Above a long list of ticks: a filter, and buttons that tick all of it or nothing. They work without scripts: each
// sends the form, which comes back as it was with that done.
import { flag, type Html, html } from '../../html.ts';
import { button } from './button.ts';
import type { TickDecision } from './tick-decision.ts';

/** The name under which the words of the filter are sent. */
export const filterName = 'filter';

/** The state of a list that was sent back. */
export interface ListState {
  /** The words of the filter; '' for none. */
  filter: string;
  pressed?: TickDecision | undefined;
}

/** Shorter lists are read faster than they are filtered. */
const LONG = 8;

/** The longest words of a filter. */
export const LONGEST_FILTER = 100;

const plain = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** True for a name with these words in it, whatever their case and accents. */
const fits = (name: string, filter: string): boolean => plain(name).includes(plain(filter.trim()));

interface Row {
  id: string;
  name: string;
  chosen: boolean;
}

/** The rows that are shown, all or none of them ticked where that was pressed, and the ids of others that are ticked. */
export function filtered<T extends Row>(
  rows: readonly T[],
  { filter, pressed }: ListState = { filter: '' },
): { shown: T[]; keptIds: string[] } {
  const forced = pressed === 'tick_all' ? true : pressed === 'tick_none' ? false : undefined;
  const [shown, others] = [true, false].map((wanted) => rows.filter(({ name }) => fits(name, filter) === wanted));
  return {
    shown: (shown ?? []).map((row) => ({ ...row, chosen: forced ?? row.chosen })),
    keptIds: (others ?? []).flatMap(({ id, chosen }) => (chosen ? [id] : [])),
  };
}

/** @param things what the list is of, in the plural */
export function tickTools(
  rows: readonly { name: string }[],
  things: string,
  { filter, pressed }: ListState = { filter: '' },
): Html | '' {
  if (rows.length < LONG && filter === '') return '';
  const shown = filter === '' ? rows.length : rows.filter(({ name }) => fits(name, filter)).length;
  const some = filter === '' ? '' : ' shown';
  const found =
    filter === ''
      ? ''
      : html`<p class="small" role="status">${shown === 0 ? `No ${things} match.` : `${shown} of ${rows.length} ${things} are shown. The others keep their ticks.`}</p>`;
  const press = (decision: TickDecision, words: string): Html =>
    button(words, { look: 'quiet', size: 'small', decision, autofocus: pressed === decision });
  return html`<div class="tick-tools"><div class="field"><label for="field-${filterName}">Find ${things} by name</label><div class="find"><input id="field-${filterName}" name="${filterName}" type="search" autocomplete="off" maxlength="${LONGEST_FILTER}" value="${filter}"${flag('autofocus', pressed === 'filter' || pressed === 'show_all')}>${press('filter', 'Find')}</div></div>
${found}<div class="buttons">${shown === 0 ? '' : html`${press('tick_all', `Select all${some}`)}${press('tick_none', `Select none${some}`)}`}${filter === '' ? '' : press('show_all', 'Show all')}</div></div>`;
}

// A long list of ticks is filtered, ticked as a whole and emptied by its form, without scripts: what was sent is shown
// again with that done, and nothing is stored.
import { filterName, type ListState, LONGEST_FILTER, pageScopeName, tickDecisions } from '@hallpass/pages';
import { isIn } from '@hallpass/protocol';
import { meansAllPages } from './forms.ts';
import type { SignedInPerson } from '../people/sign-in/sessions.ts';
import type { SiteRequest } from './site-request.ts';
import { keptChoices } from './typed-text.ts';

/** The ticks of a form that is shown again. */
export interface SentTicks {
  /** Ids that are ticked, of Pages and ad accounts. */
  ticked: ReadonlySet<string>;
  /** True for all Pages of the person, also those to come. */
  all: boolean;
  list: ListState;
}

/** The fields of a choice of Pages and ad accounts. */
export const tickFields: readonly string[] = ['pages', 'ad_accounts', pageScopeName];

/** The ticks of the form at `action` as they were when the session of this person ended under it. */
export function ticksKept(ask: SiteRequest, me: SignedInPerson, action: string): SentTicks | undefined {
  const kept = keptChoices(ask, action, me.person.id);
  if (!kept || ask.incoming.method === 'POST') return undefined;
  const { pages = [], ad_accounts: adAccounts = [], [pageScopeName]: scope = [] } = kept;
  return { ticked: new Set([...pages, ...adAccounts]), all: scope.includes('all'), list: { filter: '' } };
}

/** Reads a form that was sent to change its list; undefined for one that answers. */
export function sentTicks(ask: SiteRequest): SentTicks | undefined {
  const pressed = ask.form.values.get('decision');
  if (pressed === undefined || !isIn(tickDecisions, pressed)) return undefined;
  const words = (ask.form.values.get(filterName) ?? '').trim().slice(0, LONGEST_FILTER);
  return {
    ticked: new Set([...ask.form.all('pages'), ...ask.form.all('ad_accounts')]),
    all: meansAllPages(ask),
    list: { pressed, filter: pressed === 'show_all' ? '' : words },
  };
}

/** The rows, ticked as they were sent. */
export const withTicks = <Row extends { id: string; chosen: boolean }>(
  rows: readonly Row[],
  { ticked }: SentTicks,
): Row[] => rows.map((row) => ({ ...row, chosen: ticked.has(row.id) }));

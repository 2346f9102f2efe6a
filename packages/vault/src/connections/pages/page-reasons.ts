// This table says why a Page comes without a token, and who can change that.
import { type DebugTokenData, type HolderAdvice, isIn } from '@hallpass/protocol';
import type { HolderState } from '../../states.ts';

interface PageReason {
  words: string;
  advice: HolderAdvice;
  /** The state of a connection that had a token for the Page. */
  state: HolderState;
}

export const pageReasons = {
  no_list_permission: {
    words: 'The token carries no pages_show_list, so no Page gives its own.',
    advice: 'ask_permission',
    state: 'needs_permission',
  },
  not_chosen: {
    words: 'The person left the Page out when they chose which ones the app may have.',
    advice: 'ask_permission',
    state: 'needs_permission',
  },
  business_only: {
    words: 'The person has the Page through a business alone, and the token carries no business_management.',
    advice: 'ask_for_business',
    state: 'needs_permission',
  },
  not_assigned: {
    words: 'The business has the Page, and the person is given no task on it there.',
    advice: 'ask_role',
    state: 'needs_role',
  },
  no_task: {
    words: 'The person has no task on the Page that lets an app act as it.',
    advice: 'ask_role',
    state: 'needs_role',
  },
  not_listed: {
    words: 'The Page is in no list of the person any more: they may have lost their role on it, or left it out.',
    advice: 'ask_role',
    state: 'needs_role',
  },
  unsaid: {
    words: 'The server gives the Page without a token and does not say why.',
    advice: 'ask_role',
    state: 'needs_role',
  },
} as const satisfies Readonly<Record<string, PageReason>>;

export type PageReasonKey = keyof typeof pageReasons;

/** The lists in which a Page stood. */
export type PageSource = 'direct' | 'owned' | 'client';

/** With one of these a person may act as the Page. Source: the guide to Page access tokens. */
const actingTasks = ['MANAGE', 'CREATE_CONTENT', 'MODERATE', 'MESSAGING', 'ADVERTISE', 'ANALYZE'];

/** Tells why a Page came without a token, by what the person's token carries and where the Page was listed. */
export function whyWithoutToken(
  page: { id: string; tasks: readonly string[]; via: readonly PageSource[] },
  { scopes, granular_scopes = [] }: Pick<DebugTokenData, 'scopes' | 'granular_scopes'>,
): PageReasonKey {
  if (!scopes.includes('pages_show_list')) return 'no_list_permission';
  const chosen = granular_scopes.find(({ scope }) => scope === 'pages_show_list')?.target_ids;
  if (chosen !== undefined && !chosen.includes(page.id)) return 'not_chosen';
  const direct = page.via.includes('direct');
  if (!direct && page.tasks.length === 0) return 'not_assigned';
  if (!page.tasks.some((task) => isIn(actingTasks, task))) return 'no_task';
  if (!direct && !scopes.includes('business_management')) return 'business_only';
  return 'unsaid';
}

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
    words: "The token doesn't have pages_show_list, so it gets no Page tokens.",
    advice: 'ask_permission',
    state: 'needs_permission',
  },
  not_chosen: {
    words: 'The person left the Page out when they chose which ones the app may have.',
    advice: 'ask_permission',
    state: 'needs_permission',
  },
  business_only: {
    words: "The person has the Page only through a business, and the token doesn't have business_management.",
    advice: 'ask_for_business',
    state: 'needs_permission',
  },
  not_assigned: {
    words: "The business has the Page, but hasn't given the person a task on it.",
    advice: 'ask_role',
    state: 'needs_role',
  },
  no_task: {
    words: 'The person has no task on the Page that lets an app act for it.',
    advice: 'ask_role',
    state: 'needs_role',
  },
  not_listed: {
    words: 'The Page is no longer in any list of the person. They may have lost their role on it, or left it out.',
    advice: 'ask_role',
    state: 'needs_role',
  },
  unsaid: {
    words: "The server returns the Page without a token and doesn't say why.",
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

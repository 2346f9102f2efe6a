// These are the callers of every declared call: each kind of token and way to the dashboard, what may be set for the
// people behind it, and the facts that follow from that about a thing of each kind.
import {
  type AdAccountTask,
  adAccountTasksHeld,
  type AppRole,
  type BusinessRole,
  type Facts,
  pagePermissions,
  type Task,
  tasksHeld,
} from '@hallpass/protocol';
import { everything } from './world.ts';

/**
 * No token, each kind of token, and the two ways to come by the dashboard: without and with the password just given.
 */
export const kinds = [
  'none',
  'app',
  'client',
  'user',
  'page',
  'session_info',
  'system_user',
  'dashboard',
  'confirmed',
] as const;
export type Kind = (typeof kinds)[number];

/** The people, system user and app behind the tokens are given this before a call. */
export interface Rights {
  permissions: readonly string[];
  tasks: readonly Task[];
  /** On the ad account. */
  adTasks: readonly AdAccountTask[];
  appRole: AppRole | null;
  businessRole: BusinessRole | null;
  reviewer: boolean;
}

const ofPerson = (kind: Kind): boolean => kind === 'user' || kind === 'page';
export const byDesk = (kind: Kind): kind is 'dashboard' | 'confirmed' => kind === 'dashboard' || kind === 'confirmed';

export const plain = (kind: Kind): Facts => ({
  kind: byDesk(kind) ? 'user' : kind,
  dashboard: byDesk(kind),
  confirmed: kind === 'confirmed',
  permissions: new Set(),
  tasks: new Set(),
  appRoles: new Set(),
  businessRoles: new Set(),
  self: false,
  ownApp: false,
});

/**
 * Derives what follows from what is held, whatever the target is. A session-info token names a person and carries
 * nothing.
 */
export function carried(kind: Kind, held: Rights): Facts {
  const speaks = ofPerson(kind) || kind === 'system_user';
  // In the dashboard people use what is theirs: nothing is asked of them.
  if (byDesk(kind))
    return {
      ...plain(kind),
      permissions: new Set(everything),
      platformRoles: new Set(held.reviewer ? ['reviewer'] : []),
    };
  return { ...plain(kind), permissions: new Set(speaks ? held.permissions : []) };
}

export const onPage = (kind: Kind, held: Rights): Facts => {
  const facts = carried(kind, held);
  // Nobody may speak as a Page, whatever the role on it, without a permission about Pages.
  const reached = pagePermissions.some((name) => facts.permissions.has(name));
  return { ...facts, tasks: reached ? tasksHeld(held.tasks) : new Set(), self: kind === 'page' };
};
/** By a token of the app that the scene is about: the dashboard is an app of its own. */
export const throughShop = (kind: Kind): boolean => kind !== 'none' && !byDesk(kind);
export const speaksForSomebody = (kind: Kind): boolean => kind === 'user' || kind === 'system_user' || byDesk(kind);
export const onAdAccount = (kind: Kind, held: Rights): Facts => ({
  ...carried(kind, held),
  adAccountTasks: speaksForSomebody(kind) ? adAccountTasksHeld(held.adTasks) : new Set(),
});

export const inBusiness = (kind: Kind, held: Rights): Facts => {
  const speaks = speaksForSomebody(kind);
  return { ...carried(kind, held), businessRoles: new Set(speaks && held.businessRole ? [held.businessRole] : []) };
};

export const onApp =
  (own: boolean) =>
  (kind: Kind, held: Rights): Facts => ({
    ...carried(kind, held),
    appRoles: new Set(
      (['user', 'page', 'session_info'].includes(kind) || byDesk(kind)) && held.appRole ? [held.appRole] : [],
    ),
    ownApp: own && kind !== 'none' && !byDesk(kind),
  });

// These tables say what a person may do on a Page (tasks) and on an app (roles). Names are those of POST
import { isIn, keysOf } from '../keys.ts';

// /{page}/assigned_users and of GET /{app}/roles; what a role allows follows the app roles page.

export interface TaskEntry {
  /** Short words for lists. */
  title: string;
  /** One sentence about what it allows. */
  doc: string;
  /**
   * `classic` are the six that calls ask for; `other` are in the same list; `plus` are those of the new Pages
   * experience.
   */
  group: 'classic' | 'other' | 'plus';
  /** Classic tasks that come with it. */
  includes?: readonly string[];
}

/**
 * In the order in which answers list them, which is that of the sample in "Access Tokens" (MESSAGING is not in the
 * sample).
 */
// biome-ignore format: it is read as a table
export const pageTasks = {
  ANALYZE: { group: 'classic', title: 'View insights', doc: 'See figures about the Page.' },
  ADVERTISE: { group: 'classic', title: 'Advertise', doc: 'Create advertisements for the Page.' },
  MESSAGING: { group: 'classic', title: 'Send messages', doc: 'Read and send messages as the Page.' },
  MODERATE: { group: 'classic', title: 'Moderate', doc: 'Answer and delete comments as the Page, and remove people.' },
  CREATE_CONTENT: { group: 'classic', title: 'Create content', doc: 'Publish as the Page.' },
  MANAGE: { group: 'classic', title: 'Manage the Page', doc: 'Change the settings of the Page, and give and take tasks.' },
  CASHIER_ROLE: { group: 'other', title: 'Cashier', doc: 'Take payments for the Page.' },
  GLOBAL_STRUCTURE_MANAGEMENT: { group: 'other', title: 'Manage global structure', doc: 'Arrange the regional Pages of a brand.' },
  MANAGE_JOBS: { group: 'other', title: 'Manage jobs', doc: 'Publish jobs and handle applications.' },
  MANAGE_LEADS: { group: 'other', title: 'Manage leads', doc: 'Read the answers to lead forms.' },
  MODERATE_COMMUNITY: { group: 'other', title: 'Moderate the community', doc: 'Keep order in the groups of the Page.' },
  PAGES_MESSAGING: { group: 'other', title: 'Message through apps', doc: 'Let an app send messages as the Page.' },
  PAGES_MESSAGING_SUBSCRIPTIONS: { group: 'other', title: 'Send subscribed messages', doc: 'Let an app send messages that people subscribed to.' },
  READ_PAGE_MAILBOXES: { group: 'other', title: 'Read messages', doc: 'Read the messages of the Page.' },
  VIEW_MONETIZATION_INSIGHTS: { group: 'other', title: 'View earnings', doc: "See the Page's earnings." },
  PROFILE_PLUS_FULL_CONTROL: { group: 'plus', title: 'Full control', doc: 'Everything, including giving access to others.', includes: ['MANAGE', 'CREATE_CONTENT', 'MODERATE', 'MESSAGING', 'ADVERTISE', 'ANALYZE'] },
  PROFILE_PLUS_FACEBOOK_ACCESS: { group: 'plus', title: 'Access as the Page', doc: 'Act as the Page without giving access to others.', includes: ['CREATE_CONTENT', 'MODERATE', 'MESSAGING', 'ADVERTISE', 'ANALYZE'] },
  PROFILE_PLUS_MANAGE: { group: 'plus', title: 'Manage the Page', doc: 'Change the settings of the Page.', includes: ['MANAGE'] },
  PROFILE_PLUS_CREATE_CONTENT: { group: 'plus', title: 'Create content', doc: 'Publish as the Page.', includes: ['CREATE_CONTENT'] },
  PROFILE_PLUS_MODERATE: { group: 'plus', title: 'Moderate', doc: 'Answer and delete comments as the Page.', includes: ['MODERATE'] },
  PROFILE_PLUS_MODERATE_DELEGATE_COMMUNITY: { group: 'plus', title: 'Moderate the community', doc: 'Keep order in the groups of the Page.' },
  PROFILE_PLUS_MESSAGING: { group: 'plus', title: 'Send messages', doc: 'Read and send messages as the Page.', includes: ['MESSAGING'] },
  PROFILE_PLUS_ADVERTISE: { group: 'plus', title: 'Advertise', doc: 'Create advertisements for the Page.', includes: ['ADVERTISE'] },
  PROFILE_PLUS_ANALYZE: { group: 'plus', title: 'View insights', doc: 'See figures about the Page.', includes: ['ANALYZE'] },
  PROFILE_PLUS_MANAGE_LEADS: { group: 'plus', title: 'Manage leads', doc: 'Read the answers to lead forms.' },
  PROFILE_PLUS_GLOBAL_STRUCTURE_MANAGEMENT: { group: 'plus', title: 'Manage global structure', doc: 'Arrange the regional Pages of a brand.' },
  PROFILE_PLUS_REVENUE: { group: 'plus', title: 'View revenue', doc: "See the Page's earnings." },
} as const satisfies Record<string, TaskEntry>;

export type Task = keyof typeof pageTasks;

/** The six that calls ask for: everything that can be done with a Page. */
export const classicTasks: readonly Task[] = keysOf(pageTasks).filter((name) => pageTasks[name].group === 'classic');

/** The roles people had on a Page before there were tasks. */
export const oldPageRoles = {
  admin: ['MANAGE', 'CREATE_CONTENT', 'MODERATE', 'MESSAGING', 'ADVERTISE', 'ANALYZE'],
  editor: ['CREATE_CONTENT', 'MODERATE', 'MESSAGING', 'ADVERTISE', 'ANALYZE'],
  moderator: ['MODERATE', 'MESSAGING', 'ADVERTISE', 'ANALYZE'],
  advertiser: ['ADVERTISE', 'ANALYZE'],
  analyst: ['ANALYZE'],
} as const satisfies Record<string, readonly Task[]>;

export type OldPageRole = keyof typeof oldPageRoles;

/** True for the name of a task, exactly as it is written. */
export function isTask(name: string): name is Task {
  return Object.hasOwn(pageTasks, name);
}

const everyTask = keysOf(pageTasks);

/**
 * The tasks that a person who was given `names` holds, with what comes along, in the order in which answers list them.
 */
export function tasksHeld(names: Iterable<Task>): Set<Task> {
  const held = new Set<string>();
  for (const name of names) {
    const entry: TaskEntry = pageTasks[name];
    held.add(name);
    for (const included of entry.includes ?? []) held.add(included);
  }
  return new Set(everyTask.filter((name) => held.has(name)));
}

/**
 * These acts can be done with an app. `change_login_addresses`: where the dialog and the browser SDK may send people
 * and their tokens.
 */
export type AppAct =
  | 'change_settings'
  | 'change_login_addresses'
  | 'change_mode'
  | 'ask_access'
  | 'see_secret'
  | 'reset_secret'
  | 'remove_app'
  | 'change_roles'
  | 'test_login'
  | 'create_test_users'
  | 'see_insights';

export interface AppRoleEntry {
  title: string;
  doc: string;
  may: readonly AppAct[];
}

export const appRoles = {
  administrators: {
    title: 'Administrator',
    doc: 'Can do everything with the app.',
    may: [
      'change_settings',
      'change_login_addresses',
      'change_mode',
      'ask_access',
      'see_secret',
      'reset_secret',
      'remove_app',
      'change_roles',
      'test_login',
      'create_test_users',
      'see_insights',
    ],
  },
  developers: {
    title: 'Developer',
    doc: "Can change settings, log in for tests and create test users. Can't see or reset the secret, change redirect addresses, remove the app or change roles.",
    may: ['change_settings', 'test_login', 'create_test_users', 'see_insights'],
  },
  testers: { title: 'Tester', doc: 'Can log in for tests.', may: ['test_login'] },
  'insights users': {
    title: 'Analytics user',
    doc: 'Can see figures about the app and log in for tests.',
    may: ['test_login', 'see_insights'],
  },
} as const satisfies Record<string, AppRoleEntry>;

/** The name in `role` of GET /{app}/roles. */
export type AppRole = keyof typeof appRoles;

export function isAppRole(name: string): name is AppRole {
  return Object.hasOwn(appRoles, name);
}

/** The roles that allow one act, for a requirement: `appRole(...rolesThatMay('reset_secret'))`. */
export function rolesThatMay(act: AppAct): AppRole[] {
  return keysOf(appRoles).filter((role) => isIn(appRoles[role].may, act));
}

/**
 * These limits say how many may have a role on an app, invitations included. `everybody` is for all roles together but
 * administrators.
 */
export const appRoleLimits = { administrators: 500, testers: 50, everybody: 500 } as const;

/** One person may be an administrator of so many apps and make another: a limit of ours. */
export const appsPerPerson = 100;

/** People have these roles on the platform itself. An administrator is a reviewer too. */
export const platformRoles = {
  administrator: { title: 'Administrator of the platform', doc: 'Created when the platform was set up.' },
  reviewer: { title: 'Reviewer', doc: 'Decides on requests for advanced access.' },
} as const satisfies Record<string, { title: string; doc: string }>;

export type PlatformRole = keyof typeof platformRoles;

/**
 * People and system users have these roles in a business: an administrator manages it, an employee works with what was
 * assigned.
 */
export const businessRoles = {
  ADMIN: {
    title: 'Administrator',
    doc: 'You can manage the business: its people, system users and everything that belongs to it.',
  },
  EMPLOYEE: { title: 'Employee', doc: 'You can see the business and work with what is assigned to you.' },
} as const satisfies Record<string, { title: string; doc: string }>;

export type BusinessRole = keyof typeof businessRoles;

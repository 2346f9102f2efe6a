// These tables hold the places that the pages and the console both lead to: what each is called, what it is for, and its
// address. Navigation, tiles and search of both are made of them, so that somebody who goes from one to the other stays
// in the same house.

/** The addresses of the settings that work without scripts. */
export const plainPaths = {
  profile: '/settings',
  apps: '/settings/apps',
  sessions: '/settings/sessions',
  deletions: '/settings/deletions',
  email: '/settings/email',
  password: '/settings/password',
  twoFactor: '/settings/two-factor',
  secure: '/settings/secure',
  newPage: '/pages/create',
} as const;

export interface Place {
  label: string;
  words: string;
}

/** Tools of the console. */
export const toolPlaces = [
  {
    key: 'explorer',
    path: '/tools/explorer',
    label: 'Graph API Explorer',
    words: 'Get a token, make calls and copy them as code.',
  },
  {
    key: 'debugger',
    path: '/tools/debug/accesstoken',
    label: 'Access Token Debugger',
    words: 'See what a token is, what it may do, and why it ended.',
  },
  {
    key: 'tokens',
    path: '/tools/accesstoken',
    label: 'Access Token Tool',
    words: 'The user and app tokens of your apps.',
  },
  {
    key: 'versions',
    path: '/tools/versions',
    label: 'API Upgrade Tool',
    words: 'Which versions your apps call, and when each ends.',
  },
] as const satisfies readonly (Place & { key: string; path: string })[];

/** These lead to what somebody manages; each has many pages below it. All are pages of the console. */
export const managePlaces = [
  {
    key: 'myApps',
    path: '/console/apps',
    label: 'My apps',
    words: 'Settings, health, roles, permissions, webhooks and tokens of your apps.',
  },
  {
    key: 'business',
    path: '/console/business',
    label: 'Business settings',
    words: 'People, system users, Pages, ad accounts, apps and partners of your businesses.',
  },
] as const satisfies readonly (Place & { key: string; path: string })[];

/** These pages are about the emulator itself; a platform has none of them. All are pages of the console. */
export const emulatorPlaces = [
  {
    key: 'calls',
    path: '/console/emulator',
    label: 'Live calls',
    words: 'Every call that programs make, as it comes in, and the reason for its answer.',
  },
  {
    key: 'clock',
    path: '/console/emulator/clock',
    label: 'Clock',
    words: 'Move time forward, stop it, and see what falls due.',
  },
  {
    key: 'faults',
    path: '/console/emulator/faults',
    label: 'Faults',
    words: 'Make calls fail: errors, broken connections, refused tokens.',
  },
  {
    key: 'stories',
    path: '/console/emulator/stories',
    label: 'Stories',
    words: 'Make things happen that happen to apps in real life.',
  },
  {
    key: 'worlds',
    path: '/console/emulator/worlds',
    label: 'Worlds',
    words: 'Create, save, restore, reset and export worlds.',
  },
  {
    key: 'inbox',
    path: '/console/emulator/inbox',
    label: 'Inbox',
    words: 'All mail from the platform and your programs. None of it leaves this machine.',
  },
  {
    key: 'deliveries',
    path: '/console/emulator/deliveries',
    label: 'Deliveries',
    words: 'Calls to your apps’ servers: what was sent, what came back, and a way to send it again.',
  },
  {
    key: 'lives',
    path: '/console/emulator/tokens',
    label: 'Token timeline',
    words: 'When each token was issued, when it ends, and what ended it.',
  },
] as const satisfies readonly (Place & { key: string; path: string })[];

export type EmulatorPlaceKey = (typeof emulatorPlaces)[number]['key'];

/** The settings of a person. Where there are two addresses, the page of the console shows the same and more. */
export const accountPlaces = [
  {
    key: 'profile',
    console: '/console/settings',
    plain: plainPaths.profile,
    label: 'Your profile',
    words: 'Your name and your ids.',
  },
  {
    key: 'apps',
    console: '/console/settings/apps',
    plain: plainPaths.apps,
    label: 'Apps and websites',
    words: 'The permissions of each app, and how to take them back.',
  },
  {
    key: 'integrations',
    console: '/console/settings/integrations',
    label: 'Business integrations',
    words: 'Apps that your businesses connected.',
  },
  {
    key: 'sessions',
    console: '/console/settings/sessions',
    plain: plainPaths.sessions,
    label: 'Where you’re logged in',
    words: 'The devices you’re logged in on.',
  },
  {
    key: 'deletions',
    console: '/console/settings/deletions',
    plain: plainPaths.deletions,
    label: 'Data deletion',
    words: 'The data you asked apps to delete, and their answers.',
  },
  {
    key: 'newPage',
    plain: plainPaths.newPage,
    label: 'Create a Page',
    words: 'For a business, a club or a cause.',
  },
  {
    key: 'email',
    plain: plainPaths.email,
    label: 'E-mail address',
    words: 'The address you log in with.',
  },
  { key: 'password', plain: plainPaths.password, label: 'Password', words: 'Changing it ends every token.' },
  {
    key: 'twoFactor',
    plain: plainPaths.twoFactor,
    label: 'Two-factor authentication',
    words: 'A code from your phone, as well as your password.',
  },
  {
    key: 'secure',
    plain: plainPaths.secure,
    label: 'Secure your account',
    words: 'Lock it if someone else has been in.',
  },
] as const satisfies readonly (Place & { key: string; console?: string; plain?: string })[];

export type AccountPlaceKey = (typeof accountPlaces)[number]['key'];
export type PlaceKey = AccountPlaceKey | (typeof toolPlaces | typeof managePlaces)[number]['key'];

/** The first page. */
export const startPath = '/';

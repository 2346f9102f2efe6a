// This is the dashboard's side of the Graph: who is logged in with a web session acts as a viewer of an app that is
// built in. It has no row, no secret and no token, and what can only be made from a token is not made for it (threats
// PR-09). It asks nobody for permissions: here people use what is theirs, and roles and tasks decide alone.
import { permissions, versions } from '@hallpass/protocol';
import { FIRST_PARTY, type PersonId } from '../../store/ids.ts';
import type { SignedInPerson } from '../../people/sign-in/sessions.ts';
import { type App, defaultSettings } from '../../store/apps/apps.ts';
import type { Grant } from '../../store/grants/grants.ts';
import type { DashboardViewer } from './viewer.ts';

const app: App = Object.freeze({
  id: FIRST_PARTY,
  name: 'Dashboard',
  mode: 'live',
  type: 'web',
  status: 'active',
  secret: '',
  secretEpoch: 0,
  clientToken: '',
  settings: Object.freeze({
    ...defaultSettings,
    advancedAccess: Object.keys(permissions),
    defaultVersion: versions.default,
  }),
  createdAt: 0,
});

const inForce = { names: new Set(Object.keys(permissions)), ended: new Set<string>() };

const grantOf = (personId: PersonId): Grant => ({
  appId: FIRST_PARTY,
  personId,
  permissions: Object.fromEntries(Object.keys(permissions).map((name) => [name, { status: 'granted' as const }])),
  dataAccessUntil: 0,
  createdAt: 0,
  updatedAt: 0,
});

/** The viewer of a call that our own pages make for whoever is logged in. */
export const dashboardViewer = ({ session, person }: SignedInPerson): DashboardViewer => ({
  kind: 'user',
  token: undefined,
  record: undefined,
  app,
  person,
  page: undefined,
  grant: grantOf(person.id),
  inForce,
  insider: true,
  appRoles: [],
  usedSecret: false,
  dashboard: { session: session.id, provenAt: session.proven_at },
});

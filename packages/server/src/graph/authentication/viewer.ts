// The viewer is who asks: everything that follows from the credential of a call. Identity comes from here only, never
// from an id beside the credential (threats I-11).
import type { Caller, ForPerson, WithPerson } from '@hallpass/protocol';
import type { EffectiveGrant } from '../../liveness/permissions.ts';
import type { App } from '../../store/apps/apps.ts';
import type { Grant } from '../../store/grants/grants.ts';
import type { Page } from '../../store/pages/pages.ts';
import type { Person } from '../../store/people/people.ts';
import type { TokenRecord } from '../../tokens/record.ts';

interface Rights {
  inForce: EffectiveGrant;
  /** A role on the app, or its test user. */
  insider: boolean;
  appRoles: readonly string[];
  /** The app secret itself was presented (`{app-id}|{app-secret}`). */
  usedSecret: boolean;
}

/** No credential was presented. */
interface Nobody extends Rights {
  kind: 'none';
  token: undefined;
  record: undefined;
  app: undefined;
  person: undefined;
  page: undefined;
  grant: null;
  dashboard: undefined;
}

/** An app speaks for itself, by its secret or its client token. */
interface AppViewer<K extends 'app' | 'client' = 'app' | 'client'> extends Rights {
  kind: K;
  /** The token as it was presented. */
  token: string;
  record: undefined;
  app: App;
  person: undefined;
  page: undefined;
  grant: null;
  dashboard: undefined;
}

type PersonKind = 'user' | 'session_info' | 'system_user';

/** A person or a system user, by the token that an app holds. */
interface PersonViewer<K extends PersonKind = PersonKind> extends Rights {
  kind: K;
  token: string;
  record: TokenRecord;
  app: App;
  person: Person;
  page: undefined;
  grant: Grant;
  dashboard: undefined;
}

/** A Page, by a token that hangs on the role of a person. */
interface PageViewer extends Rights {
  kind: 'page';
  token: string;
  record: TokenRecord;
  app: App;
  person: Person;
  /** The Page that the token speaks as. */
  page: Page;
  grant: Grant;
  dashboard: undefined;
}

/**
 * A person who is logged in with a web session and calls through our own pages: no token was presented, and the app is
 * the one that is built in.
 */
export interface DashboardViewer extends Rights {
  kind: 'user';
  token: undefined;
  record: undefined;
  app: App;
  person: Person;
  page: undefined;
  grant: Grant;
  dashboard: Dashboard;
}

/** A viewer that has an app: everybody who presented something. */
export type KnownViewer = AppViewer | PersonViewer | PageViewer | DashboardViewer;

export type Viewer = Nobody | KnownViewer;

/** The viewer behind a requirement that only these callers can meet. */
export type ViewerOf<C extends Caller> = C extends 'dashboard'
  ? DashboardViewer
  : C extends 'page'
    ? PageViewer
    : C extends 'app' | 'client'
      ? AppViewer<C>
      : C extends PersonKind
        ? PersonViewer<C>
        : Nobody;

/** A viewer behind whom a person or a system user stands. */
export type ViewerWithPerson = ViewerOf<WithPerson>;

/** A viewer that speaks for a person or a system user. */
export type ViewerForPerson = ViewerOf<ForPerson>;

/** Says what kind of caller a viewer is; undefined where nothing was presented. */
export const callerOf = ({ kind, dashboard }: Viewer): Caller => (dashboard ? 'dashboard' : kind);

/**
 * True when a viewer speaks for a person or a system user: for what is found before any requirement was looked at. A
 * Page token speaks for the Page alone.
 */
export const speaksForPerson = (viewer: Viewer): viewer is ViewerForPerson =>
  viewer.kind === 'user' || viewer.kind === 'system_user';

interface Dashboard {
  /** Id of the web session. */
  session: string;
  /** When its password was asked at last and right, epoch seconds. */
  provenAt: number;
}

const nothing: EffectiveGrant = { names: new Set(), ended: new Set() };

const noRights: Rights = { inForce: nothing, insider: false, appRoles: [], usedSecret: false };

export const nobody: Nobody = Object.freeze({
  ...noRights,
  kind: 'none',
  token: undefined,
  record: undefined,
  app: undefined,
  person: undefined,
  page: undefined,
  grant: null,
  dashboard: undefined,
});

export const viewerOfApp = (kind: 'app' | 'client', token: string, app: App, usedSecret: boolean): AppViewer => ({
  ...noRights,
  kind,
  token,
  record: undefined,
  app,
  person: undefined,
  page: undefined,
  grant: null,
  usedSecret,
  dashboard: undefined,
});

// Who is asking: everything that follows from the credential of a call. Identity comes from here only, never from an
// id beside the credential (threats I-11).
import type { TokenKind } from '@hallpass/protocol';
import type { EffectiveGrant } from '../liveness/permissions.ts';
import type { App } from '../store/apps/apps.ts';
import type { Grant } from '../store/grants/grants.ts';
import type { Page } from '../store/pages/pages.ts';
import type { Person } from '../store/people/people.ts';
import type { TokenRecord } from '../tokens/record.ts';

export interface Viewer {
  kind: TokenKind | 'none';
  /** The token as it was presented. */
  token: string | undefined;
  record: TokenRecord | undefined;
  app: App | undefined;
  person: Person | undefined;
  /** The Page a page token speaks as. */
  page: Page | undefined;
  grant: Grant | null;
  inForce: EffectiveGrant;
  /** A role on the app, or its test user. */
  insider: boolean;
  appRoles: readonly string[];
  /** The app secret itself was presented (`{app-id}|{app-secret}`). */
  usedSecret: boolean;
  /**
   * Set where no token was presented: the person is logged in with a web session and the call came through our own
   * pages.
   */
  dashboard: Dashboard | undefined;
}

interface Dashboard {
  /** Id of the web session. */
  session: string;
  /** When its password was asked at last and right, epoch seconds. */
  provenAt: number;
}

const none: EffectiveGrant = { names: new Set(), ended: new Set() };

export const nobody: Viewer = Object.freeze({
  kind: 'none',
  token: undefined,
  record: undefined,
  app: undefined,
  person: undefined,
  page: undefined,
  grant: null,
  inForce: none,
  insider: false,
  appRoles: [],
  usedSecret: false,
  dashboard: undefined,
});

export const viewerOfApp = (kind: 'app' | 'client', token: string, app: App, usedSecret: boolean): Viewer => ({
  ...nobody,
  kind,
  token,
  app,
  usedSecret,
});

// This module works out what an app asks of a person, what of it was given or declined before, and what is left to ask.
// Source: section 2.5 of the protocol reference (only what is new is shown; declined again with auth_type=rerequest
// only, and in Login for Business, where it is all or nothing; public_profile always).
import { alwaysGranted, isPermission, type Permission, withDependencies } from '@hallpass/protocol';
import { mayAsk } from '../liveness/permissions.ts';
import type { App } from '../store/apps/apps.ts';
import type { Grant } from '../store/grants/grants.ts';
import type { DialogRequest } from './request.ts';

export interface RequestedPermissions {
  /** These are shown and decided on now. */
  ask: Permission[];
  /** The app holds these already. */
  granted: Permission[];
  /** `openid` goes along without a question. */
  openid: boolean;
}

export type ScopeRequest = Pick<DialogRequest, 'authType' | 'scope'> & { whole?: boolean };

/** @param insider a role on the app, or its test user: standard access is enough */
export function requestedPermissions(
  request: ScopeRequest,
  app: App,
  insider: boolean,
  grant: Grant | null,
): RequestedPermissions {
  const again = request.authType.includes('rerequest') || request.whole === true;
  const asked = withDependencies([alwaysGranted, ...request.scope.permissions]).filter((name) =>
    mayAsk(app, name, insider),
  );
  const status = (name: string) => grant?.permissions[name]?.status;
  return {
    ask: asked.filter((name) => status(name) !== 'granted' && (status(name) !== 'declined' || again)),
    granted: namesWith(grant, 'granted'),
    openid: request.scope.openid && mayAsk(app, 'openid', insider),
  };
}

/** Permissions of a grant with this status, `openid` aside. */
export function namesWith(grant: Grant | null, status: 'granted' | 'declined' | 'expired'): Permission[] {
  return Object.entries(grant?.permissions ?? {}).flatMap(([name, permit]) =>
    permit.status === status && isPermission(name) ? [name] : [],
  );
}

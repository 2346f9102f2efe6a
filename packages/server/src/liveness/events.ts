// The names of audited events and what a line of the audit trail holds. Ids only: never a token, e-mail or address.
export const eventNames = [
  'auth.login.ok', 'auth.login.fail', 'auth.login.throttled', 'auth.logout', 'auth.password.changed', 'auth.signup', 'auth.checkpoint.locked',
  'auth.checkpoint.unlocked', 'auth.confirmed', 'dialog.blocked', 'dialog.granted', 'dialog.denied', 'dialog.interaction_mismatch', 'code.issued',
  'code.redeemed', 'code.replayed', 'code.client_mismatch', 'code.verifier_mismatch', 'token.issued', 'token.rejected', 'token.wrong_kind',
  'token.cross_app', 'token.exchanged', 'token.revoked', 'proof.rejected', 'grant.changed', 'role.changed', 'app.secret.reset',
  'app.client_token.reset', 'app.settings.changed', 'app.created', 'app.deleted', 'page.created', 'testuser.created', 'testuser.deleted',
  'web.csrf_rejected', 'web.origin_rejected', 'limit.hit', 'crypto.unknown_key', 'crypto.rotated', 'crypto.withdrawn', 'feed.stale',
  'feed.recovered', 'store.regressed', 'person.deleted', 'administrator.created',
] as const;

export type EventName = (typeof eventNames)[number];

export interface AuditEvent {
  name: EventName;
  outcome: 'ok' | 'refused';
  reason?: string;
  appId?: string;
  actorKind?: string;
  actorId?: string;
  targetId?: string;
  ipPrefix?: string;
  requestId?: string;
  /** First 12 hex digits of a keyed hash of the token. */
  tokenFp?: string;
}

/** Who did it, as an audit line names them. */
export const actorFacts = (by: { kind: string; id?: string | undefined }) => ({ actorKind: by.kind, actorId: by.id });

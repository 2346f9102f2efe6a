// This table lists the events and states that kill tokens. An *event* moves an epoch on: what hung on the old one stays
// dead for good. A *state* refuses tokens for as long as it holds. Record an event with `record(tx, name, ids)` where
// it happens; nothing else is needed.
import type { ErrorKey } from '../errors/errors.ts';
import type { Anchor } from './tokens.ts';

export interface InvalidationEvent {
  doc: string;
  /** The anchor whose epoch moves. */
  hits: Anchor;
  /** A token that died of it answers with this error from then on. */
  error: ErrorKey;
}

export const invalidations = {
  password_changed: { doc: 'The person changed the password.', hits: 'user', error: 'token.password_changed' },
  logged_out_everywhere: { doc: 'The person ended all sessions.', hits: 'user', error: 'token.logged_out' },
  logged_out: { doc: 'The web session the token came from was ended.', hits: 'session', error: 'token.logged_out' },
  app_removed: { doc: 'The person removed the app.', hits: 'grant', error: 'token.app_removed' },
  app_role_lost: {
    doc: 'The person lost the last role on an app that only role holders may use.',
    hits: 'grant',
    error: 'token.app_removed',
  },
  page_role_lost: { doc: 'The person lost the role on the Page.', hits: 'page_role', error: 'token.page_role_lost' },
  revoked: {
    doc: 'The token and all others of the same log-in were revoked by oauth/revoke.',
    hits: 'login',
    error: 'token.revoked',
  },
  page_token_revoked: {
    doc: 'The Page token was revoked by oauth/revoke.',
    hits: 'page_token',
    error: 'token.revoked',
  },
  system_user_tokens_ended: {
    doc: 'Every token of the system user for the app was ended (DELETE access_tokens).',
    hits: 'grant',
    error: 'token.revoked',
  },
  system_user_token_revoked: {
    doc: 'One token of a system user was ended, by oauth/revoke or from the list.',
    hits: 'login',
    error: 'token.revoked',
  },
  integration_removed: {
    doc: 'The client business removed the app it had connected.',
    hits: 'grant',
    error: 'token.app_removed',
  },
  code_replayed: {
    doc: 'The authorization code was presented by another client.',
    hits: 'login',
    error: 'token.revoked',
  },
  app_secret_reset: { doc: 'The app secret was reset.', hits: 'app_secret', error: 'token.signature' },
  login_type_switched: {
    doc: 'The app, which asks only for name and e-mail address, was switched between the classic log-in and Login for Business.',
    hits: 'app',
    error: 'token.logged_out',
  },
  app_tokens_ended: {
    doc: 'The operator, or an administrator of the app, ended every token of the app.',
    hits: 'app',
    error: 'token.logged_out',
  },
  app_person_tokens_ended: {
    doc: 'Someone who manages the app ended its tokens for one person.',
    hits: 'grant',
    error: 'token.revoked',
  },
  person_tokens_ended: {
    doc: 'The operator ended every token of the person.',
    hits: 'user',
    error: 'token.logged_out',
  },
  account_locked: {
    doc: 'The account was locked or put at a checkpoint while the setting checkpointEndsTokens was on.',
    hits: 'user',
    error: 'token.logged_out',
  },
  person_deleted: { doc: 'The account was deleted.', hits: 'user', error: 'token.person_gone' },
} as const satisfies Record<string, InvalidationEvent>;

export type InvalidationName = keyof typeof invalidations;

export interface RefusingState {
  doc: string;
  /** The kind of thing that has the state. */
  of: 'user' | 'app' | 'page';
  error: ErrorKey;
}

/**
 * While one of these holds, every token about it is refused; when it ends, tokens that are otherwise alive work again.
 */
export const refusingStates = {
  checkpoint: {
    doc: 'The account is at a checkpoint until the person proves who they are.',
    of: 'user',
    error: 'token.checkpoint',
  },
  locked: { doc: 'The operator locked the account.', of: 'user', error: 'token.checkpoint_blocking' },
  unconfirmed: { doc: 'The account has not been confirmed.', of: 'user', error: 'token.unconfirmed' },
  app_disabled: { doc: 'The app is disabled.', of: 'app', error: 'token.app_deleted' },
  app_deleted: { doc: 'The app was deleted.', of: 'app', error: 'token.app_deleted' },
  app_not_active: {
    doc: 'The app is in development mode and the person has no role on it.',
    of: 'app',
    error: 'token.app_removed',
  },
  page_gone: { doc: 'The Page was deleted.', of: 'page', error: 'token.page_inaccessible' },
} as const satisfies Record<string, RefusingState>;

export type RefusingStateName = keyof typeof refusingStates;

/** These words say what ends together with a token, by what the event hit. */
export const endsTogether: Readonly<Record<Anchor, string>> = {
  user: 'Every token of the person, in every app, with the Page tokens that came from them.',
  app: 'Every token of the app, for all people.',
  app_secret: 'Every app token made with the old secret.',
  grant: 'Every token of the person for this app, with its Page tokens.',
  session: 'Every token that came from this web session, with its Page tokens.',
  login: 'Every token of the same log-in, with its Page tokens.',
  page_role: 'Every token with which the person acted for this Page, in every app.',
  page_token: 'Only this Page token.',
};

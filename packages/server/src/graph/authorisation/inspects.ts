// These callers may look at a token that somebody handed over, in the calls that tell more of it than debug_token does.
// Everybody else is told what debug_token tells a stranger.
import {
  all,
  anyOr,
  appRole,
  appRoles,
  dashboard,
  keysOf,
  on,
  ownApp,
  presented,
  self,
  token,
  where,
} from '@hallpass/protocol';

/** Needed on the token in a parameter: its own app, its people, or in the dashboard also the person it speaks for. */
export const inspects = (parameter: string) =>
  on(
    'token',
    parameter,
    anyOr(
      'debug.other_app',
      where('refusals_explained'),
      where('unreadable_token', parameter),
      all(dashboard, anyOr('debug.other_app', self, appRole(...keysOf(appRoles)))),
      all(ownApp, token('app')),
      all(ownApp, token('user'), presented, appRole('administrators', 'developers')),
    ),
  );

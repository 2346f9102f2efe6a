// After an act the next page says what was done, by key: pages never take a message from an address (WP-06).

export const doneWords = {
  password_changed:
    'Your password has been changed. You’re logged out everywhere else, and apps will ask you to log in again.',
  email_changed: 'Your e-mail address has been changed. From now on, log in with the new one.',
  second_factor_off: 'Two-factor authentication is off. Only your password protects your account now.',
  session_ended: 'That device has been logged out.',
  sessions_ended: 'You’re logged out everywhere else.',
  app_removed: 'The app has been removed. It can no longer act for you.',
  permission_revoked: 'The app no longer has that permission.',
  pages_chosen: 'The app can use the Pages you chose, and no others.',
  account_unlocked: 'Your account has been unlocked.',
  account_confirmed: 'Your account has been confirmed.',
  typed_kept: 'The form still has everything you typed before you were logged out. Nothing has been changed yet.',
  nothing_changed: 'Nothing was changed.',
} as const;

export type DoneKey = keyof typeof doneWords;

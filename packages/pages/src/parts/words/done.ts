// After an act the next page says what was done, by key: pages never take a message from an address (WP-06).

export const doneWords = {
  password_changed:
    'Your password is changed. Everywhere else you are logged out, and apps will ask you to log in again.',
  email_changed: 'Your e-mail address is changed. You log in with it from now on.',
  second_factor_off: 'Two-factor authentication is off. Only your password protects your account now.',
  session_ended: 'That device is logged out.',
  sessions_ended: 'You are logged out everywhere else.',
  app_removed: 'The app is removed. It can no longer act for you.',
  permission_revoked: 'The app no longer has that permission.',
  pages_chosen: 'The app may use the Pages that you chose, and no others.',
  account_unlocked: 'Your account is unlocked.',
  account_confirmed: 'Your account is confirmed.',
  typed_kept: 'What you typed before you were logged out is in the form again. Nothing has been changed yet.',
  nothing_changed: 'Nothing was changed.',
} as const;

export type DoneKey = keyof typeof doneWords;

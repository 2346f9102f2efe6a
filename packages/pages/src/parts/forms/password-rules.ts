// The forms tell these rules about passwords, and show these errors. The rule itself (8 to 1,024 bytes) is the
// server's.

export const passwordHint =
  'At least 8 characters. Three or four words in a row are easy to remember and hard to guess.';

export const passwordErrors = {
  missing: 'Choose a password.',
  too_short: 'This is too short. Use at least 8 characters.',
  too_long: 'This is too long. Use at most 1,024 characters.',
  too_common: 'This is easy to guess. Choose another one.',
  same_as_before: 'This is already your password. Choose a new one.',
} as const;

export type PasswordError = keyof typeof passwordErrors;

// These are the simple values of a seed file: texts, ids, moments, lengths of time, permissions, and what is said where
// one is wrong.
import { isPermission, oldNames, permissions } from '@hallpass/protocol';
import { passwordFault } from '@hallpass/server/testing';
import { z } from 'zod';
import { durationOf, momentOf } from './moments.ts';
import { didYouMean } from './suggest.ts';

// A file is checked once: making code for the check would take longer than the check.
z.config({ jitless: true });

/** Text that YAML may have taken for a number is refused rather than guessed: 007 would have lost its zeros. */
export const text = z.string({
  error: (issue) => (issue.input === undefined ? 'is missing' : 'must be text; put it in quotes'),
});
export const line = text.min(1, 'must not be empty').max(500, 'is longer than 500 characters');

/** Digits, in quotes or not. */
export const id = z
  .union([z.string(), z.number()], { error: 'must be an id: digits only' })
  .transform(String)
  .refine(
    (value) => /^[1-9]\d{0,18}$/.test(value) && BigInt(value) <= 9_223_372_036_854_775_807n,
    'must be an id: digits only, not beginning with 0, at most 9223372036854775807',
  );

/** `act_` and digits; the number without it means the same here. */
export const adAccountId = text
  .regex(/^(?:act_)?[1-9]\d{0,18}$/, 'must be act_ and digits, in quotes')
  .transform((value) => value.replace(/^act_/, ''));

const hexDigits = 'must be 32 digits 0-9 and a-f, in quotes';
export const secret = z.string({ error: hexDigits }).regex(/^[0-9a-f]{32}$/, hexDigits);

const base32 = 'must be 26 to 128 letters A-Z and digits 2-7';
/** The key of a second factor. */
export const oneTimeSecret = z.string({ error: base32 }).regex(/^[A-Z2-7]{26,128}$/, base32);

export const email = text
  .refine((value) => /^[^\s@]+@[^\s@]+$/.test(value), 'must be an e-mail address')
  .transform((value) => value.normalize('NFC').toLowerCase());

const passwordFaults = {
  missing: 'must not be empty',
  too_short: 'is shorter than 8 bytes',
  too_long: 'is longer than 1024 bytes',
} as const;
export const password = text.superRefine((value, context) => {
  const fault = passwordFault(value);
  if (fault !== undefined) context.addIssue({ code: 'custom', message: passwordFaults[fault] });
});

export const yesNo = z.boolean({ error: 'must be true or false' });
export const whole = z.int({ error: 'must be a whole number' });

export const webAddress = line.refine(
  (value) => /^https?:\/\//.test(value) && URL.canParse(value),
  'must be an address beginning with https:// or http://',
);

export const duration = text.transform((value, context) => {
  const seconds = durationOf(value);
  if (seconds !== undefined) return seconds;
  context.addIssue({ code: 'custom', message: 'must be a length of time such as 90m, 2h or 3d' });
  return z.NEVER;
});

export const moment = z.union([z.string(), z.number()], { error: 'must be a moment' }).transform((value, context) => {
  const seconds = momentOf(value);
  if (seconds !== undefined) return seconds;
  context.addIssue({ code: 'custom', message: 'must be a time such as 2026-11-21T12:00:00Z' });
  return z.NEVER;
});

export const birthday = text.regex(
  /^(?:0[1-9]|1[0-2])\/(?:0[1-9]|[12]\d|3[01])\/\d{4}$/,
  'must be month/day/year: 02/29/1988',
);

const permissionNames = [...Object.keys(permissions), ...Object.keys(oldNames)];

/** Present names, and those of earlier years where `old`. */
const permissionOf = (old: boolean) =>
  text.superRefine((name, context) => {
    if (isPermission(name) || (old && Object.hasOwn(oldNames, name))) return;
    context.addIssue({
      code: 'custom',
      message: `there is no permission ${JSON.stringify(name)}${didYouMean(name, permissionNames)}`,
    });
  });

export const permission = permissionOf(true);
export const presentPermission = permissionOf(false);

export const listOf = <Item extends z.ZodType>(item: Item) => z.array(item, { error: 'must be a list' });
/** A list, or one item that stands for a list of one. */
export const oneOrMore = <Item extends z.ZodType>(item: Item) =>
  z.preprocess((value) => (value === undefined || Array.isArray(value) ? value : [value]), listOf(item));

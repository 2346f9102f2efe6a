// This is the shape of people in a seed file.
import { birthday, email, line, listOf, oneTimeSecret, password, text, webAddress, yesNo } from '../values.ts';
import { mapping, oneOf, key, ownId, place } from './parts.ts';
import { adAccount } from './ads.ts';

const secondFactor = mapping({ secret: oneTimeSecret.describe('The key of the authenticator app, in base32.') });

/** These keys of a person are stored as they are, for apps to read. */
export const personProfile = {
  birthday: birthday.optional().describe('Month, day, year: `02/29/1988`.'),
  gender: line.optional().describe('As apps read it.'),
  locale: text
    .regex(/^[a-z]{2}_[A-Z]{2}$/, 'must be a locale such as en_GB')
    .optional()
    .describe('Such as `en_GB`.'),
  link: webAddress.optional().describe('As apps read it.'),
  hometown: place.optional().describe("A Page of a place: `{ id: '106078429431815', name: 'Porto, Portugal' }`."),
  location: place.optional().describe('A Page of a place.'),
};

export const person = mapping({
  key,
  id: ownId,
  name: line.describe('First, middle and last name.'),
  email: email.optional().describe('The person logs in with it.'),
  password: password.optional().describe('8 to 1024 bytes.'),
  state: oneOf(['active', 'checkpoint', 'locked', 'unconfirmed'])
    .optional()
    .describe(
      '`active`, `checkpoint` (held until the person proves who they are), `locked` (by the operator) or `unconfirmed`.',
    ),
  administrator: yesNo.optional().describe('`true` for administrators of the platform.'),
  reviewer: yesNo
    .optional()
    .describe(
      '`true` for people who decide on [advanced access](../guide/apps.md#go-live-and-ask-for-access). Administrators may too.',
    ),
  two_factor: secondFactor
    .optional()
    .describe('`{ secret: … }`: two-factor authentication is on, with this key. By default it is off.'),
  ...personProfile,
  friends: listOf(text).optional().describe('References to people. One of the two entries is enough.'),
  ad_accounts: listOf(adAccount).optional().describe("Ad accounts of the person's own."),
  test_user_of: text
    .optional()
    .describe(
      'The app whose [test user](../guide/test-users.md) it is: such a person can only have to do with things of the same app.',
    ),
});

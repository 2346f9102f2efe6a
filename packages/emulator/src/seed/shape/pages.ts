// This is the shape of Pages in a seed file.
import { z } from 'zod';
import { noticeFields } from '@hallpass/server/testing';
import { duration, id, line, listOf, oneOrMore, text, webAddress, whole } from '../values.ts';
import { mapping, oneOf, byPerson, key, ownId, place, taskOrRole } from './parts.ts';

const post = mapping({
  message: text.min(1, 'must not be empty').describe('Its text.'),
  ago: duration
    .optional()
    .describe('Its age: `90m`, `3h`, `2d`. Without it the first is a day old, the second two days, and so on.'),
});

const metric = mapping({
  metric: text
    .regex(/^[a-z0-9_]+$/, 'must be the name of a metric such as page_impressions')
    .describe('Such as `page_impressions`.'),
  period: oneOf(['day', 'week', 'days_28', 'month', 'lifetime', 'total_over_range']).describe(
    '`day`, `week`, `days_28`, `month`, `lifetime` or `total_over_range`.',
  ),
  values: listOf(whole)
    .min(1, 'must have at least one value')
    .describe("Whole numbers, one for each day, the last one yesterday's."),
});

/** The Instagram account that a Page is connected to. */
const instagram = mapping({
  id: id.describe('Digits.'),
  username: text
    .regex(/^[A-Za-z0-9._]{1,30}$/, 'must be up to 30 letters, digits, dots and underscores')
    .describe('Its user name.'),
  name: line.optional().describe('As apps read it.'),
  profile_picture_url: webAddress.optional().describe('As apps read it.'),
  followers_count: whole.min(0, 'must not be negative').optional().describe('As apps read it.'),
});

/** These keys of a Page are stored as they are, for apps to read. */
export const pageProfile = {
  username: text
    .regex(/^[A-Za-z0-9.]{5,50}$/, 'must be 5 to 50 letters, digits and dots')
    .optional()
    .describe('As apps read it.'),
  about: text.optional().describe('As apps read it.'),
  link: webAddress.optional().describe('As apps read it.'),
  website: webAddress.optional().describe('As apps read it.'),
  phone: line.optional().describe('As apps read it.'),
  fan_count: whole.min(0, 'must not be negative').optional().describe('As apps read it.'),
  followers_count: whole.min(0, 'must not be negative').optional().describe('As apps read it.'),
  instagram: instagram.optional().describe('Apps read it as `instagram_business_account`.'),
};

export const page = mapping({
  key,
  id: ownId,
  name: line.describe('Its name.'),
  test_of: text.optional().describe('The app to whose test users it belongs.'),
  category: line.describe('Its category.'),
  categories: listOf(place).optional().describe('`category_list` of the Page.'),
  ...pageProfile,
  roles: byPerson(taskOrRole)
    .optional()
    .describe(
      'Pairs of a person and tasks: one or a list, such as `[ANALYZE, MODERATE]`, or a role of earlier years: `admin`, `editor`, `moderator`, `advertiser`, `analyst`. All tasks: [tasks](tasks.md).',
    ),
  posts: listOf(z.preprocess((value) => (typeof value === 'string' ? { message: value } : value), post))
    .optional()
    .describe('Newest first. Each is a text, or a mapping.'),
  metrics: listOf(metric).optional().describe('Its figures, day by day.'),
  subscribed_apps: z
    .record(z.string(), oneOrMore(oneOf(noticeFields.page)), {
      error: 'must be pairs of an app and what it is told of',
    })
    .optional()
    .describe(
      'Pairs of an app and what of the Page it is told of: `{ shop: feed }`. The app needs a subscription to `page`, too.',
    ),
});

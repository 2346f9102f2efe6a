// This is the shape of businesses in a seed file.
import { businessRoles, keysOf } from '@hallpass/protocol';
import { z } from 'zod';
import { line, listOf, oneOrMore, text, whole, yesNo } from '../values.ts';
import { mapping, oneOf, byPerson, key, ownId, adAccountTask, taskOrRole } from './parts.ts';
import { adAccount } from './ads.ts';

const businessRole = oneOf(keysOf(businessRoles));

const systemUser = mapping({
  key,
  id: ownId,
  name: line.describe('Its name.'),
  role: businessRole.describe('`ADMIN` or `EMPLOYEE`. An `ADMIN` has everything in the business without assignments.'),
  apps: listOf(text).optional().describe('The apps that are installed on it.'),
  pages: z
    .record(z.string(), oneOrMore(taskOrRole), { error: 'must be pairs of a Page and tasks' })
    .optional()
    .describe('Pairs of a Page and tasks that are assigned to it.'),
  ad_accounts: z
    .record(z.string(), oneOrMore(adAccountTask), { error: 'must be pairs of an ad account and tasks' })
    .optional()
    .describe('Pairs of an ad account and tasks that are assigned to it.'),
});

/** These keys of a business are stored as its settings. */
export const businessSettings = {
  vertical: line.optional().describe('The industry.'),
  timezone_id: whole.min(0, 'must not be negative').optional().describe('The number of a time zone.'),
  two_factor_type: oneOf(['none', 'admin_required', 'all_required'])
    .optional()
    .describe('`none`, `admin_required` or `all_required`.'),
  require_expiring_tokens: yesNo.optional().describe('`true`: tokens of its system users must end after 60 days.'),
};

export const business = mapping({
  key,
  id: ownId,
  name: line.describe('Its name.'),
  test_of: text.optional().describe('The app to whose test users it belongs.'),
  ...businessSettings,
  people: z
    .record(z.string(), businessRole, { error: 'must be pairs of a person and a role' })
    .optional()
    .describe('Pairs of a person and a role: `ADMIN` or `EMPLOYEE`.'),
  pages: listOf(text).optional().describe('References to what belongs to it. A Page belongs to one business.'),
  assigned_pages: z
    .record(z.string(), byPerson(taskOrRole), { error: 'must be pairs of a Page and the people who work on it' })
    .optional()
    .describe(
      'For a Page of the business the people it gave tasks on it: `{ books: { dana: editor } }`. They have the Page only through the business, see [Pages of a business](../guide/pages-of-a-business.md).',
    ),
  page_requests: z
    .record(z.string(), oneOrMore(taskOrRole), { error: 'must be pairs of a Page and tasks' })
    .optional()
    .describe(
      'Pairs of a Page of another business and the tasks that this one asked for: `{ books: [ANALYZE] }`. Its owner has not answered yet.',
    ),
  apps: listOf(text).optional().describe('References to what belongs to it. An app belongs to one business.'),
  system_users: listOf(systemUser).optional().describe('Its system users.'),
  ad_accounts: listOf(adAccount).optional().describe('Ad accounts that belong to it.'),
});

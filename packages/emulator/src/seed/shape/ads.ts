// This is the shape of ad accounts in a seed file.
import { objectives, specialAdCategories } from '@hallpass/server/testing';
import { z } from 'zod';
import { adAccountId, duration, line, listOf, oneOrMore, text, whole } from '../values.ts';
import { mapping, oneOf, byPerson, key, ownId, adAccountTask } from './parts.ts';

/** Money is written in hundredths of the currency. */
const budget = whole
  .min(100, 'must be at least 100: hundredths of the currency')
  .max(100_000_000_000, 'is too much')
  .optional();

const campaign = mapping({
  key,
  id: ownId,
  name: line.describe('Its name.'),
  objective: oneOf(objectives).describe('What it is for, such as `OUTCOME_TRAFFIC`.'),
  status: oneOf(['ACTIVE', 'PAUSED']).optional().describe('`ACTIVE` or `PAUSED` (the default).'),
  special_ad_categories: listOf(oneOf(specialAdCategories)).optional().describe('Special ad categories.'),
  daily_budget: budget.describe('In hundredths of the currency; one of the two budgets at most.'),
  lifetime_budget: budget.describe('In hundredths of the currency.'),
  ago: duration.optional().describe('How long ago it was made (`7d`): what is active has run and spent since then.'),
});

export const adAccount = mapping({
  key,
  id: adAccountId.optional().describe('With `act_`, in quotes: `"act_1083562294710358"`.'),
  name: line.describe('Its name.'),
  currency: text
    .regex(/^[A-Z]{3}$/, 'must be a currency such as EUR')
    .optional()
    .describe('ISO 4217, such as `EUR` (the default).'),
  timezone_id: whole.min(0, 'must not be negative').optional().describe('The number of a time zone.'),
  account_status: whole.optional().describe('`1`, active, without it; `2` is disabled.'),
  disable_reason: whole.optional().describe('The number of the reason.'),
  roles: byPerson(adAccountTask)
    .optional()
    .describe(
      'Pairs of a person and [tasks](tasks.md#tasks-on-an-ad-account): one or a list, such as `[ANALYZE, ADVERTISE]`. People of the business where a business owns it; its administrators have everything without that.',
    ),
  agencies: z
    .record(z.string(), oneOrMore(adAccountTask), { error: 'must be pairs of a business and tasks' })
    .optional()
    .describe('Pairs of another business and the tasks it may have and pass on.'),
  campaigns: listOf(
    campaign.refine(
      (one) => one.daily_budget === undefined || one.lifetime_budget === undefined,
      'has daily_budget or lifetime_budget, not both',
    ),
  )
    .optional()
    .describe('Its campaigns.'),
});

export type FileAdAccount = z.output<typeof adAccount>;

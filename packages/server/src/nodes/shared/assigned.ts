// These lists hold Pages and ad accounts that somebody was assigned: with the tasks of that person or system user, and
// those that the business may give at all. Source: the assigned_pages and assigned_ad_accounts edges of business user
// and system user.
import { adAccountTasks } from '../../liveness/ad-access.ts';
import * as businesses from '../../store/businesses/businesses.ts';
import type { AdAccount } from '../../store/ads/ad-accounts.ts';
import type { Page } from '../../store/pages/pages.ts';
import { type Field, fieldsOf } from '../../graph/language/schema.ts';
import type { BusinessId, PersonId } from '../../store/ids.ts';

/**
 * To whom a thing was assigned, and by which business; null for the list of a person, whose things may come from
 * several.
 */
interface Assignment {
  assignee: PersonId;
  businessId: BusinessId | null;
}

/** The same thing, with its assignment. */
export const assigned = <Thing extends object>(
  thing: Thing,
  assignee: PersonId,
  businessId: BusinessId | null,
): Thing & Assignment => ({
  ...thing,
  assignee,
  businessId,
});

const ofAccount = fieldsOf<AdAccount & Assignment>();
const ofPage = fieldsOf<Page & Assignment>();

const TASKS = 'The tasks of the person or system user of the list.';
const PERMITTED = 'The tasks that the business may give; absent where no business has it.';

export const assignedAdAccountFields: Readonly<Record<string, Field<AdAccount & Assignment>>> = {
  tasks: ofAccount.list('string', TASKS, {
    load: ({ installation }, rows) =>
      Promise.all(rows.map(async (row) => [...(await adAccountTasks(installation, row.id, row.assignee))])),
  }),
  permitted_tasks: ofAccount.list('string', PERMITTED, {
    load: ({ installation }, rows) =>
      Promise.all(
        rows.map(
          async (row) =>
            (await installation.facts.adAccountHolders(row.id)).find(
              ({ businessId }) => row.businessId === null || businessId === row.businessId,
            )?.tasks,
        ),
      ),
  }),
};

export const assignedPageFields: Readonly<Record<string, Field<Page & Assignment>>> = {
  tasks: ofPage.list('string', TASKS, {
    load: ({ installation }, rows) =>
      Promise.all(rows.map(async (row) => (await installation.facts.pageRole(row.id, row.assignee))?.tasks)),
  }),
  permitted_tasks: ofPage.list('string', PERMITTED, {
    load: ({ q }, rows) =>
      Promise.all(
        rows.map(
          async (row) =>
            (await businesses.ofPage(q, row.id)).find(
              ({ businessId }) => row.businessId === null || businessId === row.businessId,
            )?.tasks,
        ),
      ),
  }),
};

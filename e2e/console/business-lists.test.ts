// Long lists of business settings and of a person's settings stay quick: of 1,000 people and 500 apps a few rows are
// drawn. How long that took by the browser's own timings is told, and judged nowhere: it depends on the machine.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { AppId, BusinessId, PersonId, seedWorld } from '@hallpass/server/testing';
import type { Locator, Page } from 'playwright-core';
import { people } from '../stage/cast.ts';
import { logInByCard } from '../stage/console.ts';
import { openStage, type Stage } from '../stage/stage.ts';

const PEOPLE = 1000;
const APPS = 500;
const business = { id: BusinessId.of('6000000000000'), name: 'A Large Business' };
/** Calls of the Graph until the first rows are there. */
const FIRST_CALLS = 4;
/** Rows of one call. */
const PART = 100;
/** Rows that stand in the page at most, however long the list is. */
const DRAWN = 80;

describe('long lists of settings', () => {
  let stage: Stage;
  before(async () => {
    stage = await openStage();
    const crowd = Array.from({ length: PEOPLE }, (_, number) => ({
      id: PersonId.of(`${6_100_000_000_000 + number}`),
      name: `Person number ${number}`,
    }));
    const apps = Array.from({ length: APPS }, (_, number) => ({
      id: AppId.of(`${5_000_000_000_000 + number}`),
      name: `App number ${number}`,
      secret: '7'.repeat(32),
      clientToken: '8'.repeat(32),
      mode: 'live' as const,
      type: 'web' as const,
      settings: {},
      roles: [],
    }));
    const cleo = PersonId.of(people.cleo.id);
    await seedWorld(
      stage.server().installation,
      {
        people: crowd.map((one) => ({ ...one, email: `${one.id}@example.com` })),
        pages: [],
        apps,
        grants: apps.map(({ id }) => ({ app: id, person: cleo, granted: ['email'] })),
        businesses: [
          {
            ...business,
            people: [
              { person: cleo, role: 'ADMIN' as const },
              ...crowd.map(({ id }) => ({ person: id, role: 'EMPLOYEE' as const })),
            ],
            pages: [],
            apps: [],
            systemUsers: [],
          },
        ],
      },
      async () => '',
    );
  });
  after(() => stage?.close());

  const rows = (page: Page, label: string): Locator =>
    page.getByRole('table', { name: label }).locator('tbody tr[data-index]');
  /** Milliseconds from the beginning of the navigation until now, as the browser counts them. */
  const sinceNavigation = (page: Page) => page.evaluate(() => performance.now());

  /** The number of calls of the Graph since the page was opened. */
  const calls = (page: Page): Promise<number> =>
    page.evaluate(
      () =>
        performance
          .getEntriesByType('resource')
          .filter(({ name }) => new URL(name).pathname.startsWith('/console/graph')).length,
    );

  for (const [what, path, label, box, last] of [
    [
      `${PEOPLE} people of a business`,
      `/console/business/${business.id}/people`,
      'People of the business',
      'Find a person',
      'Person number 977',
    ],
    [`${APPS} apps of a person`, '/console/settings/apps', 'Apps and websites', 'Find an app', 'App number 477'],
  ] as const)
    it(`${what} are there at once, found by name, and drawn as far as they are seen`, async (t) => {
      const { page } = await stage.visitor(t);
      await logInByCard(stage, page, people.cleo);
      await page.goto(`${stage.url}${path}`);
      await rows(page, label).first().waitFor();
      t.diagnostic(`first rows after ${Math.round(await sinceNavigation(page))} ms`);
      const first = await calls(page);
      assert.ok(first > 0 && first <= FIRST_CALLS, `${first} calls for the first rows`);
      assert.ok((await rows(page, label).count()) < DRAWN);
      const before = await sinceNavigation(page);
      await page.getByLabel(box).fill(last);
      await page.getByText(last, { exact: true }).waitFor();
      const found = (await sinceNavigation(page)) - before;
      t.diagnostic(`the wanted row found ${Math.round(found)} ms after it was typed`);
      const more = (await calls(page)) - first;
      assert.ok(more <= PEOPLE / PART, `${more} calls for the search`);
    });
});

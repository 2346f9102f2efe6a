// Long lists of the app dashboard stay quick: 500 apps and 10,000 deliveries take a few calls and draw a few rows. How
// long that took by the browser's own timings is told, and judged nowhere: it depends on the machine.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { AppId, change, PersonId, seedWorld } from '@hallpass/server/testing';
import type { Locator, Page } from 'playwright-core';
import { apps, people } from '../stage/cast.ts';
import { logInByCard } from '../stage/console.ts';
import { openStage, type Stage } from '../stage/stage.ts';

const APPS = 500;
const DELIVERIES = 10_000;
/** Rows that stand in the page at most, however long the list is. */
const DRAWN = 80;

describe('long lists of the app dashboard', () => {
  let stage: Stage;
  before(async () => {
    stage = await openStage();
    const { installation } = stage.server();
    const seed = {
      people: [],
      pages: [],
      grants: [],
      apps: Array.from({ length: APPS }, (_, number) => ({
        id: AppId.of(`${5_000_000_000_000 + number}`),
        name: `App number ${number}`,
        secret: '7'.repeat(32),
        clientToken: '8'.repeat(32),
        mode: 'development' as const,
        type: 'web' as const,
        settings: {},
        roles: [{ person: PersonId.of(people.ben.id), role: 'administrators' as const }],
      })),
    };
    await seedWorld(installation, seed, async () => '');
    for (let planted = 0; planted < DELIVERIES; planted += 500)
      await change(installation, async ({ queue }) => {
        for (let number = 0; number < 500; number++)
          queue({
            appId: AppId.of(apps.fern.id),
            kind: 'deauthorize',
            payload: { user_id: '0' },
            failed: 'no_receiver',
          });
      });
  });
  after(() => stage?.close());

  const rows = (page: Page, label: string): Locator =>
    page.getByRole('table', { name: label }).locator('tbody tr[data-index]');
  /** Milliseconds from the beginning of the navigation until now, as the browser counts them. */
  const sinceNavigation = (page: Page) => page.evaluate(() => performance.now());

  /** Paths of the calls of the Graph since the page was opened, sorted. */
  const callsOf = (page: Page): Promise<string[]> =>
    page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .map(({ name }) => new URL(name).pathname)
        .filter((path) => path.startsWith('/console/graph'))
        .map((path) => path.slice('/console/graph'.length))
        .toSorted(),
    );

  /** Waits until so many calls of the Graph have been answered: a call is listed when its answer is there. */
  const called = (page: Page, count: number) =>
    page.waitForFunction(
      (calls) =>
        performance.getEntriesByType('resource').filter(({ name }) => name.includes('/console/graph')).length >= calls,
      count,
    );

  it('500 apps are there at once, found by name, and drawn as far as they are seen', async (t) => {
    const { page } = await stage.visitor(t);
    await logInByCard(stage, page, people.ben);
    await page.goto(`${stage.url}/console/apps`);
    await rows(page, 'Your apps').first().waitFor();
    t.diagnostic(`first rows after ${Math.round(await sinceNavigation(page))} ms`);
    const first = ['/me/access_reviews', '/me/app_invitations', '/me/apps'];
    await called(page, first.length);
    assert.deepEqual(await callsOf(page), first);
    assert.ok((await rows(page, 'Your apps').count()) < DRAWN);
    const before = await sinceNavigation(page);
    await page.getByLabel('Search by name or id').fill('App number 477');
    await page.getByRole('link', { name: 'App number 477' }).waitFor();
    const found = (await sinceNavigation(page)) - before;
    t.diagnostic(`the last app found ${Math.round(found)} ms after it was typed`);
    await page.getByLabel('Search by name or id').fill('App number');
    await page.getByText(`${APPS} of`).waitFor();
    assert.equal((await callsOf(page)).filter((path) => path === '/me/apps').length, 6, 'parts of a hundred');
    assert.ok((await rows(page, 'Your apps').count()) < DRAWN);
  });

  it('10,000 deliveries are read part by part while somebody scrolls, and never stand in the page all at once', async (t) => {
    const { page } = await stage.visitor(t);
    await logInByCard(stage, page, people.ben);
    await page.goto(`${stage.url}/console/apps/${apps.fern.id}/webhooks`);
    await rows(page, 'Deliveries').first().waitFor();
    t.diagnostic(`first rows after ${Math.round(await sinceNavigation(page))} ms`);
    await page.getByText(/^100 of 10,0\d\d/).waitFor();
    await page.getByRole('button', { name: /^Send 10,0\d\d failed again/ }).waitFor();
    const frame = page.getByRole('region', { name: 'Deliveries' });
    const begun = await sinceNavigation(page);
    for (let part = 2; part <= 6; part++) {
      await frame.evaluate((one) => one.scrollTo(0, one.scrollHeight));
      await page.getByText(new RegExp(`^${part}00 of 10,0\\d\\d`)).waitFor();
    }
    const scrolled = (await sinceNavigation(page)) - begun;
    t.diagnostic(`five more parts after ${Math.round(scrolled)} ms of scrolling`);
    const reads = (await callsOf(page)).filter((path) => path.endsWith('/callback_deliveries'));
    // Six parts, and the number of those that failed.
    assert.equal(reads.length, 7);
    assert.ok((await rows(page, 'Deliveries').count()) < DRAWN);
  });
});

// Measures the files that a browser loads before it shows the first view of each page of the console, compressed as they
// travel.
import assert from 'node:assert/strict';
import { after, before, describe, it, type TestContext } from 'node:test';
import type { Page } from 'playwright-core';
import { adAccount, apps, lantern, pages, people } from '../stage/cast.ts';
import { logInByCard } from '../stage/console.ts';
import { openStage, type Stage } from '../stage/stage.ts';
import { guestToken, setFern, signInWith } from '../stage/vault/scene.ts';
import { vaultAddress } from '../stage/vault/service.ts';

/** Bytes. The first view of every page stays below. */
const BUDGET = 250_000;

const app = `/console/apps/${apps.fern.id}`;
const business = `/console/business/${lantern.id}`;

/** Opens a page of the console anew. @returns the bytes of its scripts and styles, and of how many files */
async function loaded(page: Page, address: string): Promise<{ total: number; files: number }> {
  const lengths: Promise<string | null>[] = [];
  const count = (response: Awaited<ReturnType<Page['waitForResponse']>>): void => {
    if (new URL(response.url()).pathname.startsWith('/console/assets/'))
      lengths.push(response.headerValue('content-length'));
  };
  page.on('response', count);
  await page.goto(address);
  // The lists of the page are there, and with them the files that draw them.
  await page.waitForFunction(
    () => document.querySelector('main h1') && !document.querySelector('main [aria-label^="Loading"]'),
  );
  page.off('response', count);
  const sizes = (await Promise.all(lengths)).map(Number);
  return { total: sizes.reduce((sum, size) => sum + size, 0), files: sizes.length };
}

/** Opens each page, and fails where one is too big. */
async function isSmall(t: TestContext, page: Page, url: string, paths: Iterable<string>): Promise<void> {
  const tooBig: string[] = [];
  for (const path of paths) {
    const { total, files } = await loaded(page, url + path);
    t.diagnostic(`${path}: ${total} bytes in ${files} files`);
    assert.ok(files >= 4 && total > 100_000, `${path} was loaded`);
    if (total >= BUDGET) tooBig.push(`${path}: ${total} bytes`);
  }
  assert.deepEqual(tooBig, []);
}

describe('the size of the console', () => {
  let stage: Stage;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage?.close());

  for (const { what, who, start, others } of [
    {
      what: 'the first page and each tool',
      who: people.ben,
      start: '/',
      others: ['/tools/explorer', '/tools/debug/accesstoken', '/tools/accesstoken', '/tools/versions'],
    },
    {
      what: 'each page of an app',
      who: people.ben,
      start: app,
      others: ['/console/apps', '/console/apps/create', '/console/apps/reviews', `${app}/login/configurations`],
    },
    {
      what: 'each page of a business',
      who: people.cleo,
      start: business,
      others: ['/console/business', `${business}/pages/${pages.books.id}`, `${business}/ad-accounts/${adAccount.id}`],
    },
    { what: 'each page of a person’s settings', who: people.ana, start: '/console/settings', others: [] },
    { what: 'each page about the emulator', who: people.ben, start: '/console/emulator', others: [] },
  ])
    it(`${what} takes less than ${BUDGET / 1000} kB compressed before it can be read`, async (t) => {
      const { page } = await stage.visitor(t);
      await logInByCard(stage, page, who);
      await page.goto(start === '/console/emulator' ? stage.consoleLink() : stage.url + start);
      await page.locator('main h1').waitFor();
      const sections = await page
        .locator('nav.sections a')
        .evaluateAll((links) => links.flatMap((link) => link.getAttribute('href') ?? []));
      const paths = new Set([start, ...others, ...sections.filter((path) => path.startsWith('/console/'))]);
      await isSmall(t, page, stage.url, paths);
    });

  it(`each page of a vault’s console takes less than ${BUDGET / 1000} kB compressed before it can be read`, async (t) => {
    const address = await vaultAddress();
    const { vault, url, close } = await address.open(stage);
    t.after(close);
    stage.allow(url);
    await setFern(stage, vault);
    const row = { name: 'Harbour office', token: await guestToken(stage, 'Ida Hartmann') };
    const [imported] = await vault.import(JSON.stringify([row]), { appId: apps.fern.id });
    const { page } = await stage.visitor(t);
    await page.goto(`${url}/console`);
    await signInWith(page, vault, url, 'read', 'connect', 'manage', 'operate', 'reveal');
    const places = await page
      .getByRole('navigation', { name: 'Vault' })
      .getByRole('link')
      .evaluateAll((links) => links.flatMap((link) => link.getAttribute('href') ?? []));
    assert.ok(places.length >= 5);
    await isSmall(t, page, url, [...places, `/console/connections/${imported?.id}`]);
  });
});

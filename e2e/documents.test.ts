// Some sentences of the five documents are about pages: where to click, and what is shown there. Each has a step here,
// in the order of its document; the compiler misses the step of a sentence that has none.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { type BrowserKey, statementOf } from '@hallpass/conformance';
import type { Locator, Page } from 'playwright-core';
import { apps, people } from './stage/cast.ts';
import { addPermission, chooseApp, generate, logInByCard, moveTo, openExplorer } from './stage/console.ts';
import { press, reads } from './stage/deeds.ts';
import { openStage, type Stage } from './stage/stage.ts';

interface Walk {
  stage: Stage;
  page: Page;
  /** The token that the page gave last. */
  token: string;
}

type Steps<Key extends BrowserKey> = Readonly<Record<Key, (walk: Walk) => Promise<void>>>;
type KeyOf<Document extends string> = Extract<BrowserKey, `${Document}:${string}`>;

const userOrPage = (page: Page): Locator => page.getByRole('combobox', { name: 'User or Page' });
const tokenInBox = (page: Page): Locator => page.getByLabel('Access Token', { exact: true });
const pasteBox = (page: Page): Locator => page.getByRole('textbox', { name: 'Access token' });
const extend = (page: Page): Locator => page.getByRole('button', { name: 'Extend Access Token' });
const row = (page: Page, label: string): Locator =>
  page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: label, exact: true }) });

async function debugged({ page, token }: Walk): Promise<void> {
  await pasteBox(page).fill(token);
  await page.getByRole('button', { name: 'Debug', exact: true }).first().click();
  await row(page, 'App ID').getByText(apps.fern.name).waitFor();
}

async function chooseUserToken({ page }: Walk): Promise<void> {
  await userOrPage(page).click();
  await page.getByRole('option', { name: 'User Token', exact: true }).click();
  assert.equal(await userOrPage(page).inputValue(), 'User Token');
}

async function chooseFern({ page }: Walk): Promise<void> {
  await chooseApp(page, apps.fern.name);
  assert.equal(await page.getByRole('combobox', { name: 'Meta App' }).inputValue(), apps.fern.name);
}

async function readTokenInfo({ page }: Walk): Promise<void> {
  await press(page, 'Access Token Info');
  const table = page.getByRole('table');
  await table.getByText(apps.fern.id).waitFor();
  await table.getByText('ads_read').waitFor();
}

async function openInTool({ page }: Walk): Promise<void> {
  await press(page, 'Open in Access Token Tool');
  await reads(page, 'Access Token Debugger');
}

/** Extends the token in the Debugger. An act of this weight asks for the password ten minutes after the log-in. */
async function extendToken({ page, stage }: Walk): Promise<void> {
  await stage.advance('11m');
  await extend(page).click();
  await page.getByRole('dialog').getByLabel('Password').first().fill(people.ben.password);
  await page.getByRole('dialog').getByRole('button', { name: 'Confirm' }).click();
  const made = page.getByRole('status').filter({ hasText: 'Access token extended' });
  await made.getByRole('button', { name: 'Debug', exact: true }).click();
  await row(page, 'Expires').getByText('in about 2 months').waitFor();
}

async function readValidity({ page }: Walk): Promise<void> {
  await row(page, 'Valid').waitFor();
  await row(page, 'Expires').getByText('in about 2 months').waitFor();
  await row(page, 'Scopes').getByText('ads_read').waitFor();
}

const accessTokens: Steps<KeyOf<'000'>> = {
  '000:157': async ({ stage, page }) => {
    await logInByCard(stage, page, people.ben);
    await page.getByRole('navigation', { name: 'Tools' }).getByText('My apps').click();
    await reads(page, 'My apps');
  },
  '000:158': async ({ page }) => {
    await page.getByRole('link', { name: apps.fern.name }).first().click();
    await reads(page, 'Dashboard');
    assert.ok(page.url().endsWith(`/console/apps/${apps.fern.id}`));
  },
  '000:159': async ({ stage, page }) => {
    await page.getByRole('link', { name: 'Advanced', exact: true }).click();
    const part = page.getByRole('region', { name: 'Security' }).getByRole('region', { name: 'Client Token' });
    await part.getByRole('button', { name: `Show client token of ${apps.fern.name}` }).click();
    const clientToken = await part.getByText(/^[0-9a-f]{32}$/).innerText();
    const { status } = await stage.graph.get(`/v25.0/${apps.fern.id}`, {
      fields: 'name',
      access_token: `${apps.fern.id}|${clientToken}`,
    });
    assert.equal(status, 200);
  },
};

const pagesGuide: Steps<KeyOf<'002'>> = {
  '002:2.1': async ({ stage, page }) => {
    await openExplorer(stage, page, people.ben);
    const { expires_at: ends } = await stage.graph.inspect(apps.fern, await generate(page));
    assert.ok(ends > stage.now() && ends <= stage.now() + 2 * 3600);
  },
};

const marketing: Steps<KeyOf<'003'>> = {
  '003:9.1': ({ stage, page }) => openExplorer(stage, page, people.ben),
  '003:10': chooseFern,
  '003:11': chooseUserToken,
  '003:12': ({ page }) => addPermission(page, 'ads_read'),
  '003:13.1': async (walk) => {
    walk.token = await generate(walk.page);
  },
  '003:13.2': async ({ stage, page, token }) => {
    assert.equal(await tokenInBox(page).inputValue(), token);
    assert.equal((await stage.graph.get('/v25.0/me', { access_token: token })).status, 200);
  },
  '003:15.1': readTokenInfo,
  '003:15.2': openInTool,
  '003:21': debugged,
  '003:23.1': extendToken,
  '003:40.1': readValidity,
};

const marketingEarlier: Steps<KeyOf<'004'>> = {
  '004:11.1': async ({ stage, page }) => {
    await openExplorer(stage, page, people.dana);
    await chooseApp(page, apps.harbour.name);
    assert.match(await generate(page), /^EAA/);
    await page.context().clearCookies();
    await page.reload();
  },
  '004:15': ({ stage, page }) => openExplorer(stage, page, people.ben),
  '004:16': chooseFern,
  '004:17': chooseUserToken,
  '004:18': ({ page }) => addPermission(page, 'ads_read'),
  '004:19': async (walk) => {
    assert.equal(await tokenInBox(walk.page).inputValue(), '');
    walk.token = await generate(walk.page);
    assert.equal(await tokenInBox(walk.page).inputValue(), walk.token);
  },
  '004:24.1': readTokenInfo,
  '004:24.2': openInTool,
  '004:26': debugged,
  '004:36': async ({ stage, token }) => {
    assert.equal((await stage.graph.inspect(apps.fern, token)).is_valid, true);
  },
  '004:37': async (walk) => {
    await moveTo(walk.page, `${walk.stage.url}/`);
    await moveTo(walk.page, `${walk.stage.url}/tools/debug/accesstoken`);
    await debugged(walk);
  },
  '004:38': async ({ page }) => {
    const table = await row(page, 'Scopes').boundingBox();
    const button = await extend(page).boundingBox();
    assert.ok(table && button && button.y > table.y);
  },
  '004:41.1': extendToken,
  '004:72.1': readValidity,
};

const documents = { '000': accessTokens, '002': pagesGuide, '003': marketing, '004': marketingEarlier };

describe('the pages that the documents name', () => {
  let stage: Stage;
  before(async () => {
    stage = await openStage();
  });
  beforeEach(() => stage.reset());
  after(() => stage?.close());

  for (const [document, steps] of Object.entries(documents))
    it(`the walk of document ${document}`, async (t) => {
      const { page } = await stage.visitor(t);
      const walk: Walk = { stage, page, token: '' };
      for (const [key, step] of Object.entries(steps) as [BrowserKey, (walk: Walk) => Promise<void>][])
        await step(walk).catch((cause: unknown) => {
          throw new Error(`${key}: ${statementOf(key).inBrowser ?? ''}`, { cause });
        });
    });
});

// Every field of the Explorer and the Debugger takes whatever is typed or pasted: markup, letters of every kind, a megabyte. The
// visitor fails the test when a script fails, a policy is violated or the server answers with a fault of its own.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { apps, hostileApp, people } from '../stage/cast.ts';
import { chooseApp, dashboardCall, logInByCard, moveTo, openExplorer } from '../stage/console.ts';
import { press } from '../stage/deeds.ts';
import { idAndSecret } from '../stage/graph.ts';
import { openStage, type Stage } from '../stage/stage.ts';

const MEGABYTE = 1_000_000;

/** Texts that have broken pages somewhere. */
const texts: readonly string[] = [
  '"><img src=x onerror=alert(1)><script>alert(2)</script>',
  '{{7*7}}${7*7}<%= 7*7 %>',
  '\u202eevil\u202c\u2066\u200f',
  'ملخّص عربي · עברית · ﷺ',
  '🌿👩‍👩‍👧‍👦𝒻𝓇𝒶𝓀𝓉𝓊𝓇 𠜎',
  '%00%ff%zz+&=?#/../..//',
  'me?fields=id{{{{((((',
  '\u0000\u0001\t\n\r\\u0000',
  '-1e309',
  "' OR 1=1 --",
  'javascript:alert(1)',
  ' ',
];

/** Puts text in as a paste does: at once, however long it is. */
const paste = (field: Locator, text: string): Promise<void> => field.fill(text);

/** The page is there, and answers. */
async function alive(page: Page): Promise<void> {
  assert.equal(await page.evaluate(() => document.querySelectorAll('script:not([nonce]), img[src="x"]').length), 0);
  await page.getByRole('navigation', { name: 'Tools' }).waitFor();
}

describe('hostile text', () => {
  let stage: Stage;
  before(async () => {
    stage = await openStage();
  });
  beforeEach(() => stage.reset());
  after(() => stage?.close());

  it('the path and the token of the Explorer, with each method, and a megabyte of it', async (t) => {
    const { page } = await stage.visitor(t);
    await openExplorer(stage, page, people.ben);
    const path = page.getByRole('combobox', { name: 'Path' });
    const token = page.getByLabel('Access Token', { exact: true });
    for (const text of [...texts, 'é'.repeat(MEGABYTE)]) {
      await paste(path, text);
      await paste(token, text.length > 100 ? 'EAAx' : text);
      await page.keyboard.press('Escape');
      await press(page, 'Submit');
      await page.getByRole('button', { name: 'Submit' }).and(page.locator(':not([data-loading])')).waitFor();
      await alive(page);
    }
    await paste(path, 'me');
    await paste(token, 'x'.repeat(MEGABYTE));
    await press(page, 'Submit');
    await page.getByRole('button', { name: 'Submit' }).and(page.locator(':not([data-loading])')).waitFor();
    await alive(page);
  });

  it('parameters of a POST, the search of permissions, fields and everything, and the calls of a batch', async (t) => {
    const { page } = await stage.visitor(t);
    await openExplorer(stage, page, people.ben);
    await chooseApp(page, apps.fern.name);
    await page.getByRole('combobox', { name: 'Method' }).click();
    await page.getByRole('option', { name: 'POST', exact: true }).click();
    await press(page, 'Add a parameter');
    for (const text of [...texts, 'x'.repeat(MEGABYTE)]) {
      await paste(page.getByRole('combobox', { name: 'Name of parameter 1' }), text.slice(0, 300));
      await paste(page.getByLabel('Value of parameter 1'), text);
      await page.getByRole('textbox', { name: 'Search for a field' }).fill(text.slice(0, 300));
      await page.keyboard.press('Escape');
      await press(page, 'Submit');
      await page.getByRole('button', { name: 'Submit' }).and(page.locator(':not([data-loading])')).waitFor();
      await alive(page);
    }
    await press(page, 'Add a Permission');
    for (const text of [...texts, 'a('.repeat(MEGABYTE / 2)]) {
      await paste(page.getByLabel('Search for a permission'), text);
      await page.getByRole('listbox', { name: 'Permissions' }).waitFor();
    }
    await page.keyboard.press('Escape');
    await page.getByRole('tab', { name: 'Batch' }).click();
    for (const text of [...texts, 'x'.repeat(MEGABYTE)]) {
      await paste(page.getByLabel('Path of call 1'), text);
      await press(page, 'Submit the batch');
      await page.getByRole('button', { name: 'Submit the batch' }).and(page.locator(':not([data-loading])')).waitFor();
      await alive(page);
    }
    await page.keyboard.press('Control+k');
    for (const text of texts) {
      await paste(page.getByLabel('Find anything'), text);
      await alive(page).catch(() => {});
    }
    await page.keyboard.press('Escape');
  });

  it('whatever is pasted into the Debugger is told as what it is', async (t) => {
    const { page } = await stage.visitor(t);
    await logInByCard(stage, page, people.ben);
    await moveTo(page, `${stage.url}/tools/debug/accesstoken`);
    const box = page.getByRole('textbox', { name: 'Access token' });
    for (const text of [...texts.filter((one) => one.trim() !== ''), 'x'.repeat(MEGABYTE)]) {
      await paste(box, text);
      await page.getByRole('button', { name: 'Debug', exact: true }).first().click();
      await page.getByRole('alert').first().waitFor();
      await alive(page);
      await press(page, 'Clear');
    }
  });

  it('WP-05: names full of markup, turned letters and 4-byte letters are shown as text in every tool', async (t) => {
    const { page, context } = await stage.visitor(t);
    await logInByCard(stage, page, people.ben);
    for (const name of ['<img src=x onerror=alert(1)>{{7*7}}', 'ملخّص עברית ﷺ', '🌿 𠜎 𝒻𝓇𝒶'])
      assert.ok((await dashboardCall(page, 'POST', '/me/apps', { name })).id, `the app ${name} was made`);
    for (const path of ['/tools/explorer', '/tools/accesstoken', '/tools/versions', '/']) {
      await page.goto(`${stage.url}${path}`, { waitUntil: 'networkidle' });
      await alive(page);
      assert.equal(await page.evaluate(() => document.documentElement.innerHTML.includes('<img src=x')), false, path);
    }
    await moveTo(page, `${stage.url}/tools/debug/accesstoken`);
    await page.getByRole('textbox', { name: 'Access token' }).fill(idAndSecret(hostileApp));
    await page.getByRole('button', { name: 'Debug', exact: true }).first().click();
    await alive(page);
    assert.equal(context.pages().length, 1);
  });
});

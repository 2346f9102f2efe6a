// These journeys are about the Graph API Explorer as the guides walk through it: pick the app, User Token, add a
// permission, generate, look at the token.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { apps, people } from '../stage/cast.ts';
import { addPermission, chooseApp, generate, openExplorer, submitted } from '../stage/console.ts';
import { press, reads } from '../stage/deeds.ts';
import { openStage, type Stage } from '../stage/stage.ts';

/** Nothing that a browser keeps or shows holds the token. */
async function tokenIsNowhere(page: Page, token: string): Promise<void> {
  const kept = await page.evaluate(() =>
    JSON.stringify([
      location.href,
      document.title,
      history.state,
      Object.entries(localStorage),
      Object.entries(sessionStorage),
    ]),
  );
  assert.ok(!kept.includes(token), 'the token is kept somewhere');
}

describe('Graph API Explorer', () => {
  let stage: Stage;

  before(async () => {
    stage = await openStage();
  });
  beforeEach(() => stage.reset());
  after(() => stage?.close());

  it('the walk of the Marketing API guide: app, User Token, ads_read, generate, information icon, Access Token Tool', async (t) => {
    const { page } = await stage.visitor(t);
    await openExplorer(stage, page, people.ben);
    await chooseApp(page, apps.fern.name);
    assert.equal(await page.getByRole('combobox', { name: 'User or Page' }).inputValue(), 'User Token');
    await addPermission(page, 'ads_read');
    const token = await generate(page);
    assert.match(token, /^EAA/);
    await press(page, 'Access Token Info');
    const table = page.getByRole('table');
    await table.getByText('ads_read').waitFor();
    await table.getByText(apps.fern.id).waitFor();
    const { data } = { data: await stage.graph.inspect(apps.fern, token) };
    assert.ok(data.expires_at - stage.now() <= 2 * 3600 && data.expires_at > stage.now(), 'it ends in an hour or two');
    await tokenIsNowhere(page, token);
    await press(page, 'Open in Access Token Tool');
    await reads(page, 'Access Token Debugger');
    await tokenIsNowhere(page, token);
  });

  it('a call is answered as a tree, its ids can be followed, and it can be copied as code without the token', async (t) => {
    const { page } = await stage.visitor(t);
    await openExplorer(stage, page, people.ben);
    const token = await generate(page);
    await submitted(page);
    await page.getByLabel('Answer as a tree').getByText(people.ben.name).waitFor();
    await press(page, 'Get Code');
    for (const language of ['cURL', 'JavaScript', 'Python', 'PHP', 'Ruby', 'Java']) {
      await page.getByRole('tab', { name: language, exact: true }).click();
      const code = await page.getByRole('tabpanel', { name: language, exact: true }).innerText();
      assert.ok(code.includes('me?fields=id,name'), language);
      assert.ok(!code.includes(token), language);
    }
    await page.keyboard.press('Escape');
    await page.getByRole('tab', { name: 'History' }).click();
    await page.getByText('v25.0/me?fields=id,name').waitFor();
    await tokenIsNowhere(page, token);
  });

  it('somebody without a role on an app is told so, and gets no token', async (t) => {
    const { page } = await stage.visitor(t);
    await openExplorer(stage, page, people.ana);
    await page.getByText('No app to use').waitFor();
  });

  it('a share link opens the call and holds no token, also when somebody puts one in', async (t) => {
    const { page } = await stage.visitor(t);
    const call = new URLSearchParams({
      method: 'GET',
      version: 'v24.0',
      path: 'me/accounts?access_token=EAAsecret&limit=2',
    });
    await page.goto(`${stage.url}/tools/explorer?${call}`);
    await reads(page, 'Graph API Explorer');
    assert.equal(await page.getByRole('combobox', { name: 'Path' }).inputValue(), 'me/accounts?limit=2');
    assert.equal(await page.getByRole('combobox', { name: 'Version' }).inputValue(), 'v24.0');
  });
});

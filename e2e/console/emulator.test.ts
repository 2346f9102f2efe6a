// Journeys through the pages about the emulator: each order is given in the browser, and its effect is seen from outside.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { causes } from '@hallpass/protocol';
import type { Page } from 'playwright-core';
import { apps, people } from '../stage/cast.ts';
import { moveTo } from '../stage/console.ts';
import { press, reads } from '../stage/deeds.ts';
import { openStage, type Stage } from '../stage/stage.ts';
import type { Visitor } from '../stage/visitor.ts';

describe('the pages about the emulator', () => {
  let stage: Stage;
  let visitor: Visitor;
  let page: Page;
  const ends: (() => unknown)[] = [];
  before(async () => {
    stage = await openStage();
    visitor = await stage.visitor({ after: (end) => void ends.push(end) });
    ({ page } = visitor);
    await page.goto(stage.consoleLink());
    await page.getByText('Waiting for calls').waitFor();
  });
  after(async () => {
    for (const end of ends) await end();
    await stage?.close();
  });

  const open = async (section: string, heading: string) => {
    await moveTo(page, `${stage.url}/console/emulator${section}`);
    await reads(page, heading);
  };
  const testUser = async (): Promise<string> => {
    const params = { access_token: `${apps.fern.id}|${apps.fern.secret}`, installed: 'true', permissions: 'email' };
    return (await stage.graph.post(`/v25.0/${apps.fern.id}/accounts/test-users`, params)).body.access_token as string;
  };
  const me = async (token: string) => (await stage.graph.get('/v25.0/me', { access_token: token })).body;

  it('the link is taken out of the address, and works once', async () => {
    assert.equal(new URL(page.url()).hash, '');
    const stranger = await stage.browser.newContext();
    const other = await stranger.newPage();
    const link = stage.consoleLink();
    for (const context of [await stage.browser.newContext(), stranger]) {
      const tab = context === stranger ? other : await context.newPage();
      await tab.goto(link);
      await tab.getByText(context === stranger ? 'This link was used before' : 'Waiting for calls').waitFor();
      await context.close();
    }
  });

  it('EM-07: a page on another port of this machine, and one of another site, give no order', async () => {
    stage.website.show('/attack', '<!doctype html><title>x</title>');
    const before = stage.now();
    for (const site of [stage.website.url, stage.website.elsewhere]) {
      const tab = await stage.browser.newPage();
      await tab.goto(`${site}/attack`);
      const got = await tab.evaluate(async (url) => {
        const tries: string[] = [];
        for (const headers of [undefined, { 'x-hallpass-console-key': 'guess' }])
          for (const mode of ['cors', 'no-cors'] as const)
            try {
              const init = { method: 'POST', mode, body: new URLSearchParams({ advance: '61d' }) } as const;
              const answer = await fetch(`${url}/console/control/clock`, headers ? { ...init, headers } : init);
              tries.push(`${answer.type} ${answer.status}`);
            } catch {
              tries.push('refused');
            }
        return tries;
      }, stage.url);
      assert.deepEqual([...new Set(got)], ['refused']);
      await tab.close();
    }
    assert.ok(stage.now() - before < 60);
  });

  it('a call appears as it is made, with the reason of its answer, and none of its token', async () => {
    const token = await testUser();
    await stage.graph.get('/v25.0/me/businesses', { access_token: token });
    await page.getByRole('button', { name: 'GET /v25.0/me/businesses' }).click();
    const drawer = page.getByRole('dialog');
    await drawer.getByText(causes.scope_not_granted.doc).first().waitFor();
    assert.ok((await drawer.innerText()).includes('curl'));
    assert.ok(!(await page.content()).includes(token.slice(8, 40)));
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
  });

  it('the clock is run to the next expiry and frozen, and says what fell due', async () => {
    const token = await testUser();
    await open('/clock', 'Clock');
    await press(page, 'Run to the next expiry');
    await page.getByRole('cell', { name: 'token.expired' }).first().waitFor();
    assert.equal((await me(token)).error.error_subcode, 463);
    await press(page, 'Freeze');
    await page.getByText('Stopped', { exact: true }).waitFor();
    await press(page, 'Unfreeze');
    await page.getByText('Running', { exact: true }).waitFor();
  });

  it('a fault is ordered by the form, strikes as often as it should, and is told of as used up', async () => {
    const token = await testUser();
    await open('/faults', 'Faults');
    await page.getByRole('combobox', { name: 'Error of the catalogue' }).fill('limit.app');
    await page
      .getByRole('option', { name: /^limit\.app/ })
      .first()
      .click();
    await page.getByLabel('How many times').fill('1');
    await page.getByRole('textbox', { name: 'Path' }).fill('me');
    await press(page, 'Add it');
    await page.getByRole('button', { name: 'Remove f1' }).waitFor();
    assert.equal((await me(token)).error.code, 4);
    assert.equal((await me(token)).error, undefined);
    await page.getByText('used up').waitFor();
    await press(page, 'Clear all');
    await page.getByText('No active faults').waitFor();
  });

  it('a story happens, its mail is read and its link opened, and it is cleaned up', async () => {
    await open('/stories', 'Stories');
    await press(page, 'Play checkpoint');
    await page.getByText('checkpoint has happened').waitFor();
    await press(page, 'Clean up');
    await page.getByText('Played in this world').waitFor({ state: 'detached' });
    const html = '<h1>Renew</h1><script>document.title = "run"</script>';
    const link = `${stage.url}/forgot`;
    await stage.inbox.send({ id: 'm1', to: people.ana.email, subject: 'Your link', text: `Open ${link}`, html });
    await open('/inbox', 'Inbox');
    await page.frameLocator('iframe').getByRole('heading', { name: 'Renew' }).waitFor();
    const opened = page.waitForEvent('popup');
    await page.getByRole('link', { name: link }).click();
    await reads(await opened, /password/i);
    await (await opened).close();
    await press(page, 'Empty it');
    await page.getByText('No mail yet').waitFor();
    // The script of the mail was not run; the browser says so.
    visitor.troubles.length = 0;
  });

  it('a call to the server of an app is brought about, led here, looked at and sent again', async () => {
    const sent = page.getByRole('button', { name: /^POST .*\/taken-here$/ });
    stage.website.show('/taken-here', 'ok');
    await open('/deliveries', 'Deliveries');
    await page
      .getByLabel('Forward every call to')
      .fill(`${stage.website.url.replace('127.0.0.1', 'localhost')}/taken-here`);
    await press(page, 'Forward calls');
    await page.getByText(/^Calls go to/).waitFor();
    await press(page, 'Trigger it');
    await sent.first().waitFor();
    await press(page, /^Send again/);
    await sent.nth(1).waitFor();
  });

  it('a world is kept, made, chosen, put back and removed', async () => {
    await open('/worlds', 'Worlds');
    const token = await testUser();
    await page.getByLabel('Name of a snapshot').fill('before');
    await press(page, 'Take a snapshot');
    await page.getByRole('button', { name: 'Restore before' }).waitFor();
    const later = await testUser();
    await press(page, 'Restore before');
    await press(page, 'Restore it');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    assert.deepEqual([(await me(later)).error.code, (await me(token)).error], [190, undefined]);
    // A message of the act before may still stand over the button.
    await page.getByLabel('Name', { exact: true }).fill('there');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Export there as a seed file' }).waitFor();
    const download = page.waitForEvent('download');
    await press(page, 'Export there as a seed file');
    assert.equal((await download).suggestedFilename(), 'there.yaml');
    await press(page, 'Remove there');
    await press(page, 'Remove it');
    await page.getByRole('button', { name: 'Export main as a seed file' }).waitFor();
  });

  it('Ctrl K finds the pages, and a press of a key on the timeline tells the lives one by one', async () => {
    await testUser();
    await page.keyboard.press('Control+k');
    await page.getByLabel('Find anything').fill('token timeline');
    await page.keyboard.press('Enter');
    await reads(page, 'Token timeline');
    await page.getByRole('img', { name: /^Lives of/ }).focus();
    await page.keyboard.press('ArrowDown');
    await page.getByText(/^User token of .*: issued .*; (alive|dead)/).waitFor();
  });
});

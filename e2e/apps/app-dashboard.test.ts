// These journeys are about the app dashboard: an app from Create to its deletion, the client token, and callbacks that
// failed. Each is gone with the mouse and by keyboard alone.
import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { apps, people } from '../stage/cast.ts';
import { logInByCard, moveTo } from '../stage/console.ts';
import { reads } from '../stage/deeds.ts';
import { idAndSecret } from '../stage/graph.ts';
import { byKeyboard, byMouse, type Hands } from '../stage/hands.ts';
import { openStage, type Stage } from '../stage/stage.ts';

const ways: readonly { way: string; handsAt: (page: Page) => Hands }[] = [
  { way: 'with the mouse', handsAt: byMouse },
  { way: 'by keyboard alone', handsAt: byKeyboard },
];

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
const inWindow = (page: Page, name: string | RegExp) =>
  page.getByRole('dialog').getByRole('button', { name, exact: true });
const field = (page: Page, label: string | RegExp) => page.getByRole('textbox', { name: label });
const section = (page: Page, label: string) =>
  page.getByRole('navigation', { name: 'Pages of this app' }).getByRole('link', { name: label, exact: true });
const said = (page: Page, words: string | RegExp) => page.getByText(words).first().waitFor();

for (const { way, handsAt } of ways)
  describe(`the app dashboard ${way}`, () => {
    let stage: Stage;
    before(async () => {
      stage = await openStage();
    });
    beforeEach(() => stage.reset());
    after(() => stage?.close());

    it('an app goes from Create through its settings, a native switch and a review to live, and to its deletion', async (t) => {
      const { page } = await stage.visitor(t);
      const hands = handsAt(page);
      await logInByCard(stage, page, people.ben);
      await moveTo(page, `${stage.url}/console/apps`);
      await hands.press(page.getByRole('link', { name: 'Create app' }));
      await reads(page, 'Create an app');
      await hands.write(field(page, 'Display name'), 'Journey');
      await hands.press(button(page, 'Create app'));
      await reads(page, 'Dashboard');
      const [, id = ''] = /apps\/(\d+)/.exec(page.url()) ?? [];
      await said(page, 'In development: only people with a role on the app can use it.');

      await hands.press(section(page, 'Basic'));
      await reads(page, 'Basic settings');
      await hands.write(field(page, 'Privacy Policy URL'), 'https://journey.example/privacy');
      await hands.press(button(page, 'Save'));
      await said(page, 'Saved.');
      await hands.press(button(page, /^Show the app secret/));
      await hands.press(button(page, /^Show app secret/));
      const secret = await page.getByText(/^[0-9a-f]{32}$/).innerText();
      const appToken = { access_token: `${id}|${secret}` };
      const asApp = async () => (await stage.graph.get(`/${id}`, { ...appToken, fields: 'contact_email' })).body;
      assert.equal((await asApp()).contact_email, people.ben.email);

      await hands.press(section(page, 'Advanced'));
      await reads(page, 'Advanced settings');
      const native = page.getByRole('switch', { name: /^Native or Desktop App/ });
      await hands.flip(native);
      await hands.press(button(page, 'Save'));
      await said(page, /^Ends the app tokens of 1 app/);
      await hands.press(inWindow(page, 'Save'));
      await said(page, 'Its secret counts as known');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await button(page, 'Discard').waitFor({ state: 'detached' });
      assert.ok((await asApp()).error, 'the app token is refused');
      await hands.flip(native);
      await hands.press(button(page, 'Save'));
      await button(page, 'Discard').waitFor({ state: 'detached' });
      assert.equal((await asApp()).contact_email, people.ben.email);

      await hands.press(section(page, 'Permissions'));
      await reads(page, 'Permissions');
      await hands.write(field(page, 'Search by name or by what it allows'), 'pages_show_list');
      await hands.press(button(page, 'Request advanced access to pages_show_list'));
      await hands.write(page.getByRole('dialog').getByRole('textbox'), 'People choose their Page.');
      await hands.press(inWindow(page, 'Send request'));
      await said(page, 'Waiting');
      await moveTo(page, `${stage.url}/console/apps/reviews`);
      await hands.write(field(page, 'What the people of Journey are told'), 'Tried it out.');
      await hands.press(button(page, 'Approve pages_show_list for Journey'));
      await said(page, 'Journey has advanced access to pages_show_list.');
      await moveTo(page, `${stage.url}/console/apps/${id}/permissions`);
      await said(page, 'The reviewer wrote: Tried it out.');
      await hands.choose(page.getByRole('radiogroup', { name: 'App mode' }), 'Live');
      await hands.press(inWindow(page, 'Make it live'));
      await said(page, 'Journey is live.');
      assert.equal((await asApp()).error, undefined);

      await moveTo(page, `${stage.url}/console/apps/${id}/settings/advanced`);
      await hands.press(button(page, 'Delete this app'));
      await said(page, 'The app id is never used again.');
      await hands.write(page.getByRole('dialog').getByRole('textbox'), 'Journey');
      await hands.press(inWindow(page, 'Delete the app'));
      await reads(page, 'My apps');
      await said(page, apps.fern.name);
      await page.getByRole('link', { name: 'Journey' }).waitFor({ state: 'detached' });
      assert.ok((await asApp()).error, 'a deleted app is refused');
    });

    it('the client token is found under Security, used in a call, and refused after it was reset', async (t) => {
      const { page } = await stage.visitor(t);
      const hands = handsAt(page);
      const { id, name } = apps.fern;
      await logInByCard(stage, page, people.ben);
      await moveTo(page, `${stage.url}/console/apps/${id}/settings/advanced`);
      const part = page.getByRole('region', { name: 'Security' }).getByRole('region', { name: 'Client Token' });
      await hands.press(part.getByRole('button', { name: `Show client token of ${name}` }));
      const token = await part.getByText(/^[0-9a-f]{32}$/).innerText();
      const use = async () =>
        (await stage.graph.get(`/${id}`, { access_token: `${id}|${token}`, fields: 'name' })).body;
      assert.equal((await use()).name, name);
      await hands.press(part.getByRole('button', { name: 'Reset' }));
      await hands.press(inWindow(page, 'Reset the client token'));
      await said(page, 'The old one is refused from now on.');
      assert.equal((await use()).error.code, 190);
    });

    it('ten callbacks that failed are seen, sent again and arrive', async (t) => {
      const server = await receiver();
      t.after(() => server.close());
      const { page } = await stage.visitor(t);
      const hands = handsAt(page);
      const { id } = apps.fern;
      const appToken = { access_token: idAndSecret(apps.fern) };
      await logInByCard(stage, page, people.ben);
      await moveTo(page, `${stage.url}/console/apps/${id}/login`);
      await hands.write(field(page, 'Deauthorize callback URL'), server.url);
      await hands.press(button(page, 'Save'));
      await said(page, 'Saved.');
      for (let user = 0; user < 10; user++) {
        const { body } = await stage.graph.post(`/${id}/accounts`, { ...appToken, installed: 'true' });
        await stage.graph.delete(`/${id}/accounts`, { ...appToken, uid: body.id as string });
      }
      await stage.advance('2d');
      await logInByCard(stage, page, people.ben);
      await moveTo(page, `${stage.url}/console/apps/${id}/webhooks`);
      const states = (state: string) =>
        page.getByRole('table', { name: 'Deliveries' }).getByText(state, { exact: true });
      await states('Failed').nth(9).waitFor();
      await said(page, '500: answered with an error');
      server.works = true;
      await hands.press(button(page, 'Send 10 failed again'));
      await hands.press(inWindow(page, 'Resend them'));
      await states('Delivered').nth(9).waitFor();
      assert.equal(server.taken, 10);
      await hands.press(button(page, /^Send again: Deauthorize/).first());
      await said(page, 'It will be sent again.');
      await hands.press(button(page, 'Send test'));
      await said(page, 'It arrived');
    });
  });

interface Receiver {
  url: string;
  /** Answers 500 until this is set. */
  works: boolean;
  /** Calls that were answered with 200. */
  taken: number;
  close(): void;
}

/** The server of an app, which is broken at first. */
async function receiver(): Promise<Receiver> {
  const server: Server = createServer((_request, response) => {
    if (it.works) it.taken += 1;
    response.writeHead(it.works ? 200 : 500).end();
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const it: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/deauthorize`,
    works: false,
    taken: 0,
    close: () => void server.close(),
  };
  return it;
}

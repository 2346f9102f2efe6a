// These journeys are about the Access Token Debugger, the Access Token Tool and the API Upgrade Tool, as the guides
// walk through them.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { apps, people, type Person } from '../stage/cast.ts';
import { moveTo } from '../stage/console.ts';
import { press, reads, tokenOf } from '../stage/deeds.ts';
import { openStage, type Stage } from '../stage/stage.ts';

describe('Access Token Debugger', () => {
  let stage: Stage;

  before(async () => {
    stage = await openStage();
  });
  beforeEach(() => stage.reset());
  after(() => stage?.close());

  const open = async (page: Page, who: Person, tool: string): Promise<void> => {
    await moveTo(page, `${stage.url}/`);
    await page.getByRole('button', { name: `Log in as ${who.name}` }).click();
    await page.getByText(`You’re ${who.name}.`).waitFor();
    await page.getByRole('navigation', { name: 'Tools' }).getByText(tool).click();
    await reads(page, tool);
  };
  const box = (page: Page) => page.getByRole('textbox', { name: 'Access token' });
  const debug = async (page: Page, text: string): Promise<void> => {
    await box(page).fill(text);
    await page.getByRole('button', { name: 'Debug', exact: true }).first().click();
  };
  const row = (page: Page, label: string) =>
    page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: label, exact: true }) });

  /** Nothing that a browser keeps or shows in its frame holds the token. */
  const keptNowhere = async (page: Page, token: string): Promise<void> => {
    const kept = await page.evaluate(() =>
      JSON.stringify([
        location.href,
        document.title,
        history.state,
        Object.entries(localStorage),
        Object.entries(sessionStorage),
      ]),
    );
    assert.ok(!kept.includes(token));
  };

  /** A token of the person, by the real dialog in a window. */
  const userToken = async (page: Page, app: string): Promise<void> => {
    const opened = page.waitForEvent('popup');
    await press(page, `Get a user token of ${app}`);
    const popup = await opened;
    const closed = popup.waitForEvent('close').then(() => true);
    for (;;) {
      const asks = popup.getByRole('button', { name: /^Continue/ }).first();
      if (await Promise.race([closed, asks.waitFor().then(() => false)]).catch(() => true)) return;
      await Promise.race([closed, asks.click()]).catch(() => {});
    }
  };

  const testUserToken = async (): Promise<string> => {
    const { id, secret } = apps.fern;
    const params = { access_token: `${id}|${secret}`, installed: 'true', permissions: 'email' };
    const { status, body } = await stage.graph.post(`/v25.0/${id}/accounts/test-users`, params);
    assert.equal(status, 200, JSON.stringify(body));
    return body.access_token as string;
  };

  it('a token is debugged, extended after the password, and the longer one lasts about two months', async (t) => {
    const visitor = await stage.visitor(t);
    const { page } = visitor;
    const token = await tokenOf(stage, visitor, people.ben);
    await stage.advance('11m');
    await moveTo(page, `${stage.url}/tools/debug/accesstoken`);
    await debug(page, token);
    await row(page, 'App ID').getByText(apps.fern.name).waitFor();
    await row(page, 'Type').getByText('User', { exact: true }).waitFor();
    await row(page, 'Expires')
      .getByText(/in about (1|2) hours?/)
      .waitFor();
    await keptNowhere(page, token);
    await press(page, 'Extend Access Token');
    await page.getByRole('dialog').getByLabel('Password').first().fill(people.ben.password);
    await page.getByRole('dialog').getByRole('button', { name: 'Confirm' }).click();
    const made = page.getByRole('status').filter({ hasText: 'Access token extended' });
    await made.getByText('in about 2 months').waitFor();
    await made.getByRole('button', { name: 'Debug', exact: true }).click();
    await row(page, 'Expires').getByText('in about 2 months').waitFor();
    await keptNowhere(page, await box(page).inputValue());
    await page.reload();
    await reads(page, 'Access Token Debugger');
    assert.equal(await box(page).inputValue(), '', 'a reload forgets the token');
  });

  it('without a role on the app of the token nobody is offered to extend it', async (t) => {
    const visitor = await stage.visitor(t);
    const { page } = visitor;
    const token = await tokenOf(stage, visitor, people.ana);
    await moveTo(page, `${stage.url}/tools/debug/accesstoken`);
    await debug(page, token);
    await page.getByText('if they have a role on the app', { exact: false }).waitFor();
    assert.equal(await page.getByRole('button', { name: 'Extend Access Token' }).count(), 0);
  });

  it('a user token from the Access Token Tool goes to the Debugger', async (t) => {
    const { page } = await stage.visitor(t);
    await open(page, people.ben, 'Access Token Tool');
    await userToken(page, apps.fern.name);
    await press(page, `Debug the user token of ${apps.fern.name}`);
    await reads(page, 'Access Token Debugger');
    await row(page, 'App ID').getByText(apps.fern.name).waitFor();
    await keptNowhere(page, await box(page).inputValue());
  });

  it('what the token can’t call says why, and how to fix it', async (t) => {
    const { page } = await stage.visitor(t);
    await open(page, people.ben, 'Access Token Debugger');
    const token = await testUserToken();
    await debug(page, token);
    await press(page, 'Why me/accounts');
    const why = page.getByRole('dialog');
    await why.getByText('The rule that decided').waitFor();
    await why.getByText('Needed: the permission pages_show_list', { exact: false }).waitFor();
    await why.getByText('Ask for the permission in the dialog', { exact: false }).waitFor();
  });

  it('a token that is revoked here shows how it ended, and whose act it was', async (t) => {
    const { page } = await stage.visitor(t);
    await open(page, people.ben, 'Access Token Debugger');
    const token = await testUserToken();
    await debug(page, token);
    await press(page, 'Revoke');
    await page.getByRole('dialog').getByText('with every token of the same log-in', { exact: false }).waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'End it' }).click();
    await page.getByText('This token has ended').waitFor();
    await page.getByText('Every token of the same log-in, with its Page tokens.').waitFor();
  });

  it('a token of the real service is told by its look and sent nowhere, nor is a megabyte of anything', async (t) => {
    const { page } = await stage.visitor(t);
    await open(page, people.ben, 'Access Token Debugger');
    const foreign = `EAACEdEose0cBA${'k7f'.repeat(40)}`;
    const sent: string[] = [];
    page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`));
    await debug(page, foreign);
    await page.getByText('It wasn’t sent anywhere', { exact: false }).waitFor();
    await debug(page, 'x'.repeat(1_000_000));
    await page.getByText('That’s too long to be a token').waitFor();
    await debug(page, '<img src=x onerror=alert(1)>');
    await page.getByText('This isn’t a token', { exact: true }).waitFor();
    assert.ok(!sent.some((text) => text.includes('k7f')));
  });

  it('a session that ends while the box is full loses nothing and says so', async (t) => {
    const { page, context } = await stage.visitor(t);
    await open(page, people.ben, 'Access Token Debugger');
    const token = await testUserToken();
    await box(page).fill(token);
    await context.clearCookies();
    await page.getByRole('button', { name: 'Debug', exact: true }).first().click();
    await page.getByText('Your text is still here', { exact: false }).waitFor();
    assert.equal(await box(page).inputValue(), token);
  });

  it('the keyboard alone debugs a token and closes the explanation', async (t) => {
    const { page } = await stage.visitor(t);
    await open(page, people.ben, 'Access Token Debugger');
    const token = await testUserToken();
    await box(page).focus();
    await page.keyboard.insertText(token);
    await page.keyboard.press('Enter');
    await row(page, 'Valid').getByText('True').waitFor();
    await page.getByRole('button', { name: 'Why me/friends' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByText('The rule that decided').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('the API Upgrade Tool counts what the app called, by version, with the end of each', async (t) => {
    const { page } = await stage.visitor(t);
    await open(page, people.ben, 'API Upgrade Tool');
    const token = await testUserToken();
    await fetch(`${stage.url}/v21.0/me`, { headers: { authorization: `Bearer ${token}` } });
    await page.reload();
    await page.getByRole('combobox', { name: 'App' }).click();
    await page.getByRole('option', { name: apps.fern.name, exact: true }).click();
    await page.getByRole('row').filter({ hasText: 'GET /me' }).getByText('v21.0').waitFor();
  });
});

// This walk goes through the Access Token Debugger, the Access Token Tool and the API Upgrade Tool, with every state
// that they have.
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { apps, people } from './cast.ts';
import { moveTo } from './console.ts';
import { press, reads } from './deeds.ts';
import type { Stage } from './stage.ts';

/** Calls `see` with the name of each state while it is shown. */
export async function walkTokenTools(stage: Stage, page: Page, see: (name: string) => Promise<void>): Promise<void> {
  const { id, secret } = apps.fern;
  const params = { access_token: `${id}|${secret}`, installed: 'true', permissions: 'email,pages_show_list' };
  const { status, body } = await stage.graph.post(`/v25.0/${id}/accounts/test-users`, params);
  assert.equal(status, 200, JSON.stringify(body));
  const debug = async (text: string): Promise<void> => {
    await page.getByRole('textbox', { name: 'Access token' }).fill(text);
    await page.getByRole('button', { name: 'Debug', exact: true }).first().click();
  };

  await moveTo(page, `${stage.url}/tools/debug/accesstoken`);
  await page.getByText('Log in to look at tokens').waitFor();
  await see('debugger-signed-out');
  await moveTo(page, `${stage.url}/`);
  await page.getByRole('button', { name: `Log in as ${people.ben.name}` }).click();
  await page.getByText(`You’re ${people.ben.name}.`).waitFor();
  await moveTo(page, `${stage.url}/tools/debug/accesstoken`);
  await page.getByText('No token yet').waitFor();
  await see('debugger');
  await debug(body.access_token as string);
  await page.getByRole('heading', { name: 'What it can call now' }).waitFor();
  await see('debugger-token');
  await press(page, 'Why me/businesses');
  await page.getByText('The rule that decided').waitFor();
  await see('debugger-why');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await press(page, 'Revoke');
  await page.getByRole('dialog').getByText('This can’t be undone.').waitFor();
  await see('debugger-revoke');
  await press(page, 'End it');
  await page.getByText('This token has ended').waitFor();
  await see('debugger-dead');
  await debug(`EAACEdEose0cBA${'k7f'.repeat(40)}`);
  await page.getByText('This isn’t a token of this platform').waitFor();
  await see('debugger-foreign');
  await debug(`c2lnbmF0dXJl.${Buffer.from(JSON.stringify({ user_id: '1', issued_at: 1 })).toString('base64url')}`);
  await page.getByText('This is a signed request').waitFor();
  await see('debugger-signed-request');
  await moveTo(page, `${stage.url}/tools/accesstoken`);
  await reads(page, 'Access Token Tool');
  await page.getByRole('heading', { name: apps.fern.name }).waitFor();
  await see('token-tool');
  await moveTo(page, `${stage.url}/tools/versions`);
  await page.getByRole('cell', { name: 'No date yet' }).waitFor();
  await page.getByRole('combobox', { name: 'App' }).waitFor();
  await see('versions');
}

// A vault with connections as a team has them: of people whose tokens end at different days, one with Pages, one of the
// app, some that work and some that do not. Every token is a real one of the platform.
import assert from 'node:assert/strict';
import { Secret } from '@hallpass/protocol';
import { addApiKey, type Right, type Vault } from '@hallpass/vault';
import type { Page } from 'playwright-core';
import { apps, people } from '../cast.ts';
import { tokenOf } from '../deeds.ts';
import type { Stage } from '../stage.ts';

/** Connections of test users: the days that pass before the next one, and what becomes of it. */
const guests = [
  { name: 'Harbour office', owner: 'Ida', days: 9, fate: 'removed' },
  { name: 'Night market', owner: 'Noor', days: 11, fate: 'lacks' },
  { name: 'Garden reports', owner: 'Ines', days: 6, fate: 'works' },
  { name: 'Summer campaign', owner: 'Bo', days: 3, fate: 'works' },
] as const;

/** Gives a vault the app of the journeys, at this platform. */
export const setFern = (stage: Stage, vault: Vault): Promise<void> =>
  vault.apps.set({
    appId: apps.fern.id,
    secret: new Secret(apps.fern.secret),
    graphBase: stage.url,
    dialogBase: `${stage.url}/dialog/oauth`,
  });

/** Fills a vault with them. @param page a browser in which nobody is logged in */
export async function fillVault(stage: Stage, vault: Vault, page: Page): Promise<void> {
  const { id: appId, secret } = apps.fern;
  await setFern(stage, vault);
  const rows: object[] = [];
  const kept = new Map<string, string>();
  for (const { name, owner, days, fate } of guests) {
    const token = await guestToken(stage, `${owner} Hartmann`);
    kept.set(name, token);
    const row = { name, token, owner_name: owner, owner_email: `${owner.toLowerCase()}@acme.example` };
    const [imported] = await vault.import(JSON.stringify([row]), { appId });
    assert.ok(imported?.id, JSON.stringify(imported));
    if (fate === 'lacks') await vault.update(imported.id, { wantedScopes: ['email', 'pages_manage_posts'] });
    await stage.advance(`${days}d`);
  }
  const scope = 'email,pages_show_list,pages_manage_posts';
  rows.push(
    {
      name: 'Corner Bakery posts',
      token: await tokenOf(stage, { page }, people.ana, apps.fern, { scope }),
      owner_name: 'Ana',
      owner_email: people.ana.email,
    },
    { name: 'Fern Scheduler itself', token: `${appId}|${secret}` },
  );
  const imported = await vault.import(JSON.stringify(rows), { appId });
  const ana = imported[0]?.id;
  assert.ok(ana, JSON.stringify(imported));
  await vault.discoverPages(ana);
  for (const { name, fate } of guests)
    if (fate === 'removed') await stage.graph.delete('/me/permissions', { access_token: kept.get(name) ?? '' });
  await stage.advance('26h');
  for (let sweeps = 0; sweeps < 3; sweeps++) {
    await vault.sweeper().sweep();
    await stage.advance('20m');
  }
}

/** A long-lived token of a new test user of Fern Scheduler. */
export async function guestToken(stage: Stage, name: string): Promise<string> {
  const { id, secret } = apps.fern;
  const asked = { access_token: `${id}|${secret}`, installed: 'true', permissions: 'email', name };
  const { body } = await stage.graph.post(`/v25.0/${id}/accounts/test-users`, asked);
  const exchanged = await stage.graph.get('/v25.0/oauth/access_token', {
    grant_type: 'fb_exchange_token',
    client_id: id,
    client_secret: secret,
    fb_exchange_token: String(body.access_token),
  });
  return String(exchanged.body.access_token);
}

/** Makes a key and signs a browser in with it. */
export async function signInWith(page: Page, vault: Vault, url: string, ...rights: Right[]): Promise<void> {
  const key = await addApiKey(vault.parts, 'main', { name: 'Acme desk', rights });
  await page.goto(`${url}/console`);
  await page.getByLabel('Key of the vault').fill(key);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('navigation', { name: 'Vault' }).waitFor();
}

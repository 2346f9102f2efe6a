// Tables of five products are taken over into a vault and live a year there by the clock of an emulator, in which all the
// tokens that would have ended have ended.
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { adopt, type AdoptedToken, type ProductName, products, rowsOfDatabase } from '@hallpass/vault/adopt';
import { Secret } from '@hallpass/protocol';
import type { Vault } from '@hallpass/vault';
import { filePlace, postgresPlace } from '../../../db/test/databases.ts';
import type { Fleet } from '../fleet/fleet.ts';
import { throughDialog } from '../fleet/log-ins.ts';
import { openFleet } from '../fleet/open-fleet.ts';
import { appOf, apps, DAY, pageId, personId, redirect, scopes } from '../fleet/world.ts';
import {
  addActivepiecesConnection,
  addChatwootPage,
  addN8nCredential,
  addNangoConfig,
  addNangoConnection,
  addPostizChannel,
  byRails,
  makeActivepieces,
  makeChatwoot,
  makeN8n,
  makeNango,
  makePostiz,
  type OldDatabase,
  oldKeys,
  oldPostgres,
  oldSqlite,
} from './old-tables.ts';

/** Reads a database to its end and takes over what is in it. */
async function takeOver(vault: Vault, old: OldDatabase, product: ProductName, dryRun = false): Promise<AdoptedToken[]> {
  const database = await old.read();
  const told: AdoptedToken[] = [];
  try {
    const rows = rowsOfDatabase(database, products[product]);
    const options = { product, keys: oldKeys, dryRun };
    for await (const group of adopt(rows, (text, how) => vault.import(text, how), options)) told.push(...group);
  } finally {
    await database.close();
  }
  return told;
}

/** The token of the one Page of a person. */
async function pageTokenOf(fleet: Fleet, userToken: string): Promise<string> {
  const { body } = await fleet.call('GET', '/me/accounts', { access_token: userToken, fields: 'access_token' });
  return (body as { data: { access_token: string }[] }).data[0]?.access_token ?? '';
}

async function systemToken(fleet: Fleet, n: number): Promise<string> {
  const desk = await fleet.desk();
  const { body } = await desk.get('/50001/system_users?fields=id&limit=10');
  fleet.systemUsers = body.data.map(({ id }: { id: string }) => id);
  return (await fleet.newToken(`s-${n}`)).token;
}

const tables: Readonly<Record<ProductName, readonly string[]>> = {
  chatwoot: ['channel_facebook_pages', 'inboxes'],
  postiz: ['"Integration"'],
  nango: ['_nango_connections', '_nango_configs'],
  n8n: ['credentials_entity'],
  activepieces: ['app_connection'],
};

/** Fills the tables of each product with tokens of a fleet, as its users would have; answers the tokens of people. */
async function fill(fleet: Fleet, old: OldDatabase): Promise<string[]> {
  const people: string[] = [];
  for (let n = 0; n < 4; n++) people.push((await fleet.newToken(`u-${n}`)).token);
  const [ann = '', ben = '', cem = '', dan = ''] = people;
  await makeChatwoot(old);
  const shop = { id: 11, page: pageId(0, 0), name: 'Shop of Ann', pageToken: byRails(await pageTokenOf(fleet, ann)) };
  await addChatwootPage(old, { ...shop, userToken: byRails(ann) });
  // Somebody pasted the token of a person in the place of that of a Page, before the keys were set.
  const mistake = { id: 12, page: pageId(2, 0), name: 'Shop of Cem', pageToken: cem, userToken: ann };
  await addChatwootPage(old, mistake);
  await makePostiz(old);
  await addPostizChannel(old, {
    id: 'clx1',
    internalId: pageId(1, 0),
    provider: 'facebook',
    token: await pageTokenOf(fleet, ben),
    refreshToken: ben,
    expiration: '2027-03-01 10:00:00',
  });
  await makeNango(old);
  await addNangoConfig(old, { id: 1, key: 'facebook', provider: 'facebook', app: appOf(2).id });
  await addNangoConfig(old, { id: 2, key: 'ads', provider: 'facebook-system-user', app: null });
  // Nango exchanges nothing after the dialog: this one lives two hours.
  const short = await throughDialog(fleet, { person: personId(4), app: appOf(4), scope: scopes.join(',') });
  await addNangoConfig(old, { id: 3, key: 'small', provider: 'facebook', app: appOf(4).id });
  const login = { type: 'OAUTH2', raw: {} };
  for (const one of [
    { id: 1, config: 1, key: 'facebook', name: 'cem', credentials: { ...login, access_token: cem } },
    {
      id: 2,
      config: 2,
      key: 'ads',
      name: 'sixty',
      credentials: { type: 'API_KEY', apiKey: await systemToken(fleet, 0) },
    },
    { id: 3, config: 3, key: 'small', name: 'eve', credentials: { ...login, access_token: short.token } },
  ])
    await addNangoConnection(old, one);
  await makeN8n(old);
  await addN8nCredential(old, {
    id: 'Kx1',
    name: 'Graph of Dan',
    type: 'facebookGraphApi',
    data: { accessToken: dan },
  });
  await addN8nCredential(old, { id: 'Kx2', name: 'GitHub', type: 'githubApi', data: { accessToken: 'gho_1' } });
  await makeActivepieces(old);
  await addActivepiecesConnection(old, {
    id: 'ap1',
    name: 'Never',
    type: 'SECRET_TEXT',
    piece: 'whatsapp',
    value: { type: 'SECRET_TEXT', secret_text: await systemToken(fleet, 1) },
  });
  return people;
}

const brief = (told: readonly AdoptedToken[]) =>
  told.map(({ source, outcome, kind, problem }) => [
    source.split('/').slice(1).join(' '),
    problem?.key ?? outcome,
    kind,
  ]);

/** A year on one database; on the other until the first ends lie behind, because the rest is no matter of the database. */
const kinds = {
  SQLite: { newPlace: filePlace, newOld: async () => oldSqlite(), days: 365 },
  PostgreSQL: { newPlace: postgresPlace, newOld: oldPostgres, days: 66 },
} as const;

for (const [name, { newPlace, newOld, days }] of Object.entries(kinds))
  describe(`Tokens that are taken over from tables of other products (${name})`, () => {
    const place = newPlace();
    after(() => place.remove());

    it(`VT-12: keep working for ${days} days, and the tables that they came from stay as they are`, async () => {
      const { fleet, vault, emulator, close } = await openFleet(
        place,
        { people: 5, pagesEach: 1, systemUsers: 2, others: 0 },
        7,
      );
      const old = await newOld();
      try {
        for (const { id, secret } of apps)
          await vault.apps.set({
            appId: id,
            secret: new Secret(secret),
            graphBase: emulator.url,
            dialogBase: `${emulator.url}/dialog/oauth`,
          });
        const people = await fill(fleet, old);
        const before = await contents(old);
        const dry = await takeOver(vault, old, 'chatwoot', true);
        assert.equal((await vault.list()).connections.length, 0);
        const told: AdoptedToken[] = [];
        for (const product of Object.keys(tables) as ProductName[]) told.push(...(await takeOver(vault, old, product)));
        assert.deepEqual(brief(told), [
          ['channel_facebook_pages 11 page_access_token', 'new', 'page_long'],
          ['channel_facebook_pages 11 user_access_token', 'new', 'user_long'],
          ['channel_facebook_pages 12 page_access_token', 'person_for_page', 'user_long'],
          ['channel_facebook_pages 12 user_access_token', 'unchanged', 'user_long'],
          ['Integration clx1 token', 'new', 'page_long'],
          ['Integration clx1 refreshToken', 'new', 'user_long'],
          ['_nango_connections facebook cem credentials', 'new', 'user_long'],
          ['_nango_connections ads sixty credentials', 'new', 'system_user_60_days'],
          ['_nango_connections small eve credentials', 'new', 'user_long'],
          ['credentials_entity Kx1 data', 'new', 'user_long'],
          ['credentials_entity Kx2 data', 'left_out', undefined],
          ['app_connection ap1 value', 'new', 'system_user_never'],
        ]);
        assert.deepEqual(brief(dry), brief(told.slice(0, 4)), 'a dry run says the same');
        assert.deepEqual(await contents(old), before);

        await live(vault, fleet, days);
        const { connections } = await vault.list();
        assert.equal(connections.length, 9);
        assert.deepEqual(
          connections.filter(({ state }) => state !== 'healthy'),
          [],
        );
        for (const token of people)
          for (const { id } of apps)
            assert.notEqual((await fleet.truth(token, id))?.is_valid, true, 'it ended long ago');
        for (const { id } of connections) {
          const token = await vault.use(id, (secret) => secret.open());
          const answer = await fleet.call('GET', '/me', { access_token: token, fields: 'id' });
          assert.equal(answer.status, 200);
        }
        const again = await takeOver(vault, old, 'chatwoot');
        assert.deepEqual(
          again.map(({ outcome, problem }) => problem?.key ?? outcome),
          ['unchanged', 'unchanged', 'dead', 'unchanged'],
          'old tokens take nothing back',
        );
        assert.deepEqual(await contents(old), before);
      } finally {
        await old.remove();
        await close();
      }
    });
  });

async function contents(old: OldDatabase): Promise<unknown[]> {
  const all: unknown[] = [];
  for (const table of Object.values(tables).flat()) all.push(await old.all(table));
  return all;
}

/** The people behind connections that are named otherwise. */
const peopleOf: Readonly<Record<string, string>> = { cem: personId(2), 'Graph of Dan': personId(3), eve: personId(4) };

/** Sweeps every other day. Where a person is asked to log in again, they do. */
async function live(vault: Vault, fleet: Fleet, days: number): Promise<void> {
  const sweeper = vault.sweeper();
  for (let day = 0; day < days; day += 2) {
    await fleet.emulator.clock.advance(2 * DAY);
    await sweeper.sweep();
    const { connections } = await vault.list({ state: 'expiring', kind: 'user_long' });
    for (const { id, name } of connections) {
      const link = await vault.reconnect(id, { redirectUri: redirect });
      const path = link.url.slice(new URL(link.url).origin.length);
      const { code = '', error } = await fleet.emulator.people.get(peopleOf[name] ?? name).answerDialog(path);
      assert.equal(error, undefined);
      await vault.finishConnect({ state: link.state, code });
    }
  }
}

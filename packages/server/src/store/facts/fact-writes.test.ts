// Nobody who writes rows that facts are read from can forget to say which facts they change: the types do not let a
// write be made without the transaction of a change, and the table of facts is held against what is truly read.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Sealer } from '@hallpass/db';
import { keysOf } from '@hallpass/protocol';
import { type Kysely, sql } from 'kysely';
import { cast } from '../../../test/cast.ts';
import { partsOfNode, shopApp } from '../../../test/parts.ts';
import { type FactName, factKey } from './fact-key.ts';
import { deleteFrom, insertInto } from './fact-writes.ts';
import { factsOfRows, isFactTable } from './facts-of-rows.ts';
import { factTable } from '../../installation/facts.ts';
import { change } from '../../liveness/change.ts';
import type { WorldSeed } from '../../operator/seed-world.ts';
import * as campaigns from '../ads/campaigns.ts';
import * as reports from '../ads/ad-report-runs.ts';
import * as accessRequests from '../apps/access-requests.ts';
import * as appInvitations from '../apps/app-invitations.ts';
import * as apps from '../apps/apps.ts';
import * as photos from '../pages/photos.ts';
import * as posts from '../pages/posts.ts';
import * as integrations from '../businesses/integrations.ts';
import * as systemUsers from '../businesses/system-users.ts';
import * as grants from '../grants/grants.ts';
import { AdAccountId, BusinessId, PersonId, ScopedId } from '../ids.ts';
import * as epochs from '../installation/epochs.ts';
import * as people from '../people/people.ts';
import * as scopedIds from '../people/scoped-ids.ts';
import { changedFacts, type ChangeTransaction, collectFacts, type Query } from '../query.ts';
import type { Schema } from '../schema.ts';

const { ana, ben, bakery } = cast;

/** The compiler reads this, and nobody runs it: a line below `@ts-expect-error` that compiles fails the type check. */
async function doesNotCompile(plain: Kysely<Schema>, q: Query): Promise<void> {
  // @ts-expect-error a transaction that hands on to nobody what it changed
  await people.setState(plain, ana.id, 'checkpoint');
  // @ts-expect-error what reads is no transaction of a change
  await grants.remove(q, shopApp.id, ana.id);
  // @ts-expect-error such rows are written through fact-writes.ts alone
  await q.updateTable('people').set({ state: 'active' }).execute();
  // @ts-expect-error as above
  await q.deleteFrom('page_roles').execute();
  // @ts-expect-error as above
  await q.insertInto('epochs').values({ scope: 'user:1', epoch: 1 }).execute();
  // @ts-expect-error nobody makes the transaction of a change by hand
  const made: ChangeTransaction = plain;
  // @ts-expect-error a write that is built and not run does nothing, and gives no rows
  await insertInto(made, 'apps', () => undefined);
  // Rows that no fact is read from.
  await q.deleteFrom('outbox').execute();
}

const business = BusinessId.of('7001');
const clerk = PersonId.of('7101');
const account = AdAccountId.of('8001');

const seed: Partial<WorldSeed> = {
  people: [ana, { ...ben, secondFactor: 'JBSWY3DPEHPK3PXP' }],
  apps: [{ ...shopApp, roles: [{ person: ben.id, role: 'testers' }] }],
  pages: [{ ...bakery, category: 'Bakery', roles: [{ person: ana.id, tasks: ['MANAGE'] }] }],
  grants: [{ person: ana.id, app: shopApp.id, granted: ['email'] }],
  businesses: [
    {
      id: business,
      name: 'Lantern',
      settings: { two_factor_type: 'all_required' },
      people: [{ person: ana.id, role: 'ADMIN' }],
      systemUsers: [{ id: clerk, name: 'Clerk', role: 'ADMIN' }],
      testOf: undefined,
      pages: [bakery.id],
      apps: [shopApp.id],
    },
  ],
  adAccounts: [
    {
      id: account,
      name: 'Ads',
      currency: 'EUR',
      timezoneId: 1,
      owner: { business },
      roles: [{ person: ben.id, tasks: ['ANALYZE'] }],
    },
  ],
};

/** A post, a photo, a campaign and the like. */
const newIds = ['9101_1', '9102', '9103', '9104', '9105', '9106'];

const scopes = [`user:${ana.id}`, `app_secret:${shopApp.id}`, `page_role:${bakery.id}:${ana.id}`];

/** Every fact of the seeded world, by its key, as it is read now. */
async function everyFact(tx: ChangeTransaction, sealer: Sealer, scoped: ScopedId): Promise<Map<string, string>> {
  const persons = [ana.id, ben.id, clerk];
  const ids: { [N in keyof typeof factTable]: readonly (readonly string[])[] } = {
    app: [[shopApp.id]],
    person: persons.map((id) => [id]),
    grant: [[shopApp.id, ana.id]],
    appRoles: [[shopApp.id, ben.id]],
    scopedId: [[shopApp.id, ana.id]],
    personBehind: [[shopApp.id, scoped]],
    page: [[bakery.id]],
    pageRole: persons.map((id) => [bakery.id, id]),
    pagesOf: persons.map((id) => [id]),
    ownerOfPage: [[bakery.id]],
    businessRole: persons.map((id) => [business, id]),
    businessOfApp: [[shopApp.id]],
    twoFactorRule: [[business]],
    worldOfBusiness: [[business]],
    adAccount: [[account]],
    adAccountHolders: [[account]],
    adAccountRoles: persons.map((id) => [account, id]),
    secondFactor: persons.map((id) => [id]),
    systemUserGrant: [['9001']],
    integration: [[clerk]],
    tablesOf: [shopApp.id, bakery.id, business, account, scoped, ...newIds].map((id) => [id]),
    epoch: scopes.map((scope) => [scope]),
    attempts: [['secret:1:10.0.0.0']],
  };
  const found = new Map<string, string>();
  for (const name of keysOf(factTable)) {
    const read = factTable[name] as (source: unknown, ...of: readonly string[]) => Promise<unknown>;
    const key = factKey[name] as (...of: readonly string[]) => string;
    for (const of of ids[name]) found.set(key(...of), JSON.stringify(await read({ q: tx, sealer }, ...of)));
  }
  return found;
}

test('I-4: a write of such rows without the transaction of a change does not compile', () => {
  // The assertions are those of the compiler.
  assert.equal(doesNotCompile.length, 2);
});

test('I-4: whatever row is deleted or comes back, every fact that is another afterwards was noted for the other nodes', async (t) => {
  const { db, sealer, ...parts } = await partsOfNode(t, seed);
  await change({ db, sealer, ...parts }, async ({ tx }) => {
    for (const scope of scopes) await epochs.advance(tx, scope);
    await apps.setSecret(tx, sealer, shopApp.id, shopApp.secret);
    const permissions = { email: { status: 'granted' } } as const;
    const token = { id: '9001', personId: clerk, appId: shopApp.id, fingerprint: 'f', permissions, issuedBy: null };
    await systemUsers.insertToken(tx, { ...token, issuedAt: 0, expiresAt: 0, endedAt: null });
    const made = { configurationId: '1', assets: {}, connectedBy: ana.id, createdAt: 0, updatedAt: 0, removedAt: null };
    const at = { createdAt: 0, updatedAt: 0 };
    const [post = '', photo = '', campaign = '', request = '', invitation = '', report = ''] = newIds;
    const shown = { pageId: bakery.id, message: '', link: null, published: true, publishAt: null, hidden: false };
    await posts.insert(tx, { ...shown, ...at, id: post, authorId: null, appId: null });
    await photos.insert(tx, { ...at, id: photo, pageId: bakery.id, url: '', caption: null, postId: null, appId: null });
    const kept = {
      accountId: account,
      name: '',
      objective: '',
      status: 'ACTIVE',
      settings: { specialAdCategories: [] },
    } as const;
    await campaigns.insert(tx, { ...kept, ...at, id: campaign, settings: { specialAdCategories: [] } });
    const asked = { appId: shopApp.id, permission: 'email', useCase: '', state: 'pending', requestedBy: null } as const;
    await accessRequests.insert(tx, { ...asked, ...at, id: request, decidedBy: null, decidedAt: null, reason: null });
    const invited = { appId: shopApp.id, email: 'a@b.example', personId: null, role: 'testers', invitedBy: null };
    await appInvitations.insert(tx, { ...invited, ...at, id: invitation });
    await reports.insert(tx, {
      ...at,
      id: report,
      appId: shopApp.id,
      accountId: account,
      wanted: {},
      campaignId: undefined,
    });
    await integrations.put(tx, { ...made, personId: clerk, appId: shopApp.id, businessId: business, permissions });
  });
  const changed = new Set<FactName>();
  const scoped = (await scopedIds.of(db.read, shopApp.id, ana.id)) ?? ScopedId.none;
  await db.act(async (act) => {
    for (const table of keysOf(factsOfRows)) {
      for (const row of await act.tx.selectFrom(table).selectAll().execute()) {
        const named = Object.entries(row).filter(([, value]) => value !== null);
        const where = sql<boolean>`${sql.join(
          named.map(([column, value]) => sql`${sql.ref(column)} = ${value}`),
          sql` and `,
        )}`;
        const leave = async (tx: ChangeTransaction) =>
          isFactTable(table) && (await deleteFrom(tx, table, (all) => all.where(where as never) as never));
        const come = (tx: ChangeTransaction) => insertInto(tx, table, (all) => all.values(row as never) as never);
        for (const step of [leave, come]) {
          // Rows that go are missed whenever something is asked about them, and need not be noted.
          if (step === leave && !isFactTable(table)) {
            await act.tx.deleteFrom(table).where(where).execute();
            continue;
          }
          const tx = collectFacts(act.tx);
          const before = await everyFact(tx, sealer, scoped);
          assert.equal(((await step(tx)) || []).length, 1, `one row of ${table}`);
          for (const [key, value] of await everyFact(tx, sealer, scoped)) {
            if (value === before.get(key)) continue;
            assert.ok(
              [...changedFacts(tx)].some((noted) => noted === key),
              `${table}: ${key} changed and was not noted`,
            );
            changed.add(key.split(':')[0] as FactName);
          }
        }
      }
    }
  });
  const unmoved = keysOf(factTable).filter((name) => !changed.has(name) && name !== 'attempts');
  assert.deepEqual(unmoved, ['worldOfBusiness'], 'every other fact was another one at least once');
});

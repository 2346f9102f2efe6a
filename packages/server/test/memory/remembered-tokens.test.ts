// A node remembers of an opened token what it would find anew: whatever happens, in whatever order, however little room
// its memory has. And what does not concern the token leaves it remembered.
import assert from 'node:assert/strict';
import { AsyncLocalStorage } from 'node:async_hooks';
import { test, type TestContext } from 'node:test';
import { invalidations, keysOf } from '@hallpass/protocol';
import fc from 'fast-check';
import { Cache } from '../../src/installation/cache.ts';
import { createFacts } from '../../src/installation/facts.ts';
import { alwaysFresh } from '../../src/installation/freshness.ts';
import { mint } from '../../src/installation/mint.ts';
import { type Change, change } from '../../src/liveness/change.ts';
import { appEpochs, present } from '../../src/liveness/open-token.ts';
import { derivePageToken } from '../../src/liveness/page-tokens.ts';
import { secretFailed } from '../../src/apps/guessing.ts';
import * as apps from '../../src/store/apps/apps.ts';
import { BusinessId } from '../../src/store/ids.ts';
import * as businesses from '../../src/store/businesses/businesses.ts';
import * as grants from '../../src/store/grants/grants.ts';
import * as pages from '../../src/store/pages/pages.ts';
import * as people from '../../src/store/people/people.ts';
import { appToken } from '../../src/tokens/app-token.ts';
import { keyRing, tokenKey } from '../../src/tokens/keys.ts';
import { cast } from '../cast.ts';
import { type Parts, partsOfNode, recordOf, shopApp } from '../parts.ts';

const { ana, ben, bakery, rival } = cast;
const rivalApp = { ...rival, name: 'Rival', mode: 'live' as const, type: 'web' as const };
const business = BusinessId.of('7001');
const operator = { kind: 'operator' } as const;
const persons = [ana.id, ben.id];
const ids = [shopApp.id, rivalApp.id];

async function node(t: TestContext): Promise<Parts> {
  return partsOfNode(t, {
    people: [ana, ben],
    apps: [{ ...shopApp, roles: [{ person: ben.id, role: 'testers' }] }, rivalApp],
    pages: [{ ...bakery, category: 'Bakery', roles: persons.map((person) => ({ person, tasks: ['MANAGE'] })) }],
    grants: persons.flatMap((person) => ids.map((app) => ({ person, app, granted: ['pages_show_list'] }))),
    businesses: [{ id: business, name: 'Lantern', people: [{ person: ana.id, role: 'ADMIN' }], pages: [bakery.id] }],
  });
}

/** A token of each person for each app, and the one of their Page; and the three that each app has of its own. */
async function tokensOf(parts: Parts): Promise<string[]> {
  const made: string[] = [];
  for (const user of persons)
    for (const app of ids) {
      const ofUser = recordOf({ user, app, login: `${user}${app}` });
      const { text, record } = await change(parts, ({ tx }) => mint(parts, tx, { ...ofUser, kind: 'user' }));
      made.push(text, (await derivePageToken(parts, record, bakery.id)) ?? '');
    }
  for (const { id, secret, clientToken } of [shopApp, rivalApp]) {
    const app = await parts.facts.app(id);
    assert.ok(app);
    made.push(`${id}|${secret}`, `${id}|${clientToken}`, appToken(parts.ring(), id, await appEpochs(parts, app)));
  }
  return made;
}

/** Everything that can happen to such a token, and some things that cannot. */
const happeningsWith = (sealer: Parts['sealer']): Record<string, (making: Change, n: number) => Promise<unknown>> => ({
  ...Object.fromEntries(
    keysOf(invalidations).map((name) => [
      name,
      async ({ record, tx }: Change, n: number) => {
        const [user, app] = [persons[n & 1] ?? ana.id, ids[(n >> 1) & 1] ?? shopApp.id];
        await record(name, { user, app, page: bakery.id, session: '77', login: `${user}${app}` }, operator);
        if (name === 'app_secret_reset') await apps.setSecret(tx, sealer, app, `${n}`.repeat(32));
      },
    ]),
  ),
  'an account is locked or opened': ({ tx }, n) =>
    people.setState(tx, persons[n & 1] ?? ana.id, n & 2 ? 'checkpoint' : 'active'),
  'an app is switched': ({ tx }, n) =>
    apps.update(tx, ids[n & 1] ?? shopApp.id, {
      status: n & 2 ? 'disabled' : 'active',
      mode: n & 4 ? 'development' : 'live',
    }),
  'a role on an app is given': ({ tx }, n) => apps.addRole(tx, shopApp.id, persons[n & 1] ?? ana.id, 'testers', 0),
  'a role on an app is taken': ({ tx }, n) => apps.removeRole(tx, shopApp.id, persons[n & 1] ?? ana.id, 'testers'),
  'a role on a Page is given': ({ tx }, n) => pages.setRole(tx, bakery.id, persons[n & 1] ?? ana.id, ['MANAGE'], 0),
  'a role on a Page is taken': ({ tx }, n) => pages.removeRole(tx, bakery.id, persons[n & 1] ?? ana.id),
  'a second factor is asked for': ({ tx }, n) =>
    businesses.update(tx, {
      id: business,
      name: 'Lantern',
      settings: { two_factor_type: n & 1 ? 'all_required' : 'none' },
      updatedAt: 0,
    }),
  'a grant is taken away': ({ tx }, n) => grants.remove(tx, shopApp.id, persons[n & 1] ?? ana.id),
});

/** Memory of its own on the same database, as another node would have it. */
const withMemory = (parts: Parts, entries: number): Parts => ({
  ...parts,
  facts: createFacts(parts.db, parts.sealer, alwaysFresh, new Cache(entries)),
});

async function found(parts: Parts, token: string): Promise<unknown> {
  const opened = await present(parts, token);
  if (opened.is !== 'sealed' || opened.record.kind === 'page') return opened;
  return { opened, page: await derivePageToken(parts, opened.record, bakery.id) };
}

test('I-4: after whatever happened in whatever order, what is remembered is what is found anew, with much room and with little', async (t) => {
  const happening = fc.tuple(
    fc.constantFrom(...Object.keys(happeningsWith((await node(t)).sealer))),
    fc.integer({ min: 0, max: 7 }),
  );
  const run = fc.tuple(fc.constantFrom(8, 40, 160, 4000), fc.array(happening, { minLength: 1, maxLength: 8 }));
  await fc.assert(
    fc.asyncProperty(run, async ([entries, happened]) => {
      const parts = withMemory(await node(t), entries);
      const tokens = await tokensOf(parts);
      for (const [name, n] of happened) {
        for (const token of tokens) await found(parts, token);
        await change(parts, async (making) => void (await happeningsWith(parts.sealer)[name]?.(making, n)));
        for (const token of tokens)
          assert.deepEqual(await found(parts, token), await found(withMemory(parts, 4000), token), name);
      }
    }),
    { numRuns: 25 },
  );
});

test('I-4: a token that is looked at while a change commits is remembered as the change left it', async (t) => {
  const parts = await node(t);
  const tokens = await tokensOf(parts);
  const outside = AsyncLocalStorage.snapshot();
  for (const [name, happens] of Object.entries(happeningsWith(parts.sealer))) {
    const looks = tokens.map((token) => found(parts, token));
    const changed = change(parts, async (making) => {
      outside(() => looks.push(...tokens.map((token) => found(parts, token))));
      await happens(making, 3);
      outside(() => looks.push(...tokens.map((token) => found(parts, token))));
    });
    looks.push(...tokens.map((token) => found(parts, token)));
    await Promise.all([changed, ...looks]);
    for (const token of tokens)
      assert.deepEqual(await found(parts, token), await found(withMemory(parts, 4000), token), name);
  }
});

test('what happens to others leaves a token remembered, and a change of the ring forgets all', async (t) => {
  const parts = await node(t);
  let ring = parts.ring();
  const here: Parts = { ...parts, ring: () => ring };
  const [token = '', , other = ''] = await tokensOf(here);
  const before = await present(here, token);
  const others = {
    'another person logs out everywhere': ({ record }: Change) =>
      record('logged_out_everywhere', { app: rivalApp.id, user: ben.id }, operator),
    'another account is locked': ({ tx }: Change) => people.setState(tx, ben.id, 'checkpoint'),
    'the person gives another app something': ({ tx }: Change) => grants.remove(tx, rivalApp.id, ana.id),
    'the secret of another app is reset': ({ record }: Change) =>
      record('app_secret_reset', { app: rivalApp.id }, operator),
  };
  for (const [what, act] of Object.entries(others)) {
    await change(here, async (making) => void (await act(making)));
    assert.equal(await present(here, token), before, what);
  }
  for (let i = 0; i < 25; i++) await secretFailed(here, rivalApp.id, '10.0.0.0').catch(() => {});
  assert.equal(await present(here, token), before, 'wrong secrets for another app');
  assert.equal((await present(here, other)).is, 'sealed');
  ring = keyRing('here', [
    tokenKey(1, 'fenced', new Uint8Array(32), 'here'),
    tokenKey(2, 'active', new Uint8Array(32).fill(2), 'here'),
  ]);
  assert.notEqual(await present(here, token), before, 'the ring is another one');
});

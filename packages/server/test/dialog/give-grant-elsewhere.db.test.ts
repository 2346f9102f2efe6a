// At the other doors an app is given something, Limited Login and the installing of test users, while something takes
// the right away at that very moment, on both databases: nothing half given stays, and nothing of it works afterwards.
import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import { giveAppRole } from '../../src/apps/app-admin.ts';
import { removeApp } from '../../src/consent/remove-app.ts';
import { appActs, personActs } from '../../src/entries/operator.ts';
import type { WorldSeed } from '../../src/entries/testing.ts';
import { change } from '../../src/liveness/change.ts';
import { takeRoleOnApp } from '../../src/operator/operator-apps.ts';
import * as grants from '../../src/store/grants/grants.ts';
import * as limitedGrants from '../../src/store/grants/limited-grants.ts';
import * as people from '../../src/store/people/people.ts';
import { answerOf, Browser, dialogUrl, type Form } from '../browser.ts';
import { databases } from '../databases.ts';
import { cast, seed as plain, testWorld, type TestWorld } from '../world.ts';
import { PersonId, ScopedId } from '../../src/store/ids.ts';

const { ana, phone, rival, shop } = cast;
const ROUNDS = 6;
const appToken = (app: { id: string; secret: string }): string => `${app.id}|${app.secret}`;

/** Phone is in development, and Ana tests it. */
const seed: WorldSeed = {
  ...plain,
  apps: plain.apps.map((app) =>
    app.id === phone.id
      ? { ...app, mode: 'development', roles: [...(app.roles ?? []), { person: ana.id, role: 'testers' }] }
      : app,
  ),
};

/** Whichever of the two comes first, by the number of the round; in the first round the act is done before. */
async function race(round: number, gives: () => Promise<unknown>, takes: () => Promise<unknown>): Promise<void> {
  if (round === 0) {
    await takes();
    await gives();
  } else await Promise.all(round % 2 === 0 ? [gives(), takes()] : [takes(), gives()]);
}

const loseRole = async ({ server }: TestWorld): Promise<void> => {
  const { installation } = server;
  const person = await people.byId(installation.db.read, ana.id);
  assert.ok(person && (await takeRoleOnApp(installation, phone.id, person, 'testers', { kind: 'operator' })));
};

const giveRole = ({ server, clock }: TestWorld): Promise<void> =>
  change(server.installation, (making) =>
    giveAppRole(making, { appId: phone.id, by: { kind: 'operator' }, personId: ana.id, role: 'testers' }, clock.now()),
  );

const losses = {
  'the role on the app in development is taken away': { take: loseRole, giveBack: giveRole },
  'the person is logged out everywhere': {
    take: ({ server }: TestWorld) => personActs['log-out'].run(server.installation, ana.id, { kind: 'operator' }),
    giveBack: async () => undefined,
  },
};

const limitedDialog = dialogUrl({
  client_id: phone.id,
  redirect_uri: `fb${phone.id}://authorize`,
  response_type: 'id_token,graph_domain,user_token_nonce',
  scope: 'email',
  nonce: 'n-1',
  state: 's',
});

async function atLimitedLogin(browser: Browser): Promise<Form> {
  await browser.logIn(ana);
  await browser.open(limitedDialog);
  const asks = browser.forms().find(({ action }) => /confirm|again/.test(action));
  assert.ok(asks, browser.heading());
  return browser.form(asks.action, { decision: 'continue' });
}

for (const [database, open] of databases())
  describe(`allowing an app something elsewhere, on ${database}`, () => {
    async function opened(t: TestContext): Promise<TestWorld> {
      const world = await testWorld({ seed, database: await open() });
      t.after(() => world.close());
      return world;
    }
    const works = async (world: TestWorld, token: string) =>
      (await world.get(`/me?fields=id&access_token=${token}`)).status === 200;

    test('a Limited Login from which nothing is taken gives an ID token and is remembered', async (t) => {
      const world = await opened(t);
      const browser = new Browser(world);
      await browser.send(await atLimitedLogin(browser));
      assert.ok(answerOf(browser.page.location).fragment.get('id_token'), browser.heading());
      assert.ok(await limitedGrants.find(world.server.installation.db.read, phone.id, ana.id));
    });

    for (const [loss, { take, giveBack }] of Object.entries(losses))
      test(`RR-13: Limited Login: ${loss} while the person says yes`, async (t) => {
        const world = await opened(t);
        const { db } = world.server.installation;
        for (let round = 0; round < ROUNDS; round++) {
          const browser = new Browser(world);
          const form = await atLimitedLogin(browser);
          await race(
            round,
            () => browser.send(form),
            () => take(world),
          );
          const given = answerOf(browser.page.location).fragment.get('id_token');
          const remembered = await limitedGrants.find(db.read, phone.id, ana.id);
          assert.equal(given !== null && given !== undefined, remembered !== undefined, `round ${round}`);
          if (round === 0) assert.equal(remembered, undefined, 'the right was gone before');
          await giveBack(world);
          await change(world.server.installation, (making) =>
            removeApp(making, {
              appId: phone.id,
              personId: ana.id,
              by: { kind: 'person', id: ana.id },
              now: world.clock.now(),
            }),
          );
        }
      });

    test('RR-13: a test user is made and installed whole or not at all while its app is disabled', async (t) => {
      const world = await opened(t);
      const { installation } = world.server;
      const { read } = installation.db;
      for (let round = 0; round < ROUNDS; round++) {
        const before = await people.countTestUsers(read, shop.id);
        let body: { error?: unknown; access_token?: string } = {};
        await race(
          round,
          async () => {
            body = (
              await world.post(`/${shop.id}/accounts/test-users`, {
                permissions: 'email',
                access_token: appToken(shop),
              })
            ).body;
          },
          () => appActs.disable.run(installation, shop.id, { kind: 'operator' }),
        );
        const made = (await people.countTestUsers(read, shop.id)) - before;
        assert.equal(made, body.error === undefined ? 1 : 0, `round ${round}: ${JSON.stringify(body)}`);
        if (round === 0) assert.equal(made, 0, 'the app was disabled before');
        if (body.access_token !== undefined) assert.equal(await works(world, body.access_token), false);
        await appActs.enable.run(installation, shop.id, { kind: 'operator' });
      }
    });

    test('RR-13: a shared test user that is taken out while it is installed leaves no grant, and no token that works', async (t) => {
      const world = await opened(t);
      const { read } = world.server.installation.db;
      const owner = appToken(shop);
      const guest = appToken(rival);
      const made = (await world.post(`/${shop.id}/accounts/test-users`, { access_token: owner })).body as {
        id: string;
      };
      const share = async (installed: string) =>
        (
          await world.post(`/${rival.id}/accounts`, {
            uid: made.id,
            owner_access_token: owner,
            installed,
            permissions: 'email',
            access_token: guest,
          })
        ).body as { id: string; access_token?: string };
      for (let round = 0; round < ROUNDS; round++) {
        const { id } = await share('false');
        let token: string | undefined;
        await race(
          round === 0 ? 2 : round,
          async () => {
            token = (await share('true')).access_token;
          },
          () => world.delete(`/${rival.id}/accounts?uid=${id}&access_token=${encodeURIComponent(guest)}`),
        );
        const personId = (await world.server.installation.facts.personBehind(rival.id, ScopedId.of(id))) ?? '';
        const roles = (
          await read
            .selectFrom('app_roles')
            .select('role')
            .where('app_id', '=', rival.id)
            .where('person_id', '=', PersonId.of(personId))
            .execute()
        ).length;
        const grant = await grants.find(read, rival.id, PersonId.of(personId));
        assert.equal(
          roles > 0,
          grant !== undefined && grant !== null,
          `round ${round}: a grant without a role, or a role without a grant`,
        );
        if (roles === 0 && token !== undefined) assert.equal(await works(world, token), false, `round ${round}`);
        await world.delete(`/${rival.id}/accounts?uid=${id}&access_token=${encodeURIComponent(guest)}`);
        if (token !== undefined) assert.equal(await works(world, token), false, `round ${round}, at the end`);
      }
    });
  });

// At every door somebody allows an app something, while something takes the right to do so away at that very moment, on
// both databases: whichever comes first, nothing that the door gave works afterwards, also when the right is given
// back.
import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import { giveAppRole } from '../../src/apps/app-admin.ts';
import { readUserCode, waitingCode } from '../../src/codes/device-codes.ts';
import { takeRoleOnApp } from '../../src/operator/operator-apps.ts';
import { removeApp } from '../../src/consent/remove-app.ts';
import { findSession } from '../../src/people/sign-in/sessions.ts';
import { personActs } from '../../src/entries/operator.ts';
import type { WorldSeed } from '../../src/entries/testing.ts';
import { change } from '../../src/liveness/change.ts';
import { approveDevice, deviceVisit } from '../../src/login/device-consent.ts';
import * as people from '../../src/store/people/people.ts';
import { answerOf, Browser, type Form } from '../browser.ts';
import { databases } from '../databases.ts';
import { CALLBACK, shopDialog } from '../dialog-journey.ts';
import { cast, seed as plain, testWorld, type TestWorld } from '../world.ts';

const { ana, draft } = cast;
const ROUNDS = 6;
const clientToken = `${draft.id}|${draft.clientToken}`;

/** Draft is in development, and Ana tests it. */
const seed: WorldSeed = {
  ...plain,
  apps: plain.apps.map((app) =>
    app.id === draft.id
      ? {
          ...app,
          settings: { ...app.settings, deviceLogin: true },
          roles: [...(app.roles ?? []), { person: ana.id, role: 'testers' }],
        }
      : app,
  ),
};

/** A page that is open, and what comes of saying yes there. */
interface Open {
  yes(): Promise<void>;
  /** Lists what the app can make of it afterwards: user tokens. */
  tokens(): Promise<string[]>;
}

const dialog = (params: Record<string, string>): string =>
  shopDialog({ client_id: draft.id, scope: 'email', auth_type: 'rerequest', ...params });

async function atDialog(browser: Browser, params: Record<string, string>): Promise<Form> {
  await browser.open(dialog(params));
  const asks = browser.forms().find(({ action }) => /confirm|again/.test(action));
  assert.ok(asks, browser.heading());
  return browser.form(asks.action, { decision: 'continue' });
}

const exchange = async (world: TestWorld, code: string): Promise<string[]> => {
  const query = `client_id=${draft.id}&client_secret=${draft.secret}&redirect_uri=${encodeURIComponent(CALLBACK)}&code=${code}`;
  const { body } = await world.get(`/oauth/access_token?${query}`);
  return body.access_token ? [body.access_token] : [];
};

const doors: Record<string, (world: TestWorld, browser: Browser) => Promise<Open>> = {
  'the dialog, for a code': async (world, browser) => {
    const form = await atDialog(browser, {});
    return {
      async yes() {
        await browser.send(form);
      },
      tokens: async () => exchange(world, answerOf(browser.page.location).query.get('code') ?? ''),
    };
  },
  'the dialog, for a token': async (_world, browser) => {
    const form = await atDialog(browser, { response_type: 'token' });
    return {
      async yes() {
        await browser.send(form);
      },
      tokens: async () =>
        [answerOf(browser.page.location).fragment.get('access_token')].filter((one) => typeof one === 'string'),
    };
  },
  'the code of a device': async (world, browser) => {
    const { code, user_code: typed } = (
      await world.post('/device/login', { access_token: clientToken, scope: 'email' })
    ).body;
    await browser.open('/device');
    await browser.send(browser.form('/device', { user_code: typed }));
    const form = browser.form('/device/confirm', { decision: 'continue', started: 'yes', permissions: 'email' });
    return {
      async yes() {
        await browser.send(form);
      },
      async tokens() {
        const { body } = await world.post('/device/login_status', { access_token: clientToken, code });
        await world.clock.advance(5);
        return body.access_token ? [body.access_token] : [];
      },
    };
  },
};

async function loseRole({ server }: TestWorld): Promise<void> {
  const { installation } = server;
  const person = await people.byId(installation.db.read, ana.id);
  assert.ok(person && (await takeRoleOnApp(installation, draft.id, person, 'testers', { kind: 'operator' })));
}

const giveRole = ({ server, clock }: TestWorld): Promise<void> =>
  change(server.installation, (making) =>
    giveAppRole(making, { appId: draft.id, by: { kind: 'operator' }, personId: ana.id, role: 'testers' }, clock.now()),
  );

const forgetApp = ({ server, clock }: TestWorld): Promise<boolean> =>
  change(server.installation, (making) =>
    removeApp(making, { appId: draft.id, personId: ana.id, by: { kind: 'person', id: ana.id }, now: clock.now() }),
  );

const losses: Record<string, { act(world: TestWorld): Promise<unknown>; back(world: TestWorld): Promise<unknown> }> = {
  'the role on the app in development is taken away': { act: loseRole, back: giveRole },
  'the person is logged out everywhere': {
    act: ({ server }) => personActs['log-out'].run(server.installation, ana.id, { kind: 'operator' }),
    back: async () => undefined,
  },
};

for (const [database, open] of databases())
  describe(`allowing an app something, on ${database}`, () => {
    async function opened(t: TestContext): Promise<TestWorld> {
      const world = await testWorld({ seed, database: await open() });
      t.after(() => world.close());
      return world;
    }
    const works = async (world: TestWorld, token: string) =>
      (await world.get(`/me?fields=id&access_token=${token}`)).status === 200;

    for (const [door, enter] of Object.entries(doors)) {
      test(`what comes of ${door} works when nothing is taken away`, async (t) => {
        const world = await opened(t);
        const browser = new Browser(world);
        await browser.logIn(ana);
        const at = await enter(world, browser);
        await at.yes();
        const [token] = await at.tokens();
        assert.ok(token, browser.heading());
        assert.ok(await works(world, token));
      });

      for (const [loss, { act, back }] of Object.entries(losses))
        test(`RR-13: ${door}: ${loss} while the person says yes`, async (t) => {
          const world = await opened(t);
          for (let round = 0; round < ROUNDS; round++) {
            const browser = new Browser(world);
            await browser.logIn(ana);
            const at = await enter(world, browser);
            if (round === 0) {
              await act(world);
              await at.yes();
            } else await Promise.all(round % 2 === 0 ? [at.yes(), act(world)] : [act(world), at.yes()]);
            await back(world);
            for (const token of await at.tokens()) assert.equal(await works(world, token), false, `round ${round}`);
            // So that the next round asks again.
            await forgetApp(world);
          }
        });
    }

    test('RR-13: a device that was seen before the role went gets nothing by the yes that follows', async (t) => {
      const world = await opened(t);
      const { installation } = world.server;
      const browser = new Browser(world);
      await browser.logIn(ana);
      const { code, user_code: typed } = (
        await world.post('/device/login', { access_token: clientToken, scope: 'email' })
      ).body;
      await browser.open('/device');
      await browser.send(browser.form('/device', { user_code: typed }));
      const row = await waitingCode(installation, readUserCode(typed) ?? '');
      const found = await Promise.all([...browser.cookies.values()].map((cookie) => findSession(installation, cookie)));
      const me = found.find((one) => one !== undefined);
      assert.ok(row && me);
      const visit = await deviceVisit(installation, me, row);
      assert.ok(visit);
      await loseRole(world);
      const answer = {
        shown: ['public_profile', 'email'],
        agreed: ['public_profile', 'email'] as const,
        pages: undefined,
      };
      assert.equal(await approveDevice(installation, me, visit, answer), false);
      await giveRole(world);
      assert.equal(
        (await world.post('/device/login_status', { access_token: clientToken, code })).body.error.error_subcode,
        1_349_174,
      );
      assert.equal(
        await approveDevice(installation, me, visit, answer),
        true,
        'allowed anew, after the role came back',
      );
    });
  });

// Tokens die in every way that is declared: every event and every refusing state × every kind of token, on both
// databases. Each is brought about by the act that brings it about in life; what must die answers the documented error,
// everything else goes on, and debug_token tells which error it is and when it happened.
import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import {
  errors,
  type InvalidationName,
  invalidations,
  type Permission,
  type RefusingStateName,
  refusingStates,
} from '@hallpass/protocol';
import { changeApp, deleteApp, resetAppSecret, takeAppRole } from '../../src/apps/app-admin.ts';
import { endTokensOfPerson } from '../../src/apps/app-tokens.ts';
import { confirmAccount, lockAccount, unconfirmAccount, unlockAccount } from '../../src/people/lock.ts';
import { setPassword } from '../../src/people/new-password.ts';
import { givePageRole, takePageRole } from '../../src/pages/page-roles.ts';
import { connect, disconnect } from '../../src/businesses/integrations.ts';
import { seedWorld, type SeedBusiness } from '../../src/operator/seed-world.ts';
import { beginSession, endAllSessions, endSession, findSession } from '../../src/people/sign-in/sessions.ts';
import { endSystemUserTokens, issueSystemUserToken } from '../../src/businesses/system-users.ts';
import { change } from '../../src/liveness/change.ts';
import { factKey } from '../../src/installation/facts.ts';
import * as pages from '../../src/store/pages/pages.ts';
import * as people from '../../src/store/people/people.ts';
import { databases } from '../databases.ts';
import { cast, START, testWorld, type TestWorld } from '../world.ts';
import { BusinessId, PersonId } from '../../src/store/ids.ts';

const operator = { kind: 'operator' } as const;
const permissions = ['email', 'pages_show_list', 'pages_manage_posts'];
const visitor = { userAgent: 'test', ipPrefix: '127.0.0.0/24' };

/** A business that owns the shop's app and one Page, with an administrator among its system users. */
const lantern: SeedBusiness = {
  id: '7001',
  name: 'Lantern',
  people: [{ person: cast.cleo.id, role: 'ADMIN' }],
  pages: [cast.garden.id],
  apps: [cast.shop.id],
  systemUsers: [{ id: '7101', name: 'Back Office', role: 'ADMIN', apps: [cast.shop.id] }],
};

/** A business that connects the shop's app, to the other Page. */
const harbour: SeedBusiness = {
  id: '7002',
  name: 'Harbour',
  people: [{ person: cast.cleo.id, role: 'ADMIN' }],
  pages: [cast.bakery.id],
};

interface Scene {
  world: TestWorld;
  cookie: string;
  tokens: Record<TokenName, string>;
}

const tokenNames = [
  'short',
  'long',
  'info',
  'bakery',
  'garden',
  'otherSession',
  'otherApp',
  'otherPerson',
  'draft',
  'generated',
  'secret',
  'client',
  'system',
  'systemPage',
  'connected',
  'connectedPage',
] as const;
type TokenName = (typeof tokenNames)[number];

async function scene(database: Parameters<typeof testWorld>[0], t: TestContext): Promise<Scene> {
  const world = await testWorld(database);
  t.after(() => world.close());
  const { installation } = world.server;
  const begin = () => change(installation, (making) => beginSession(installation, making, cast.ana.id, visitor));
  const first = await begin();
  const second = await begin();
  const session = first.session.id;
  const short = await world.login(cast.shop.id, cast.ana.id, { permissions, session });
  const app = `client_id=${cast.shop.id}&client_secret=${cast.shop.secret}`;
  const long = (await world.get(`/oauth/access_token?grant_type=fb_exchange_token&${app}&fb_exchange_token=${short}`))
    .body.access_token;
  const info = (
    await world.get(
      `/oauth/access_token?grant_type=fb_attenuate_token&client_id=${cast.shop.id}&fb_exchange_token=${short}`,
    )
  ).body.access_token;
  const page = async (id: string) =>
    (await world.get(`/${id}?fields=access_token&access_token=${long}`)).body.access_token;
  await seedWorld(
    installation,
    { people: [], apps: [], pages: [], grants: [], businesses: [lantern, harbour] },
    async (word) => word,
  );
  const granted = Object.fromEntries(permissions.slice(1).map((name) => [name, { status: 'granted' as const }]));
  const { text: system } = await issueSystemUserToken(installation, {
    personId: PersonId.of('7101'),
    appId: cast.shop.id,
    permissions: granted,
    expiring: false,
    by: operator,
  });
  const connected = await connectedToken(world, permissions.slice(1) as Permission[]);
  const tokens = {
    short,
    long,
    info,
    bakery: await page(cast.bakery.id),
    garden: await page(cast.garden.id),
    otherSession: await world.login(cast.shop.id, cast.ana.id, { permissions, session: second.session.id }),
    otherApp: await world.login(cast.rival.id, cast.ana.id, { permissions, session }),
    otherPerson: await world.login(cast.shop.id, cast.ben.id, { permissions }),
    draft: await world.login(cast.draft.id, cast.ben.id, { permissions }),
    generated: (await world.get(`/oauth/access_token?grant_type=client_credentials&${app}`)).body.access_token,
    secret: `${cast.shop.id}|${cast.shop.secret}`,
    client: `${cast.shop.id}|${cast.shop.clientToken}`,
    system,
    systemPage: (await world.get(`/${cast.garden.id}?fields=access_token&access_token=${system}`)).body.access_token,
    connected,
    connectedPage: (await world.get(`/${cast.bakery.id}?fields=access_token&access_token=${connected}`)).body
      .access_token,
  };
  return { world, cookie: first.cookie, tokens };
}

/** The token of an integration: Cleo connects Harbour. */
async function connectedToken({ server: { installation } }: TestWorld, asked: Permission[]): Promise<string> {
  const app = await installation.facts.app(cast.shop.id);
  assert.ok(app);
  const given = {
    app,
    businessId: BusinessId.of(harbour.id),
    personId: cast.cleo.id,
    configurationId: '1',
    permissions: asked,
    assets: { pages: [cast.bakery.id] },
  };
  const made = await change(installation, (making) => connect(installation, making, { ...given, now: START }));
  assert.ok(made);
  const wanted = {
    personId: made.personId,
    appId: app.id,
    permissions: made.permissions,
    expiring: false,
    by: operator,
  };
  return (await issueSystemUserToken(installation, wanted)).text;
}

/** A call that every living token of the kind may make. */
const call = (world: TestWorld, name: TokenName, token: string) =>
  world.get(
    `${['generated', 'secret', 'client'].includes(name) ? `/${cast.shop.id}` : '/me'}?fields=id&access_token=${encodeURIComponent(token)}`,
  );

const anas: TokenName[] = ['short', 'long', 'info', 'bakery', 'garden', 'otherSession', 'otherApp'];
const anasOfShop: TokenName[] = anas.filter((name) => name !== 'otherApp');
const shops: TokenName[] = tokenNames.filter((name) => name !== 'otherApp' && name !== 'draft');
const allOfShop: TokenName[] = [
  ...anasOfShop,
  'otherPerson',
  'generated',
  'system',
  'systemPage',
  'connected',
  'connectedPage',
];
const ofSession: TokenName[] = ['short', 'long', 'info', 'bakery', 'garden', 'otherApp'];
const ofLogin: TokenName[] = ['short', 'long', 'info', 'bakery', 'garden'];

interface Case {
  kills: TokenName[];
  act(scene: Scene): Promise<unknown>;
  /** For states: how it ends. */
  end?(scene: Scene): Promise<unknown>;
}

const events: Record<InvalidationName, Case> = {
  password_changed: {
    kills: anas,
    act: ({ world }) =>
      change(world.server.installation, (making) =>
        setPassword(world.server.installation, making, cast.ana.id, 'x', operator),
      ),
  },
  logged_out_everywhere: {
    kills: anas,
    act: ({ world }) =>
      change(world.server.installation, (making) => endAllSessions(world.server.installation, making, cast.ana.id)),
  },
  logged_out: {
    kills: ofSession,
    act: async ({ world, cookie }) => {
      const found = await findSession(world.server.installation, cookie);
      assert.ok(found);
      await change(world.server.installation, (making) => endSession(world.server.installation, making, found.session));
    },
  },
  app_removed: {
    kills: anasOfShop,
    act: ({ world, tokens }) => world.delete(`/me/permissions?access_token=${tokens.otherSession}`),
  },
  app_role_lost: {
    kills: ['draft'],
    act: ({ world }) =>
      change(world.server.installation, (making) =>
        takeAppRole(world.server.installation, making, {
          appId: cast.draft.id,
          personId: cast.ben.id,
          role: 'administrators',
          by: operator,
        }),
      ),
  },
  page_role_lost: {
    kills: ['bakery'],
    act: async ({ world }) => {
      await change(world.server.installation, (making) =>
        takePageRole(making, { pageId: cast.bakery.id, personId: cast.ana.id, by: operator }),
      );
      await change(world.server.installation, (making) =>
        givePageRole(making, {
          pageId: cast.bakery.id,
          personId: cast.ana.id,
          tasks: ['MANAGE'],
          by: operator,
          now: START,
        }),
      );
    },
  },
  revoked: { kills: ofLogin, act: ({ world, tokens }) => revoke(world, tokens.short, tokens.secret) },
  page_token_revoked: { kills: ['bakery'], act: ({ world, tokens }) => revoke(world, tokens.bakery, tokens.secret) },
  system_user_tokens_ended: {
    kills: ['system', 'systemPage'],
    act: ({ world }) =>
      change(world.server.installation, (making) =>
        endSystemUserTokens(making, { personId: PersonId.of('7101'), appId: cast.shop.id, by: operator, now: START }),
      ),
  },
  system_user_token_revoked: {
    kills: ['system', 'systemPage'],
    act: ({ world, tokens }) => revoke(world, tokens.system, tokens.secret),
  },
  integration_removed: {
    kills: ['connected', 'connectedPage'],
    act: ({ world }) =>
      change(world.server.installation, (making) =>
        disconnect(making, { businessId: BusinessId.of(harbour.id), appId: cast.shop.id, by: operator, now: START }),
      ),
  },
  code_replayed: { kills: ofLogin, act: ({ world, tokens }) => recordOn(world, 'code_replayed', tokens.long) },
  app_secret_reset: {
    kills: ['generated', 'secret'],
    act: ({ world }) => resetAppSecret(world.server.installation, { appId: cast.shop.id, by: operator }),
  },
  app_tokens_ended: {
    kills: allOfShop,
    act: ({ world, tokens }) => recordOn(world, 'app_tokens_ended', tokens.long),
  },
  app_person_tokens_ended: {
    kills: anasOfShop,
    act: ({ world }) =>
      change(world.server.installation, (making) =>
        endTokensOfPerson(making, { appId: cast.shop.id, personId: cast.ana.id, by: operator }),
      ),
  },
  login_type_switched: {
    kills: allOfShop,
    act: async ({ world }) => {
      const act = { appId: cast.shop.id, by: operator };
      await changeApp(world.server.installation, act, { settings: { advancedAccess: ['public_profile', 'email'] } });
      await changeApp(world.server.installation, act, { settings: { loginType: 'business' } });
    },
  },
  account_locked: { kills: anas, act: ({ world, tokens }) => recordOn(world, 'account_locked', tokens.long) },
  person_tokens_ended: { kills: anas, act: ({ world, tokens }) => recordOn(world, 'person_tokens_ended', tokens.long) },
  person_deleted: {
    kills: anas,
    act: ({ world, tokens }) =>
      change(world.server.installation, async ({ tx, touch }) => {
        await people.erase(tx, cast.ana.id);
        touch(factKey.person(cast.ana.id));
      }).then(() => recordOn(world, 'person_deleted', tokens.long)),
  },
};

const states: Record<RefusingStateName, Case> = {
  checkpoint: {
    kills: anas,
    act: ({ world }) => lockAccount(world.server.installation, cast.ana.id, operator, 'operator'),
    end: ({ world }) => unlockAccount(world.server.installation, cast.ana.id, operator),
  },
  unconfirmed: {
    kills: anas,
    act: ({ world }) => unconfirmAccount(world.server.installation, cast.ana.id, operator),
    end: ({ world }) => confirmAccount(world.server.installation, cast.ana.id, operator),
  },
  app_disabled: {
    kills: shops,
    act: ({ world }) =>
      changeApp(world.server.installation, { appId: cast.shop.id, by: operator }, { status: 'disabled' }),
    end: ({ world }) =>
      changeApp(world.server.installation, { appId: cast.shop.id, by: operator }, { status: 'active' }),
  },
  app_deleted: {
    kills: shops,
    act: ({ world }) => deleteApp(world.server.installation, { appId: cast.shop.id, by: operator }),
  },
  app_not_active: {
    kills: [...anasOfShop, 'connected', 'connectedPage'],
    act: ({ world }) =>
      changeApp(world.server.installation, { appId: cast.shop.id, by: operator }, { mode: 'development' }),
    end: ({ world }) => {
      const ready = { privacyPolicyUrl: 'https://shop.example/privacy' };
      return changeApp(
        world.server.installation,
        { appId: cast.shop.id, by: operator },
        { mode: 'live', settings: ready },
      );
    },
  },
  page_gone: {
    kills: ['bakery', 'connectedPage'],
    act: ({ world }) =>
      change(world.server.installation, async ({ tx, touch }) => {
        await pages.remove(tx, cast.bakery.id);
        touch(factKey.page(cast.bakery.id), factKey.pagesOf(cast.ana.id));
      }),
  },
};

const revoke = async (world: TestWorld, token: string, caller: string) => {
  const answer = await world.get(
    `/oauth/revoke?client_id=${cast.shop.id}&client_secret=${cast.shop.secret}&revoke_token=${token}&access_token=${encodeURIComponent(caller)}`,
  );
  assert.deepEqual(answer.body, { success: 'true' });
};

/** Acts as an operator does: no page or edge of this issue causes it. */
async function recordOn(world: TestWorld, name: InvalidationName, token: string): Promise<void> {
  const { installation } = world.server;
  const { open } = await import('../../src/tokens/seal.ts');
  const opened = open(installation.ring(), token);
  assert.ok(opened.ok);
  await change(installation, ({ record }) =>
    record(name, { app: opened.record.app, user: opened.record.user, login: opened.record.login }, operator),
  );
}

async function expectDeath(
  stage: Scene,
  name: string,
  one: Case,
  key: keyof typeof errors,
  at: number | undefined,
): Promise<void> {
  const expected = errors[key] as { code: number; subcode?: number };
  for (const token of tokenNames) {
    const answer = await call(stage.world, token, stage.tokens[token]);
    if (!one.kills.includes(token)) {
      assert.equal(answer.status, 200, `${token} should live through ${name}: ${answer.text}`);
      continue;
    }
    assert.equal(answer.status, 400, `${token} should die of ${name}: ${answer.text}`);
    // A generated app token says nothing of its past: it only fits or does not.
    const subcode = token === 'generated' ? undefined : expected.subcode;
    assert.deepEqual(
      [answer.body.error.code, answer.body.error.error_subcode],
      [expected.code, subcode],
      `${token} after ${name}: ${answer.text}`,
    );
  }
  const inspected = one.kills.find((token) => !['otherApp', 'draft', 'generated', 'secret', 'client'].includes(token));
  if (inspected === undefined || stage.tokens.secret === undefined || one.kills.includes('secret')) return;
  const { data } = (
    await stage.world.get(
      `/debug_token?input_token=${stage.tokens[inspected]}&access_token=${encodeURIComponent(stage.tokens.secret)}`,
    )
  ).body;
  assert.equal(data.is_valid, false);
  assert.deepEqual([data.error.code, data.error.subcode], [expected.code, expected.subcode]);
  if (at !== undefined) assert.equal(data.invalidated_at, at);
}

for (const [database, open] of databases()) {
  describe(`on ${database}`, () => {
    for (const [name, one] of Object.entries(events))
      test(`${name} kills ${one.kills.join(', ')} and nothing else, for good`, async (t) => {
        const stage = await scene({ database: await open() }, t);
        for (const token of tokenNames)
          assert.equal((await call(stage.world, token, stage.tokens[token])).status, 200, token);
        await stage.world.clock.advance(5);
        await one.act(stage);
        await expectDeath(stage, name, one, invalidations[name as InvalidationName].error, START + 5);
        await stage.world.clock.advance(60);
        await expectDeath(stage, `${name} a minute ago`, one, invalidations[name as InvalidationName].error, START + 5);
      });

    for (const [name, one] of Object.entries(states))
      test(`${name} refuses ${one.kills.join(', ')} and nothing else${one.end ? ', as long as it lasts' : ''}`, async (t) => {
        const stage = await scene({ database: await open() }, t);
        await one.act(stage);
        await expectDeath(stage, name, one, refusingStates[name as RefusingStateName].error, undefined);
        if (one.end) {
          await one.end(stage);
          for (const token of tokenNames)
            assert.equal(
              (await call(stage.world, token, stage.tokens[token])).status,
              200,
              `${token} after the end of ${name}`,
            );
        }
      });

    test('time kills each token at its own end, and a Page token of a long-lived one has none', async (t) => {
      const stage = await scene({ database: await open() }, t);
      await stage.world.clock.advance(2 * 3600);
      const expired = errors['token.session_expired'];
      for (const token of tokenNames) {
        const { status, body } = await call(stage.world, token, stage.tokens[token]);
        const dies = ['short', 'info', 'otherSession', 'otherApp', 'otherPerson', 'draft'].includes(token);
        assert.equal(status, dies ? 400 : 200, token);
        if (dies) assert.equal(body.error.error_subcode, expired.subcode);
      }
      await stage.world.clock.advance(60 * 86_400);
      assert.equal((await call(stage.world, 'long', stage.tokens.long)).body.error.error_subcode, 463);
      for (const token of [
        'bakery',
        'garden',
        'generated',
        'secret',
        'client',
        'system',
        'systemPage',
        'connected',
        'connectedPage',
      ] as const)
        assert.equal((await call(stage.world, token, stage.tokens[token])).status, 200, token);
    });

    test('RR-08: of two events on one token the first is the reason, whichever level it hit', async (t) => {
      const stage = await scene({ database: await open() }, t);
      await stage.world.clock.advance(10);
      await events.revoked.act(stage);
      await stage.world.clock.advance(10);
      await events.password_changed.act(stage);
      const { data } = (
        await stage.world.get(
          `/debug_token?input_token=${stage.tokens.long}&access_token=${encodeURIComponent(stage.tokens.secret)}`,
        )
      ).body;
      assert.deepEqual([data.error.subcode, data.invalidated_at], [466, START + 10]);
      assert.equal((await call(stage.world, 'otherSession', stage.tokens.otherSession)).body.error.error_subcode, 460);
    });
  });
}

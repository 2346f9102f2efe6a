// Tests of how tokens die begin with this scene: one token of every kind, and the call that each of them may make.
import assert from 'node:assert/strict';
import { type TestContext } from 'node:test';
import { type Permission } from '@hallpass/protocol';
import { connect } from '../../src/businesses/integrations.ts';
import type { SeedBusiness } from '../../src/operator/seed-businesses.ts';
import { seedWorld } from '../../src/operator/seed-world.ts';
import { beginSession } from '../../src/people/sign-in/sessions.ts';
import { issueSystemUserToken } from '../../src/businesses/system-users.ts';
import { change } from '../../src/liveness/change.ts';
import { cast, START, testWorld, type TestWorld } from '../world.ts';
import { BusinessId, PersonId } from '../../src/store/ids.ts';

export const operator = { kind: 'operator' } as const;
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
export const harbour: SeedBusiness = {
  id: '7002',
  name: 'Harbour',
  people: [{ person: cast.cleo.id, role: 'ADMIN' }],
  pages: [cast.bakery.id],
};

export interface Scene {
  world: TestWorld;
  cookie: string;
  tokens: Record<TokenName, string>;
}

export const tokenNames = [
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
export type TokenName = (typeof tokenNames)[number];

export async function scene(database: Parameters<typeof testWorld>[0], t: TestContext): Promise<Scene> {
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
export const call = (world: TestWorld, name: TokenName, token: string) =>
  world.get(
    `${['generated', 'secret', 'client'].includes(name) ? `/${cast.shop.id}` : '/me'}?fields=id&access_token=${encodeURIComponent(token)}`,
  );

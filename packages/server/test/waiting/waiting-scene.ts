// Ben has set in motion all that anybody can, and none of it was answered: what becomes of it when his rights end? He
// and Ana run Lantern and are administrators of Shop; Cleo runs Harbour, which owns the bakery, and reviews apps.
// Whoever looks on uses Rival, so that only Ben speaks by Shop.
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { giveAppRole } from '../../src/apps/app-admin.ts';
import type { WorldSeed } from '../../src/entries/testing.ts';
import { change } from '../../src/liveness/change.ts';
import { newId } from '../../src/installation/mint.ts';
import * as businesses from '../../src/store/businesses/businesses.ts';
import { answerOf, Browser, type Form } from '../browser.ts';
import { CALLBACK } from '../dialog-journey.ts';
import { type Desk, desk } from '../dashboard.ts';
import { openedInvitation } from '../businesses/joining.ts';
import { connectAll, configuration, harbour, lantern, seed as plain } from '../login-business/login-business-scene.ts';
import { SECRET } from '../people/second-factor.ts';
import { cast, type Reply, type TestWorld, testWorld } from '../world.ts';
import { MemberId } from '../../src/store/ids.ts';

export const { ana, ben, cleo, shop, rival, bakery } = cast;

const guest = (id: string, name: string) => ({
  id,
  name,
  email: `${name.toLowerCase()}@example.com`,
  password: `${name}-password-9`,
});
export const dora = guest('1004', 'Dora');
const eve = guest('1005', 'Eve');
const finn = guest('1006', 'Finn');

const seed: WorldSeed = {
  ...plain,
  people: [
    ...plain.people.map((one) =>
      one.id === cleo.id ? { ...one, reviewer: true } : one.id === ana.id ? { ...one, secondFactor: SECRET } : one,
    ),
    dora,
    eve,
    finn,
  ],
  apps: plain.apps.map((app) =>
    app.id === shop.id
      ? {
          ...app,
          settings: { ...app.settings, deviceLogin: true },
          roles: [ana, ben].map((one) => ({ person: one.id, role: 'administrators' })),
        }
      : app,
  ),
  businesses: plain.businesses?.map((one) =>
    one.id === lantern.id
      ? { ...one, people: [ana, ben].map((person) => ({ person: person.id, role: 'ADMIN' as const })) }
      : one,
  ),
};

export interface WaitingScene {
  world: TestWorld;
  bens: Desk;
  doras: Desk;
  cleos: Desk;
  /** Of Ben by Shop, and of Ana and Cleo by Rival. */
  ben: string;
  ana: string;
  cleo: string;
}

export type WaitingDatabase = NonNullable<NonNullable<Parameters<typeof testWorld>[0]>['database']>;

/** @param database SQLite in memory without it */
export async function waitingScene(t: TestContext, database?: WaitingDatabase): Promise<WaitingScene> {
  const world = await testWorld(database ? { seed, database } : { seed });
  t.after(() => world.close());
  const permissions = ['business_management', 'pages_show_list', 'pages_manage_metadata', 'email'];
  const [bensToken, anas, cleosToken] = [
    await world.login(shop.id, ben.id, { permissions }),
    await world.login(rival.id, ana.id, { permissions }),
    await world.login(rival.id, cleo.id, { permissions }),
  ];
  const [bens, doras, cleos] = [await desk(world, ben), await desk(world, dora), await desk(world, cleo)];
  await bens.confirm(ben.password);
  return { world, bens, doras, cleos, ben: bensToken, ana: anas, cleo: cleosToken };
}

/** Of Ben in Lantern. */
export const bensMemberId = async ({ world }: WaitingScene): Promise<MemberId> =>
  (await businesses.member(world.server.installation.db.read, lantern.id, ben.id))?.id ?? MemberId.none;

/** Ben, who was removed, runs Lantern again. */
export const backInBusiness = ({ world }: WaitingScene): Promise<void> =>
  change(world.server.installation, async ({ tx }) => {
    const person = { businessId: lantern.id, personId: ben.id, kind: 'person', role: 'ADMIN' } as const;
    await businesses.addMember(tx, {
      ...person,
      id: newId(world.server.installation, MemberId),
      createdBy: null,
      createdAt: world.clock.now(),
    });
  });

/** Ben, who lost the role, is an administrator of Shop again. */
export const roleOnApp = ({ world }: WaitingScene): Promise<void> =>
  change(world.server.installation, (making) =>
    giveAppRole(
      making,
      { appId: shop.id, by: { kind: 'operator' }, personId: ben.id, role: 'administrators' },
      world.clock.now(),
    ),
  );

/** One thing that waits. */
export interface Waiting {
  /** True when somebody who may see it is shown it; absent for what is shown nowhere. */
  listed?: () => Promise<boolean>;
  /** Uses it, as the one would whom it waits for. @returns whether that worked */
  use(): Promise<boolean>;
}

const right = (reply: Reply): Reply => {
  assert.equal(reply.status, 200, reply.text);
  return reply;
};
const has = (reply: Reply, id: string): boolean =>
  (reply.body?.data ?? []).some((one: { id: string }) => one.id === id);

/** The invited person has the page open already. */
async function invited({ world, ana: anas }: WaitingScene, person: typeof dora, reply: Reply): Promise<Waiting> {
  const { id, invite_link: link } = right(reply).body;
  let browser = await openedInvitation(world, person, link);
  let form: Form | undefined = browser.form('/business/invitation', { decision: 'continue' });
  return {
    listed: async () => has(await world.get(`/${lantern.id}/pending_users?access_token=${anas}`), id),
    async use() {
      if (form) await browser.send(form);
      form = undefined;
      if (browser.heading() === 'You’ve joined') return true;
      browser = await openedInvitation(world, person, link);
      assert.equal(browser.heading(), 'This invitation doesn’t work');
      return false;
    },
  };
}

async function code(world: TestWorld, config: string): Promise<Waiting> {
  const given = answerOf((await connectAll(world, ben, config)).location).query.get('code');
  assert.ok(given);
  const query = `client_id=${shop.id}&client_secret=${shop.secret}&redirect_uri=${encodeURIComponent(CALLBACK)}`;
  return { use: async () => (await world.get(`/oauth/access_token?${query}&code=${given}`)).status === 200 };
}

/** Every door that makes something that waits. */
export const doors = {
  'an invitation to a role on the app': async ({ bens, doras }) => {
    const { id } = right(
      await bens.post(`/${shop.id}/role_invitations`, { email: dora.email, role: 'administrators' }),
    ).body;
    return {
      listed: async () => has(await doras.get('/me/app_invitations'), id),
      use: async () => (await doras.post(`/${id}/accept`)).status === 200,
    };
  },
  'a request for advanced access': async ({ bens, cleos }) => {
    const { id } = right(
      await bens.post(`/${shop.id}/access_requests`, { permission: 'user_likes', use_case: 'Plans.' }),
    ).body;
    return {
      listed: async () => has(await cleos.get('/me/access_reviews'), id),
      use: async () => (await cleos.post(`/${id}/decision`, { approve: 'true', reason: 'Seen.' })).status === 200,
    };
  },
  'an invitation into the business, by a token': async (s) =>
    invited(
      s,
      dora,
      await s.world.post(`/${lantern.id}/business_users`, { email: dora.email, role: 'ADMIN', access_token: s.ben }),
    ),
  'an invitation into the business, in the dashboard': async (s) =>
    invited(s, eve, await s.bens.post(`/${lantern.id}/business_users`, { email: eve.email, role: 'ADMIN' })),
  'a higher role in the invitation of somebody else': async (s) => {
    const made = right(
      await s.world.post(`/${lantern.id}/business_users`, { email: finn.email, role: 'EMPLOYEE', access_token: s.ana }),
    );
    right(await s.world.post(`/${made.body.id}`, { role: 'ADMIN', access_token: s.ben }));
    return invited(s, finn, made);
  },
  'a request for a Page of another business': async ({ world, ben: token, cleo: cleosToken }) => {
    const { body } = right(
      await world.post(`/${lantern.id}/client_pages`, {
        page_id: bakery.id,
        permitted_tasks: 'ANALYZE',
        access_token: token,
      }),
    );
    assert.equal(body.access_status, 'PENDING');
    const id = body.request_id;
    return {
      listed: async () => has(await world.get(`/${harbour.id}/page_requests?access_token=${cleosToken}`), id),
      use: async () =>
        (
          await world.post(`/${harbour.id}/page_requests`, {
            request_id: id,
            decision: 'accept',
            access_token: cleosToken,
          })
        ).status === 200,
    };
  },
  'the code of a business that connects the app': ({ world }) => code(world, configuration.system),
  'the code of a log-in': ({ world }) => code(world, configuration.user),
  'the link of a test user, shown in the dashboard': async ({ world, bens }) => {
    const { id } = right(await bens.post(`/${shop.id}/accounts`, { installed: 'false' })).body;
    const list = right(await bens.get(`/${shop.id}/accounts`)).body.data as { id: string; login_url: string }[];
    const link = new URL(list.find((one) => one.id === id)?.login_url ?? '');
    return { use: async () => (await new Browser(world).open(link.pathname + link.search)).status === 200 };
  },
  'the code of a device': async ({ world }) => {
    const { user_code: typed } = right(
      await world.post('/device/login', { access_token: `${shop.id}|${shop.clientToken}` }),
    ).body;
    const browser = new Browser(world);
    await browser.logIn(cleo);
    await browser.open('/device');
    await browser.send(browser.form('/device', { user_code: typed }));
    const form = browser.form('/device/confirm', { decision: 'continue', started: 'yes' });
    return {
      async use() {
        await browser.send(form);
        return browser.heading() === 'You are logged in on the device';
      },
    };
  },
} satisfies Record<string, (scene: WaitingScene) => Promise<Waiting>>;

export type DoorName = keyof typeof doors;

// This is the table of what waits: every door that makes something that waits for an answer × every way in which the
// right of its maker can end. It is neither shown nor worth anything from then on, also when the right comes back; and
// what does not hang on that right goes on.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changeApp, resetAppSecret, resetClientToken } from '../../src/apps/app-admin.ts';
import { removeBusinessPage } from '../../src/businesses/business-assets.ts';
import { changeBusiness, removeBusinessUser, setBusinessRole } from '../../src/businesses/businesses.ts';
import { takeRoleOnApp } from '../../src/operator/operator-apps.ts';
import { appActs, personActs } from '../../src/entries/operator.ts';
import { type Change, change } from '../../src/liveness/change.ts';
import * as people from '../../src/store/people/people.ts';
import { harbour, lantern } from '../login-business/login-business-scene.ts';
import {
  backInBusiness,
  bakery,
  ben,
  bensMemberId,
  type DoorName,
  doors,
  roleOnApp,
  shop,
  type Waiting,
  type WaitingDatabase,
  type WaitingScene,
  waitingScene,
} from './waiting-scene.ts';
import { BusinessId } from '../../src/store/ids.ts';

const by = { kind: 'operator' as const };

interface Way {
  act(scene: WaitingScene): Promise<unknown>;
  /** Gives the right back, where that can be done. */
  back?(scene: WaitingScene): Promise<unknown>;
  ends: readonly DoorName[];
  /** The doors that only rest while this holds, as tokens do. */
  rests?: readonly DoorName[];
}

const all = Object.keys(doors) as DoorName[];
const except = (...names: DoorName[]) => all.filter((name) => !names.includes(name));

const ofBusiness: DoorName[] = [
  'an invitation into the business, by a token',
  'an invitation into the business, in the dashboard',
  'a higher role in the invitation of somebody else',
  'a request for a Page of another business',
  'the code of a business that connects the app',
];
const ofTeam: DoorName[] = [
  'an invitation to a role on the app',
  'a request for advanced access',
  'the link of a test user, shown in the dashboard',
];
const byToken: DoorName[] = [
  'an invitation into the business, by a token',
  'a higher role in the invitation of somebody else',
  'a request for a Page of another business',
];
const codes: DoorName[] = ['the code of a business that connects the app', 'the code of a log-in'];
/** These carry themselves and rest while a state or a role is missing. */
const selfContained: DoorName[] = ['the code of a log-in', 'the link of a test user, shown in the dashboard'];

const installed = ({ world }: WaitingScene) => world.server.installation;
const changed = (s: WaitingScene, make: (making: Change) => Promise<unknown>) => change(installed(s), make);
const act = (s: WaitingScene, businessId: BusinessId) => ({ businessId, by, now: s.world.clock.now() });
const roleInBusiness = async (s: WaitingScene, role: 'ADMIN' | 'EMPLOYEE') => {
  const id = await bensMemberId(s);
  await changed(s, (making) => setBusinessRole(making, act(s, lantern.id), id, role));
};
const secondFactorRule = (s: WaitingScene, rule: 'none' | 'admin_required') =>
  changed(s, (making) => changeBusiness(making, act(s, lantern.id), { settings: { two_factor_type: rule } }));
const onPerson = (name: keyof typeof personActs) => async (s: WaitingScene) =>
  assert.ok(await personActs[name].run(installed(s), ben.id, { kind: 'operator' }));
const onApp = (name: keyof typeof appActs) => async (s: WaitingScene) =>
  assert.ok(await appActs[name].run(installed(s), shop.id, { kind: 'operator' }));

/** As if so much time had gone by: nothing is told of it, because nobody acts when a time is over. */
const dataAccessUntil = (s: WaitingScene, moment: number) =>
  installed(s).db.act(({ tx }) =>
    tx.updateTable('grants').set({ data_access_until: moment }).where('person_id', '=', ben.id).execute(),
  );
const setAdvanced = (s: WaitingScene, advancedAccess: string[]) =>
  changeApp(installed(s), { appId: shop.id, by }, { settings: { advancedAccess } });

const ways = {
  'nothing ends': { act: async () => undefined, ends: [] },
  'the maker is made an employee of the business': {
    act: (s) => roleInBusiness(s, 'EMPLOYEE'),
    back: (s) => roleInBusiness(s, 'ADMIN'),
    ends: ofBusiness,
  },
  'the maker is removed from the business': {
    act: async (s) => {
      const id = await bensMemberId(s);
      await changed(s, (making) => removeBusinessUser(making, act(s, lantern.id), id));
    },
    back: backInBusiness,
    ends: ofBusiness,
  },
  'the maker leaves the business': {
    act: async (s) =>
      assert.equal((await s.world.delete(`/${await bensMemberId(s)}?access_token=${s.ben}`)).status, 200),
    back: backInBusiness,
    ends: ofBusiness,
  },
  'the business asks for a second factor that the maker lacks': {
    act: (s) => secondFactorRule(s, 'admin_required'),
    ends: ofBusiness,
  },
  'the maker loses the role on the app': {
    act: async (s) => {
      const person = await people.byId(installed(s).db.read, ben.id);
      assert.ok(person && (await takeRoleOnApp(installed(s), shop.id, person, 'administrators', { kind: 'operator' })));
    },
    back: roleOnApp,
    ends: ofTeam,
  },
  'the maker leaves the app': {
    act: async (s) => assert.equal((await s.bens.post(`/${shop.id}/leave`)).status, 200),
    back: roleOnApp,
    ends: ofTeam,
  },
  'the account of the maker is locked': {
    act: onPerson('lock'),
    back: onPerson('unlock'),
    ends: except('the code of a device'),
  },
  'the account of the maker is unconfirmed': {
    act: onPerson('unconfirm'),
    back: onPerson('confirm'),
    ends: except('the code of a device'),
  },
  'the account of the maker is deleted': { act: onPerson('delete'), ends: except('the code of a device') },
  'the maker is logged out everywhere': { act: onPerson('log-out'), ends: codes },
  'the maker removes the app': {
    act: async (s) => assert.equal((await s.world.delete(`/me/permissions?access_token=${s.ben}`)).status, 200),
    back: (s) => s.world.login(shop.id, ben.id, { permissions: ['business_management'] }),
    ends: [...byToken, ...codes],
  },
  'the maker takes the permission back': {
    act: async (s) =>
      assert.equal((await s.world.delete(`/me/permissions/business_management?access_token=${s.ben}`)).status, 200),
    back: (s) => s.world.login(shop.id, ben.id, { permissions: ['business_management'] }),
    ends: byToken,
  },
  // business_management is among the permissions that go on without access to data, and so does what was made by it.
  'the access to data that the maker allowed the app ends': {
    act: (s) => dataAccessUntil(s, s.world.clock.now() - 1),
    ends: [],
  },
  'the app loses its advanced access and the maker the role on it': {
    act: async (s) => {
      await setAdvanced(s, []);
      const person = await people.byId(installed(s).db.read, ben.id);
      assert.ok(person && (await takeRoleOnApp(installed(s), shop.id, person, 'administrators', { kind: 'operator' })));
    },
    back: async (s) => {
      await setAdvanced(s, ['email', 'business_management']);
      await roleOnApp(s);
    },
    ends: [...ofTeam, ...byToken],
  },
  'the app is disabled': {
    act: onApp('disable'),
    back: onApp('enable'),
    ends: except('an invitation into the business, in the dashboard'),
    rests: codes,
  },
  'the app is deleted': { act: onApp('delete'), ends: except('an invitation into the business, in the dashboard') },
  'the app gets a new secret': {
    act: (s) => resetAppSecret(installed(s), { appId: shop.id, by }),
    ends: [...codes, 'the link of a test user, shown in the dashboard'],
  },
  'the app gets a new client token': {
    act: (s) => resetClientToken(installed(s), { appId: shop.id, by }),
    ends: ['the code of a device'],
  },
  'the app may not log in on devices any more': {
    act: (s) => changeApp(installed(s), { appId: shop.id, by }, { settings: { deviceLogin: false } }),
    back: (s) => changeApp(installed(s), { appId: shop.id, by }, { settings: { deviceLogin: true } }),
    ends: ['the code of a device'],
  },
  'the Page leaves the business that is asked': {
    act: (s) => changed(s, (making) => removeBusinessPage(making, act(s, harbour.id), bakery.id)),
    ends: ['a request for a Page of another business'],
  },
} satisfies Record<string, Way>;

type WayName = keyof typeof ways;

/**
 * @param names which ways; all of them without it. @param open a database for each world; SQLite in memory without it
 */
export function waitingTable(
  names: readonly WayName[] = Object.keys(ways) as WayName[],
  open?: () => Promise<WaitingDatabase>,
): void {
  for (const name of names) {
    const way: Way = ways[name];
    test(`PR-13: ${name}`, async (t) => {
      const scene = await waitingScene(t, await open?.());
      const made = new Map<DoorName, Waiting>();
      for (const door of all) made.set(door, await doors[door](scene));
      for (const [door, { listed }] of made) if (listed) assert.ok(await listed(), `${door} is shown before`);
      await way.act(scene);
      const ended = [...made].filter(([door]) => way.ends.includes(door));
      await demandDead(ended, 'after');
      if (way.back) {
        await way.back(scene);
        const forGood = ended.filter(([door]) => !selfContained.includes(door) && !way.rests?.includes(door));
        await demandDead(forGood, 'when the right comes back');
      }
      for (const [door, { listed, use }] of made) {
        if (way.ends.includes(door)) continue;
        if (listed) assert.ok(await listed(), `${door} is shown still`);
        assert.ok(await use(), `${door} goes on`);
      }
    });
  }
}

async function demandDead(these: readonly [DoorName, Waiting][], when: string): Promise<void> {
  for (const [door, { listed, use }] of these) {
    if (listed) assert.equal(await listed(), false, `${door} is shown ${when}`);
    assert.equal(await use(), false, `${door} is worth something ${when}`);
  }
}

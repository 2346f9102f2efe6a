// Tests about ad accounts begin with this scene: Lantern (Ana runs it, Ben works there) owns one with two campaigns,
// Cleo has one of her own, and Fern, which Cleo runs, is another business. Tokens carry every permission about
// advertisements.
import type { TestContext } from 'node:test';
import type { AdAccountTask } from '@hallpass/protocol';
import { OWN } from '../../src/store/ads/ad-accounts.ts';
import { giveAdAccountRole, takeAdAccountRole } from '../../src/businesses/ad-accounts.ts';
import { change } from '../../src/liveness/change.ts';
import type { SeedAdAccount, WorldSeed } from '../../src/entries/testing.ts';
import { askToken, businessSeed, clerk, lantern, office } from '../businesses/business-scene.ts';
import { cast, testWorld, type TestWorld } from '../world.ts';
import { AdAccountId, type BusinessId, type PersonId } from '../../src/store/ids.ts';

const DAY = 86_400;

export const lanternAds = { id: AdAccountId.of('8001'), node: 'act_8001', name: 'Lantern ads' } as const;
export const cleosAds = { id: AdAccountId.of('8002'), node: 'act_8002', name: 'Cleo’s ads' } as const;
export const fern = { id: '7002', name: 'Fern' } as const;
export const spring = { id: '8101', name: 'Spring' } as const;
export const autumn = { id: '8102', name: 'Autumn' } as const;
export const adPermissions = ['ads_management', 'ads_read', 'business_management'];

const accounts: SeedAdAccount[] = [
  {
    id: lanternAds.id,
    name: lanternAds.name,
    currency: 'EUR',
    timezoneId: 1,
    owner: { business: lantern.id },
    campaigns: [
      { ...spring, objective: 'OUTCOME_TRAFFIC', status: 'ACTIVE', dailyBudget: 2000, secondsAgo: 10 * DAY },
      { ...autumn, objective: 'OUTCOME_SALES', status: 'PAUSED', lifetimeBudget: 30_000, secondsAgo: 5 * DAY },
    ],
  },
  { id: cleosAds.id, name: cleosAds.name, currency: 'CHF', timezoneId: 47, owner: { person: cast.cleo.id } },
];

const withBusinesses = (tier: Parameters<typeof businessSeed>[0]): WorldSeed => {
  const plain = businessSeed(tier);
  return {
    ...plain,
    apps: plain.apps.map((app) => ({
      ...app,
      settings: { ...app.settings, advancedAccess: [...(app.settings?.advancedAccess ?? []), ...adPermissions] },
    })),
    businesses: [...(plain.businesses ?? []), { ...fern, people: [{ person: cast.cleo.id, role: 'ADMIN' }] }],
    adAccounts: accounts,
  };
};

export interface AdScene {
  world: TestWorld;
  /** User tokens of Shop. */
  ana: string;
  ben: string;
  cleo: string;
  /** By which Shop knows people and system users. */
  ids: Record<'ana' | 'ben' | 'cleo' | 'office' | 'clerk', string>;
  /** A token of a system user of Lantern. */
  systemToken(user: 'office' | 'clerk', scope?: string): Promise<string>;
  get(path: string, token: string): ReturnType<TestWorld['get']>;
  delete(path: string, token: string): ReturnType<TestWorld['get']>;
  /** Gives a person of the cast tasks on an account, by a business or as their own; none takes them away. */
  hold(
    personId: PersonId,
    tasks: readonly AdAccountTask[],
    businessId?: BusinessId,
    accountId?: AdAccountId,
  ): Promise<void>;
}

export async function adScene(
  t: Pick<TestContext, 'after'>,
  options: { tier?: 'none' | 'development' | 'standard' } & Pick<
    NonNullable<Parameters<typeof testWorld>[0]>,
    'database' | 'settings'
  > = {},
): Promise<AdScene> {
  const { tier, ...more } = options;
  const world = await testWorld({ seed: withBusinesses(tier), ...more });
  t.after(() => world.close());
  const of = (person: string) => world.login(cast.shop.id, person, { permissions: adPermissions, longLived: true });
  const [ana, ben, cleo] = [await of(cast.ana.id), await of(cast.ben.id), await of(cast.cleo.id)];
  const withToken = (path: string, token: string) => `${path}${path.includes('?') ? '&' : '?'}access_token=${token}`;
  const idOf = async (token: string): Promise<string> => (await world.get(withToken('/me?fields=id', token))).body.id;
  const known: { id: string; name: string }[] = (await world.get(withToken(`/${lantern.id}/system_users`, ana))).body
    .data;
  const named = (name: string) => known.find((one) => one.name === name)?.id ?? '';
  const ids = {
    ana: await idOf(ana),
    ben: await idOf(ben),
    cleo: await idOf(cleo),
    office: named(office.name),
    clerk: named(clerk.name),
  };
  return {
    world,
    ana,
    ben,
    cleo,
    ids,
    async systemToken(user, scope = 'ads_management,ads_read,business_management') {
      const { status, body, text } = await askToken(world, ana, ids[user], { scope });
      if (status !== 200) throw new Error(text);
      return body.access_token;
    },
    get: (path, token) => world.get(withToken(path, token)),
    delete: (path, token) => world.delete(withToken(path, token)),
    async hold(personId, tasks, businessId = OWN, accountId = lanternAds.id) {
      const given = { accountId, personId, businessId, by: { kind: 'operator' as const } };
      await change(world.server.installation, async (act) => {
        if (tasks.length === 0) await takeAdAccountRole(act, given);
        else await giveAdAccountRole(act, { ...given, tasks, now: world.clock.now() });
      });
    },
  };
}

/** Says what a reply amounts to: 200, or code and subcode of the error. */
export const outcome = ({
  status,
  body,
}: {
  status: number;
  body: { error?: { code: number; error_subcode?: number } };
}): string =>
  status === 200
    ? '200'
    : `E${body.error?.code}${body.error?.error_subcode === undefined ? '' : `/${body.error.error_subcode}`}`;

// Tests about businesses begin with this scene: Ana runs Lantern, Ben is an employee of it, Cleo is outside. Shop
// belongs to it, and so does the garden; the bakery is nobody's. Tokens of people carry business_management.
import { createHmac } from 'node:crypto';
import type { TestContext } from 'node:test';
import type { WorldSeed } from '../../src/entries/testing.ts';
import { cast, type Reply, seed as plain, testWorld, type TestWorld } from '../world.ts';
import { BusinessId } from '../../src/store/ids.ts';

export const lantern = { id: BusinessId.of('7001'), name: 'Lantern' } as const;
export const office = { id: '7101', name: 'Back Office' } as const;
export const clerk = { id: '7102', name: 'Clerk' } as const;

const forBusiness = [
  'business_management',
  'pages_show_list',
  'pages_read_engagement',
  'pages_manage_metadata',
  'pages_manage_posts',
];
const settingsOf = (app: WorldSeed['apps'][number]) => ({
  ...app.settings,
  advancedAccess: [...(app.settings?.advancedAccess ?? []), 'business_management'],
});

/** @param tier of the Marketing API that Shop has */
export const businessSeed = (tier: 'none' | 'development' | 'standard' = 'standard'): WorldSeed => ({
  ...plain,
  apps: plain.apps.map((app) => ({
    ...app,
    settings: { ...settingsOf(app), marketingTier: app.id === cast.shop.id ? tier : 'standard' },
  })),
  businesses: [
    {
      ...lantern,
      people: [
        { person: cast.ana.id, role: 'ADMIN' },
        { person: cast.ben.id, role: 'EMPLOYEE' },
      ],
      pages: [cast.garden.id],
      apps: [cast.shop.id],
      systemUsers: [
        { ...office, role: 'ADMIN', apps: [cast.shop.id] },
        { ...clerk, role: 'EMPLOYEE', apps: [cast.shop.id] },
      ],
    },
  ],
});

export interface BusinessScene {
  world: TestWorld;
  /** User tokens of Shop. */
  ana: string;
  ben: string;
  cleo: string;
  /** By which Shop knows the system users. */
  officeId: string;
  clerkId: string;
}

export async function businessScene(
  t: TestContext,
  options: Parameters<typeof testWorld>[0] & { tier?: 'none' | 'development' | 'standard' } = {},
): Promise<BusinessScene> {
  const { tier, ...rest } = options;
  const world = await testWorld({ seed: businessSeed(tier), ...rest });
  t.after(() => world.close());
  const of = (person: string) => world.login(cast.shop.id, person, { permissions: forBusiness, longLived: true });
  const [ana, ben, cleo] = [await of(cast.ana.id), await of(cast.ben.id), await of(cast.cleo.id)];
  const known: { id: string; name: string }[] = (await world.get(`/${lantern.id}/system_users?access_token=${ana}`))
    .body.data;
  const idOf = (name: string) => known.find((one) => one.name === name)?.id ?? '';
  return { world, ana, ben, cleo, officeId: idOf(office.name), clerkId: idOf(clerk.name) };
}

export const proofOf = (token: string, secret: string = cast.shop.secret): string =>
  createHmac('sha256', secret).update(token).digest('hex');

/** POST {system user}/access_tokens for Shop with a right proof. */
export const askToken = (
  world: TestWorld,
  caller: string,
  systemUser: string,
  params: Record<string, string> = {},
): Promise<Reply> =>
  world.post(`/${systemUser}/access_tokens`, {
    business_app: cast.shop.id,
    scope: 'pages_show_list,pages_read_engagement,pages_manage_posts,business_management',
    appsecret_proof: proofOf(caller),
    access_token: caller,
    ...params,
  });

export async function tokenOf(
  scene: BusinessScene,
  systemUser: string,
  params: Record<string, string> = {},
): Promise<string> {
  const { status, body, text } = await askToken(scene.world, scene.ana, systemUser, params);
  if (status !== 200) throw new Error(text);
  return body.access_token;
}

/** Returns the id by which Shop knows a person. */
export const idFor = async (world: TestWorld, token: string): Promise<string> =>
  (await world.get(`/me?fields=id&access_token=${token}`)).body.id;

export const code = (reply: Reply): [number, number | undefined] => [reply.status, reply.body?.error?.code];

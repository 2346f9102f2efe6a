// Tests of Login for Business begin with this scene: Shop and Rival use it. Ana runs Lantern, whose employee Ben is an
// administrator of Shop; Cleo runs Harbour. The garden belongs to Lantern, the bakery to Harbour; Ana has a role of her
// own on both.
import type { TestContext } from 'node:test';
import type { WorldSeed } from '../../src/entries/testing.ts';
import { answerOf, Browser, type Page } from '../browser.ts';
import { allowAll, CALLBACK, shopDialog } from '../dialog-journey.ts';
import { cast, type Reply, seed as plain, testWorld, type TestWorld } from '../world.ts';
import { BusinessId } from '../../src/store/ids.ts';

export const lantern = { id: BusinessId.of('7001'), name: 'Lantern' } as const;
export const harbour = { id: BusinessId.of('7002'), name: 'Harbour' } as const;

const permissions = ['pages_show_list', 'pages_read_engagement', 'pages_manage_posts', 'business_management'];
const assets = ['pages'];
/** Of Shop: for users, for system users, for system users with an end; and one of Rival. */
export const configuration = { user: '9001', system: '9002', ending: '9003', rival: '9101' } as const;

const settingsOf = (app: WorldSeed['apps'][number]) => ({
  ...app.settings,
  loginType: 'business' as const,
  advancedAccess: [...(app.settings?.advancedAccess ?? []), 'business_management'],
});
const configurationsOf: Record<string, NonNullable<WorldSeed['apps'][number]['configurations']>> = {
  [cast.shop.id]: [
    {
      id: configuration.user,
      name: 'For people',
      tokenType: 'user',
      permissions: ['email', 'pages_show_list', 'pages_manage_posts'],
      assets,
    },
    { id: configuration.system, name: 'For businesses', tokenType: 'system_user', permissions, assets },
    {
      id: configuration.ending,
      name: 'For 60 days',
      tokenType: 'system_user',
      tokenExpiration: '60_days',
      permissions,
      assets,
    },
  ],
  [cast.rival.id]: [{ id: configuration.rival, name: 'Of the rival', tokenType: 'system_user', permissions, assets }],
};

export const seed: WorldSeed = {
  ...plain,
  apps: plain.apps.map((app) =>
    app.id in configurationsOf ? { ...app, settings: settingsOf(app), configurations: configurationsOf[app.id] } : app,
  ),
  businesses: [
    {
      ...lantern,
      people: [
        { person: cast.ana.id, role: 'ADMIN' },
        { person: cast.ben.id, role: 'EMPLOYEE' },
      ],
      pages: [cast.garden.id],
    },
    { ...harbour, people: [{ person: cast.cleo.id, role: 'ADMIN' }], pages: [cast.bakery.id] },
  ],
};

export async function businessLogin(t: TestContext, options: Parameters<typeof testWorld>[0] = {}): Promise<TestWorld> {
  const world = await testWorld({ seed, ...options });
  t.after(() => world.close());
  return world;
}

export const client = `client_id=${cast.shop.id}&client_secret=${cast.shop.secret}`;
export const appToken = `${cast.shop.id}|${cast.shop.secret}`;
export const BUSINESS = '/dialog/oauth/business';
export const PAGES = '/dialog/oauth/pages';
export const CONSENT = '/dialog/oauth/confirm';

export const configDialog = (
  config: string = configuration.system,
  params: Record<string, string | undefined> = {},
): string => shopDialog({ config_id: config, ...params });

/** The whole dialog, everything ticked. */
export const connectAll = (
  world: TestWorld,
  person: { email: string; password: string },
  config?: string,
): Promise<Page> => allowAll(new Browser(world), person, configDialog(config));

export const codeOf = (page: Page): string => {
  const code = answerOf(page.location).query.get('code');
  if (!code) throw new Error(`no code: ${page.status} ${page.location} ${/<h1>(.*?)<\/h1>/s.exec(page.html)?.[1]}`);
  return code;
};

export const redeem = (world: TestWorld, code: string, params = client): Promise<Reply> =>
  world.get(`/oauth/access_token?${params}&code=${code}&redirect_uri=${encodeURIComponent(CALLBACK)}`);

/** The token of a business that connected Shop. */
export async function connected(
  world: TestWorld,
  person: { email: string; password: string } = cast.ana,
  config?: string,
): Promise<string> {
  const { body, text } = await redeem(world, codeOf(await connectAll(world, person, config)));
  if (!body.access_token) throw new Error(text);
  return body.access_token;
}

/** At the choice of the business, signed in, with everything agreed to. */
export async function atBusiness(
  world: TestWorld,
  person: { email: string; password: string },
  config?: string,
): Promise<Browser> {
  const browser = new Browser(world);
  await browser.logIn(person);
  await browser.open(configDialog(config));
  await browser.send(browser.form(CONSENT, { decision: 'continue' }));
  return browser;
}

export const debug = async (world: TestWorld, input: string) =>
  (await world.get(`/debug_token?input_token=${input}&access_token=${encodeURIComponent(appToken)}`)).body.data;

/** Codes of a refusal. */
export const said = (reply: Reply): [number | undefined, number | undefined] => [
  reply.body?.error?.code,
  reply.body?.error?.error_subcode,
];

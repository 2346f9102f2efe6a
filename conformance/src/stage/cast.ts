// Cases happen in this world: a few people, apps of different owners, Pages with tasks. All of it is public knowledge
// to a case, as it would be to a developer who looks into the dashboard.
import type { AppSettings, SeedApp, SeedPage, WorldSeed } from '@hallpass/server/testing';

const pagePermissions = [
  'pages_show_list',
  'pages_read_engagement',
  'pages_manage_posts',
  'pages_manage_metadata',
  'pages_read_user_content',
  'pages_manage_engagement',
  'read_insights',
];
const reviewed = [
  'public_profile',
  'email',
  'user_birthday',
  'user_gender',
  'user_friends',
  'ads_read',
  'ads_management',
  'pages_manage_ads',
  'business_management',
  ...pagePermissions,
];

export const people = {
  /** Has all tasks on two Pages. */
  ana: { id: '10158000000001', name: 'Ana Maria Lopes', email: 'ana@example.com', password: 'ana-and-her-bread' },
  /** Owner of the app Shop; may analyse and moderate one Page. */
  ben: { id: '10158000000002', name: 'Ben Okafor', email: 'ben@example.com', password: 'ben-and-his-boats' },
  /** Owner of the app Rival; has all tasks on one Page. */
  cleo: { id: '10158000000003', name: 'Cleo Dupont', email: 'cleo@example.com', password: 'cleo-and-her-cats' },
  /** Nobody's colleague: no role, no Page. Reviews for the platform. */
  dan: { id: '10158000000004', name: 'Dan Weber', email: 'dan@example.com', password: 'dan-and-his-drum' },
} as const;

export type PersonName = keyof typeof people;

const digits = (digit: string): string => digit.repeat(32);

export const apps = {
  /** A live website of Ben's with advanced access. */
  shop: { id: '190000000000001', name: 'Shop', secret: digits('1'), clientToken: digits('a') },
  /** A live website of Cleo's. */
  rival: { id: '190000000000002', name: 'Rival', secret: digits('2'), clientToken: digits('b') },
  /** In development; Ben is its administrator, Cleo its developer. */
  draft: { id: '190000000000003', name: 'Draft', secret: digits('3'), clientToken: digits('c') },
  /** A live native app of Ben's. */
  phone: { id: '190000000000004', name: 'Phone', secret: digits('4'), clientToken: digits('d') },
  /** A live website with Standard access to the Marketing API. */
  market: { id: '190000000000005', name: 'Market', secret: digits('5'), clientToken: digits('e') },
  /** Calls with its tokens need a proof. */
  proven: { id: '190000000000006', name: 'Proven', secret: digits('6'), clientToken: digits('f') },
  /** A live website of Ben's with Login for Business. */
  fair: { id: '190000000000007', name: 'Fair', secret: digits('7'), clientToken: digits('9') },
} as const;

export type AppName = keyof typeof apps;
export type App = (typeof apps)[AppName];

/** Registered by every app here. */
export const callback = 'https://app.example/cb';
/** The address at which the native app receives. */
export const nativeCallback = `fb${apps.phone.id}://authorize/`;

/** Configurations of Login for Business of the app Fair. */
export const configurations = {
  people: '710000000000001',
  businesses: '710000000000002',
  ending: '710000000000003',
  advertising: '710000000000004',
} as const;

export const pages = {
  bakery: { id: '350000000000001', name: 'Corner Bakery' },
  garden: { id: '350000000000002', name: 'Old Garden' },
  cats: { id: '350000000000003', name: 'Cats of the Town' },
} as const;

export type PageName = keyof typeof pages;

/** Ana runs it; the garden and the app Market belong to it. */
export const business = { id: '450000000000001', name: 'Town Gardens' } as const;

/** The town's is of the business, with a campaign that runs; the cats' is Cleo's own. */
export const adAccounts = {
  town: {
    id: '460000000000001',
    name: 'Town advertisements',
    campaign: { id: '470000000000001', name: 'Open gardens' },
  },
  cats: { id: '460000000000002', name: 'Cats advertisements' },
} as const;

const everyTask = ['MANAGE', 'CREATE_CONTENT', 'MODERATE', 'MESSAGING', 'ADVERTISE', 'ANALYZE'] as const;

const forBusinesses = ['pages_show_list', 'pages_read_engagement', 'pages_manage_posts', 'business_management'];
const fairConfigurations: SeedApp['configurations'] = [
  {
    id: configurations.people,
    name: 'People',
    tokenType: 'user',
    permissions: ['email', 'pages_show_list'],
    assets: ['pages'],
  },
  {
    id: configurations.businesses,
    name: 'Businesses',
    tokenType: 'system_user',
    permissions: forBusinesses,
    assets: ['pages'],
  },
  {
    id: configurations.ending,
    name: 'Businesses for 60 days',
    tokenType: 'system_user',
    tokenExpiration: '60_days',
    permissions: forBusinesses,
    assets: ['pages'],
  },
  {
    id: configurations.advertising,
    name: 'Businesses with ad accounts',
    tokenType: 'system_user',
    permissions: ['ads_management', 'ads_read'],
    assets: ['pages', 'ad_accounts'],
  },
];

function app(key: AppName, owner: PersonName, settings: Partial<AppSettings>, more: Partial<SeedApp> = {}): SeedApp {
  return {
    ...apps[key],
    mode: 'live',
    type: 'web',
    settings: {
      redirectUris: [callback, 'https://app.example/other?x=1'],
      advancedAccess: reviewed,
      contactEmail: `owner@${key}.example`,
      ...settings,
    },
    roles: [{ person: people[owner].id, role: 'administrators' }],
    ...more,
  };
}

function page(key: PageName, category: string, roles: SeedPage['roles'], more: Partial<SeedPage> = {}): SeedPage {
  return { ...pages[key], category, categories: [{ id: '2500', name: category }], roles, ...more };
}

export const world: WorldSeed = {
  people: [
    { ...people.ana, profile: { birthday: '02/29/1988', gender: 'female' }, friends: [people.ben.id] },
    { ...people.ben, friends: [people.ana.id] },
    people.cleo,
    { ...people.dan, reviewer: true },
  ],
  apps: [
    app('shop', 'ben', { longLivedTokenInFlow: true }),
    app('rival', 'cleo', {}),
    app(
      'draft',
      'ben',
      { advancedAccess: [] },
      {
        mode: 'development',
        roles: [
          { person: people.ben.id, role: 'administrators' },
          { person: people.cleo.id, role: 'developers' },
        ],
      },
    ),
    app(
      'phone',
      'ben',
      { nativeLogin: true, nonceInFlow: true, embeddedBrowserLogin: true, androidPackages: ['com.example.app'] },
      { type: 'native' },
    ),
    app('market', 'ben', { marketingTier: 'standard' }),
    app('proven', 'ben', { requireAppSecretProof: true }),
    app(
      'fair',
      'ben',
      { loginType: 'business', jsSdkLogin: true, sdkDomains: ['app.example'] },
      { configurations: fairConfigurations },
    ),
  ],
  pages: [
    page(
      'bakery',
      'Bakery',
      [
        { person: people.ana.id, tasks: [...everyTask] },
        { person: people.ben.id, tasks: ['ANALYZE', 'MODERATE'] },
      ],
      {
        profile: { fan_count: 120, about: 'Bread.' },
        posts: [
          { message: 'We are open.', secondsAgo: 3600 },
          { message: 'We were closed.', secondsAgo: 7200 },
          { message: 'New oven!', secondsAgo: 10_800 },
        ],
        metrics: [
          { metric: 'page_impressions', period: 'day', daysAgo: 1, value: 21 },
          { metric: 'page_impressions', period: 'day', daysAgo: 2, value: 34 },
        ],
      },
    ),
    page('garden', 'Park', [{ person: people.ana.id, tasks: [...everyTask] }]),
    page('cats', 'Animals', [{ person: people.cleo.id, tasks: [...everyTask] }]),
  ],
  businesses: [
    {
      ...business,
      people: [
        { person: people.ana.id, role: 'ADMIN' },
        { person: people.ben.id, role: 'EMPLOYEE' },
      ],
      pages: [pages.garden.id],
      apps: [apps.market.id],
    },
  ],
  adAccounts: [
    {
      id: adAccounts.town.id,
      name: adAccounts.town.name,
      currency: 'EUR',
      timezoneId: 1,
      owner: { business: business.id },
      campaigns: [
        {
          ...adAccounts.town.campaign,
          objective: 'OUTCOME_TRAFFIC',
          status: 'ACTIVE',
          dailyBudget: 2000,
          secondsAgo: 40 * 86_400,
        },
        { id: '470000000000002', name: 'Bulbs', objective: 'OUTCOME_SALES', status: 'PAUSED', secondsAgo: 3 * 86_400 },
      ],
    },
    { ...adAccounts.cats, currency: 'CHF', timezoneId: 1, owner: { person: people.cleo.id } },
  ],
  grants: [],
};

/** The same world, with some settings of one app otherwise. */
export function worldWithApp(name: AppName, settings: Partial<AppSettings>, before = world): WorldSeed {
  return {
    ...before,
    apps: before.apps.map((one) =>
      one.id === apps[name].id ? { ...one, settings: { ...one.settings, ...settings } } : one,
    ),
  };
}

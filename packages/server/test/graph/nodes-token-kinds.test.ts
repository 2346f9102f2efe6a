// These tests are about each kind of credential at each door of the nodes: the table of section "Token mix-ups" of the
// threat model, with the empty cells decided by "deny by default".
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { cast, type Reply, type TestWorld, testWorld } from '../world.ts';

let t: TestWorld;
let tokens: Record<Kind, string>;

const { shop, rival, bakery, ana } = cast;
const kinds = [
  'U',
  'U without',
  'U_B',
  'P',
  'A',
  'A|s',
  'C|',
  'X',
  'A_B',
  'code',
  'signed request',
  'cookie',
  'nothing',
] as const;
type Kind = (typeof kinds)[number];

const permissions = [
  'pages_show_list',
  'pages_read_engagement',
  'pages_manage_posts',
  'read_insights',
  'pages_manage_metadata',
];
const enc = encodeURIComponent;
const withToken = (path: string, token: string) =>
  token === '' ? path : `${path}${path.includes('?') ? '&' : '?'}access_token=${enc(token)}`;

before(async () => {
  t = await testWorld();
  const user = await t.login(shop.id, ana.id, { permissions, longLived: true });
  const clientCredentials = `/oauth/access_token?grant_type=client_credentials&client_id=${shop.id}&client_secret=${shop.secret}`;
  tokens = {
    U: user,
    'U without': await t.login(shop.id, cast.ben.id),
    U_B: await t.login(rival.id, ana.id, { permissions: ['pages_show_list'] }),
    P: (await t.get(withToken(`/${bakery.id}?fields=access_token`, user))).body.access_token,
    A: (await t.get(clientCredentials)).body.access_token,
    'A|s': `${shop.id}|${shop.secret}`,
    'C|': `${shop.id}|${shop.clientToken}`,
    X: (await t.get(`/oauth/access_token?grant_type=fb_attenuate_token&client_id=${shop.id}&fb_exchange_token=${user}`))
      .body.access_token,
    A_B: `${rival.id}|${rival.secret}`,
    code: 'AQBx-1234567890_abcdefghijklmnopqrstuvwxyz1234567890',
    'signed request': 'c2lnbmF0dXJl.eyJhbGdvcml0aG0iOiJITUFDLVNIQTI1NiJ9',
    cookie: 'Zm9vYmFyYmF6Zm9vYmFyYmF6Zm9vYmFyYmF6Zm9vYmFyYmE',
    nothing: '',
  };
  for (const kind of kinds) assert.equal(typeof tokens[kind], 'string', kind);
});
after(() => t.close());

/** Says what a reply amounts to: 200, or the code of the error with the subcode. */
const outcome = ({ status, body }: Reply): string =>
  status === 200
    ? '200'
    : `E${body.error.code}${body.error.error_subcode === undefined ? '' : `/${body.error.error_subcode}`}`;

async function stateOf(): Promise<string> {
  const { read } = t.server.installation.db;
  const tables = [
    'people',
    'apps',
    'app_roles',
    'app_people',
    'grants',
    'pages',
    'page_roles',
    'posts',
    'friendships',
    'single_use',
    'epochs',
    'invalidations',
  ] as const;
  const rows = [];
  for (const table of tables) rows.push(await read.selectFrom(table).selectAll().execute());
  return JSON.stringify(rows);
}

const e190 = { code: 'E190', 'signed request': 'E190', cookie: 'E190' } as const;

interface Door {
  name: string;
  ask(token: string): Promise<Reply>;
  answers: Record<Kind, string>;
}

const pageDoor = {
  U: 'E200',
  'U without': 'E200',
  U_B: 'E200',
  P: '200',
  A: 'E200',
  'A|s': 'E200',
  'C|': 'E200',
  X: 'E200',
  A_B: 'E200',
  ...e190,
  nothing: 'E104',
};
/**
 * A Page publishes this: also by tokens of people who may see it, and refused with the words of the permission that
 * reads it.
 */
const contentDoor = {
  ...pageDoor,
  U: '200',
  'U without': 'E10',
  U_B: 'E10',
  A: 'E10',
  'A|s': 'E10',
  'C|': 'E10',
  X: 'E10',
  A_B: 'E10',
};
/** Figures of a Page: by its own token alone. */
const insightsDoor = {
  ...pageDoor,
  U: 'E190',
  'U without': 'E190',
  U_B: 'E190',
  A: 'E190',
  'A|s': 'E190',
  'C|': 'E190',
  X: 'E190',
  A_B: 'E190',
};
const appDoor = {
  U: 'E15',
  'U without': 'E15',
  U_B: 'E15',
  P: 'E15',
  A: '200',
  'A|s': '200',
  // Not the secret behind the id: TM-03.
  'C|': 'E190',
  X: 'E15',
  A_B: 'E100/33',
  ...e190,
  nothing: 'E104',
};
const personDoor = {
  U: '200',
  'U without': '200',
  U_B: '200',
  P: '200',
  A: 'E2500',
  'A|s': 'E2500',
  'C|': 'E2500',
  X: '200',
  A_B: 'E2500',
  ...e190,
  nothing: 'E2500',
};

const doors: Door[] = [
  { name: 'GET /me', ask: (token) => t.get(withToken('/me', token)), answers: personDoor },
  {
    name: 'GET /me/accounts',
    ask: (token) => t.get(withToken('/me/accounts', token)),
    answers: { ...personDoor, 'U without': 'E200', P: 'E100', X: 'E200' },
  },
  {
    name: 'GET /me/permissions',
    ask: (token) => t.get(withToken('/me/permissions', token)),
    answers: { ...personDoor, P: 'E100', X: 'E200' },
  },
  {
    name: 'POST /{page}/feed',
    ask: (token) => t.post(`/${bakery.id}/feed`, { message: 'x', ...(token ? { access_token: token } : {}) }),
    answers: pageDoor,
  },
  { name: 'GET /{page}/feed', ask: (token) => t.get(withToken(`/${bakery.id}/feed`, token)), answers: contentDoor },
  {
    name: 'GET /{page}/insights',
    ask: (token) => t.get(withToken(`/${bakery.id}/insights?metric=page_fans`, token)),
    answers: insightsDoor,
  },
  {
    name: 'POST /{app}',
    ask: (token) =>
      t.post(`/${shop.id}`, {
        user_support_url: 'https://shop.example/help',
        ...(token ? { access_token: token } : {}),
      }),
    answers: appDoor,
  },
  {
    name: 'GET /{app}/accounts/test-users',
    ask: (token) => t.get(withToken(`/${shop.id}/accounts/test-users`, token)),
    answers: appDoor,
  },
  {
    name: 'POST /{app}/accounts/test-users',
    ask: (token) => t.post(`/${shop.id}/accounts/test-users`, token ? { access_token: token } : {}),
    answers: appDoor,
  },
  { name: 'GET /{app}/roles', ask: (token) => t.get(withToken(`/${shop.id}/roles`, token)), answers: appDoor },
  {
    name: 'GET /{app}/permissions',
    ask: (token) => t.get(withToken(`/${shop.id}/permissions`, token)),
    answers: appDoor,
  },
];

for (const door of doors)
  for (const kind of kinds)
    test(`TM-01: ${door.name} with ${kind} answers ${door.answers[kind]}`, async () => {
      const before = await stateOf();
      const reply = await door.ask(tokens[kind]);
      assert.equal(outcome(reply), door.answers[kind], reply.text);
      if (reply.status !== 200) assert.equal(await stateOf(), before);
      if (door.name === 'GET /me' && kind === 'P') assert.equal(reply.body.id, bakery.id);
      if (door.name === 'GET /me' && kind === 'X') assert.deepEqual(Object.keys(reply.body), ['id']);
    });

test('TM-04: app tokens of a native app are refused', async () => {
  const { phone } = cast;
  const token = `${phone.id}|${phone.secret}`;
  for (const path of [`/${phone.id}`, `/${phone.id}/roles`, `/${phone.id}/accounts`])
    assert.equal(outcome(await t.get(withToken(path, token))), 'E15', path);
  assert.equal(outcome(await t.post(`/${phone.id}`, { app_name: 'x', access_token: token })), 'E15');
  assert.equal(outcome(await t.get(withToken('/me', token))), 'E15');
});

test('TM-12: an id of another kind in place of a person answers as an unknown one', async () => {
  const rivals = (await t.get(withToken('/me?fields=id', tokens.U_B))).body.id as string;
  for (const token of [tokens.U, tokens['A|s']])
    for (const id of [rivals, ana.id, '9999999999999']) {
      const reply = await t.delete(withToken(`/${id}/permissions`, token));
      assert.equal(outcome(reply), 'E100/33', id);
    }
});

test('PR-04: on every changing call a parameter that contradicts path or credential is refused', async () => {
  const someone = (await t.get(withToken('/me?fields=id', tokens['U without']))).body.id as string;
  const calls = [
    t.post(`/${bakery.id}/feed`, { message: 'x', page: cast.garden.id, access_token: tokens.P }),
    t.post(`/${bakery.id}/feed`, { message: 'x', page_id: cast.garden.id, access_token: tokens.P }),
    t.post(`/${bakery.id}/feed`, { message: 'x', user_id: someone, access_token: tokens.P }),
    t.post(`/${bakery.id}/feed`, { message: 'x', app_id: rival.id, access_token: tokens.P }),
    t.post(`/${shop.id}`, { app_name: 'x', app: rival.id, access_token: tokens['A|s'] }),
    t.post(`/${shop.id}`, { app_name: 'x', business_app: rival.id, access_token: tokens['A|s'] }),
    t.post(`/${shop.id}/accounts`, { app_id: rival.id, access_token: tokens['A|s'] }),
    t.delete(withToken(`/me/permissions?user_id=${someone}`, tokens.U)),
    t.delete(withToken(`/me/permissions?app_id=${rival.id}`, tokens.U)),
  ];
  const before = await stateOf();
  for (const [i, reply] of (await Promise.all(calls)).entries())
    assert.equal(outcome(reply), 'E100', `${i}: ${reply.text}`);
  assert.equal(await stateOf(), before);
  assert.equal(
    outcome(
      await t.post(`/${bakery.id}/feed`, {
        message: 'not x again',
        page_id: bakery.id,
        app_id: shop.id,
        access_token: tokens.P,
      }),
    ),
    '200',
  );
});

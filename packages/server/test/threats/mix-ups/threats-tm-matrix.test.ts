// TM-01: every credential at every door, in every place where it may stand. The table is that of the threat catalogue,
// section 5.3; cells that it leaves empty are marked and decided by I-1 (a credential is what it was born as), I-6 and
// I-9 (deny by default). A refused cell changes nothing and is noted once, as of the wrong kind or of another app.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { callback, codeOf, digest } from '../../acts.ts';
import { answerOf, Browser } from '../../browser.ts';
import { type Asked, ways } from './channels.ts';
import { allowAll, codeFor, shopDialog } from '../../dialog-journey.ts';
import { cast, type Reply, type TestWorld, testWorld } from '../../world.ts';

const { shop, rival, bakery, ana, ben, cleo } = cast;
const own = { client_id: shop.id, client_secret: shop.secret };
const permissions = ['pages_show_list', 'pages_read_engagement', 'pages_manage_posts'];

/** These rows are presented. The last five are no tokens at all. */
const rows = [
  'U',
  'U without',
  'U of a developer',
  'U_B',
  'P',
  'P_B',
  'A',
  'A|s',
  'A_B',
  'C|',
  'C_B',
  'X',
  'X_B',
  'code',
  'used code',
  'ccode',
  'dcode',
  'ucode',
  'sr',
  'idt',
  'cookie',
] as const;
type Row = (typeof rows)[number];

const noTokens: readonly Row[] = ['code', 'used code', 'ccode', 'dcode', 'ucode', 'sr', 'idt', 'cookie'];
/** Gives every row of a list one outcome. */
const each = (list: readonly Row[], outcome: string) =>
  Object.fromEntries(list.map((row) => [row, outcome])) as Partial<Record<Row, string>>;
const e190 = each(noTokens, 'E190');

/** A call that brings the credential as its token. */
interface Door {
  name: string;
  asked: Asked;
  outcomes: Partial<Record<Row, string>>;
  /** Refused for what the person granted, not for what the credential is: nothing to note. */
  unnoted?: readonly Row[];
}

const appDoor = {
  ...each(['U', 'U without', 'U of a developer', 'U_B', 'P', 'P_B', 'X', 'X_B'], 'E15'),
  ...each(['A', 'A|s'], '200'),
  // Empty in the table: behind the id stands something that is not the secret, as in TM-03.
  ...each(['C|', 'C_B'], 'E190'),
  // Not in the table: another app's server is told of no app but its own (TM-12, I-15).
  A_B: 'E100/33',
  ...e190,
};
const appAdmin = (name: string, asked: Asked): Door => ({ name, asked, outcomes: appDoor });

const doors: Door[] = [
  {
    name: 'GET /me',
    asked: { method: 'GET', path: '/me' },
    outcomes: {
      ...each(['U', 'U without', 'U of a developer', 'U_B', 'P', 'P_B', 'X', 'X_B'], '200'),
      ...each(['A', 'A|s', 'A_B', 'C|', 'C_B'], 'E2500'),
      ...e190,
    },
  },
  {
    name: 'GET /me/accounts',
    asked: { method: 'GET', path: '/me/accounts' },
    outcomes: {
      ...each(['U', 'U_B'], '200'),
      ...each(['U without', 'U of a developer'], 'E200'),
      ...each(['P', 'P_B'], 'E100'),
      ...each(['A', 'A|s', 'A_B', 'C|', 'C_B'], 'E2500'),
      // Empty in the table: it carries no permission (TM-10, I-6).
      ...each(['X', 'X_B'], 'E200'),
      ...e190,
    },
    unnoted: ['U without', 'U of a developer'],
  },
  {
    name: 'page write',
    asked: { method: 'POST', path: `/${bakery.id}/feed`, params: { message: 'fresh' } },
    outcomes: {
      P: '200',
      // Of rival: the same Page by another app, with that app's permissions.
      P_B: '200',
      ...each(['U', 'U without', 'U of a developer', 'U_B', 'A', 'A|s', 'A_B', 'C|', 'C_B'], 'E200'),
      // Empty in the table: it carries no permission (I-6).
      ...each(['X', 'X_B'], 'E200'),
      ...e190,
    },
  },
  appAdmin('POST /{app}', {
    method: 'POST',
    path: `/${shop.id}`,
    params: { user_support_url: 'https://shop.example/help' },
  }),
  appAdmin('GET /{app}/roles', { method: 'GET', path: `/${shop.id}/roles` }),
  appAdmin('GET /{app}/accounts/test-users', { method: 'GET', path: `/${shop.id}/accounts/test-users` }),
  appAdmin('POST /{app}/accounts/test-users', { method: 'POST', path: `/${shop.id}/accounts/test-users` }),
];

let t: TestWorld;
let tokens: Record<Row, string>;
let other: string;

before(async () => {
  // Wrong credentials are tried by the hundred here; their limit is TB-03's.
  t = await testWorld({ settings: { guessingLimits: false } });
  const user = await t.login(shop.id, ana.id, { permissions, longLived: true });
  const rivals = await t.login(rival.id, ana.id, { permissions, longLived: true });
  const pageToken = async (token: string) =>
    (await t.get(`/${bakery.id}?fields=access_token&access_token=${token}`)).body.access_token as string;
  const sessionInfo = async (app: string, token: string) =>
    (await t.get(`/oauth/access_token?grant_type=fb_attenuate_token&client_id=${app}&fb_exchange_token=${token}`)).body
      .access_token as string;
  other = await t.login(shop.id, cleo.id);
  const usedCode = await codeOf(t);
  assert.equal((await redeem(usedCode)).status, 200);
  const browser = new Browser(t);
  await browser.logIn(ben);
  const openid = await codeFor(t, cleo, { scope: 'openid', nonce: 'n1' });
  const signed = await allowAll(new Browser(t), cleo, shopDialog({ response_type: 'code signed_request', scope: '' }));
  const ccode = await t.get(
    `/oauth/client_code?${new URLSearchParams({ ...own, access_token: user, redirect_uri: callback })}`,
  );
  tokens = {
    U: user,
    'U without': await t.login(shop.id, cleo.id),
    'U of a developer': await t.login(shop.id, ben.id),
    U_B: rivals,
    P: await pageToken(user),
    P_B: await pageToken(rivals),
    A: (await t.get(`/oauth/access_token?${new URLSearchParams({ ...own, grant_type: 'client_credentials' })}`)).body
      .access_token,
    'A|s': `${shop.id}|${shop.secret}`,
    A_B: `${rival.id}|${rival.secret}`,
    'C|': `${shop.id}|${shop.clientToken}`,
    C_B: `${rival.id}|${rival.clientToken}`,
    X: await sessionInfo(shop.id, user),
    X_B: await sessionInfo(rival.id, rivals),
    code: await codeOf(t),
    'used code': usedCode,
    ccode: ccode.body.code,
    // As they are in the device flow: long and random; eight letters.
    dcode: '7Rk2x0fGmZpQ4yTbW9aVnL1cJ8sHdEoU',
    ucode: 'WDJBMJHT',
    sr: answerOf(signed.location).query.get('signed_request') ?? '',
    idt: (await redeem(openid)).body.id_token,
    cookie: browser.cookies.get('__Host-hp_session') ?? '',
  };
  for (const row of rows) assert.ok(tokens[row]?.length > 7, row);
});
after(() => t.close());

const redeem = (code: string) => t.post('/oauth/access_token', { ...own, redirect_uri: callback, code });

/** Says what a reply amounts to: 200, or the code of the error with its subcode. */
const outcomeOf = ({ status, body }: Reply): string =>
  status === 200
    ? '200'
    : `E${body?.error?.code}${body?.error?.error_subcode === undefined ? '' : `/${body.error.error_subcode}`}`;

const notes = () =>
  t.log.filter((line) => line.message === 'token.wrong_kind' || line.message === 'token.cross_app').length;

async function checkOutcome(ask: () => Promise<Reply>, expected: string, noted = true): Promise<Reply> {
  const before = notes();
  const reply = await ask();
  assert.equal(outcomeOf(reply), expected, reply.text);
  if (expected !== '200') assert.equal(notes() - before, noted ? 1 : 0, 'noted once');
  return reply;
}

async function checkCell(ask: () => Promise<Reply>, expected: string, noted?: boolean): Promise<Reply> {
  const state = expected === '200' ? '' : await digest(t);
  const reply = await checkOutcome(ask, expected, noted);
  if (expected !== '200') assert.equal(await digest(t), state, 'nothing may change');
  return reply;
}

for (const door of doors)
  describe(`TM-01: ${door.name}`, () => {
    for (const row of rows)
      test(`${row}: ${door.outcomes[row]}`, async () => {
        const expected = door.outcomes[row] as string;
        // A post with the text of an earlier one is refused, so each row posts a text of its own.
        const asked =
          door.name === 'page write' ? { ...door.asked, params: { message: `fresh by ${row}` } } : door.asked;
        const state = expected === '200' ? '' : await digest(t);
        for (const [place, way] of Object.entries(ways)) {
          // A made test user and a post are real writes: one place is enough.
          if (expected === '200' && door.asked.method === 'POST' && place !== 'query') continue;
          const reply = await checkOutcome(
            () => way(t, asked, tokens[row]),
            expected,
            !door.unnoted?.includes(row),
          ).catch((error: Error) => {
            error.message = `${place}: ${error.message}`;
            throw error;
          });
          if (door.name !== 'GET /me' || expected !== '200') continue;
          if (row === 'P' || row === 'P_B') assert.equal(reply.body.id, bakery.id);
          if (row === 'X' || row === 'X_B') assert.deepEqual(Object.keys(reply.body), ['id']);
        }
        if (expected !== '200') assert.equal(await digest(t), state, 'nothing may change');
      });
  });

test("TM-01: U_B sees the other app's view and ids, and no id of the platform comes out of any token", async () => {
  const ids = new Map<string, string>();
  for (const row of ['U', 'U_B', 'X', 'X_B', 'U of a developer', 'U without'] as const) {
    const { body, text } = await t.get(`/me?fields=id&access_token=${tokens[row]}`);
    ids.set(row, body.id);
    for (const person of [ana, ben, cleo]) assert.ok(!text.includes(`"${person.id}"`), row);
  }
  assert.equal(ids.get('U'), ids.get('X'));
  assert.equal(ids.get('U_B'), ids.get('X_B'));
  assert.notEqual(ids.get('U'), ids.get('U_B'));
});

describe('TM-01: debug_token', () => {
  const inspect = (caller: string, input: string) =>
    t.get(`/debug_token?${new URLSearchParams({ access_token: caller, input_token: input })}`);

  /** Caller of an inspection of somebody else's user token of shop. */
  const callers: Partial<Record<Row, string>> = {
    ...each(['A', 'A|s', 'U of a developer'], '200'),
    ...each(['U', 'U without', 'U_B', 'P', 'P_B', 'X', 'X_B', 'A_B'], 'E100'),
    // Empty in the table: as in TM-03.
    ...each(['C|', 'C_B'], 'E190'),
    ...e190,
  };
  for (const row of rows)
    test(`caller ${row}: ${callers[row]}`, async () => {
      await checkCell(() => inspect(tokens[row], other), callers[row] as string);
    });

  const inputs: Partial<Record<Row, string>> = {
    ...each(['U', 'U without', 'U of a developer', 'X'], 'USER'),
    P: 'PAGE',
    // Empty in the table for C|: it is a credential of this app, and its type says that nobody stands behind it.
    ...each(['A', 'A|s', 'C|'], 'APP'),
    ...each(['U_B', 'P_B', 'X_B', 'A_B', 'C_B'], 'E100'),
    ...each(noTokens, 'not valid'),
  };
  for (const row of rows)
    test(`input ${row}: ${inputs[row]}`, async () => {
      const expected = inputs[row] as string;
      const reply = await checkCell(() => inspect(tokens.A, tokens[row]), expected === 'E100' ? 'E100' : '200');
      if (expected === 'E100') {
        assert.equal(reply.body.error.message, '(#100) The App_id in the input_token did not match the Viewing App');
        assert.deepEqual(Object.keys(reply.body), ['error']);
      } else if (expected === 'not valid') {
        assert.deepEqual(Object.keys(reply.body.data).sort(), ['error', 'is_valid', 'scopes']);
        assert.equal(reply.body.data.is_valid, false);
        assert.equal(reply.body.data.error.code, 190);
      } else
        assert.deepEqual(
          [reply.body.data.is_valid, reply.body.data.type, reply.body.data.app_id],
          [true, expected, shop.id],
        );
    });

  test("a developer of another app is told of that app's tokens only", async () => {
    const developer = await t.login(rival.id, cleo.id);
    await checkCell(() => inspect(developer, other), 'E100');
  });
});

describe('TM-01: exchanges', () => {
  const exchange = (token: string) =>
    t.get(
      `/oauth/access_token?${new URLSearchParams({ ...own, grant_type: 'fb_exchange_token', fb_exchange_token: token })}`,
    );
  const clientCode = (token: string) =>
    t.get(`/oauth/client_code?${new URLSearchParams({ ...own, redirect_uri: callback, access_token: token })}`);

  const users: readonly Row[] = ['U', 'U without', 'U of a developer'];
  for (const row of rows) {
    const expected = users.includes(row) ? '200' : 'E190';
    test(`fb_exchange_token of ${row}: ${expected}`, async () => {
      const { body } = await checkCell(() => exchange(tokens[row]), expected);
      if (expected !== '200') return;
      const told = async (token: string) => {
        const { data } = (
          await t.get(`/debug_token?${new URLSearchParams({ input_token: token, access_token: tokens.A })}`)
        ).body;
        return [data.type, data.user_id, data.scopes];
      };
      assert.deepEqual(await told(body.access_token), await told(tokens[row]));
    });
    // Empty in the table for A and A|s: no person stands behind them (I-1).
    test(`client_code for ${row}: ${expected}`, async () => {
      await checkCell(() => clientCode(tokens[row]), expected);
    });
  }

  for (const row of rows.filter((one) => one !== 'code' && one !== 'ccode')) {
    const expected = row === 'used code' ? 'E100/36009' : 'E100';
    test(`code=${row}: ${expected}`, async () => {
      // Ten replays of a used code are counted, so that nobody who has seen one can fill the trail with them; those
      // after them write nothing.
      if (row === 'used code') for (let replay = 0; replay < 10; replay++) await redeem(tokens[row]);
      await checkCell(() => redeem(tokens[row]), expected, row !== 'used code');
    });
  }

  test('code and ccode: each for its own app, once; they come last because they are used up', async () => {
    assert.equal((await redeem(tokens.code)).status, 200);
    assert.equal(
      (
        await t.get(
          `/oauth/access_token?${new URLSearchParams({ client_id: shop.id, redirect_uri: callback, code: tokens.ccode })}`,
        )
      ).status,
      200,
    );
  });
});

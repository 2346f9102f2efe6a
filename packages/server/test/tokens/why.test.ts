// The server explains why a call is refused or empty: the cause by name, decided by the rules themselves, and nothing
// for strangers.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { happens, settings } from '../acts.ts';
import { desk } from '../dashboard.ts';
import { cast, type Reply, type TestWorld, testWorld } from '../world.ts';

const { shop, rival, draft, ana, ben, cleo, bakery, garden } = cast;
const DAY = 86_400;
const appToken = `${shop.id}|${shop.secret}`;

let t: TestWorld;
beforeEach(async () => {
  t = await testWorld();
});
afterEach(() => t.close());

interface Check {
  cause: string;
  state: string;
  message: string;
  repair?: string;
}

const ask = (call: string, token: string, more: Record<string, string> = {}, by = appToken): Promise<Reply> =>
  t.post('/v25.0/why', { call, input_token: token, access_token: by, ...more });
const causes = ({ body }: Reply): string[] =>
  (body.checks as Check[]).filter(({ state }) => state === 'cause').map(({ cause }) => cause);

describe('the cause of a refusal', () => {
  test('a permission that was never asked for, one that was declined, and what repairs each', async () => {
    const token = await t.login(shop.id, ana.id, { permissions: ['email'] });
    const never = await ask('me/accounts', token);
    assert.equal(never.body.outcome, 'refused');
    assert.deepEqual(causes(never), ['scope_not_granted']);
    assert.equal(never.body.decided_by, 'the permission pages_show_list');
    assert.match((never.body.checks as Check[]).find(({ state }) => state === 'cause')?.repair ?? '', /dialog/);
    await t.delete(`/me/permissions/pages_show_list?access_token=${token}`);
    const declined = await t.login(shop.id, ana.id, { permissions: ['pages_show_list'] });
    await t.delete(`/me/permissions/pages_show_list?access_token=${declined}`);
    assert.deepEqual(causes(await ask('me/accounts', declined)), ['scope_declined']);
  });

  test('advanced access that the app lost', async () => {
    const token = await t.login(shop.id, ana.id, { permissions: ['user_birthday'] });
    await settings(t, shop.id, { advancedAccess: ['public_profile'] });
    const { body } = await ask('me?fields=birthday', token);
    assert.equal(body.outcome, 'incomplete');
    assert.deepEqual(causes({ body } as Reply), ['no_advanced_access']);
  });

  test('data access that ended after 90 days', async () => {
    const token = await t.login(shop.id, ana.id, { permissions: ['user_birthday'], longLived: true });
    await t.server.installation.db.act(({ tx }) =>
      tx
        .updateTable('grants')
        .set({ data_access_until: t.clock.now() + DAY })
        .execute(),
    );
    await t.clock.advance(2 * DAY);
    assert.deepEqual(causes(await ask('me?fields=birthday', token)), ['data_access_ended']);
  });

  test('no task on the Page, and a Page that was not chosen', async () => {
    const some = await t.login(shop.id, ana.id, {
      permissions: ['pages_show_list', 'pages_read_engagement'],
      pages: [garden.id],
    });
    assert.ok(causes(await ask(`${bakery.id}/feed`, some)).includes('not_chosen'));
    const page = (await t.get(`/${bakery.id}?fields=access_token&access_token=${await pageOf(ben.id)}`)).body
      .access_token as string;
    const { body } = await ask(`${bakery.id}/feed`, page, { call_method: 'POST' });
    assert.equal(body.outcome, 'refused');
  });

  test('the wrong kind of token, and the wrong person', async () => {
    assert.deepEqual(causes(await ask('me', appToken)), ['wrong_kind']);
    const token = await t.login(shop.id, ana.id, { permissions: ['email'] });
    assert.ok(
      causes(await ask(`${shop.id}/roles`, token)).some((cause) => cause === 'wrong_kind' || cause === 'no_role'),
    );
  });

  test('a token that died, with what it died of; an app in development; a text that is no token', async () => {
    const token = await t.login(shop.id, ana.id);
    await happens(t, 'password_changed', { app: shop.id, user: ana.id });
    const dead = await ask('me', token);
    assert.deepEqual(causes(dead), ['token_dead']);
    assert.match(dead.text, /changed the password/);
    const other = await t.login(draft.id, ana.id);
    assert.deepEqual(causes(await ask('me', other, {}, `${draft.id}|${draft.secret}`)), ['app_in_development']);
    assert.deepEqual(causes(await ask('me', 'EAAnothing')), ['token_unreadable']);
  });

  test('a proof that does not fit', async () => {
    const token = await t.login(shop.id, ana.id);
    assert.deepEqual(causes(await ask('me', token, { input_proof: '0'.repeat(64) })), ['proof_wrong']);
  });

  test('a call that works says so, and each rule that held', async () => {
    const token = await t.login(shop.id, ana.id, { permissions: ['pages_show_list'] });
    const { body } = await ask('me/accounts', token);
    assert.equal(body.outcome, 'allowed');
    assert.deepEqual(
      (body.checks as Check[]).map(({ state }) => state),
      ['fine'],
    );
  });
});

describe('an empty list of Pages', () => {
  test('somebody without a Page: the person is named, so that a wrong log-in is seen', async () => {
    const { body } = await ask('me/accounts', await t.login(shop.id, cleo.id, { permissions: ['pages_show_list'] }));
    assert.equal(body.outcome, 'empty');
    assert.deepEqual(causes({ body } as Reply), ['nothing_there']);
    assert.ok(
      (body.checks as Check[]).some(({ cause, message }) => cause === 'wrong_person' && message.includes(cleo.name)),
    );
  });

  test('Pages that were not chosen in the dialog: the app is told that this may be, and not how many there are', async () => {
    const none = await ask(
      'me/accounts',
      await t.login(shop.id, ana.id, { permissions: ['pages_show_list'], pages: [] }),
    );
    const nobody = await ask(
      'me/accounts',
      await t.login(shop.id, cleo.id, { permissions: ['pages_show_list'], pages: [] }),
    );
    const shape = ({ body }: Reply) => (body.checks as Check[]).map(({ cause, state }) => `${cause} ${state}`);
    assert.ok(shape(none).includes('not_chosen not_told'));
    assert.deepEqual(shape(none), shape(nobody));
  });

  test('debug=all says it beside the answer, and beside an error', async () => {
    const token = await t.login(shop.id, cleo.id, { permissions: ['pages_show_list'] });
    const empty = await t.get(`/me/accounts?debug=all&access_token=${token}`);
    assert.ok(empty.body.__debug__.messages.some(({ message }: Check) => message.includes(cleo.name)));
    const refused = await t.get(`/me/businesses?debug=all&access_token=${token}`);
    assert.equal(refused.body.error.code, 200);
    assert.ok(refused.body.__debug__.messages.some(({ message }: Check) => message.includes('business_management')));
    assert.equal((await t.get(`/me/businesses?access_token=${token}`)).body.__debug__, undefined);
  });
});

describe('names', () => {
  test('PR-11: a token that may not read the name of its person does not learn it from the explanation', async () => {
    const user = await t.login(shop.id, ana.id);
    const form = { client_id: shop.id, grant_type: 'fb_attenuate_token', fb_exchange_token: user };
    const info = (await t.get(`/oauth/access_token?${new URLSearchParams(form)}`)).body.access_token as string;
    const { body, text } = await t.get(`/me/accounts?debug=all&access_token=${info}`);
    assert.ok(body.__debug__.messages.length > 0);
    assert.ok(!text.includes(ana.name));
  });
});

describe('what it changes', () => {
  test('nothing: calls that would write are judged and not made', async () => {
    const token = await t.login(shop.id, ana.id, {
      permissions: ['pages_show_list', 'pages_manage_posts', 'pages_read_engagement'],
    });
    const page = (await t.get(`/${bakery.id}?fields=access_token&access_token=${token}`)).body.access_token as string;
    const before = (await t.get(`/${bakery.id}/feed?access_token=${page}`)).body.data.length;
    assert.equal((await ask(`${bakery.id}/feed?message=Hello`, page, { call_method: 'POST' })).body.outcome, 'allowed');
    assert.equal((await ask('me/permissions', token, { call_method: 'DELETE' })).body.outcome, 'allowed');
    assert.equal((await t.get(`/${bakery.id}/feed?access_token=${page}`)).body.data.length, before);
  });
});

describe('who is told', () => {
  test('people with a role on the app of the token and its own person in the dashboard, and the app itself', async () => {
    const token = await t.login(shop.id, ana.id);
    for (const person of [ben, ana])
      assert.equal(
        (await (await desk(t, person)).post('/why', { call: 'me/accounts', input_token: token })).status,
        200,
      );
    assert.equal((await ask('me', token)).status, 200);
  });

  test('PR-11: a stranger gets one answer for living and dead tokens of other apps, whatever the call', async () => {
    const living = await t.login(shop.id, ana.id, { permissions: ['pages_show_list'] });
    const dead = await t.login(shop.id, ana.id);
    const stranger = await desk(t, cleo);
    const answers = [];
    for (const call of ['me', 'me/accounts', bakery.id])
      answers.push(await stranger.post('/why', { call, input_token: living }));
    await happens(t, 'password_changed', { app: shop.id, user: ana.id });
    answers.push(await stranger.post('/why', { call: 'me', input_token: dead }));
    answers.push(await ask('me', living, {}, `${rival.id}|${rival.secret}`));
    assert.deepEqual(
      new Set(answers.map(({ status, body }) => `${status} ${body.error.message} ${body.checks}`)).size,
      1,
    );
    assert.equal((await t.post('/v25.0/why', { call: 'me', input_token: living })).body.error.code, 104);
    assert.ok((await ask('me', living, {}, await t.login(rival.id, cleo.id))).body.error);
  });

  test('PR-11: what does not exist and what may not be seen are explained alike', async () => {
    const token = await t.login(shop.id, ana.id);
    const told = async (id: string) => JSON.stringify((await ask(id, token)).body).replaceAll(id, '{id}');
    assert.equal(await told(draft.id), await told('9999999'));
    assert.match(await told(draft.id), /not_there/);
  });
});

describe('by fbtrace_id', () => {
  test('the people of the app and the app itself find the explanation of a call that was refused', async () => {
    const token = await t.login(shop.id, ana.id, { permissions: ['email'] });
    const { error } = (await t.get(`/v25.0/me/accounts?access_token=${token}`)).body;
    for (const found of [
      await t.get(`/${shop.id}/explained_calls?fbtrace_id=${error.fbtrace_id}&access_token=${appToken}`),
      await (await desk(t, ben)).get(`/${shop.id}/explained_calls?fbtrace_id=${error.fbtrace_id}`),
    ]) {
      assert.equal(found.body.data.length, 1);
      assert.equal(found.body.data[0].call, 'GET /v25.0/me/accounts');
      assert.deepEqual(causes({ body: found.body.data[0] } as Reply), ['scope_not_granted']);
    }
    assert.ok((await (await desk(t, cleo)).get(`/${shop.id}/explained_calls`)).body.error);
    assert.ok((await t.get(`/${shop.id}/explained_calls?access_token=${token}`)).body.error);
  });

  test('PR-11: the log holds no token and is bounded, and calls without an app are not in it', async () => {
    const token = await t.login(shop.id, ana.id, { permissions: ['email'] });
    for (let i = 0; i < 120; i++) await t.get(`/me/accounts?limit=${i}&access_token=${token}`);
    await t.get(`/${token}?access_token=${token}`);
    await t.get(`/me/accounts?access_token=EAAnothing`);
    const { callLog } = t.server.installation;
    const calls = callLog.calls(shop.id);
    assert.equal(calls.length, 50);
    const text = JSON.stringify([calls, callLog.uses(shop.id)]);
    assert.ok(!text.includes(token.slice(3)));
  });

  test('what is called in which version, and when that version ends', async () => {
    const token = await t.login(shop.id, ana.id);
    for (const version of ['v25.0', 'v25.0', 'v26.0', 'v21.0']) await t.get(`/${version}/me?access_token=${token}`);
    const { data } = (await (await desk(t, ben)).get(`/${shop.id}/version_use`)).body;
    assert.deepEqual(
      data
        .filter(({ call }: { call: string }) => call.endsWith('/me'))
        .map(({ call, calls, version_ends }: Record<string, unknown>) => [call, calls, version_ends]),
      [
        ['GET /v25.0/me', 2, '2028-07-29T00:00:00+0000'],
        ['GET /v26.0/me', 1, undefined],
        ['GET /v21.0/me', 1, '2027-01-21T00:00:00+0000'],
      ],
    );
  });
});

const pageOf = (person: string) =>
  t.login(shop.id, person, { permissions: ['pages_show_list', 'pages_read_engagement'] });

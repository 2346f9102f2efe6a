// These tests are about rate limits: what a call counts to, what is refused beyond, and what the usage headers say.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { digest } from '../acts.ts';
import { cast, type Reply, testWorld, type TestWorld } from '../world.ts';

const { ana, ben, shop, rival, bakery, garden } = cast;
const appToken = `${shop.id}|${shop.secret}`;
const pageScope = ['pages_show_list', 'pages_read_engagement', 'pages_manage_posts'];

async function limited(t: TestContext, settings: Record<string, unknown> = {}): Promise<TestWorld> {
  const world = await testWorld({ settings: { rateLimits: true, usersAtLeast: 1, ...settings } });
  t.after(() => world.close());
  return world;
}

const usage = ({ headers }: Reply, name = 'x-app-usage') => JSON.parse(String(headers[name] ?? 'null'));
const code = ({ status, body }: Reply) => [status, body.error?.code];
const pageTokenOf = async (world: TestWorld, token: string, page: string): Promise<string> =>
  (await world.get(`/${page}?fields=access_token&access_token=${token}`)).body.access_token;
const hits = ({ log }: TestWorld) =>
  log.filter(({ message }) => message === 'limit.hit').map(({ facts }) => facts?.reason);

test('an app may make 200 calls an hour for each of its users, and one more is error 4', async (t) => {
  const world = await limited(t);
  const token = await world.login(shop.id, ana.id);
  for (let i = 1; i < 200; i++) assert.equal((await world.get(`/me?access_token=${token}`)).status, 200);
  const last = await world.get(`/me?access_token=${token}`);
  assert.deepEqual(usage(last), {
    call_count: 100,
    total_cputime: usage(last).total_cputime,
    total_time: usage(last).total_time,
  });
  const state = await digest(world);
  const refused = await world.post('/me/permissions', { access_token: token });
  assert.deepEqual(code(refused), [400, 4]);
  assert.equal(refused.body.error.is_transient, true);
  assert.equal(refused.body.error.message, '(#4) Application request limit reached');
  const wait = Number(refused.headers['retry-after']);
  assert.ok(wait > 3000 && wait <= 3600, String(wait));
  assert.equal(await digest(world), state, 'nothing may change');
  assert.equal((await world.get(`/me?access_token=${await world.login(rival.id, ana.id)}`)).status, 200, 'another app');
  await world.clock.advance(wait);
  assert.equal((await world.get(`/${shop.id}?access_token=${encodeURIComponent(appToken)}`)).status, 200);
});

test('each further person who uses the app brings 200 calls more, at once', async (t) => {
  const world = await limited(t);
  const token = await world.login(shop.id, ana.id);
  for (let i = 0; i < 200; i++) await world.get(`/me?access_token=${token}`);
  assert.deepEqual(code(await world.get(`/me?access_token=${token}`)), [400, 4]);
  const second = await world.get(`/me?access_token=${await world.login(shop.id, ben.id)}`);
  assert.equal(second.status, 200);
  assert.equal(usage(second).call_count, 50);
});

test('calls that are refused by a limit do not count, and other errors do', async (t) => {
  const world = await limited(t, { callsPerUser: 4 });
  const token = await world.login(shop.id, ana.id);
  for (let i = 0; i < 4; i++) assert.deepEqual(code(await world.get(`/999999?access_token=${token}`)), [400, 100]);
  for (let i = 0; i < 3; i++) {
    const reply = await world.get(`/999999?access_token=${token}`);
    assert.deepEqual(code(reply), [400, 4], 'nobody may search on without a limit');
    assert.equal(usage(reply).call_count, 100);
  }
});

test('parallel calls cannot slip past a limit', async (t) => {
  const world = await limited(t, { callsPerUser: 10 });
  const token = await world.login(shop.id, ana.id);
  const replies = await Promise.all(Array.from({ length: 40 }, () => world.get(`/me?access_token=${token}`)));
  assert.equal(replies.filter(({ status }) => status === 200).length, 10);
});

test('one person has a limit in each app: error 17', async (t) => {
  const world = await limited(t, { callsPerPerson: 3 });
  const token = await world.login(shop.id, ana.id);
  for (let i = 0; i < 3; i++) assert.equal((await world.get(`/me?access_token=${token}`)).status, 200);
  const refused = await world.get(`/me?access_token=${token}`);
  assert.deepEqual(code(refused), [400, 17]);
  assert.ok(Number(refused.headers['retry-after']) > 0);
  assert.equal(
    (await world.get(`/me?access_token=${await world.login(shop.id, ben.id)}`)).status,
    200,
    'somebody else',
  );
  assert.equal((await world.get(`/me?access_token=${await world.login(rival.id, ana.id)}`)).status, 200, 'another app');
});

test('a Page with a token of a person: error 32, X-Page-Usage, and the calls count to the app as well', async (t) => {
  const world = await limited(t, { pageCallsByPeople: 4 });
  const token = await world.login(shop.id, ana.id, { permissions: pageScope });
  for (let i = 1; i <= 4; i++) {
    const reply = await world.get(`/${bakery.id}?access_token=${token}`);
    assert.deepEqual([reply.status, usage(reply, 'x-page-usage').call_count], [200, i * 25]);
    assert.equal(reply.headers['x-business-use-case-usage'], undefined);
  }
  const refused = await world.get(`/${bakery.id}/feed?access_token=${token}`);
  assert.deepEqual(code(refused), [400, 32]);
  assert.equal(usage(refused, 'x-page-usage').call_count, 100);
  const other = await world.get(`/${garden.id}?access_token=${token}`);
  assert.equal(other.status, 200, 'another Page');
  assert.equal(usage(other).call_count, 2, 'five of 200');
});

test('a Page with its own token: error 80001 after 4800 calls in 24 hours for each engaged person, and nothing of it counts to the app', async (t) => {
  const world = await limited(t, { pageCallsPerEngagedUser: 5 });
  const { installation } = world.server;
  await installation.db.act(({ tx }) =>
    tx
      .insertInto('page_metrics')
      .values({
        page_id: bakery.id,
        metric: 'page_engaged_users',
        period: 'day',
        end_time: world.clock.now() - 3600,
        value: 2,
      })
      .execute(),
  );
  const token = await pageTokenOf(
    world,
    await world.login(shop.id, ana.id, { permissions: pageScope, longLived: true }),
    bakery.id,
  );
  for (let i = 1; i <= 10; i++) {
    const reply = await world.get(`/me?access_token=${token}`);
    const [{ total_cputime: cpu, total_time: time, ...told }, ...more] = usage(reply, 'x-business-use-case-usage')[
      bakery.id
    ];
    assert.deepEqual(told, {
      type: 'pages',
      call_count: i * 10,
      estimated_time_to_regain_access: i < 10 ? 0 : 24 * 60 - 34,
    });
    assert.deepEqual([cpu < 100, time < 100, more.length], [true, true, 0]);
    assert.equal(usage(reply).call_count, 0);
    assert.equal(reply.headers['x-page-usage'], undefined);
  }
  const refused = await world.get(`/${bakery.id}/feed?access_token=${token}`);
  assert.deepEqual(code(refused), [400, 80_001]);
  assert.match(refused.body.error.message, /^\(#80001\) There have been too many calls to this Page account\./);
  assert.equal(usage(refused, 'x-business-use-case-usage')[bakery.id][0].estimated_time_to_regain_access, 24 * 60 - 34);
  await world.clock.advance(3600);
  assert.deepEqual(code(await world.get(`/me?access_token=${token}`)), [400, 80_001], 'an hour is not enough');
  await world.clock.advance(86_400);
  assert.equal((await world.get(`/me?access_token=${token}`)).status, 200);
});

test('each id of ids= and each member of a batch counts, and members carry the headers', async (t) => {
  const world = await limited(t, { callsPerUser: 20 });
  const token = await world.login(shop.id, ana.id, { permissions: pageScope });
  assert.equal(usage(await world.get(`/?ids=me,${shop.id}&access_token=${token}`)).call_count, 10);
  const batch = JSON.stringify(Array.from({ length: 20 }, () => ({ method: 'GET', relative_url: 'me?fields=id' })));
  const reply = await world.post('/', { batch, access_token: token });
  assert.equal(reply.status, 200);
  assert.equal(usage(reply).call_count, 100);
  const slots = reply.body as { code: number; headers: { name: string; value: string }[]; body: string }[];
  assert.deepEqual(
    slots.map((slot) => slot.code),
    [...Array.from({ length: 18 }, () => 200), 400, 400],
  );
  assert.equal(JSON.parse(slots[19]?.body ?? '').error.code, 4);
  assert.match(slots[0]?.headers.find(({ name }) => name === 'x-app-usage')?.value ?? '', /^\{"call_count":\d+,/);
});

test('what has no app has no usage header, and the token endpoint neither counts nor is limited', async (t) => {
  const world = await limited(t, { callsPerUser: 1 });
  for (const path of ['/me', '/me?access_token=EAAnone'])
    assert.equal((await world.get(path)).headers['x-app-usage'], undefined, path);
  const token = await world.login(shop.id, ana.id);
  assert.equal((await world.get(`/me?access_token=${token}`)).status, 200);
  assert.deepEqual(code(await world.get(`/me?access_token=${token}`)), [400, 4]);
  const asked = { grant_type: 'client_credentials', client_id: shop.id, client_secret: shop.secret };
  for (let i = 0; i < 3; i++) assert.equal((await world.post('/oauth/access_token', asked)).status, 200);
  const inspected = await world.get(`/debug_token?input_token=${token}&access_token=${encodeURIComponent(appToken)}`);
  assert.deepEqual(code(inspected), [400, 4], 'debug_token is a call like any other');
});

test('with rateLimits off everything is counted and nothing is refused', async (t) => {
  const world = await limited(t, { rateLimits: false, callsPerUser: 2 });
  const token = await world.login(shop.id, ana.id);
  const calls = [];
  for (let i = 0; i < 4; i++) calls.push(usage(await world.get(`/me?access_token=${token}`)).call_count);
  assert.deepEqual(calls, [50, 100, 150, 200]);
});

test('limit.hit is told of once while a limit holds, by the next round of the job', async (t) => {
  const world = await limited(t, { callsPerUser: 1 });
  const token = await world.login(shop.id, ana.id);
  for (let i = 0; i < 5; i++) await world.get(`/me?access_token=${token}`);
  await world.flush();
  assert.deepEqual(hits(world), ['app']);
  await world.get(`/me?access_token=${token}`);
  await world.flush();
  assert.deepEqual(hits(world), ['app']);
  await world.clock.advance(3600);
  for (let i = 0; i < 2; i++) await world.get(`/me?access_token=${token}`);
  await world.flush();
  assert.deepEqual(hits(world), ['app', 'app']);
});

test('a call that reads writes nothing until the job runs', async (t) => {
  const world = await limited(t);
  const token = await world.login(shop.id, ana.id);
  const { installation } = world.server;
  const act = installation.db.act;
  installation.db.act = () => assert.fail('a read wrote');
  for (let i = 0; i < 20; i++) assert.equal((await world.get(`/me?access_token=${token}`)).status, 200);
  installation.db.act = act;
  await world.flush();
  const rows = await installation.db.read
    .selectFrom('usage_counts')
    .selectAll()
    .where('subject', '=', `app:${shop.id}`)
    .execute();
  assert.deepEqual([rows.length, rows[0]?.calls], [1, 20]);
});

test('the same post twice in a row within an hour is error 506, for people in words of their own', async (t) => {
  const world = await limited(t);
  const token = await pageTokenOf(world, await world.login(shop.id, ana.id, { permissions: pageScope }), bakery.id);
  const post = (form: Record<string, string>) => world.post(`/${bakery.id}/feed`, { ...form, access_token: token });
  assert.equal((await post({ message: 'Fresh buns' })).status, 200);
  const state = await digest(world);
  const refused = await post({ message: 'Fresh buns' });
  assert.equal(refused.status, 400);
  const { fbtrace_id: trace, ...error } = refused.body.error;
  assert.ok(trace);
  assert.deepEqual(error, {
    message: 'Duplicate status message',
    type: 'FacebookApiException',
    code: 506,
    error_subcode: 1_455_006,
    is_transient: false,
    error_user_title: 'Duplicate Status Update',
    error_user_msg:
      'This status update is identical to the last one you posted. Try posting something different, or delete your previous update.',
  });
  assert.equal(await digest(world), state, 'nothing may change');
  assert.equal(
    (await post({ message: 'Fresh buns', link: 'https://bakery.example/' })).status,
    200,
    'with a link it is another post',
  );
  assert.equal((await post({ message: 'Fresh buns' })).status, 200, 'and the newest one is another now');
  await world.clock.advance(3601);
  assert.equal((await post({ message: 'Fresh buns' })).status, 200, 'after an hour');
  const together = await Promise.all(Array.from({ length: 5 }, () => post({ message: 'At once' })));
  assert.deepEqual(together.map(({ status }) => status).sort(), [200, 400, 400, 400, 400]);
});

test('a hundred posts an hour on one Page, then error 341, and 368 for who goes on regardless', async (t) => {
  const world = await limited(t);
  const token = await pageTokenOf(world, await world.login(shop.id, ana.id, { permissions: pageScope }), bakery.id);
  const post = (message: string) => world.post(`/${bakery.id}/feed`, { message, access_token: token });
  for (let i = 0; i < 100; i++) assert.equal((await post(`Bun ${i}`)).status, 200);
  for (let i = 0; i < 20; i++) assert.deepEqual(code(await post('One more')), [400, 341]);
  const blocked = await post('One more');
  assert.deepEqual(code(blocked), [400, 368]);
  assert.match(blocked.body.error.message, /going too fast/);
  assert.equal((await world.get(`/${bakery.id}/feed?access_token=${token}`)).status, 200, 'reading goes on');
  await world.clock.advance(3600);
  assert.equal((await post('One more')).status, 200);
});

test('a call with a rate of its own is error 613 beyond it', async (t) => {
  const world = await limited(t);
  const { installation } = world.server;
  const app = await installation.facts.app(shop.id);
  const tab = installation.usage.open();
  assert.ok(app);
  for (let i = 0; i < 500; i++)
    await installation.usage.chargeRate(tab, app, 'POST accounts/test-users', shop.id, { calls: 500, seconds: 3600 });
  const refused = await world.post(`/${shop.id}/accounts/test-users`, { access_token: appToken });
  assert.deepEqual(code(refused), [400, 613]);
  assert.equal(refused.body.error.message, '(#613) Calls to this api have exceeded the rate limit.');
  assert.equal(
    (await world.get(`/${shop.id}/accounts/test-users?access_token=${encodeURIComponent(appToken)}`)).status,
    200,
  );
});

// These cases are about rate limits and usage headers, by their guide; and the same post twice, by the error guide.
import assert from 'node:assert/strict';
import { owner, town } from '../../src/stage/ads.ts';
import { adAccounts, apps, pages } from '../../src/stage/cast.ts';
import { type Case, citing } from '../../src/case.ts';
import { idAndSecret, longToken, pageScope, pageToken, userToken } from '../../src/stage/deeds.ts';
import { refused, succeeded } from '../../src/expect.ts';
import type { ConformanceWorld, Reply } from '../../src/stage/world.ts';

const rates = citing('rate limits');
const errors = citing('errors');
const batch = citing('batch');
const tiers = citing('marketing tiers');
const { shop } = apps;

interface Usage {
  call_count: number;
  total_cputime: number;
  total_time: number;
}

/** A usage header as SDKs read it: JSON of whole percentages. */
function usage(reply: Reply, header = 'x-app-usage'): Usage {
  const read = JSON.parse(String(reply.headers[header])) as Usage;
  assert.deepEqual(Object.keys(read), ['call_count', 'total_cputime', 'total_time']);
  assert.ok(Object.values(read).every((share) => Number.isInteger(share) && share >= 0));
  return read;
}

const few = { settings: { rateLimits: true, callsPerUser: 8, pageCallsByPeople: 3, pageCallsPerEngagedUser: 4 } };
const asAna = (world: ConformanceWorld) => userToken(world, 'ana', shop, { scope: pageScope });
const bakery = async (world: ConformanceWorld) =>
  pageToken(world, await longToken(world, 'ana', shop, { scope: pageScope }), 'bakery');

/** Calls until one is refused, at most 20. */
async function untilRefused(call: () => Promise<Reply>): Promise<{ last: Reply; first: Reply; before: number }> {
  const [first] = [await call()];
  for (let before = 1; before <= 20; before++) {
    const last = await call();
    if (last.body?.error) return { first, last, before };
  }
  return assert.fail('no call was refused');
}

export const cases: Case[] = [
  rates.documented(
    'X-App-Usage: call_count, total_time and total_cputime, each in percent of the limit of the app.',
    'Every answer to a token of an app has it, errors too; an answer without an app has none.',
    async (world) => {
      const token = await asAna(world);
      const before = usage(succeeded(await world.get('/me', { access_token: token }))).call_count;
      const error = await world.get('/999999999999999', { access_token: token });
      refused(error, 100, 33);
      assert.ok(usage(error).call_count > before);
      assert.equal((await world.get('/me')).headers['x-app-usage'], undefined);
    },
    few,
  ),
  rates.documented(
    'The limit of an app in a rolling hour is 200 calls for each of its users; beyond it calls fail with code 4.',
    'Code 4 is transient, comes when call_count is 100, says when to try again, and is over within an hour.',
    async (world) => {
      const token = await userToken(world, 'ana', shop);
      for (let i = 0; i < 200; i++) succeeded(await world.get('/me', { fields: 'id', access_token: token }));
      const reply = await world.get('/me', { fields: 'id', access_token: token });
      refused(reply, 4, undefined, '(#4) Application request limit reached');
      assert.equal(reply.body.error.is_transient, true);
      assert.equal(usage(reply).call_count, 100);
      await world.clock.advance(Number(reply.headers['retry-after']));
      succeeded(await world.get(`/${shop.id}`, { access_token: idAndSecret(shop) }));
    },
    { settings: { rateLimits: true } },
  ),
  rates.documented(
    'The users of an app raise its limit.',
    'With a second user twice as many calls are allowed.',
    async (world) => {
      const [ana, ben] = [await userToken(world, 'ana', shop), await userToken(world, 'ben', shop)];
      const made = async (token: string) =>
        usage(succeeded(await world.get('/me', { access_token: token }))).call_count;
      assert.deepEqual([await made(ana), await made(ben)], [6, 12]);
    },
    few,
  ),
  rates.documented(
    'Code 17: the limit of one person is reached.',
    'The person is refused in this app; others go on.',
    async (world) => {
      const [ana, ben] = [await userToken(world, 'ana', shop), await userToken(world, 'ben', shop)];
      const { last } = await untilRefused(() => world.get('/me', { access_token: ana }));
      refused(last, 17, undefined, '(#17) User request limit reached');
      succeeded(await world.get('/me', { access_token: ben }));
    },
    { settings: { rateLimits: true, callsPerPerson: 5 } },
  ),
  rates.documented(
    'Code 32: the limit of a Page is reached by calls with a token of a person; X-Page-Usage shows how near it is.',
    'So it is; the calls count to the app as well.',
    async (world) => {
      const token = await asAna(world);
      const { first, last, before } = await untilRefused(() =>
        world.get(`/${pages.bakery.id}`, { access_token: token }),
      );
      refused(last, 32, undefined, '(#32) Page request limit reached');
      assert.deepEqual(
        [usage(first, 'x-page-usage').call_count, usage(last, 'x-page-usage').call_count, before],
        [33, 100, 3],
      );
      assert.ok(usage(last).call_count > 0);
    },
    few,
  ),
  rates.documented(
    'Calls with a token of a Page or system user count to the use case pages: 4800 in 24 hours for each engaged user, code 80001.',
    'The limit comes from the settings times the people of page_engaged_users, and an hour does not help.',
    async (world) => {
      const token = await bakery(world);
      const { last, before } = await untilRefused(() => world.get('/me', { access_token: token }));
      assert.equal(before, 4);
      refused(
        last,
        80_001,
        undefined,
        '(#80001) There have been too many calls to this Page account. Wait a bit and try again. For more info, please refer to https://developers.facebook.com/docs/graph-api/overview/rate-limiting.',
      );
      await world.clock.advance(3600);
      refused(await world.get('/me', { access_token: token }), 80_001, undefined, /80001/);
      await world.clock.advance(86_400);
      succeeded(await world.get('/me', { access_token: token }));
    },
    few,
  ),
  rates.documented(
    'X-Business-Use-Case-Usage: by id of the object a list of {type, call_count, total_cputime, total_time, estimated_time_to_regain_access}.',
    'The key is the Page; the time to regain access is in minutes and 0 until calls are refused.',
    async (world) => {
      const token = await bakery(world);
      const reply = succeeded(await world.get('/me', { access_token: token }));
      const { [pages.bakery.id]: list, ...others } = JSON.parse(String(reply.headers['x-business-use-case-usage']));
      assert.deepEqual(others, {});
      const [{ total_cputime: cpu, total_time: time, ...told }] = list;
      assert.deepEqual(told, { type: 'pages', call_count: 25, estimated_time_to_regain_access: 0 });
      assert.ok(Number.isInteger(cpu) && Number.isInteger(time));
      const { last } = await untilRefused(() => world.get('/me', { access_token: token }));
      const [over] = JSON.parse(String(last.headers['x-business-use-case-usage']))[pages.bakery.id];
      assert.ok(over.call_count === 100 && over.estimated_time_to_regain_access > 60, JSON.stringify(over));
    },
    few,
  ),
  rates.documented(
    'Calls of a business use case do not count to the limit of the app.',
    'X-App-Usage does not grow by calls with a token of a Page.',
    async (world) => {
      const token = await bakery(world);
      const share = async () => usage(succeeded(await world.get('/me', { access_token: token }))).call_count;
      assert.equal(await share(), await share());
    },
    few,
  ),
  rates.documented(
    'A call with ids counts once for each id.',
    'Two ids use up what two calls would.',
    async (world) => {
      const token = await userToken(world, 'ana', shop);
      assert.equal(
        usage(succeeded(await world.get('/', { ids: `me,${shop.id}`, access_token: token }))).call_count,
        25,
      );
    },
    few,
  ),
  rates.documented(
    'Code 613: a call has a limit of its own.',
    'Making test users has one.',
    async (world) => {
      const token = idAndSecret(shop);
      for (let i = 0; i < 10; i++) {
        const items = Array.from({ length: 50 }, () => ({
          method: 'POST',
          relative_url: `${shop.id}/accounts/test-users`,
          body: 'minor=perhaps',
        }));
        succeeded(await world.post('/', { batch: JSON.stringify(items), access_token: token }));
      }
      refused(
        await world.post(`/${shop.id}/accounts/test-users`, { access_token: token }),
        613,
        undefined,
        /^\(#613\) Calls to this api/,
      );
    },
    {
      settings: { rateLimits: true, callsPerUser: 100_000 },
      difference: 'Documents name no such call of those that are here: which call and how many is ours.',
    },
  ),
  rates.documented(
    'X-Ad-Account-Usage: acc_id_util_pct, reset_time_duration, ads_api_access_tier; advertising calls name their tier in the other header too.',
    'Both are there on calls on an ad account and what is in it, under the same number; reports count by themselves.',
    async (world) => {
      const token = await owner(world);
      const account = succeeded(await world.get(`/${town}/campaigns`, { access_token: token }));
      const used = JSON.parse(String(account.headers['x-ad-account-usage']));
      assert.deepEqual(Object.keys(used), ['acc_id_util_pct', 'reset_time_duration', 'ads_api_access_tier']);
      assert.match(used.ads_api_access_tier, /^(?:development|standard)_access$/);
      const entry = ({ headers }: Reply) =>
        JSON.parse(String(headers['x-business-use-case-usage']))[adAccounts.town.id][0];
      assert.deepEqual(Object.keys(entry(account)), [
        'type',
        'call_count',
        'total_cputime',
        'total_time',
        'estimated_time_to_regain_access',
        'ads_api_access_tier',
      ]);
      assert.deepEqual(
        [entry(account).type, entry(account).ads_api_access_tier],
        ['ads_management', used.ads_api_access_tier],
      );
      const report = succeeded(await world.get(`/${town}/insights`, { date_preset: 'maximum', access_token: token }));
      assert.equal(entry(report).type, 'ads_insights');
    },
    { settings: { rateLimits: true } },
  ),
  batch.documented(
    'Each call of a batch counts separately for rate limits.',
    'Members beyond the limit are refused one by one; each carries X-App-Usage.',
    async (world) => {
      const token = await userToken(world, 'ana', shop);
      const items = Array.from({ length: 10 }, () => ({ method: 'GET', relative_url: 'me?fields=id' }));
      const reply = succeeded(await world.post('/', { batch: JSON.stringify(items), access_token: token }));
      const slots = reply.body as { code: number; headers: { name: string; value: string }[]; body: string }[];
      assert.deepEqual(
        slots.map(({ code }) => code),
        [...Array.from({ length: 8 }, () => 200), 400, 400],
      );
      assert.equal(JSON.parse(slots[9]?.body ?? '').error.code, 4);
      for (const { headers } of slots)
        assert.match(headers.find(({ name }) => name === 'x-app-usage')?.value ?? '', /^\{"call_count":\d+,/);
    },
    few,
  ),
  tiers.documented(
    'The higher tier takes at least 500 calls in the last 15 days, and an error rate below 15 % over the last 500.',
    'A field of the app shows both figures, and whether they are enough.',
    async (world) => {
      const { body } = succeeded(
        await world.get(`/${shop.id}`, { fields: 'marketing_api_calls', access_token: idAndSecret(shop) }),
      );
      assert.deepEqual(body.marketing_api_calls, {
        tier: 'none',
        calls_in_15_days: 0,
        error_rate_of_last_500: 0,
        qualifies: false,
      });
    },
    { difference: 'No document names a field for it: ours.' },
  ),
  errors.documented(
    '506: duplicate posts cannot be published consecutively (with error_user_title and error_user_msg).',
    'The same message and link as the newest post is refused for an hour, with subcode 1455006 and is_transient false.',
    async (world) => {
      const token = await bakery(world);
      const post = (message: string) => world.post(`/${pages.bakery.id}/feed`, { message, access_token: token });
      succeeded(await post('Twice'));
      const reply = await post('Twice');
      refused(reply, 506, 1_455_006, 'Duplicate status message');
      const { type, is_transient: transient, error_user_title: title, error_user_msg: words } = reply.body.error;
      assert.deepEqual([type, transient], ['FacebookApiException', false]);
      assert.ok(title.length > 0 && words.length > 0);
      succeeded(await post('Something else'));
      succeeded(await post('Twice'));
    },
    { difference: 'It is not documented for how long; the words for people are ours.' },
  ),
  errors.documented(
    '341: the limit on posting is reached; 368: blocked for going too fast.',
    'A hundred posts of an app on one Page in an hour, then 341; an app that goes on is refused with 368.',
    async (world) => {
      const token = await bakery(world);
      const item = (i: number) => ({
        method: 'POST',
        relative_url: `${pages.bakery.id}/feed`,
        body: `message=number%20${i}&access_token=${token}`,
      });
      for (let from = 0; from < 100; from += 50)
        succeeded(
          await world.post('/', {
            batch: JSON.stringify(Array.from({ length: 50 }, (_, i) => item(from + i))),
            access_token: token,
          }),
        );
      const post = () => world.post(`/${pages.bakery.id}/feed`, { message: 'one more', access_token: token });
      for (let i = 0; i < 20; i++) refused(await post(), 341, undefined, '(#341) Feed action request limit reached');
      refused(await post(), 368, undefined, /misusing this feature by going too fast/);
    },
    { settings: { rateLimits: true }, difference: 'No document says how many: ours.' },
  ),
];

// IV-15: one request may not hold a node. What it asks for is counted, and more than a request may cost is refused.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { limits } from '@hallpass/protocol/request';
import { cast, type TestWorld, testWorld } from '../world.ts';
import { type Heavy, heavyRequests, PAGES, pageIds, POSTS, widePermissions, wideSeed } from './work-scene.ts';
import { PageId } from '../../src/store/ids.ts';
import { mustTakeLessThan } from '../../../protocol/test/processor-time.ts';

const { shop, ana } = cast;
let t: TestWorld;
let token: string;
let pageToken: string;
let done = 0;

before(async () => {
  t = await testWorld({ seed: wideSeed, noted: (call) => void (done = Math.max(done, call.work.done)) });
  token = await t.login(shop.id, ana.id, { permissions: widePermissions });
  pageToken = (await t.get(`/${pageIds[0]}?fields=access_token&access_token=${token}`)).body.access_token;
  await t.server.installation.db.act(async ({ tx }) => {
    for (let page = 0; page < PAGES; page++)
      await tx
        .insertInto('posts')
        .values(
          Array.from({ length: POSTS }, (_, i) => ({
            id: `${700_000 + page}_${i + 1}`,
            page_id: PageId.of(String(700_000 + page)),
            message: `Post ${i} ${'x'.repeat(100)}`,
            link: null,
            published: 1,
            publish_at: null,
            author_id: null,
            app_id: null,
            created_at: t.clock.now() - i,
          })),
        )
        .execute();
  });
});
after(() => t.close());

async function ask(
  { method = 'GET', path }: Heavy,
  params: Heavy['params'],
): Promise<{ status: number; text: string }> {
  const body = Buffer.from(method === 'POST' ? JSON.stringify(params) : '');
  const query = method === 'GET' ? new URLSearchParams(params as Record<string, string>).toString() : '';
  const answer = await t.send({
    method,
    path,
    query,
    body,
    headers: { host: 'localhost:4000', 'content-type': 'application/json' },
  });
  return { status: answer.status, text: String(answer.body) };
}

const askWithToken = (heavy: Heavy) =>
  ask(heavy, { access_token: heavy.as === 'page' ? pageToken : token, ...heavy.params });

/** Milliseconds; far more than any request takes: what was not counted took seconds. */
const MOST = 500;

for (const heavy of heavyRequests())
  test(`IV-15: one request cannot hold a node: ${heavy.name}`, async () => {
    done = 0;
    const { answer, ms } = await mustTakeLessThan(MOST, () => askWithToken(heavy), heavy.name);
    const { status, text } = answer;
    assert.ok(status < 500, `${status} ${text.slice(0, 200)}`);
    assert.equal(text.includes('reduce the amount of data'), heavy.refused, text.slice(0, 300));
    // Work that is counted after it was done is one list, one answer or one reference; a batch that is refused goes on
    // to say so.
    assert.ok(done < 1.5 * limits.work, String(done));
    if (process.env.SHOW_WORK)
      console.log(
        `${ms.toFixed(0).padStart(6)} ms  ${(done / 1000).toFixed(0).padStart(6)}  ${text.includes('reduce the amount')} ${status} ${heavy.name}`,
      );
  });

test('IV-15: the prices are near the truth: what is counted as a millisecond takes no more than a few', async () => {
  for (const heavy of heavyRequests()) {
    done = 0;
    await askWithToken(heavy);
    await mustTakeLessThan(10 + (5 * done) / 1000, () => askWithToken(heavy), `${heavy.name}, counted as ${done},`);
  }
});

test('IV-15: a call after a refused one is answered as ever, and the budget of one request is not that of another', async () => {
  const refused = heavyRequests().filter((heavy) => heavy.refused);
  for (const heavy of refused.slice(0, 3)) await ask(heavy, { access_token: token, ...heavy.params });
  const { status, body } = await t.get(`/me?fields=name,accounts.limit(5){name}&access_token=${token}`);
  assert.deepEqual([status, body.name, body.accounts.data.length], [200, ana.name, 5]);
});

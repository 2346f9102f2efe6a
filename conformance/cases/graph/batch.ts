// These cases are about batches, by their guide.
import assert from 'node:assert/strict';
import { apps, pages, people } from '../../src/stage/cast.ts';
import { type Case, citing } from '../../src/case.ts';
import { longToken, pageScope, pageToken, userToken } from '../../src/stage/deeds.ts';
import { succeeded } from '../../src/expect.ts';
import type { ConformanceWorld, Reply } from '../../src/stage/world.ts';

const batch = citing('batch');
const { shop } = apps;

/** A Page with posts, and a token of it. */
async function bakery(world: ConformanceWorld): Promise<string> {
  return pageToken(world, await longToken(world, 'ana', shop, { scope: pageScope }), 'bakery');
}

/** The answer to one item of a batch. */
interface Item {
  code: number;
  headers?: { name: string; value: string }[];
  body: string;
}

const ask = (
  world: ConformanceWorld,
  items: unknown,
  params: Record<string, string | boolean> = {},
  path = '/',
): Promise<Reply> => world.post(path, { batch: JSON.stringify(items), ...params });

export const cases: Case[] = [
  batch.documented(
    'Send a POST with batch: a JSON array of requests.',
    'The answer is an array of the same length, in order; each body is a JSON string.',
    async (world) => {
      const access_token = await userToken(world, 'ana', shop, { scope: pageScope });
      const { body } = succeeded(
        await ask(
          world,
          [
            { method: 'GET', relative_url: 'me' },
            { method: 'GET', relative_url: 'me/accounts?limit=1' },
          ],
          { access_token },
        ),
      );
      const [me, accounts] = body as Item[];
      assert.deepEqual([me?.code, accounts?.code], [200, 200]);
      assert.equal(JSON.parse(me?.body ?? '').name, people.ana.name);
      assert.equal(JSON.parse(accounts?.body ?? '').data.length, 1);
      assert.ok(me?.headers?.some(({ name }) => name.toLowerCase() === 'content-type'));
    },
  ),
  batch.documented('Sample: POST /me?batch=[…].', 'Any address takes a batch.', async (world) => {
    const access_token = await userToken(world, 'ana', shop);
    for (const path of ['/', '/v25.0', '/v25.0/', '/me']) {
      const { body } = succeeded(
        await ask(world, [{ method: 'GET', relative_url: 'me?fields=id' }], { access_token }, path),
      );
      assert.equal((body as Item[])[0]?.code, 200);
    }
  }),
  batch.documented(
    'Each request may use its own token.',
    'An item’s access_token counts for that item; the others use the batch’s.',
    async (world) => {
      const [ana, ben] = [await userToken(world, 'ana', shop), await userToken(world, 'ben', shop)];
      const { body } = succeeded(
        await ask(
          world,
          [
            { method: 'GET', relative_url: 'me' },
            { method: 'GET', relative_url: `me?access_token=${ben}` },
          ],
          { access_token: ana },
        ),
      );
      assert.deepEqual(
        (body as Item[]).map((item) => JSON.parse(item.body).name),
        [people.ana.name, people.ben.name],
      );
    },
  ),
  batch.documented('POST items carry a body.', 'A post is published, and read by a later item.', async (world) => {
    const access_token = await bakery(world);
    const items = [
      {
        method: 'POST',
        relative_url: 'me/feed',
        body: `message=${encodeURIComponent('From a batch & more')}`,
        name: 'made',
        omit_response_on_success: false,
      },
      { method: 'GET', relative_url: '?ids={result=made:$.id}&fields=message' },
    ];
    const { body } = succeeded(await ask(world, items, { access_token }));
    const [made, read] = (body as Item[]).map((item) => JSON.parse(item.body));
    assert.equal(read[made.id].message, 'From a batch & more');
  }),
  batch.documented(
    'Refer to the result of another request with {result=name:$.path}.',
    'A named item that others refer to is null; the reference is filled in.',
    async (world) => {
      const access_token = await userToken(world, 'ana', shop, { scope: pageScope });
      const { body } = succeeded(
        await ask(
          world,
          [
            { method: 'GET', name: 'list', relative_url: 'me/accounts' },
            { method: 'GET', relative_url: '?ids={result=list:$.data.*.id}&fields=name' },
          ],
          { access_token },
        ),
      );
      const [list, read] = body as (Item | null)[];
      assert.equal(list, null);
      assert.deepEqual(Object.keys(JSON.parse(read?.body ?? '')), [pages.bakery.id, pages.garden.id]);
    },
  ),
  batch.documented('include_headers=false leaves headers out.', 'Items have code and body only.', async (world) => {
    const { body } = succeeded(
      await ask(world, [{ method: 'GET', relative_url: 'me' }], {
        access_token: await userToken(world, 'ana', shop),
        include_headers: false,
      }),
    );
    assert.deepEqual(Object.keys((body as Item[])[0] ?? {}), ['code', 'body']);
  }),
  batch.documented(
    'A failing request does not fail the others.',
    'Its item has the error and its own code; the batch is HTTP 200.',
    async (world) => {
      const reply = succeeded(
        await ask(
          world,
          [
            { method: 'GET', relative_url: 'nobody' },
            { method: 'GET', relative_url: 'me' },
          ],
          { access_token: await userToken(world, 'ana', shop) },
        ),
      );
      const [bad, good] = reply.body as Item[];
      assert.equal(bad?.code, 400);
      assert.ok(JSON.parse(bad?.body ?? '').error.code);
      assert.equal(good?.code, 200);
    },
  ),
  ...batch.each([50, 51] as const, (count) =>
    batch.documented(
      'A batch has at most 50 requests.',
      count === 50 ? '50 requests are answered.' : '51 are refused as a whole.',
      async (world) => {
        const reply = await ask(
          world,
          Array.from({ length: count }, () => ({ method: 'GET', relative_url: 'me?fields=id' })),
          { access_token: await userToken(world, 'ana', shop) },
        );
        if (count === 50) assert.equal((succeeded(reply).body as Item[]).length, 50);
        else {
          // Errors of a batch itself have a type and no number (jgorset/facepy).
          const { type, message, code } = reply.body.error;
          assert.deepEqual(
            [reply.status, type, message, code],
            [400, 'GraphBatchException', 'Too many requests in batch message. Maximum batch size is 50', undefined],
          );
        }
      },
    ),
  ),
];

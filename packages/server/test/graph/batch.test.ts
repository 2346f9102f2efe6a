// These tests are about batches: up to fifty calls in one, each judged by itself. Sources: "Make multiple requests",
// the batch chapter of the protocol reference, house decisions on named items.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bakery, bodyOf, codes, garden, page, run, t, type Slot, user } from './batch-scene.ts';

test('as many answers as items, in their order, bodies as text, headers as a list unless they are not wanted', async () => {
  for (const wanted of [undefined, 'true', 'false']) {
    const items = [
      { method: 'GET', relative_url: 'me' },
      { method: 'get', relative_url: `/${bakery.id}?fields=name` },
      { method: 'POST', relative_url: `${bakery.id}/feed`, body: `message=hi%20${wanted}&access_token=${page}` },
      { relative_url: 'nonsense' },
    ];
    const slots = await run(items, {
      access_token: user,
      ...(wanted === undefined ? {} : { include_headers: wanted }),
    });
    assert.deepEqual(codes(slots), [200, 200, 200, 400]);
    assert.equal(bodyOf(slots[1]).name, bakery.name);
    assert.match(bodyOf(slots[2]).id, new RegExp(`^${bakery.id}_\\d+$`));
    assert.equal(bodyOf(slots[3]).error.code, 803);
    assert.deepEqual(
      Object.keys(slots[0] as Slot),
      wanted === 'false' ? ['code', 'body'] : ['code', 'headers', 'body'],
    );
    if (wanted !== 'false')
      assert.equal(
        slots[0]?.headers?.find(({ name }) => name.toLowerCase() === 'content-type')?.value,
        'application/json; charset=UTF-8',
      );
  }
});

test('the batch itself may be a list of a JSON body, with parameters beside it in the query', async () => {
  const answer = await t.send({
    method: 'POST',
    path: '/v24.0',
    query: `access_token=${user}`,
    headers: { host: 'localhost:4000', 'content-type': 'application/json' },
    body: Buffer.from(
      JSON.stringify({
        batch: [
          { method: 'GET', relative_url: 'me?fields=id,name' },
          {
            method: 'POST',
            relative_url: `${bakery.id}/feed`,
            body: { message: 'as, an object & more', published: false, access_token: page },
          },
        ],
      }),
    ),
  });
  const slots = JSON.parse(String(answer.body)) as Slot[];
  assert.deepEqual(codes(slots), [200, 200]);
  assert.equal((await t.get(`/${bodyOf(slots[1]).id}?access_token=${page}`)).body.message, 'as, an object & more');
});

test('raw characters in a relative address mean themselves', async () => {
  const slots = await run([
    { relative_url: 'me?fields=id,name' },
    { relative_url: 'me?fields=["id","name"]' },
    { relative_url: 'me?fields=id, accounts{name, id}' },
    { relative_url: `?ids=${bakery.id},${garden.id}&fields=name` },
    { relative_url: `?ids=["${bakery.id}","${garden.id}"]` },
    { relative_url: 'me?locale=de_DE&nonsense=ü "<>"' },
    { relative_url: `${bakery.id}/feed?message=50% off & more`, method: 'POST', body: `access_token=${page}` },
  ]);
  assert.deepEqual(codes(slots), [200, 200, 200, 200, 200, 200, 400]);
  assert.deepEqual(Object.keys(bodyOf(slots[3])), [bakery.id, garden.id]);
});

test('items are of the version of the batch, of their own, or of what the app has by default', async () => {
  const versionOf = (slot: Slot | null | undefined) =>
    slot?.headers?.find(({ name }) => name === 'facebook-api-version')?.value;
  const items = [{ relative_url: 'me' }, { relative_url: 'v3.2/me' }, { relative_url: '/v26.0/me' }];
  const versioned = (await t.post('/v20.0/', { access_token: user, batch: JSON.stringify(items) })).body as Slot[];
  assert.deepEqual(versioned.map(versionOf), ['v20.0', 'v3.2', 'v26.0']);
  assert.deepEqual((await run(items)).map(versionOf), ['v25.0', 'v3.2', 'v26.0']);
});

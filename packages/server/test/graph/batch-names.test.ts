// These tests are about items of a batch that name others, and about what a batch refuses.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { digest } from '../acts.ts';
import { cast, type Reply } from '../world.ts';
import { ana, bakery, bodyOf, codes, garden, page, post, run, shop, t, type Slot, user } from './batch-scene.ts';

const joined = `${shop.id}|${shop.secret}`;

describe('items that name others', () => {
  const list = { name: 'list', relative_url: 'me/accounts?fields=id' };
  test('get their values by JSONPath, and the named one is left out when it went well', async () => {
    const slots = await run([
      list,
      { relative_url: '?ids={result=list:$.data.*.id}&fields=name' },
      { relative_url: '{result=list:$.data[0].id}?fields=name' },
    ]);
    assert.deepEqual([slots[0], ...codes(slots).slice(1)], [null, 200, 200]);
    assert.deepEqual(Object.keys(bodyOf(slots[1])).sort(), [bakery.id, garden.id]);
  });

  test('also percent-encoded, in bodies, and in a chain', async () => {
    const slots = await run([
      list,
      { relative_url: '?ids=%7Bresult%3Dlist%3A%24.data.*.id%7D&fields=name' },
      {
        method: 'POST',
        name: 'made',
        relative_url: `${bakery.id}/feed`,
        body: `message={result=list:$.data[1].id}&access_token=${page}`,
      },
      { relative_url: `{result=made:$.id}?access_token=${page}`, depends_on: 'made' },
    ]);
    assert.deepEqual(codes(slots), [null, 200, null, 200]);
    assert.ok([bakery.id, garden.id].includes(bodyOf(slots[3]).message));
  });

  test('a named item keeps its slot when nobody refers to it, when it failed, or when that is asked for', async () => {
    const slots = await run([
      list,
      { ...list, name: 'kept', omit_response_on_success: false },
      { relative_url: 'me', depends_on: 'kept' },
      { name: 'bad', relative_url: 'me?fields=nonsense' },
      { relative_url: '{result=bad:$.id}' },
      { relative_url: 'me', depends_on: ['bad'] },
    ]);
    assert.deepEqual(codes(slots), [200, 200, 200, 400, null, null]);
  });

  test('an unknown name, itself, a circle and one that comes later refuse the whole batch, and nothing of it is run', async () => {
    const state = await digest(t);
    const post = { method: 'POST', relative_url: `${bakery.id}/feed`, body: `message=x&access_token=${page}` };
    for (const [items, index, name] of [
      [[post, { relative_url: '{result=nobody:$.id}' }], 1, 'nobody'],
      [[post, { name: 'me', relative_url: 'me?fields={result=me:$.id}' }], 1, 'me'],
      [[{ name: 'a', relative_url: '{result=b:$.id}' }, { name: 'b', relative_url: '{result=a:$.id}' }, post], 0, 'b'],
      [[post, { relative_url: 'me', depends_on: 'nobody' }], 1, 'nobody'],
      [[post, { relative_url: 'me', depends_on: ['list'] }, list], 1, 'list'],
    ] as const) {
      const { status, body } = await t.post('/', { access_token: user, batch: JSON.stringify(items) });
      assert.equal(status, 400);
      assert.deepEqual(body.error, {
        message: `Request ${index} cannot depend on an  unresolved request with  name ${name}. Requests can only depend on preceding requests`,
        type: 'GraphBatchException',
        fbtrace_id: body.error.fbtrace_id,
      });
    }
    assert.equal(await digest(t), state);
  });

  test('PR-11: a reference brings nothing that the item could not read by itself, and its values cannot change the call', async () => {
    const evil = await t.post(`/${bakery.id}/feed`, {
      access_token: page,
      message: '1&access_token=stolen&method=delete#/../me{result=list:$.data}',
    });
    const slots = await run([
      { name: 'post', relative_url: `${evil.body.id}?access_token=${page}` },
      { relative_url: 'me?fields=id&nonsense={result=post:$.message}' },
      { relative_url: '{result=post:$.message}' },
      { name: 'tokens', relative_url: 'me/accounts?fields=access_token' },
      { relative_url: `${garden.id}/feed?access_token={result=tokens:$.data[1].access_token}` },
      { relative_url: 'me?access_token={result=tokens:$.data.*.access_token}' },
    ]);
    assert.deepEqual(codes(slots), [null, 200, 400, null, 200, 400]);
    const without = await t.login(shop.id, cast.cleo.id);
    const refused = await run(
      [
        { name: 'tokens', relative_url: 'me/accounts?fields=access_token', omit_response_on_success: false },
        { relative_url: `${bakery.id}?fields=access_token` },
        { relative_url: 'me?fields=accounts{access_token}' },
      ],
      { access_token: without },
    );
    assert.deepEqual([codes(refused), JSON.stringify(refused).includes('EAA')], [[403, 400, 200], false]);
  });

  test('an answer that is no JSON (a redirect, a script) has nothing to refer to', async () => {
    const slots = await run([
      { name: 'picture', relative_url: 'me/picture' },
      { relative_url: 'me?fields=id&x={result=picture:$.url}' },
      { name: 'script', relative_url: 'me?callback=cb' },
      { relative_url: 'me?fields=id&x={result=script:$.id}' },
    ]);
    assert.deepEqual(codes(slots), [null, 200, null, 200]);
    const [redirect] = await run([{ relative_url: 'me/picture' }]);
    assert.deepEqual([redirect?.code, redirect?.body], [302, '']);
    assert.match(
      redirect?.headers?.find(({ name }) => name === 'Location')?.value ?? '',
      /^http:\/\/localhost:4000\/platform\/picture\//,
    );
  });

  test('IV-05: what would grow beyond the limits is refused', async () => {
    const slots = await run([
      { name: 'all', relative_url: 'me?fields=accounts{about,category_list,picture,tasks,link}&metadata=1' },
      { relative_url: `me?x=${'{result=all:$}'.repeat(1000)}` },
      { relative_url: `me?x=${'{result=all:$..name}'.repeat(700)}` },
      { relative_url: `me?${'{result='.repeat(1500)}` },
    ]);
    assert.deepEqual([slots[1]?.code, slots[2]?.code, slots[3]?.code], [400, 400, 200]);
    for (const slot of slots.slice(1, 3)) assert.ok(String(slot?.body).length < 1000, 'nothing of it was put together');
  });
});

test('a batch within a batch is refused, by body and by address', async () => {
  const inner = encodeURIComponent('[{"relative_url":"me"}]');
  const slots = await run([
    { method: 'POST', relative_url: '', body: `batch=${inner}` },
    { method: 'POST', relative_url: `me?batch=${inner}` },
    { relative_url: `?batch=${inner}&method=post` },
    { relative_url: `me?batch=${inner}` },
  ]);
  assert.deepEqual(codes(slots), [400, 400, 400, 200]);
});

test('only a POST is a batch', async () => {
  const batch = encodeURIComponent('[{"method":"DELETE","relative_url":"me/permissions"}]');
  const state = await digest(t);
  assert.equal((await t.get(`/?access_token=${user}&batch=${batch}`)).body.error.code, 100);
  assert.equal((await t.get(`/me?access_token=${user}&batch=${batch}`)).body.name, ana.name);
  assert.equal(await digest(t), state);
  const harmless = encodeURIComponent('[{"relative_url":"me"}]');
  assert.equal((await t.get(`/?access_token=${user}&method=post&batch=${harmless}`)).body[0].code, 200);
});

test('an item is refused as a call of its own would be', async () => {
  const items = [
    { method: 'TRACE', relative_url: 'me' },
    { method: 'HEAD', relative_url: 'me' },
    { method: '', relative_url: 'me' },
    { relative_url: '' },
    { relative_url: 'me?fields=id&fields=name' },
    { relative_url: `me?access_token=${user}&access_token=${page}` },
    { method: 'DELETE', relative_url: `${shop.id}` },
    { method: 'PUT', relative_url: `${shop.id}`, body: 'app_name=x' },
    { relative_url: `debug_token?input_token=${user}` },
  ];
  const singly: Reply[] = [];
  for (const item of items) singly.push(...(await post({ access_token: user }, [item])).body.map((slot: Slot) => slot));
  const slots = await run(items);
  assert.deepEqual(
    codes(slots),
    (singly as unknown as Slot[]).map((slot) => slot.code),
  );
  assert.deepEqual(codes(slots), [400, 200, 200, 400, 400, 400, 403, 400, 400]);
  const app = await run(
    [{ relative_url: `${shop.id}?fields=app_name` }, { method: 'PUT', relative_url: shop.id, body: 'app_name=Shop' }],
    {
      access_token: joined,
    },
  );
  assert.deepEqual(codes(app), [200, 200]);
});

// These tests are about batches: up to fifty calls in one, each judged by itself. Sources: "Make multiple requests",
// the batch chapter of the protocol reference, house decisions on named items.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { digest } from '../acts.ts';
import { cast, type Reply, type TestWorld, testWorld } from '../world.ts';

const { shop, rival, bakery, garden, ana } = cast;
const joined = `${shop.id}|${shop.secret}`;

interface Slot {
  code: number;
  headers?: { name: string; value: string }[];
  body: string | null;
}

let t: TestWorld;
let user: string;
let rivals: string;
let page: string;
before(async () => {
  t = await testWorld();
  user = await t.login(shop.id, ana.id, {
    permissions: ['pages_show_list', 'pages_read_engagement', 'pages_manage_posts', 'email'],
  });
  rivals = await t.login(rival.id, ana.id);
  page = (await t.get(`/${bakery.id}?fields=access_token&access_token=${user}`)).body.access_token;
});
after(() => t.close());

const post = (params: Record<string, string>, batch: unknown) =>
  t.post('/', { ...params, batch: typeof batch === 'string' ? batch : JSON.stringify(batch) });
async function run(items: unknown, params: Record<string, string> = { access_token: user }): Promise<(Slot | null)[]> {
  const { body, text } = await post(params, items);
  assert.ok(Array.isArray(body), text);
  return body as (Slot | null)[];
}
const codes = (slots: (Slot | null)[]) => slots.map((slot) => slot?.code ?? null);
// oxlint-disable-next-line typescript/no-explicit-any -- tests read whatever came
const bodyOf = (slot: Slot | null | undefined): any => JSON.parse(slot?.body ?? 'null');

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

describe('tokens', () => {
  test('an item may bring its own, in its address or its body; the others use that of the batch', async () => {
    const slots = await run([
      { relative_url: 'me?fields=id' },
      { relative_url: `me?fields=id&access_token=${page}` },
      { relative_url: `me?fields=id&access_token=${rivals}` },
      { method: 'POST', relative_url: `${bakery.id}/feed`, body: `message=x&access_token=${page}` },
      { method: 'POST', relative_url: `${bakery.id}/feed`, body: 'message=x' },
      { relative_url: 'me?access_token=EAAnonsense' },
    ]);
    assert.deepEqual(codes(slots), [200, 200, 200, 200, 403, 400]);
    assert.equal(bodyOf(slots[1]).id, bakery.id);
    assert.notEqual(bodyOf(slots[0]).id, bodyOf(slots[2]).id);
    assert.equal(bodyOf(slots[5]).error.code, 190);
  });

  test('without one for the batch each item stands for itself', async () => {
    const slots = await run(
      [{ relative_url: 'me' }, { relative_url: `me?access_token=${user}` }, { relative_url: bakery.id }],
      {
        batch_app_id: shop.id,
      },
    );
    assert.deepEqual(
      [codes(slots), bodyOf(slots[0]).error.code, bodyOf(slots[2]).error.code],
      [[400, 200, 400], 2500, 104],
    );
  });

  test('a bad one for the batch is one error for all', async () => {
    for (const [params, code] of [
      [{ access_token: 'EAAnonsense' }, 190],
      [{ access_token: user, appsecret_proof: 'x' }, 100],
    ] as const) {
      const { status, body } = await post(params, [{ relative_url: `me?access_token=${user}` }]);
      assert.deepEqual([status, body.error.code], [400, code]);
    }
  });

  test('headers of an item bring no identity: those that would are refused, and none is run without them', async () => {
    for (const header of [`Authorization: Bearer ${page}`, { name: 'Cookie', value: 'a=b' }, 'host: evil.example']) {
      const [slot] = await run([{ relative_url: 'me?fields=id', headers: [header] }]);
      const { error } = bodyOf(slot);
      assert.deepEqual(
        [slot?.code, error.type, error.message],
        [400, 'GraphBatchException', 'Request 0 cannot be read: headers'],
      );
    }
    const slots = await run([
      {
        relative_url: 'me?fields=id',
        headers: ['X-Forwarded-For: 1.2.3.4', { name: 'Content-Encoding', value: 'gzip' }],
      },
    ]);
    assert.equal(slots[0]?.code, 200);
    assert.notEqual(bodyOf(slots[0]).id, bakery.id);
  });

  test('every key of an item is obeyed or refused: a value that it cannot have is never passed over', async () => {
    for (const [key, value] of [
      ['headers', 'Accept-Language: de'],
      ['headers', [null]],
      ['headers', [['a']]],
      ['headers', ['no colon']],
      ['headers', [{ name: 1, value: 'x' }]],
      ['omit_response_on_success', 'perhaps'],
      ['omit_response_on_success', {}],
      ['attached_files', 1],
      ['depends_on', [1]],
      ['body', 1],
      ['method', ['GET']],
      ['name', 7],
      ['access_token', 7],
      ['relative_url', 7],
    ] as const) {
      const { status, body } = await post({ access_token: user }, [{ relative_url: 'me?fields=id', [key]: value }]);
      assert.deepEqual(
        [status, body.error?.type, body.error?.message],
        [400, 'GraphBatchException', `Request 0 cannot be read: ${key}`],
        `${key}=${JSON.stringify(value)}`,
      );
    }
    for (const omit of [false, 'false', 0, '0']) {
      const [slot] = await run([
        { relative_url: 'me?fields=id', name: 'one', omit_response_on_success: omit },
        { relative_url: 'me?fields=name', depends_on: 'one' },
      ]);
      assert.equal(slot?.code, 200, JSON.stringify(omit));
    }
  });

  test('I-4: an item that waited for one that ended the token finds it dead', async () => {
    for (const kill of [
      { method: 'DELETE', relative_url: 'me/permissions' },
      {
        method: 'GET',
        relative_url: `oauth/revoke?client_id=${rival.id}&client_secret=${rival.secret}&revoke_token=TOKEN`,
      },
    ]) {
      const token = await t.login(rival.id, ana.id);
      const first = {
        ...kill,
        relative_url: kill.relative_url.replace('TOKEN', token),
        name: 'kill',
        omit_response_on_success: false,
      };
      const slots = await run(
        [
          first,
          { relative_url: 'me', depends_on: 'kill' },
          { relative_url: `me?access_token=${token}`, depends_on: 'kill' },
        ],
        {
          access_token: token,
        },
      );
      assert.deepEqual(codes(slots), [200, 400, 400], JSON.stringify(slots));
      assert.equal(bodyOf(slots[1]).error.code, 190);
    }
    rivals = await t.login(rival.id, ana.id);
  });
});

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

  test('IV-05: what would grow beyond the limits is refused, quickly', async () => {
    const began = process.cpuUsage();
    const slots = await run([
      { name: 'all', relative_url: 'me?fields=accounts{about,category_list,picture,tasks,link}&metadata=1' },
      { relative_url: `me?x=${'{result=all:$}'.repeat(1000)}` },
      { relative_url: `me?x=${'{result=all:$..name}'.repeat(700)}` },
      { relative_url: `me?${'{result='.repeat(1500)}` },
    ]);
    assert.deepEqual([slots[1]?.code, slots[2]?.code, slots[3]?.code], [400, 400, 200]);
    const { user: micros } = process.cpuUsage(began);
    assert.ok(micros < 300_000, `${micros} µs`);
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

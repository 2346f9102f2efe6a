// How calls are made and answered: methods, parameters, fields, paging, batches, debug mode, errors; by their guides.
import assert from 'node:assert/strict';
import { apps, pages, people } from '../src/cast.ts';
import { type Case, citing } from '../src/case.ts';
import { idAndSecret, longToken, pageScope, pageToken, refused, succeeded, userToken } from '../src/deeds.ts';
import type { ConformanceWorld, Reply } from '../src/world.ts';

const fields = citing('fields');
const batch = citing('batch');
const debug = citing('debug mode');
const errors = citing('errors');
const pagesNow = citing('machine-written reference');
const permissions = citing('permissions');
const guide = citing('001');
const { shop } = apps;

/** A Page with posts, and a token of it. */
async function bakery(world: ConformanceWorld): Promise<string> {
  return pageToken(world, await longToken(world, 'ana', shop, { scope: pageScope }), 'bakery');
}

const reading: Case[] = [
  fields.documented('Graph calls name fields: fields=id,name,picture.', 'The answer has these fields, and always the id.', async (world) => {
    const token = await userToken(world, 'ana', shop);
    assert.deepEqual(Object.keys(succeeded(await world.get('/me', { fields: 'id,name,picture', access_token: token })).body), [
      'id',
      'name',
      'picture',
    ]);
    assert.deepEqual(Object.keys(succeeded(await world.get('/me', { fields: 'first_name', access_token: token })).body), ['first_name', 'id']);
  }),
  fields.documented('Without fields a default set comes back.', 'A person: name and id.', async (world) => {
    assert.deepEqual(Object.keys((await world.get('/me', { access_token: await userToken(world, 'ana', shop) })).body), ['name', 'id']);
  }),
  fields.documented(
    'Field expansion nests: fields=id,name,accounts{name,tasks}.',
    'An edge inside braces is a list with its own fields.',
    async (world) => {
      const token = await userToken(world, 'ana', shop, { scope: pageScope });
      const { body } = succeeded(await world.get('/me', { fields: 'name,accounts{name,tasks}', access_token: token }));
      assert.equal(body.accounts.data.length, 2);
      for (const item of body.accounts.data as object[]) assert.deepEqual(Object.keys(item), ['name', 'tasks', 'id']);
    },
  ),
  fields.documented('… with modifiers: accounts.limit(1){name}.', 'The inner list has one item, and its own paging.', async (world) => {
    const token = await userToken(world, 'ana', shop, { scope: pageScope });
    const { accounts } = succeeded(await world.get('/me', { fields: 'accounts.limit(1){name}', access_token: token })).body;
    assert.equal(accounts.data.length, 1);
    const next = succeeded(await world.send({ path: accounts.paging.next.slice(world.url.length) })).body;
    assert.equal(next.data.length, 1);
    assert.notEqual(next.data[0].id, accounts.data[0].id);
  }),
  fields.documented('Levels nest further.', 'Three levels: me{accounts{posts{message}}}.', async (world) => {
    const token = await userToken(world, 'ana', shop, { scope: pageScope });
    const { body } = succeeded(await world.get('/me', { fields: 'accounts{name,posts.limit(2){message}}', access_token: token }));
    const page = (body.accounts.data as { id: string; posts?: { data: { message: string }[] } }[]).find(({ id }) => id === pages.bakery.id);
    assert.deepEqual(
      page?.posts?.data.map(({ message }) => message),
      ['We are open.', 'We were closed.'],
    );
  }),
  fields.documented(
    'Paging: cursors before and after, next and previous as full addresses.',
    'next leads through all posts and back again; the last part has none.',
    async (world) => {
      const token = await bakery(world);
      const first = succeeded(await world.get('/me/posts', { limit: 2, access_token: token })).body;
      assert.deepEqual(
        (first.data as { message: string }[]).map(({ message }) => message),
        ['We are open.', 'We were closed.'],
      );
      assert.ok(first.paging.next.startsWith(`${world.url}/v25.0/`), first.paging.next);
      const next = new URL(first.paging.next);
      assert.deepEqual(
        [next.searchParams.get('limit'), next.searchParams.get('access_token'), next.searchParams.get('after')],
        ['2', token, first.paging.cursors.after],
      );
      const second = succeeded(await world.send({ path: next.pathname + next.search })).body;
      assert.deepEqual(
        (second.data as { message: string }[]).map(({ message }) => message),
        ['New oven!'],
      );
      assert.equal(second.paging.next, undefined);
      const back = succeeded(await world.send({ path: second.paging.previous.slice(world.url.length) })).body;
      assert.deepEqual(back.data, first.data);
    },
  ),
  fields.documented('A field that does not exist is an error.', 'Error 100 names the field and the type.', async (world) => {
    refused(
      await world.get('/me', { fields: 'id,shoe_size', access_token: await userToken(world, 'ana', shop) }),
      100,
      undefined,
      '(#100) Tried accessing nonexisting field (shoe_size) on node type (User)',
    );
  }),
  ...pagesNow.each(
    [
      ['Authorization: Bearer {token}', (token: string) => ({ authorization: `Bearer ${token}` })],
      ['Authorization: bearer {token}', (token: string) => ({ authorization: `bearer ${token}` })],
      ['Authorization: OAuth {token}', (token: string) => ({ authorization: `OAuth ${token}` })],
    ] as const,
    ([form, headers]) =>
      pagesNow.documented('The token may be sent as Authorization: Bearer.', `${form} is understood.`, async (world) => {
        assert.equal(succeeded(await world.get('/me', {}, headers(await userToken(world, 'ana', shop)))).body.name, people.ana.name);
      }),
  ),
  pagesNow.documented('limit: 25 by default, 100 at most.', 'A greater limit counts as 100.', async (world) => {
    const { body } = succeeded(await world.get('/me/posts', { limit: 5000, access_token: await bakery(world) }));
    assert.equal(body.data.length, 3);
    assert.equal(body.paging.next, undefined);
  }),
  guide.documented(
    'The reference names ids by me for the subject of the token.',
    'me and the id are the same object, for a person and for a Page.',
    async (world) => {
      const user = await userToken(world, 'ana', shop, { scope: pageScope });
      for (const access_token of [user, await pageToken(world, user, 'bakery')]) {
        const me = succeeded(await world.get('/me', { access_token })).body as { id: string };
        assert.deepEqual(succeeded(await world.get(`/${me.id}`, { access_token })).body, me);
      }
    },
  ),
  permissions.documented('Revoking answers a bare true.', 'DELETE /me/permissions/{permission}: the body is `true`, as JSON.', async (world) => {
    const reply = await world.delete('/me/permissions/email', { access_token: await userToken(world, 'ana', shop, { scope: 'email' }) });
    assert.equal(reply.text, 'true');
    assert.match(String(reply.headers['content-type']), /^application\/json/);
  }),
];

/** What a batch item answered. */
interface Item {
  code: number;
  headers?: { name: string; value: string }[];
  body: string;
}

const ask = (world: ConformanceWorld, items: unknown, params: Record<string, string | boolean> = {}, path = '/'): Promise<Reply> =>
  world.post(path, { batch: JSON.stringify(items), ...params });

const batches: Case[] = [
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
      const { body } = succeeded(await ask(world, [{ method: 'GET', relative_url: 'me?fields=id' }], { access_token }, path));
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
      assert.deepEqual(Object.keys(JSON.parse(read?.body ?? '')).sort(), [pages.bakery.id, pages.garden.id]);
    },
  ),
  batch.documented('include_headers=false leaves headers out.', 'Items have code and body only.', async (world) => {
    const { body } = succeeded(
      await ask(world, [{ method: 'GET', relative_url: 'me' }], { access_token: await userToken(world, 'ana', shop), include_headers: false }),
    );
    assert.deepEqual(Object.keys((body as Item[])[0] ?? {}).sort(), ['body', 'code']);
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
    batch.documented('A batch has at most 50 requests.', count === 50 ? '50 requests are answered.' : '51 are refused as a whole.', async (world) => {
      const reply = await ask(
        world,
        Array.from({ length: count }, () => ({ method: 'GET', relative_url: 'me?fields=id' })),
        { access_token: await userToken(world, 'ana', shop) },
      );
      if (count === 50) assert.equal((succeeded(reply).body as Item[]).length, 50);
      else refused(reply, 100, undefined, /Maximum batch size is 50/);
    }),
  ),
];

const debugging: Case[] = [
  debug.documented('debug=all adds __debug__ with messages to the answer.', 'The data stays; messages have message and type.', async (world) => {
    const token = await userToken(world, 'ana', shop);
    const { body } = succeeded(await world.get('/me', { fields: 'name,email', debug: 'all', access_token: token }));
    assert.equal(body.name, people.ana.name);
    const messages = body.__debug__.messages as { message: string; type: string }[];
    assert.ok(
      messages.some(({ message, type }) => type === 'warning' && message.includes('email')),
      JSON.stringify(messages),
    );
  }),
  ...debug.each(
    [
      ['all', true],
      ['info', true],
      ['warning', true],
      [undefined, false],
    ] as const,
    ([level, shown]) =>
      debug.documented(
        'A field without its permission is left out, and named in a debug warning.',
        level === undefined ? 'Without debug nothing is added.' : `debug=${level} shows the warning.`,
        async (world) => {
          const { body } = succeeded(await world.get('/me', { fields: 'email', debug: level, access_token: await userToken(world, 'ana', shop) }));
          assert.equal(body.email, undefined);
          assert.equal(body.__debug__?.messages.length > 0, shown);
        },
      ),
  ),
];

const failing: Case[] = [
  errors.documented(
    'An error is {"error": {message, type, code, error_subcode, fbtrace_id}}.',
    'Every error has this form, as the first and only key, with a trace id of its own.',
    async (world) => {
      const [one, two] = [await world.get('/me'), await world.get('/me')];
      assert.deepEqual(Object.keys(one.body), ['error']);
      assert.deepEqual([one.body.error.type, one.body.error.code], ['OAuthException', 2500]);
      assert.match(one.body.error.fbtrace_id, /^[\w-]{11,23}$/);
      assert.notEqual(one.body.error.fbtrace_id, two.body.error.fbtrace_id);
      assert.match(String(one.headers['content-type']), /^application\/json; charset=UTF-8$/i);
    },
  ),
  ...errors.each(
    [
      ['100', 'Invalid parameter', (token: string) => `/me?fields=nonsense&access_token=${token}`, 400],
      ['104', 'token missing', () => `/${pages.bakery.id}`, 400],
      ['190', 'token invalid', () => '/me?access_token=EAAnone', 400],
      ['200', 'permission missing', (token: string) => `/me/accounts?access_token=${token}`, 403],
      ['100', 'object missing', (token: string) => `/999999999999999?access_token=${token}`, 400],
      ['2500', 'no such path', (token: string) => `/me/nothing/there?access_token=${token}`, 400],
    ] as const,
    ([code, what, path, status]) =>
      errors.documented(
        `Code ${code}: ${what}.`,
        `GET ${path('{token}').replace(/\d{9,}/, '{id}')} answers ${code} with HTTP ${status}.`,
        async (world) => {
          const reply = await world.send({ path: path(await userToken(world, 'ana', shop)) });
          assert.deepEqual([String(reply.body.error?.code), reply.status], [code, status], reply.text);
        },
      ),
  ),
  pagesNow.documented(
    'Some pages state 401 for 190, when the token came in a header.',
    'HTTP 400 as recorded; the setting statusOf190InHeader=401 gives 401.',
    async (world) => {
      assert.equal((await world.get('/me', {}, { authorization: 'Bearer EAAnone' })).status, 401);
      assert.equal((await world.get('/me', { access_token: 'EAAnone' })).status, 400);
    },
    { settings: { statusOf190InHeader: 401 } },
  ),
  errors.later('506: duplicate posts cannot be published consecutively (with error_user_title and error_user_msg).', 'rules about what posts say'),
  errors.documented(
    'Tokens are dealt with by code and subcode, not by status or message.',
    'suppress_http_code=1 turns every status into 200 and leaves the error as it is.',
    async (world) => {
      const reply = await world.get('/me', { suppress_http_code: 1, access_token: 'EAAnone' });
      assert.equal(reply.status, 200);
      assert.equal(reply.body.error.code, 190);
    },
  ),
  guide.documented('App tokens cannot be used to query the current user.', 'Error 2500 with the recorded words.', async (world) => {
    refused(
      await world.get('/me', { access_token: idAndSecret(shop) }),
      2500,
      undefined,
      'An active access token must be used to query information about the current user.',
    );
  }),
];

export const cases: Case[] = [...reading, ...batches, ...debugging, ...failing];

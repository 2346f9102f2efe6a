// Two windows that save the same thing at the same moment: one of them is told, and nothing is overwritten in silence.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { desk } from '../dashboard.ts';
import { cast, testWorld } from '../world.ts';

const { ana, bakery, ben, shop } = cast;

async function scene(t: TestContext) {
  const world = await testWorld();
  t.after(() => world.close());
  return { world, bens: await desk(world, ben) };
}

const saves = {
  settings: ['contact_email', 'owner@shop.example', ['one@shop.example', 'two@shop.example']],
  security_settings: ['default_version', 'v25.0', ['v24.0', 'v23.0']],
  login_addresses: ['sdk_domains', [], ['["one.example"]', '["two.example"]']],
} as const;

for (const [edge, [name, before, wanted]] of Object.entries(saves))
  test(`of two saves of ${name} at the same moment one is written, and the other is told`, async (t) => {
    const { world, bens } = await scene(t);
    const read = (await bens.get(`/${shop.id}?fields=${name}`)).body[name] ?? before;
    const unchanged = JSON.stringify({ [name]: read });
    const replies = await Promise.all(
      wanted.map((value) => bens.post(`/${shop.id}/${edge}`, { [name]: value, unchanged })),
    );
    assert.deepEqual(replies.map(({ status }) => status).toSorted(), [200, 400]);
    const refused = replies.find(({ status }) => status === 400)?.body.error;
    assert.deepEqual(
      [refused.code, refused.message],
      [100, `(#100) ${name} was changed by someone else in the meantime`],
    );
    const first = replies[0]?.status === 200 ? wanted[0] : wanted[1];
    const now = (await bens.get(`/${shop.id}?fields=${name}`)).body[name];
    assert.equal(typeof now === 'string' ? now : JSON.stringify(now), first);
    assert.ok(world);
  });

test('other fields that another window saved meanwhile are no conflict', async (t) => {
  const { bens } = await scene(t);
  const { contact_email = '' } = (await bens.get(`/${shop.id}?fields=contact_email`)).body;
  await bens.post(`/${shop.id}/settings`, { user_support_email: 'help@shop.example' });
  const unchanged = JSON.stringify({ contact_email });
  const saved = await bens.post(`/${shop.id}/settings`, { contact_email: 'new@shop.example', unchanged });
  assert.equal(saved.status, 200, saved.text);
});

test('what is no object, or names what the thing does not have, writes nothing', async (t) => {
  const { bens } = await scene(t);
  for (const unchanged of ['[]', '"x"', '{', '{"app_secret":""}'])
    assert.equal(
      (await bens.post(`/${shop.id}/settings`, { contact_email: 'new@shop.example', unchanged })).body.error?.code,
      100,
      unchanged,
    );
  assert.notEqual((await bens.get(`/${shop.id}?fields=contact_email`)).body.contact_email, 'new@shop.example');
});

test('a name of a person, a business and its rules, and a configuration are saved over what was read alone', async (t) => {
  const { bens } = await scene(t);
  const both = async (path: string, form: (text: string) => Record<string, string>) =>
    (await Promise.all(['one', 'two'].map((text) => bens.post(path, form(text))))).map(({ status }) => status);
  const { name } = (await bens.get('/me?fields=name')).body;
  assert.deepEqual(
    (await both('/me/profile', (text) => ({ name: `Ben ${text}`, unchanged: JSON.stringify({ name }) }))).toSorted(),
    [200, 400],
  );
  const { id } = (await bens.post('/me/businesses', { name: 'Okafor', vertical: 'OTHER' })).body;
  const business = JSON.stringify({ name: 'Okafor', require_expiring_tokens: false });
  assert.deepEqual(
    (
      await both(`/${id}`, (text) => ({ name: `Okafor ${text}`, require_expiring_tokens: 'true', unchanged: business }))
    ).toSorted(),
    [200, 400],
  );
  const configuration = { name: 'Ads', token_type: 'user', assets: 'pages', permissions: 'pages_show_list' };
  const made = (await bens.post(`/${shop.id}/login_configurations`, configuration)).body;
  const over = { configuration_id: made.id, unchanged: '{"name":"Ads"}' };
  assert.deepEqual(
    (
      await both(`/${shop.id}/login_configurations`, (text) => ({ ...configuration, ...over, name: `Ads ${text}` }))
    ).toSorted(),
    [200, 400],
  );
});

test('a title in a business and tasks on a Page are saved over what was read alone', async (t) => {
  const { world, bens } = await scene(t);
  const anas = await desk(world, ana);
  const both = async (ask: (which: 0 | 1) => Promise<{ status: number }>) =>
    (await Promise.all([ask(0), ask(1)])).map(({ status }) => status).toSorted();
  const { id: business } = (await anas.post('/me/businesses', { name: 'Lopes', vertical: 'OTHER' })).body;
  const { data } = (await anas.get(`/${business}/business_users?fields=id,role`)).body;
  const [member] = data;
  const titles = JSON.stringify({ title: '' });
  assert.deepEqual(
    await both((which) => anas.post(`/${member.id}`, { title: ['Head', 'Boss'][which] ?? '', unchanged: titles })),
    [200, 400],
  );
  const { data: people } = (await anas.get(`/${bakery.id}/assigned_users?fields=id,name,tasks`)).body;
  const bens0 = people.find((one: { name: string }) => one.name === 'Ben Okafor') ?? people[1];
  const read = JSON.stringify({ tasks: bens0.tasks });
  assert.deepEqual(
    await both((which) =>
      anas.post(`/${bakery.id}/assigned_users`, {
        user: bens0.id,
        tasks: ['ANALYZE', 'MODERATE'][which] ?? '',
        unchanged: read,
      }),
    ),
    [200, 400],
  );
  assert.ok(bens);
});

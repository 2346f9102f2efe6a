// These tests are about Pages: their tokens, their posts and figures, the people who run them.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { putMetric } from '../../src/store/pages/pages.ts';
import { cast, type TestWorld, testWorld } from '../world.ts';

let t: TestWorld;
before(async () => {
  t = await testWorld();
});
after(() => t.close());

const shop = cast.shop.id;
const { bakery, garden } = cast;
const appToken = encodeURIComponent(`${cast.shop.id}|${cast.shop.secret}`);
const all = [
  'pages_show_list',
  'pages_read_engagement',
  'pages_manage_posts',
  'pages_manage_metadata',
  'read_insights',
];

const pageTokenOf = async (token: string, page: string): Promise<string> =>
  (await t.get(`/${page}?fields=access_token&access_token=${token}`)).body.access_token;

test('the Pages of a person come with token, kind and tasks, as the access-token guide prints them', async () => {
  const token = await t.login(shop, cast.ana.id, { permissions: ['pages_show_list'] });
  const { body } = await t.get(`/me/accounts?access_token=${token}`);
  assert.deepEqual(Object.keys(body.data[0]), ['access_token', 'category', 'category_list', 'name', 'id', 'tasks']);
  assert.deepEqual(
    body.data.map((one: { name: string }) => one.name),
    ['Corner Bakery', 'Old Garden'],
  );
  assert.deepEqual(body.data[0].category_list, [{ id: '9001', name: 'Bakery' }]);
  assert.ok(body.data[0].tasks.includes('MANAGE'));
  assert.match(body.data[0].access_token, /^EAA/);
  assert.notEqual(body.data[0].access_token, body.data[1].access_token);
});

test('a list of Pages is paged by following next as it is printed, and each page of it is asked for with the same fields', async () => {
  const token = await t.login(shop, cast.ana.id, { permissions: ['pages_show_list'] });
  const first = await t.get(`/me/accounts?fields=name&limit=1&access_token=${token}`);
  assert.deepEqual(Object.keys(first.body.data[0]), ['name', 'id']);
  const next = new URL(first.body.paging.next);
  const second = await t.get(next.pathname + next.search);
  assert.equal(second.body.data[0].name, 'Old Garden');
  assert.equal(second.body.paging.next, undefined);
  const back = new URL(second.body.paging.previous);
  assert.equal((await t.get(back.pathname + back.search)).body.data[0].name, 'Corner Bakery');
});

test('a Page token is the same for the same person, Page and app, and another for each other one', async () => {
  const token = await t.login(shop, cast.ana.id, { permissions: all, longLived: true });
  const one = await pageTokenOf(token, bakery.id);
  assert.equal(await pageTokenOf(token, bakery.id), one);
  assert.equal((await t.get(`/me/accounts?access_token=${token}`)).body.data[0].access_token, one);
  assert.notEqual(await pageTokenOf(token, garden.id), one);
});

test('the Page token is the Page: me is the Page, and its id is always there', async () => {
  const pageToken = await pageTokenOf(await t.login(shop, cast.ana.id, { permissions: all }), bakery.id);
  assert.deepEqual((await t.get(`/me?access_token=${pageToken}`)).body, { name: 'Corner Bakery', id: bakery.id });
  const { body } = await t.get(
    `/${bakery.id}?fields=about,fan_count,is_published,category,link,picture&access_token=${pageToken}`,
  );
  assert.deepEqual(
    { ...body, picture: undefined },
    {
      about: 'Bread.',
      fan_count: 120,
      is_published: true,
      category: 'Bakery',
      link: `http://localhost:4000/${bakery.id}`,
      picture: undefined,
      id: bakery.id,
    },
  );
  assert.equal(body.picture.data.is_silhouette, true);
});

test('PR-03: a Page that was not ticked is not listed, gives no token and refuses every call', async () => {
  const token = await t.login(shop, cast.ana.id, { permissions: all, pages: [bakery.id] });
  const list = await t.get(`/me/accounts?access_token=${token}`);
  assert.deepEqual(
    list.body.data.map((one: { id: string }) => one.id),
    [bakery.id],
  );
  const pageToken = list.body.data[0].access_token as string;
  for (const credential of [token, pageToken]) {
    for (const [path, expected] of [
      [`/${garden.id}`, [400, 10]],
      [`/${garden.id}?fields=access_token`, [400, 10]],
      [`/${garden.id}/feed`, [400, 10]],
      [`/${garden.id}/insights?metric=page_fans`, credential === token ? [400, 190] : [403, 200]],
      [`/${garden.id}/roles`, [403, 200]],
    ] as const) {
      const { status, body } = await t.get(`${path}${path.includes('?') ? '&' : '?'}access_token=${credential}`);
      assert.deepEqual([status, body.error.code], expected, path);
    }
    assert.equal((await t.post(`/${garden.id}/feed`, { message: 'x', access_token: credential })).body.error.code, 200);
  }
});

test('a Page on which the person has no role is refused, with or without a permission', async () => {
  const token = await t.login(shop, cast.cleo.id, { permissions: all });
  assert.deepEqual((await t.get(`/me/accounts?access_token=${token}`)).body.data, []);
  assert.equal((await t.get(`/${bakery.id}?fields=access_token&access_token=${token}`)).body.error.code, 10);
  assert.equal((await t.get(`/${bakery.id}?access_token=${appToken}`)).body.error.code, 10);
});

test('a post of the Page is published with the Page token, read, and deleted', async () => {
  const token = await t.login(shop, cast.ana.id, { permissions: all });
  const pageToken = await pageTokenOf(token, garden.id);
  const first = await t.post(`/${garden.id}/feed`, { message: 'Roses', access_token: pageToken });
  assert.match(first.body.id, new RegExp(`^${garden.id}_\\d+$`));
  assert.deepEqual(Object.keys(first.body), ['id']);
  const second = await t.post('/me/feed', {
    message: 'Tulips',
    link: 'https://garden.example/tulips',
    access_token: pageToken,
  });
  for (const credential of [token, pageToken]) {
    const { body } = await t.get(`/${garden.id}/feed?access_token=${credential}`);
    assert.deepEqual(
      body.data.map((one: { message: string }) => one.message),
      ['Tulips', 'Roses'],
    );
    assert.deepEqual(body.data[1], { created_time: '2026-11-21T12:34:56+0000', message: 'Roses', id: first.body.id });
  }
  const { body } = await t.get(
    `/${second.body.id}?fields=from,attachments,is_published,permalink_url&access_token=${pageToken}`,
  );
  assert.deepEqual(body.from, { name: 'Old Garden', id: garden.id });
  const link = 'https://garden.example/tulips';
  assert.deepEqual(body.attachments, {
    data: [{ media_type: 'link', type: 'share', target: { url: link }, unshimmed_url: link, url: link }],
  });
  assert.equal((await t.delete(`/${first.body.id}?access_token=${token}`)).body.error.code, 200);
  assert.deepEqual((await t.delete(`/${first.body.id}?access_token=${pageToken}`)).body, { success: true });
  assert.equal((await t.get(`/${first.body.id}?access_token=${pageToken}`)).body.error.error_subcode, 33);
});

test('a feed is paged from the newest to the oldest, each post once', async () => {
  const pageToken = await pageTokenOf(await t.login(shop, cast.ana.id, { permissions: all }), bakery.id);
  for (let i = 0; i < 7; i++) await t.post('/me/feed', { message: `post ${i}`, access_token: pageToken });
  const seen: string[] = [];
  let path: string | undefined = `/${bakery.id}/feed?limit=3&access_token=${pageToken}`;
  while (path !== undefined) {
    const { body } = await t.get(path);
    seen.push(...body.data.map((one: { message: string }) => one.message));
    const next = body.paging?.next === undefined ? undefined : new URL(body.paging.next);
    path = next && next.pathname + next.search;
  }
  assert.deepEqual(seen, ['post 6', 'post 5', 'post 4', 'post 3', 'post 2', 'post 1', 'post 0', 'We are open.']);
});

test('a post for later shows when its time has come', async () => {
  const pageToken = await pageTokenOf(
    await t.login(shop, cast.ana.id, { permissions: all, longLived: true }),
    garden.id,
  );
  const later = String(t.clock.now() + 3600);
  const wrong = await t.post('/me/feed', { message: 'soon', scheduled_publish_time: later, access_token: pageToken });
  assert.equal(wrong.body.error.code, 100);
  const { body } = await t.post('/me/feed', {
    message: 'soon',
    published: 'false',
    scheduled_publish_time: later,
    access_token: pageToken,
  });
  const shown = async () =>
    (await t.get(`/me/feed?access_token=${pageToken}`)).body.data.some((one: { id: string }) => one.id === body.id);
  assert.equal(await shown(), false);
  await t.clock.advance(3601);
  assert.equal(await shown(), true);
});

test('a post needs a text or an address, and only a web address is one', async () => {
  const pageToken = await pageTokenOf(await t.login(shop, cast.ana.id, { permissions: all }), garden.id);
  assert.equal(
    (await t.post('/me/feed', { access_token: pageToken })).body.error.message,
    '(#100) The parameter message is required',
  );
  for (const link of ['javascript:alert(1)', 'ftp://garden.example', 'garden', 'http://'])
    assert.equal((await t.post('/me/feed', { link, access_token: pageToken })).body.error.code, 100, link);
});

test('figures of a Page are answered day by day, of at most 90 days, by list, by path and by name of the span', async () => {
  const pageToken = await pageTokenOf(await t.login(shop, cast.ana.id, { permissions: all }), bakery.id);
  const { body } = await t.get(`/${bakery.id}/insights?metric=page_fans,page_impressions&access_token=${pageToken}`);
  assert.deepEqual(
    body.data.map((one: { id: string }) => one.id),
    [`${bakery.id}/insights/page_fans/day`, `${bakery.id}/insights/page_impressions/day`],
  );
  assert.deepEqual(Object.keys(body.data[0]), ['name', 'period', 'values', 'title', 'description', 'id']);
  assert.equal(body.data[0].values[0].value, 120);
  assert.deepEqual(body.data[1].values, [
    { value: 0, end_time: '2026-11-20T00:00:00+0000' },
    { value: 0, end_time: '2026-11-21T00:00:00+0000' },
  ]);
  const byPath = await t.get(`/${bakery.id}/insights/page_posts?date_preset=today&access_token=${pageToken}`);
  assert.equal(byPath.body.data[0].values[0].end_time, '2026-11-22T00:00:00+0000');
  assert.ok(byPath.body.data[0].values[0].value >= 1);
  const now = t.clock.now();
  const days = async (n: number) =>
    t.get(
      `/${bakery.id}/insights?metric=page_impressions&since=${now - n * 86_400}&until=${now}&access_token=${pageToken}`,
    );
  assert.equal((await days(90)).body.data[0].values.length, 90);
  assert.equal((await days(91)).body.error.code, 100);
  assert.equal(
    (await t.get(`/${bakery.id}/insights?metric=page_magic&access_token=${pageToken}`)).body.error.code,
    100,
  );
  assert.equal(
    (await t.get(`/${bakery.id}/insights?access_token=${pageToken}`)).body.error.message,
    '(#100) The parameter metric is required',
  );
});

test('recorded figures stand at the midnight they end with, also under a name of their own', async () => {
  const { installation } = t.server;
  const midnight = Math.floor(t.clock.now() / 86_400) * 86_400;
  const rows = [
    ['page_views_total', 1, 40],
    ['page_views_total', 0, 50],
    ['cakes_sold', 0, 7],
    ['page_fans', 1, 118],
  ] as const;
  for (const [metric, daysAgo, value] of rows)
    await installation.db.act(({ tx }) =>
      putMetric(tx, { page_id: bakery.id, metric, period: 'day', end_time: midnight - daysAgo * 86_400, value }),
    );
  const token = await pageTokenOf(await t.login(shop, cast.ana.id, { permissions: all }), bakery.id);
  const valuesOf = async (metric: string, more = '') =>
    (
      await t.get(`/${bakery.id}/insights/${metric}?date_preset=last_3d${more}&access_token=${token}`)
    ).body.data[0].values.map((one: { value: number }) => one.value);
  assert.deepEqual(await valuesOf('page_views_total'), [0, 40, 50]);
  assert.deepEqual(await valuesOf('page_views_total', '&period=total_over_range'), [90]);
  assert.deepEqual(await valuesOf('cakes_sold'), [0, 0, 7]);
  assert.deepEqual(await valuesOf('page_fans'), [118]);
  assert.deepEqual(await valuesOf('page_fans', '&period=lifetime'), [120]);
});

test('PR-07: a Page token dies when its person loses the role, and stays dead when the role is given back', async () => {
  const ana = await t.login(shop, cast.ana.id, { permissions: all, longLived: true });
  const ben = await t.login(shop, cast.ben.id, { permissions: all, longLived: true });
  const bensId = (await t.get(`/me?access_token=${ben}`)).body.id as string;
  const old = await pageTokenOf(ben, bakery.id);
  const anas = await pageTokenOf(ana, bakery.id);
  assert.equal((await t.get(`/me?access_token=${old}`)).status, 200);

  const roles = await t.get(`/${bakery.id}/roles?access_token=${anas}`);
  assert.deepEqual(
    roles.body.data.find((one: { id: string }) => one.id === bensId),
    { id: bensId, name: 'Ben Okafor', tasks: ['ANALYZE', 'MODERATE'] },
  );
  assert.deepEqual((await t.delete(`/${bakery.id}/assigned_users?user=${bensId}&access_token=${anas}`)).body, {
    success: true,
  });
  const lost = async (token: string) => (await t.get(`/me?access_token=${token}`)).body.error?.error_subcode;
  assert.equal(await lost(old), 492);
  assert.equal(await lost(anas), undefined);
  assert.equal(await lost(ben), undefined);
  assert.deepEqual((await t.get(`/me/accounts?access_token=${ben}`)).body.data, []);

  const given = await t.post(`/${bakery.id}/assigned_users`, {
    user: bensId,
    tasks: 'ANALYZE,MODERATE',
    access_token: anas,
  });
  assert.deepEqual(given.body, { success: true });
  assert.equal(await lost(old), 492);
  const fresh = await pageTokenOf(ben, bakery.id);
  assert.notEqual(fresh, old);
  assert.equal(await lost(fresh), undefined);
});

test('giving tasks is refused for people the app does not know, for unknown tasks, and with another Page in the parameters', async () => {
  const anas = await pageTokenOf(await t.login(shop, cast.ana.id, { permissions: all }), bakery.id);
  const ben = (await t.get(`/me?access_token=${await t.login(shop, cast.ben.id)}`)).body.id as string;
  const rivals = (await t.get(`/me?access_token=${await t.login(cast.rival.id, cast.cleo.id)}`)).body.id as string;
  for (const form of [
    { user: rivals, tasks: 'MANAGE' },
    { user: cast.ben.id, tasks: 'MANAGE' },
    { user: ben, tasks: 'RULE' },
    { user: ben },
    { tasks: 'MANAGE' },
    { user: ben, tasks: 'MANAGE', page: garden.id },
  ]) {
    const { body } = await t.post(`/${bakery.id}/assigned_users`, {
      ...(form as Record<string, string>),
      access_token: anas,
    });
    assert.equal(body.error.code, 100, JSON.stringify(form));
  }
  const { body } = await t.get(`/${bakery.id}/roles?uid=${ben}&access_token=${anas}`);
  assert.deepEqual(body.data[0].tasks, ['ANALYZE', 'MODERATE']);
});

test('PR-11: a Page token is given by every door or by none', async () => {
  const doors = (token: string) => [
    `/me/accounts?fields=access_token&access_token=${token}`,
    `/me?fields=accounts{access_token}&access_token=${token}`,
    `/?ids=me,${bakery.id}&fields=id&access_token=${token}`,
    `/${bakery.id}?fields=access_token&access_token=${token}`,
    `/?ids=${bakery.id}&fields=access_token&access_token=${token}`,
    `/me?fields=accounts.limit(1).as(mine){access_token}&access_token=${token}`,
  ];
  const refused = [
    await t.login(shop, cast.cleo.id, { permissions: all }),
    await t.login(shop, cast.ana.id, { permissions: ['email'] }),
  ];
  for (const token of refused)
    for (const door of doors(token)) assert.ok(!(await t.get(door)).text.includes('"EAA'), door);
  for (const token of refused) {
    const batch = JSON.stringify([
      { method: 'GET', name: 'me', relative_url: 'me/accounts?fields=id', omit_response_on_success: false },
      { method: 'GET', relative_url: `?ids=${bakery.id},{result=me:$.data.*.id}&fields=access_token` },
    ]);
    assert.ok(!(await t.post('/', { batch, access_token: token })).text.includes('"EAA'));
  }
  const ticked = await t.login(shop, cast.ana.id, { permissions: all, pages: [bakery.id] });
  const expected = await pageTokenOf(ticked, bakery.id);
  const found = [];
  for (const door of doors(ticked)) found.push(...((await t.get(door)).text.match(/EAA[A-Za-z0-9]+/g) ?? []));
  const tokens = new Set(found.filter((one) => one !== ticked));
  assert.deepEqual([...tokens], [expected]);
});

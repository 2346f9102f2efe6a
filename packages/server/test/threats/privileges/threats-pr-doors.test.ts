// These tests are about privileges: the rows of section 5.4 of the threat catalogue that are about more than one node:
// one policy behind every door, nobody's credential as a side effect, ids beside the credential. Rows about single
// nodes are in the tests of the nodes.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { change } from '../../../src/liveness/change.ts';
import { routes } from '../../../src/site/index.ts';
import * as pages from '../../../src/store/pages/pages.ts';
import { Browser } from '../../browser.ts';
import { tokenFor } from '../../dialog-journey.ts';
import { routePath } from '../../route-paths.ts';
import { type TestWorld, testWorld } from '../../world.ts';
import { ana, bakery, ben, cleo, everything, form, garden, joined, rival, shop } from './threats-pr-scene.ts';
import { PageId } from '../../../src/store/ids.ts';
import { insertInto } from '../../../src/store/facts/fact-writes.ts';

describe('PR-11: the same data by side doors', () => {
  let t: TestWorld;
  let tokens: Record<string, string>;
  before(async () => {
    t = await testWorld();
    const user = await t.login(shop.id, ana.id, { permissions: everything });
    const one = await t.login(shop.id, ben.id, { permissions: everything, pages: [garden.id] });
    const pageToken = (await t.get(`/${bakery.id}?fields=access_token&access_token=${user}`)).body.access_token;
    tokens = {
      'of a person with everything': user,
      'of a person with other Pages ticked': one,
      'of a person with nothing': await t.login(shop.id, cleo.id),
      'of another app': await t.login(rival.id, ana.id, { permissions: ['pages_show_list'] }),
      'of a Page': pageToken,
      'of a session': (
        await t.get(`/oauth/access_token?grant_type=fb_attenuate_token&client_id=${shop.id}&fb_exchange_token=${user}`)
      ).body.access_token,
      'of the app': joined,
      'of a client': `${shop.id}|${shop.clientToken}`,
    };
  });
  after(() => t.close());

  /** The answer without what differs from call to call. */
  const steady = (value: unknown): string =>
    JSON.stringify(value)?.replace(
      /"login_url":"[^"]*"|"(?:next|previous)":"[^"]*"|"access_token":"EAA[^"]*"/g,
      '""',
    ) ?? 'nothing';

  test('every field and every list of every node answers the same by ids=, in a batch, nested and as itself', async () => {
    let compared = 0;
    for (const [whose, token] of Object.entries(tokens)) {
      const ask = (path: string, params: Record<string, string>) =>
        t.get(`/${path}?${form({ ...params, access_token: token })}`);
      const targets = [
        ['user', 'me'],
        ['page', bakery.id],
        ['page', garden.id],
        ['app', shop.id],
        ['app', rival.id],
      ] as const;
      for (const [nodeName, id] of targets) {
        const node = t.server.graph.nodes.get(nodeName);
        if (!node || (nodeName === 'user' && whose === 'of a Page')) continue;
        const lists = node.edges.filter(
          (edge) =>
            edge.method === 'GET' &&
            edge.answer === 'list' &&
            !Object.values(edge.params).some((param) => param.required),
        );
        for (const field of [
          ...Object.keys(node.fields),
          ...lists.map((edge) => edge.name).filter((name) => !name.includes('/')),
        ]) {
          const front = await ask(id, { fields: field });
          const byIds = await ask('', { ids: id, fields: field });
          const [slot] =
            (
              await t.post('/', {
                access_token: token,
                batch: JSON.stringify([{ relative_url: `${id}?fields=${field}` }]),
              })
            ).body ?? [];
          const where = `${whose}: ${id} ${field}`;
          if (front.status === 200) {
            assert.equal(steady(byIds.body[id]?.[field]), steady(front.body[field]), `${where} by ids`);
            assert.equal(steady(JSON.parse(slot.body)[field]), steady(front.body[field]), `${where} in a batch`);
          } else {
            for (const other of [byIds.body, slot === undefined ? {} : JSON.parse(slot.body)])
              assert.equal(other?.error?.code ?? front.body.error.code, front.body.error.code, where);
          }
          compared += 1;
        }
        for (const edge of lists) {
          if (edge.name.includes('/')) continue;
          const front = await ask(`${id}/${edge.name}`, {});
          const nested = await ask(id, { fields: edge.name });
          if (front.status !== 200)
            assert.equal(
              nested.body?.[edge.name],
              undefined,
              `${whose}: ${id}/${edge.name} is refused and may not be nested`,
            );
          else
            assert.equal(steady(nested.body[edge.name].data), steady(front.body.data), `${whose}: ${id}/${edge.name}`);
        }
      }
    }
    assert.ok(compared > 400, String(compared));
  });

  test('what a Page is told of through accounts is what the Page tells by itself', async () => {
    for (const token of Object.values(tokens)) {
      const node = t.server.graph.nodes.get('page');
      for (const field of Object.keys(node?.fields ?? {})) {
        const list = await t.get(`/me/accounts?${form({ fields: field, access_token: token })}`);
        for (const one of list.body?.data ?? []) {
          const own = await t.get(`/${one.id}?${form({ fields: field, access_token: token })}`);
          assert.equal(steady(one[field]), steady(own.body[field]), field);
        }
      }
    }
  });

  test('friends are told no more of each other by nesting', async () => {
    await t.login(shop.id, ben.id, { permissions: everything });
    const { body } = await t.get(
      `/me?fields=friends{id,name,email,birthday,gender,accounts{access_token},permissions,friends{id}}&access_token=${tokens['of a person with everything']}`,
    );
    const [friend] = body.friends.data;
    assert.deepEqual(Object.keys(friend).sort(), ['id', 'name']);
  });
});

describe('PR-09: credentials as a side effect', () => {
  let t: TestWorld;
  before(async () => {
    t = await testWorld();
  });
  after(() => t.close());

  const views = [
    '',
    '?user_id=1001',
    '?user=1001&viewas=1001&as=1001&impersonate=1001',
    '?app_id=2001&client_id=2001&app=2001&page_id=3001',
    '?access_token=TOKEN',
    '?input_token=TOKEN&fb_exchange_token=TOKEN',
    '?fields=access_token',
    '?method=post',
    '?response_type=token',
    '?id=1001',
    '?open=2001',
  ];

  test('no page of ours holds a token, a secret or a code, whoever opens it and whatever stands in its address; nothing is minted', async () => {
    const foreign = await t.login(shop.id, ana.id, { permissions: everything });
    const shown = routes.filter((route) => route.method === 'GET').map((route) => routePath(route.path));
    for (const person of [undefined, ana, ben, cleo]) {
      const browser = new Browser(t);
      if (person) {
        await browser.logIn(person);
        await tokenFor(browser, person, { scope: 'email' });
      }
      const minted = t.log.filter((line) => line.message === 'token.issued' || line.message === 'code.issued').length;
      for (const path of [...new Set(shown)])
        for (const view of views) {
          // The one address whose GET with a token means something is tried below.
          if (path === '/logout.php' && view.includes('TOKEN')) continue;
          const { html: text, headers, status } = await browser.ask(path + view.replaceAll('TOKEN', foreign));
          const all = text + JSON.stringify({ ...headers, 'set-cookie': '' });
          assert.ok(status < 500, `${path}${view}`);
          assert.ok(!/[EX]AA[A-Za-z0-9]{20}|\bAQ[\w-]{30}/.test(all), `${path}${view}: a credential`);
          for (const secret of [shop.secret, shop.clientToken, rival.secret, ana.password, ben.password])
            assert.ok(!all.includes(secret), `${path}${view}`);
          if (person !== ana) assert.ok(!text.includes(ana.email), `${path}${view}: another person`);
        }
      assert.equal(
        t.log.filter((line) => line.message === 'token.issued' || line.message === 'code.issued').length,
        minted,
      );
    }
  });

  test('reading the Graph gives no token but the Page tokens that are asked for, of the person who asks', async () => {
    const user = await t.login(shop.id, ana.id, { permissions: everything });
    for (const node of t.server.graph.nodes.values())
      for (const field of Object.keys(node.fields)) {
        if (field === 'access_token') continue;
        for (const id of ['me', bakery.id, shop.id]) {
          const { text } = await t.get(`/${id}?fields=${field}&access_token=${user}`);
          assert.ok(!/[EX]AA[A-Za-z0-9]{20}/.test(text), `${id} ${field}`);
        }
      }
    for (const params of ['user_id=1002', 'viewas=1002', 'as=1002', `on_behalf_of=${ben.id}`]) {
      const { body } = await t.get(`/me/accounts?${params}&access_token=${user}`);
      const token = body.data[0].access_token as string;
      const owner = (await t.get(`/debug_token?${form({ input_token: token, access_token: joined })}`)).body.data
        .user_id;
      assert.equal(owner, (await t.get(`/me?fields=id&access_token=${user}`)).body.id);
    }
  });
});

describe('PR-03: a Page that came later', () => {
  test('is not listed, gives no token and takes no call, until the person chooses it', async (context) => {
    const t = await testWorld();
    context.after(() => t.close());
    const browser = new Browser(t);
    const token = await tokenFor(browser, ana, { scope: 'pages_show_list,pages_read_engagement,pages_manage_posts' });
    const listed = async () =>
      ((await t.get(`/me/accounts?fields=id&access_token=${token}`)).body.data as { id: string }[]).map(({ id }) => id);
    assert.deepEqual((await listed()).sort(), [bakery.id, garden.id]);
    const { installation } = t.server;
    await change(installation, async ({ tx }) => {
      const like = await tx.selectFrom('pages').selectAll().where('id', '=', garden.id).executeTakeFirstOrThrow();
      await insertInto(tx, 'pages', (rows) => rows.values({ ...like, id: PageId.of('3099'), name: 'New Market' }));
      await pages.setRole(tx, PageId.of('3099'), ana.id, ['MANAGE', 'CREATE_CONTENT'], t.clock.now());
    });
    assert.deepEqual((await listed()).sort(), [bakery.id, garden.id]);
    assert.deepEqual(
      [
        (await t.get(`/3099?fields=access_token&access_token=${token}`)).body.error?.code,
        (await t.get(`/3099/feed?access_token=${token}`)).body.error.code,
      ],
      [10, 10],
    );
  });
});

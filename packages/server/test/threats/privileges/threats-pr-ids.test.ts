// These tests are about ids beside the credential, and about names that no token writes.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { digest } from '../../acts.ts';
import { type TestWorld, testWorld } from '../../world.ts';
import { ana, bakery, cleo, everything, form, garden, joined, rival, shop } from './threats-pr-scene.ts';

describe('PR-04: ids beside the credential', () => {
  let t: TestWorld;
  before(async () => {
    t = await testWorld();
  });
  after(() => t.close());

  test('on every changing call of the Graph, by every name and in every shape, a contradicting id is refused and nothing changes', async () => {
    const user = await t.login(shop.id, ana.id, { permissions: everything });
    const page = (await t.get(`/${bakery.id}?fields=access_token&access_token=${user}`)).body.access_token as string;
    const other = (await t.get(`/me?fields=id&access_token=${await t.login(shop.id, cleo.id)}`)).body.id as string;
    const made = (await t.post(`/${shop.id}/accounts`, { access_token: joined })).body;
    const post = (await t.post(`/${bakery.id}/feed`, { access_token: page, message: 'x' })).body.id as string;
    const targets: Record<string, [id: string, token: string][]> = {
      user: [
        ['me', user],
        [made.id, joined],
      ],
      page: [[bakery.id, page]],
      app: [[shop.id, joined]],
      post: [[post, page]],
    };
    const names: [string, string][] = [
      ['user_id', other],
      ['user', other],
      ['system_user', other],
      ['page_id', garden.id],
      ['page', garden.id],
      ['app_id', rival.id],
      ['app', rival.id],
      ['business_app', rival.id],
    ];
    const state = await digest(t);
    let calls = 0;
    for (const node of t.server.graph.nodes.values())
      for (const edge of node.edges.filter((one) => one.method !== 'GET' && one.source !== 'ours'))
        for (const [id, token] of targets[node.name] ?? [])
          for (const [name, value] of names) {
            // A parameter that a call is not about contradicts nothing: of a Page in calls about people and apps, of a
            // person in those of the app.
            if (
              name in edge.params ||
              (name.startsWith('page') && token !== page) ||
              (value === other && node.name === 'app')
            )
              continue;
            const path = `/${id}${edge.name === '' ? '' : `/${edge.name}`}${edge.tail === undefined || edge.method === 'DELETE' ? '' : `/${other}`}`;
            const needed = { message: 'x', tasks: 'ANALYZE', user: other, uid: made.id, ...{ [name]: value } };
            const params = Object.fromEntries(
              Object.entries(needed).filter(([one]) => one === name || one in edge.params),
            );
            for (const body of [
              { ...params },
              { ...params, [name]: Number(value) },
              { ...params, [name]: [value] },
              { ...params, [name]: { id: value } },
            ]) {
              const answer = await t.send({
                method: edge.method,
                path,
                query: form({ access_token: token }),
                headers: { host: 'localhost:4000', 'content-type': 'application/json' },
                body: Buffer.from(JSON.stringify(body)),
              });
              assert.ok(
                answer.status >= 400 && answer.status < 500,
                `${edge.method} ${path} ${name}: ${answer.status} ${answer.body}`,
              );
              calls += 1;
            }
          }
    assert.ok(calls > 200, String(calls));
    assert.equal(await digest(t), state);
  });

  test('an id that says the same is fine, and reading is by path and credential alone', async () => {
    const user = await t.login(shop.id, ana.id, { permissions: everything });
    const me = (await t.get(`/me?fields=id&access_token=${user}`)).body.id as string;
    for (const params of [`user_id=${cleo.id}`, `id=${cleo.id}`, `user=1&app_id=${rival.id}&page=1`])
      assert.equal((await t.get(`/me?fields=id&${params}&access_token=${user}`)).body.id, me, params);
    assert.equal(
      (await t.delete(`/me/permissions/user_friends?user_id=${me}&app_id=${shop.id}&access_token=${user}`)).text,
      'true',
    );
  });
});

describe('PR-12: names that no token writes', () => {
  test('in every channel and for every node the documented settings alone are written', async (context) => {
    const t = await testWorld();
    context.after(() => t.close());
    const user = await t.login(shop.id, ana.id, { permissions: everything });
    const page = (await t.get(`/${bakery.id}?fields=access_token&access_token=${user}`)).body.access_token as string;
    const evil: Record<string, unknown> = {
      id: '1',
      owner: cleo.id,
      roles: [{ user: cleo.id, role: 'administrators' }],
      is_verified: true,
      app_secret: 'f'.repeat(32),
      access_level: 'advanced',
      created_by: cleo.id,
      redirect_uris: ['https://evil.example/'],
      oauth_redirect_uris: 'https://evil.example/',
      js_sdk_domains: ['evil.example'],
      advanced_access: ['ads_management'],
      mode: 'development',
      settings: { redirectUris: ['https://evil.example/'], requireAppSecretProof: false },
      secretEpoch: 9,
      __proto__: { mode: 'development' },
    };
    const app = async () => JSON.stringify(await t.server.installation.facts.app(shop.id));
    const before = [await app(), await digest(t)];
    const json = { host: 'localhost:4000', 'content-type': 'application/json' };
    for (const [path, token] of [
      [`/${shop.id}`, joined],
      [`/${bakery.id}`, page],
      [`/${bakery.id}`, user],
      ['/me', user],
      ['/me', page],
      [`/${shop.id}/roles`, joined],
      [`/${shop.id}/settings`, joined],
      [`/${shop.id}/security_settings`, joined],
      [`/${shop.id}/login_addresses`, user],
      [`/${shop.id}/role_invitations`, joined],
      [`/${shop.id}/access_requests`, joined],
      ['/me/apps', user],
    ] as const) {
      const alone = await t.send({
        method: 'POST',
        path,
        query: form({ access_token: token }),
        headers: json,
        body: Buffer.from(JSON.stringify(evil)),
      });
      assert.equal(alone.status, path === `/${shop.id}` ? 200 : alone.status, path);
      assert.ok(path === `/${shop.id}` || alone.status >= 400, `${path}: ${alone.body}`);
      for (const [name, value] of Object.entries(evil)) {
        const text = typeof value === 'string' ? value : JSON.stringify(value);
        for (const query of [
          form({ [name]: text }),
          `${name}[]=${encodeURIComponent(text)}`,
          `settings[${name}]=${encodeURIComponent(text)}`,
        ]) {
          const answer = await t.send({ path, query: `${form({ method: 'post', access_token: token })}&${query}` });
          assert.ok(
            answer.status === 400 || answer.status === 403 || path === `/${shop.id}`,
            `${path} ${query}: ${answer.body}`,
          );
        }
      }
    }
    assert.deepEqual([await app(), await digest(t)], before);
  });
});

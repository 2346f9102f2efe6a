// IV-06 and ST-04 on both databases: text that a database could choke on (PostgreSQL takes no NUL) or take for its own
// language, in every parameter, path and form. No answer is a failure of ours, none speaks of the database.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { routes } from '../../src/site/index.ts';
import { codeOf } from '../acts.ts';
import { Browser } from '../browser.ts';
import { databases } from '../databases.ts';
import { shopDialog } from '../dialog-journey.ts';
import { cast, type TestWorld, testWorld } from '../world.ts';

const { shop, rival, bakery, ana, ben } = cast;
const joined = `${shop.id}|${shop.secret}`;
const form = (params: Record<string, string>) => new URLSearchParams(params).toString();
const hostile = [
  '\0',
  'a\0b',
  `${shop.id}\0`,
  '1001\0',
  '\ud800',
  '\u{10ffff}',
  "'",
  "' or 1=1--",
  '";drop table people;--',
  '%',
  '_',
  '\\',
  '$1',
  "E'\\x00'",
  '{"a":1}',
  '[]',
  '0x00',
  'ATTACH DATABASE',
  'NaN',
  '1e999',
  '-9223372036854775809',
  '\u202e',
  '\ufffe',
  'é'.repeat(300),
];

for (const [database, open] of databases())
  describe(`on ${database}`, () => {
    const check = (t: TestWorld, { status, body }: { status: number; body: string | Uint8Array }, where: string) => {
      assert.ok(status < 500, `${where}: ${status} ${String(body).slice(0, 200)}`);
      assert.ok(
        !/sqlite|postgres|relation "|syntax error(?! \\?"?Expected)|constraint|invalid byte|unterminated|SELECT /i.test(
          String(body),
        ),
        `${where}: ${String(body).slice(0, 200)}`,
      );
      const bugs = t.log.filter((line) => line.level === 'error');
      assert.deepEqual(bugs, [], where);
    };

    test('IV-06, ST-04: in the parameters and paths of every call of the Graph', async (context) => {
      const t = await testWorld({ database: await open(), settings: { guessingLimits: true } });
      context.after(() => t.close());
      const user = await t.login(shop.id, ana.id, {
        permissions: [
          'pages_show_list',
          'pages_read_engagement',
          'pages_manage_posts',
          'pages_manage_metadata',
          'read_insights',
          'user_friends',
        ],
      });
      const page = (await t.get(`/${bakery.id}?fields=access_token&access_token=${user}`)).body.access_token as string;
      const ids: Record<string, [string, string]> = {
        user: ['me', user],
        page: [bakery.id, page],
        app: [shop.id, joined],
        post: [`${bakery.id}_1`, page],
      };
      let address = 0;
      const ask = async (method: string, path: string, params: Record<string, unknown>, where: string) => {
        const body = Buffer.from(JSON.stringify(params));
        const answer = await t.send({
          method,
          path,
          headers: { host: 'localhost:4000', 'content-type': 'application/json' },
          body,
          address: `10.0.${(address >> 8) & 255}.${address++ & 255}`,
        });
        check(t, answer, where);
      };
      for (const node of t.server.graph.nodes.values()) {
        const [id, token] = ids[node.name] ?? ['me', user];
        for (const edge of node.edges) {
          // Not the ones that end what the others need.
          if (edge.method === 'DELETE' && (edge.name === '' || edge.name === 'permissions')) continue;
          const paging = edge.answer === 'list' ? ['limit', 'after', 'before', 'fields', 'summary'] : [];
          for (const name of [...Object.keys(edge.params), ...paging])
            for (const value of hostile) {
              await ask(
                edge.method,
                `/${id}${edge.name === '' ? '' : `/${edge.name}`}`,
                {
                  ...(edge.params.message ? { message: 'x' } : {}),
                  ...(edge.params.tasks ? { user: '1', tasks: 'ANALYZE' } : {}),
                  access_token: token,
                  [name]: value,
                },
                `${edge.method} ${node.name}/${edge.name} ${name}=${JSON.stringify(value)}`,
              );
            }
        }
      }
      for (const [key, one] of t.server.graph.operations) {
        const [method = 'GET', path = ''] = key.split(' ');
        const usual =
          path === 'oauth/access_token'
            ? [
                'code',
                'grant_type',
                'fb_exchange_token',
                'code_verifier',
                'machine_id',
                'client_id',
                'client_secret',
                'redirect_uri',
              ]
            : ['after', 'fields'];
        for (const name of new Set([...Object.keys(one.params), 'access_token', ...usual]))
          for (const value of hostile.slice(0, 12)) {
            const all: Record<string, unknown> = {
              client_id: shop.id,
              client_secret: shop.secret,
              redirect_uri: 'https://app.example/cb',
              access_token: joined,
              input_token: user,
              [name]: value,
            };
            await ask(method, `/${path}`, all, `${key} ${name}=${JSON.stringify(value)}`);
          }
      }
      const code = await codeOf(t);
      for (const value of hostile.filter((text) => text.isWellFormed()))
        for (const path of [
          `/${encodeURIComponent(value)}`,
          `/me/${encodeURIComponent(value)}`,
          `/me/permissions/${encodeURIComponent(value)}`,
          `/me/friends/${encodeURIComponent(value)}`,
          `/${bakery.id}_${encodeURIComponent(value)}`,
          `/${shop.id}${encodeURIComponent(value)}/roles`,
        ])
          for (const method of ['GET', 'POST', 'DELETE'])
            check(t, await t.send({ method, path, query: form({ access_token: user }) }), `${method} ${path}`);
      for (const value of hostile.filter((text) => text.isWellFormed())) {
        check(t, await t.send({ path: '/', query: form({ access_token: user, ids: `me,${value}` }) }), `ids ${value}`);
        check(
          t,
          await t.send({
            path: '/me',
            headers: {
              host: 'localhost:4000',
              authorization: `Bearer ${shop.id}${value}|${value}`.replace(/[^ -~]/g, ''),
            },
          }),
          `header ${value}`,
        );
        check(
          t,
          await t.send({ path: '/me', query: form({ access_token: `${shop.id}${value}|${shop.secret}` }) }),
          `app token ${value}`,
        );
        check(
          t,
          await t.send({
            path: '/oauth/access_token',
            query: form({
              client_id: shop.id,
              client_secret: shop.secret,
              redirect_uri: 'https://app.example/cb',
              code: code + value,
            }),
          }),
          `code ${value}`,
        );
        check(
          t,
          await t.send({
            method: 'POST',
            path: `/${rival.id}/accounts`,
            query: form({
              access_token: `${rival.id}|${rival.secret}`,
              uid: '1',
              owner_access_token: `${value}|${value}`,
            }),
          }),
          `owner ${value}`,
        );
      }
      assert.equal(
        (
          await t.post('/oauth/access_token', {
            client_id: shop.id,
            client_secret: shop.secret,
            redirect_uri: 'https://app.example/cb',
            code,
          })
        ).status,
        200,
      );
    });

    test('IV-06, ST-04: in the dialog, in every form and address of the pages, and in headers that are kept', async (context) => {
      const t = await testWorld({ database: await open() });
      context.after(() => t.close());
      const browser = new Browser(t);
      await browser.logIn(ben);
      for (const value of hostile.filter((text) => text.isWellFormed())) {
        const text = encodeURIComponent(value);
        for (const name of [
          'client_id',
          'redirect_uri',
          'state',
          'scope',
          'response_type',
          'auth_type',
          'auth_nonce',
          'nonce',
          'code_challenge',
          'e2e',
          'display',
          'dpop_jkt',
          'config_id',
        ]) {
          const page = await browser.ask(
            shopDialog({ [name]: value, ...(name === 'nonce' ? { response_type: 'id_token', scope: 'openid' } : {}) }),
          );
          check(t, { status: page.status, body: page.html }, `dialog ${name}=${JSON.stringify(value)}`);
        }
        for (const route of routes.filter((one) => one.method === 'GET' && !one.path.includes(':'))) {
          const page = await browser.ask(
            `${route.path}?interaction=${text}&code=${text}&key=${text}&next=${text}&open=${text}&done=${text}&seal=${text}`,
          );
          check(t, { status: page.status, body: page.html }, `${route.path} ${JSON.stringify(value)}`);
        }
        const stranger = new Browser(t);
        await stranger.open('/login');
        const login = await stranger.send(
          stranger.form('/login', { email: `${value}@example.com`, password: value, next: value }),
        );
        check(t, { status: login.status, body: login.html }, `log-in ${JSON.stringify(value)}`);
        await stranger.open('/signup');
        if (stranger.forms().some((one) => one.action === '/signup')) {
          const made = await stranger.send(
            stranger.form('/signup', {
              name: value,
              email: `${value}@example.com`,
              password: `${value}-long-enough`,
              birthday: value,
            }),
          );
          check(t, { status: made.status, body: made.html }, `sign-up ${JSON.stringify(value)}`);
        }
        for (const path of [
          '/settings/apps/remove',
          '/settings/apps/revoke',
          '/settings/sessions/end',
          '/settings/password',
        ]) {
          await browser.open(
            path.includes('sessions')
              ? '/settings/sessions'
              : path.includes('password')
                ? '/settings/password'
                : '/settings/apps',
          );
          const csrf = browser
            .forms()
            .flatMap((one) => one.fields)
            .find(([name]) => name === 'csrf');
          if (!csrf) continue;
          const page = await browser.send({
            action: path,
            fields: [
              csrf,
              ['app', value],
              ['permission', value],
              ['session', value],
              ['password', value],
              ['new_password', `${value}-another-long-one`],
            ],
          });
          check(t, { status: page.status, body: page.html }, `${path} ${JSON.stringify(value)}`);
        }
      }
      for (const agent of ['a\u00ff', 'x'.repeat(5000), "'; drop table web_sessions;--"]) {
        const odd = new Browser(t);
        await odd.open('/login', { headers: { 'user-agent': agent } });
        check(t, { status: odd.page.status, body: odd.page.html }, agent);
      }
      assert.equal((await new Browser(t).logIn(ben)).status, 200);
    });
  });

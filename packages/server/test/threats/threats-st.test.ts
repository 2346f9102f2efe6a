// Nothing that could be presented is stored, written to the log or answered; strings are never a part of SQL; strings
// are never a part of SQL; what is over goes (ST-01, ST-02, ST-04, ST-07).
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { DAY } from '@hallpass/protocol';
import { graph } from '../../src/entries/declarations.ts';
import { purge } from '../../src/jobs/purge.ts';
import { verify } from '../../src/store/audit/verify.ts';
import { callback, codeOf, digest } from '../acts.ts';
import { Browser } from '../browser.ts';
import { wall } from '../databases.ts';
import { type Tour, tour } from './tour.ts';
import { cast, testWorld, type TestWorld } from '../world.ts';
import { AppId, PersonId } from '../../src/store/ids.ts';

const { ana, shop } = cast;

async function world(t: TestContext, options: Parameters<typeof testWorld>[0] = {}): Promise<TestWorld> {
  const made = await testWorld(options);
  t.after(() => made.close());
  return made;
}

/** Finds the places in a text at which values stand. */
const hits = (text: string, values: ReadonlyMap<string, string>): string[] =>
  [...values]
    .filter(
      ([, value]) =>
        text.includes(value) ||
        text.includes(encodeURIComponent(value)) ||
        text.includes(JSON.stringify(value).slice(1, -1)),
    )
    .map(([what]) => what);

test('ST-01, P-8: neither tables nor the files of the database hold anything that could be presented', async (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'hallpass-dump-'));
  t.after(() => rmSync(directory, { recursive: true, force: true }));
  const w = await world(t, { database: { kind: 'sqlite', file: join(directory, 'test.db'), wall } });
  const { secrets } = await tour(w);
  assert.ok(secrets.size > 45, `${secrets.size} values`);
  const { installation } = w.server;
  const names = (await installation.db.read.introspection.getTables()).map(({ name }) => name);
  assert.ok(names.length > 20);
  for (const name of names) {
    const rows = await installation.db.read
      .selectFrom(name as 'people')
      .selectAll()
      .execute();
    assert.deepEqual(hits(JSON.stringify(rows), secrets), [], `the table ${name}`);
  }
  for (const file of readdirSync(directory))
    assert.deepEqual(hits(readFileSync(join(directory, file)).toString('latin1'), secrets), [], `the file ${file}`);
});

test('ST-02, P-8: no value that opens something, or was meant to, stands in the log, in the audit trail or in an answer that refuses', async (t) => {
  const w = await world(t);
  const { secrets, wrong, answers } = await tour(w);
  const all = new Map([...secrets, ...[...wrong].map(([what, value]): [string, string] => [`wrong ${what}`, value])]);
  assert.ok(wrong.size > 18 && answers.length > 150, `${wrong.size} wrong values, ${answers.length} answers`);
  assert.deepEqual(hits(JSON.stringify(w.log), all), [], 'the log');
  assert.ok(w.log.length > 50);
  const trail = await w.server.installation.db.read.selectFrom('events').selectAll().execute();
  assert.deepEqual(hits(JSON.stringify(trail), all), [], 'the audit trail');
  assert.equal((await verify(w.server.installation.db.read, w.server.installation.keys.audit)).brokenAt, undefined);
  for (const { asked, answer } of answers) {
    const refusing = answer.status >= 400;
    const isPage = String(answer.headers['content-type'] ?? '').startsWith('text/html');
    if (!refusing && !isPage) continue;
    const { 'set-cookie': cookies, location, ...headers } = answer.headers;
    // A form holds its own token and the id of its dialog; those are what it is for.
    const body = String(answer.body).replaceAll(/<input[^>]*type="hidden"[^>]*>/g, '');
    const found = hits(`${JSON.stringify(headers)}${body}`, all).filter(
      (what) => !(isPage && what === 'the id of a dialog'),
    );
    assert.deepEqual(found, [], `${asked.method ?? 'GET'} ${asked.path} ${answer.status}: ${body.slice(0, 300)}`);
    if (refusing) assert.equal(location, undefined);
    if (refusing && !isPage) assert.equal(cookies, undefined);
  }
});

test('ST-02: tokens come only in what they were asked by, and only to their own holder', async (t) => {
  const w = await world(t);
  const { secrets, answers } = await tour(w);
  const tokens = new Map([...secrets].filter(([, value]) => /^[EX]AA/.test(value)));
  const mayHold = ({ asked }: Tour['answers'][number]): boolean => {
    const path = asked.path.replace(/^\/v\d+\.\d+/, '');
    return (
      path === '/oauth/access_token' ||
      path.endsWith('/accounts') ||
      path.startsWith('/dialog/oauth') ||
      path === '/' ||
      asked.method === 'POST'
    );
  };
  for (const one of answers) {
    const found = hits(String(one.answer.body), tokens);
    if (found.length === 0 || mayHold(one)) continue;
    assert.fail(`${one.asked.path}?${one.asked.query} holds ${found}`);
  }
});

const injections = [
  "'",
  `";--`,
  `' or '1'='1`,
  `1); drop table people;--`,
  '%',
  '_',
  '\\',
  '$.a',
  '$..*',
  'name desc',
  'id;attach database "x" as y',
  '* OR NEAR/2',
  '\u0000x',
  '${7*7}',
  '{{7*7}}',
  'null',
  '1e400',
];

test('ST-04: no string changes a statement, whichever parameter of whichever call it stands in', async (t) => {
  const w = await world(t, { settings: { guessingLimits: false } });
  const user = await w.login(shop.id, ana.id, {
    permissions: ['email', 'pages_show_list', 'pages_read_engagement', 'pages_manage_posts', 'pages_manage_metadata'],
  });
  const page = (await w.get(`/${cast.bakery.id}?fields=access_token&access_token=${user}`)).body.access_token as string;
  const appToken = `${shop.id}|${shop.secret}`;
  const common = [
    'fields',
    'ids',
    'limit',
    'after',
    'before',
    'offset',
    'since',
    'until',
    'order',
    'summary',
    'method',
    'debug',
    'metadata',
    'locale',
    'date_format',
    'q',
    'type',
    'appsecret_proof',
    'client_id',
    'client_secret',
    'code',
    'redirect_uri',
    'input_token',
    'scope',
    'batch',
  ];
  const places: [path: string, token: string, names: Iterable<string>][] = [];
  for (const operation of graph.operations.values())
    if (operation.method === 'GET') places.push([`/${operation.path}`, appToken, Object.keys(operation.params)]);
  for (const node of graph.nodes.values()) {
    const [id, token] =
      node.name === 'page'
        ? [cast.bakery.id, page]
        : node.name === 'app'
          ? [shop.id, appToken]
          : node.name === 'user'
            ? ['me', user]
            : [`${cast.bakery.id}_100000000000000`, page];
    places.push([`/${id}`, token, []]);
    for (const edge of node.edges.values())
      if (edge.method === 'GET') places.push([`/${id}/${edge.name}`, token, Object.keys(edge.params)]);
  }
  assert.ok(places.length > 20, `${places.length} places`);
  // People who are shown to an app for the first time get the id it knows them by.
  for (const [path, token] of places) await w.get(`${path}?access_token=${encodeURIComponent(token)}`);
  const before = await digest(w);
  let calls = 0;
  for (const [path, token, names] of places)
    for (const name of new Set([...names, ...common]))
      for (const text of injections) {
        const { status, text: said } = await w.get(
          `${path}?${new URLSearchParams({ access_token: token, [name]: text })}`,
        );
        assert.ok(status < 500, `${path} ${name}=${text}: ${said}`);
        assert.ok(!/sqlite|syntax error(?! \\"Expected)|postgres|kysely|SELECT|no such/i.test(said), said);
        calls++;
      }
  for (const text of injections) {
    for (const path of [
      `/${encodeURIComponent(text)}`,
      `/me/${encodeURIComponent(text)}`,
      `/${cast.bakery.id}/feed/${encodeURIComponent(text)}`,
    ]) {
      const unknown = await w.get(`${path}?access_token=${user}`);
      assert.ok(unknown.status === 400 || unknown.status === 404, `${path}: ${unknown.text}`);
    }
    for (const [action, fields] of [
      ['/login', { email: text, password: text }],
      ['/signup', { name: text, email: text, password: text, birthday: text }],
    ] as const) {
      const browser = new Browser(w);
      await browser.open(action);
      await browser.send(browser.form(action, { ...fields, next: text }));
      assert.ok(browser.page.status < 500, `${action} ${text}`);
    }
  }
  assert.ok(calls > 5000);
  assert.equal(await digest(w), before, 'nothing was changed');
});

test('ST-07: what is over goes in batches of a thousand at most, and what was used before still counts as no code', async (t) => {
  const deleted: number[] = [];
  const w = await world(t);
  const { installation } = w.server;
  await w.login(shop.id, ana.id, { permissions: ['email'] });
  const code = await codeOf(w);
  const redeem = () =>
    w.post('/oauth/access_token', { client_id: shop.id, client_secret: shop.secret, redirect_uri: callback, code });
  assert.equal((await redeem()).status, 200);
  const old = w.clock.now() - 200 * DAY;
  const many = Array.from({ length: 2500 }, (_, i) => String(i));
  await installation.db.act(async ({ tx }) => {
    for (let from = 0; from < many.length; from += 500) {
      const part = many.slice(from, from + 500);
      await tx
        .insertInto('single_use')
        .values(
          part.map((hash) => ({
            hash,
            kind: 'code' as const,
            app_id: AppId.of('1'),
            person_id: PersonId.of('1'),
            payload: '{}',
            expires_at: old,
            used_at: null,
            tries: 0,
          })),
        )
        .execute();
      await tx
        .insertInto('interactions')
        .values(
          part.map((hash) => ({
            hash,
            browser: '',
            app_id: AppId.of('1'),
            request: '{}',
            progress: '{}',
            expires_at: old,
            finished_at: null,
          })),
        )
        .execute();
      await tx
        .insertInto('web_sessions')
        .values(
          part.map((hash) => ({
            hash,
            id: `9${hash}`,
            person_id: PersonId.of('1'),
            created_at: old,
            seen_at: old,
            proven_at: 0,
            user_agent: '',
            ip_prefix: '',
            ended_at: null,
          })),
        )
        .execute();
      await tx
        .insertInto('attempts')
        .values(part.map((key) => ({ key, count: 1, since: old })))
        .execute();
    }
  });
  const count = async (): Promise<number[]> =>
    Promise.all(
      (['single_use', 'interactions', 'web_sessions', 'attempts'] as const).map(async (table) =>
        Number(
          (
            await installation.db.read
              .selectFrom(table)
              .select((e) => e.fn.countAll<number>().as('n'))
              .executeTakeFirstOrThrow()
          ).n,
        ),
      ),
    );
  const { act } = installation.db;
  let before = await count();
  installation.db.act = async (make) => {
    const value = await act.call(installation.db, make);
    const after = await count();
    deleted.push(...before.map((rows, i) => rows - (after[i] as number)));
    before = after;
    return value as never;
  };
  const gone = await purge(installation);
  installation.db.act = act;
  assert.equal(gone, 4 * many.length);
  assert.ok(Math.max(...deleted) <= 1000 && deleted.includes(1000), String(deleted));
  assert.equal((await redeem()).body.error.error_subcode, 36_009, 'one that may still be remembered');
  await w.clock.advance(3 * DAY);
  const forgotten = await redeem();
  assert.deepEqual([forgotten.status, forgotten.body.error.code], [400, 100]);
});

test('ST-07: of a deleted account nothing personal is left but ids', async (t) => {
  const w = await world(t);
  const { installation } = w.server;
  const appToken = `${shop.id}|${shop.secret}`;
  const made = (
    await w.post(`/${shop.id}/accounts`, { name: 'Canary Person', permissions: 'email', access_token: appToken })
  ).body;
  const browser = new Browser(w, { address: '203.0.113.77' });
  await browser.logIn(made);
  await browser.ask('/settings/password', { headers: { 'user-agent': 'CanaryAgent/1.0' } });
  const scoped = made.id as string;
  assert.deepEqual((await w.delete(`/${scoped}?access_token=${encodeURIComponent(appToken)}`)).body, { success: true });
  const names = (await installation.db.read.introspection.getTables())
    .map(({ name }) => name)
    .filter((name) => name !== 'events');
  for (const name of names) {
    const rows = JSON.stringify(
      await installation.db.read
        .selectFrom(name as 'people')
        .selectAll()
        .execute(),
    );
    for (const personal of ['Canary', made.email as string, scoped, '203.0.113', 'Chrome/140'])
      assert.ok(!rows.includes(personal), `${personal} in ${name}`);
  }
});

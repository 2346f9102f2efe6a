// These tests are about hostile values in every parameter of every edge, on both databases: a plain refusal or a plain
// answer, never a failure of ours. PostgreSQL is asked with those values alone that make a difference to a database.
import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { databases } from '../databases.ts';
import { cast, type TestWorld, testWorld } from '../world.ts';

const { shop, bakery, ana } = cast;
const permissions = [
  'pages_show_list',
  'pages_read_engagement',
  'pages_manage_posts',
  'read_insights',
  'pages_manage_metadata',
  'user_friends',
  'email',
];

/** Cursors as somebody would forge them: a NUL, figures that are none, moments beyond every calendar. */
const cursors = [
  'AAZDZD',
  ...['\0', 'NaN', '1e400 1', '-1 1', '9'.repeat(30), '\ud800', '1 \0', '1_\0', "' or 1=1--"].map(cursorLike),
];

function cursorLike(text: string): string {
  return Buffer.from(text).toString('base64').replaceAll('=', 'ZD');
}

/** A database may choke on these, or take them for something else. */
const hard = [
  '\0',
  'a\0b',
  '\ud800',
  "'; drop table people; --",
  'NaN',
  'Infinity',
  '9223372036854775808',
  '-9223372036854775809',
  '99999999999',
  '9999-12-31',
  '9'.repeat(400),
  // It cannot be made shorter, as an index would have it.
  Array.from({ length: 600 }, (_, i) => hash('sha256', String(i))).join(''),
  ...cursors,
];

const hostile = [
  ...hard,
  '\u202e',
  '%',
  '%ff',
  '"',
  '\\',
  '{',
  '[',
  '[]',
  '{}',
  '[[]]',
  '[null]',
  '{"$ne":""}',
  'null',
  'true',
  '-1',
  '0',
  '007',
  '1e3',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '../../..',
  'javascript:alert(1)',
  'http://\u0000',
  'https://x/\r\nSet-Cookie: a=b',
  'x'.repeat(60_000),
  'today',
  '2026-13-45',
  '1|2|3',
  `${shop.id}|`,
  '|',
  '{result=x:$.y}',
];

for (const [database, open] of databases())
  describe(`on ${database}`, () => {
    let t: TestWorld;
    let ids: Record<string, string>;
    let tokens: string[];

    before(async () => {
      t = await testWorld({ database: await open(), settings: { guessingLimits: false } });
      const user = await t.login(shop.id, ana.id, { permissions });
      const pageToken = (await t.get(`/${bakery.id}?fields=access_token&access_token=${user}`)).body
        .access_token as string;
      const appToken = `${shop.id}|${shop.secret}`;
      const made = (await t.post(`/${shop.id}/accounts`, { access_token: appToken })).body;
      const post = (await t.post('/me/feed', { message: 'x', access_token: pageToken })).body.id;
      ids = { user: made.id, page: bakery.id, app: shop.id, post };
      tokens = [appToken, pageToken, user, made.access_token];
    });
    after(() => t.close());

    const values = database === 'SQLite' ? hostile : hard;

    test('IV-06, IV-18: whatever stands in a parameter of an edge, no answer is a failure of ours', async () => {
      const { graph } = t.server;
      let calls = 0;
      for (const node of graph.nodes.values())
        for (const edge of node.edges) {
          // An edge that deletes the target is asked of one that is not there, so that all others still find theirs.
          const id = edge.method === 'DELETE' && edge.name === '' ? '4711' : (ids[node.name] as string);
          for (const name of [
            ...Object.keys(edge.params),
            'limit',
            'after',
            'before',
            'fields',
            'user_id',
            'page',
            'app',
          ])
            for (const value of values) {
              const path = `/${id}${edge.name === '' ? '' : `/${edge.name}`}`;
              const all = JSON.stringify({
                ...(edge.params.message ? { message: 'x' } : {}),
                [name]: value,
                access_token: tokens[calls++ % tokens.length],
              });
              const reply = await t.send({
                method: 'POST',
                path,
                query: edge.method === 'POST' ? '' : `method=${edge.method.toLowerCase()}`,
                headers: { host: 'localhost:4000', 'content-type': 'application/json' },
                body: Buffer.from(all),
              });
              assert.ok(
                reply.status < 500,
                `${edge.method} ${node.name}/${edge.name} ${name}=${value.slice(0, 40)}: ${reply.status} ${String(reply.body).slice(0, 200)}`,
              );
            }
        }
      assert.ok(calls > 3000, String(calls));
      assert.deepEqual(
        t.log.filter((line) => line.level === 'error'),
        [],
      );
    });

    test('IV-06: whatever stands as the last part of a path, no answer is a failure of ours', async () => {
      const { graph } = t.server;
      for (const node of graph.nodes.values())
        for (const edge of node.edges.filter((one) => one.tail !== undefined))
          for (const value of values)
            for (const token of tokens) {
              if (!value.isWellFormed()) continue;
              const reply = await t.send({
                method: edge.method,
                path: `/${ids[node.name]}/${edge.name}/${encodeURIComponent(value)}`,
                query: `access_token=${encodeURIComponent(token)}`,
                headers: { host: 'localhost:4000' },
              });
              assert.ok(reply.status < 500, `${edge.name}/${value}`);
            }
      assert.deepEqual(
        t.log.filter((line) => line.level === 'error'),
        [],
      );
    });
  });

// These tests are about hallpass why, as somebody types it: what is said of a call that is refused, of one that works,
// and as JSON.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { hallpass } from './command.ts';
import { type DevServer, startDevServer } from './dev-server.ts';

let server: DevServer;
let app: DevServer['app'];
let env: Record<string, string>;

before(async () => {
  server = await startDevServer();
  ({ app } = server);
  env = { HALLPASS_URL: server.url };
});
after(() => server.close());

const newToken = () => server.newToken('email');

test('a refused call: the rule, the cause and its repair, exit code 1; the token comes by standard input', async () => {
  const token = await newToken();
  const told = await hallpass(['why', 'me/accounts', '--token', '-'], { env, input: `${token}\n` });
  assert.equal(told.code, 1);
  assert.match(told.out, /^decided by +the permission pages_show_list$/m);
  assert.match(told.out, /cause .*wasn't granted.*dialog/);
  assert.ok(!told.out.includes(token));
});

test('a call that works, and the same as JSON, also asked by the app itself', async () => {
  const asApp = { ...env, HALLPASS_APP_ID: app.id, HALLPASS_APP_SECRET: app.secret, HALLPASS_TOKEN: await newToken() };
  const works = await hallpass(['why', 'me?fields=name,email'], { env: asApp });
  assert.deepEqual([works.code, /^answer +It works/m.test(works.out)], [0, true]);
  const json = JSON.parse((await hallpass(['why', 'me', '-X', 'POST', '--json'], { env: asApp })).out);
  assert.equal(json.call.startsWith('POST /v'), true);
});

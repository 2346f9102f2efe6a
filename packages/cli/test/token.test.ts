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
  env = { HALLPASS_URL: server.url, HALLPASS_APP_ID: app.id, HALLPASS_APP_SECRET: app.secret };
});
after(() => server.close());

const newToken = () => server.newToken('email,pages_show_list');

test('a token is shown, exchanged, revoked, and then shown to be dead', async () => {
  const token = await newToken();
  const debug = await hallpass(['token', 'debug', token], { env });
  assert.equal(debug.code, 0);
  assert.match(debug.out, /^valid +yes$/m);
  assert.match(debug.out, /^permissions +public_profile, email, pages_show_list$/m);
  const exchange = await hallpass(['token', 'exchange', '-', '--json'], { env, input: `${token}\n` });
  const long = JSON.parse(exchange.out).access_token as string;
  assert.notEqual(long, token);
  const revoke = await hallpass(['token', 'revoke', long], { env });
  assert.deepEqual([revoke.code, revoke.out.startsWith('Revoked.')], [0, true]);
  const dead = await hallpass(['token', 'debug', long, '--json'], { env });
  assert.equal(dead.code, 1);
  assert.deepEqual([JSON.parse(dead.out).is_valid, JSON.parse(dead.out).error.subcode], [false, 466]);
});

test('without an app a token asks about itself, and exchanging says what is missing', async () => {
  const token = await newToken();
  const alone = { HALLPASS_URL: server.url };
  const stranger = await hallpass(['token', 'debug', token], { env: alone });
  assert.equal(stranger.code, 1);
  assert.match(stranger.err, /You must provide an app access token, or a user access token that is an owner or devel/);
  const own = await hallpass(['token', 'debug', `${app.id}|${app.secret}`], { env: alone });
  assert.deepEqual([own.code, /^type +APP$/m.test(own.out)], [0, true]);
  const exchange = await hallpass(['token', 'exchange', token], { env: { ...alone, HALLPASS_APP_ID: app.id } });
  assert.deepEqual(
    [exchange.code, exchange.err],
    [2, 'Give --app-secret-file (or HALLPASS_APP_SECRET_FILE, or HALLPASS_APP_SECRET): this call is made by an app.\n'],
  );
});

test('api calls the Graph, with parameters, and explains which rules decided', async () => {
  const token = await newToken();
  const plain = await hallpass(['api', 'GET', 'me', '-F', 'fields=name,email', '--token', token], { env });
  assert.equal(plain.code, 0);
  assert.match(JSON.parse(plain.out).email, /@/);
  const explained = await hallpass(['api', 'get', '/v25.0/me/accounts', '--explain', '--json'], {
    env: { ...env, HALLPASS_TOKEN: token },
  });
  const { status, body, trace } = JSON.parse(explained.out);
  assert.deepEqual([status, body.data], [200, []]);
  assert.deepEqual(
    trace.map((step: { step: string }) => step.step),
    ['authenticate', 'authorise'],
  );
  const removed = await hallpass(
    ['api', 'DELETE', 'me/permissions', '-F', 'permission=email', '--token', '-', '--json'],
    { env, input: token },
  );
  assert.equal(removed.out, 'true\n', 'as documented');
});

test('a refusal is told with its code and what to do, as JSON where that is wanted, with exit code 1', async () => {
  const words = await hallpass(['api', 'GET', 'me', '--token', 'EAAnotatokenatall'], { env });
  assert.deepEqual([words.code, words.out], [1, '']);
  assert.match(words.err, /^code +190 OAuthException$/m);
  assert.match(words.err, /^what to do +Only a new log-in/m);
  assert.doesNotMatch(words.err, /EAAnot/);
  const json = await hallpass(['api', 'GET', 'me', '--json'], { env });
  assert.deepEqual([json.code, JSON.parse(json.out).error.code, json.err], [1, 2500, '']);
});

test('a server that is not there, or is no Graph, is told without repeating the call', async () => {
  const away = await hallpass(['api', 'GET', 'me', '--token', 'EAAsecretsecretsecret', '--url', 'http://localhost:1']);
  assert.deepEqual([away.code, away.err], [1, 'http://localhost:1 could not be reached: is the server running?\n']);
});

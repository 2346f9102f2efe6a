// These tests are about hallpass vault watch as a line of cron: a list in, news out, and an exit code that says whether
// somebody has to act.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { hallpass, temporary } from '../command.ts';
import { type DevServer, startDevServer } from '../dev-server.ts';
import { mailServer } from '../../../world/test/mail-server.ts';

let server: DevServer;
let env: Record<string, string>;

before(async () => {
  server = await startDevServer();
  const { url, app } = server;
  env = { HALLPASS_URL: url, HALLPASS_APP_ID: app.id, HALLPASS_APP_SECRET: app.secret };
});
after(() => server.close());

test('a list is watched: every token once, then only what changed, until one is dead', async (t) => {
  const { app } = server;
  const short = await server.newToken('email');
  const appToken = `${app.id}|${app.secret}`;
  const file = join(temporary(t), 'tokens.csv');
  writeFileSync(file, `name,token,kind\nmy shop,${short},user_short\nthe app,${appToken},app\n`);
  const watch = (...more: string[]) => hallpass(['vault', 'watch', file, ...more], { env });

  const first = await watch();
  assert.match(first.out, /^my shop: expiring\. It ends in 1 hour, \d{4}-/m);
  assert.match(first.out, /^the app: healthy$/m);
  assert.match(first.err, /^2 tokens: 1 healthy, 1 expiring\.$/m);
  assert.equal(first.code, 1, 'a token that ends soon needs somebody');
  assert.equal((await watch()).out, '');

  assert.equal((await hallpass(['token', 'revoke', short], { env })).code, 0);
  const dead = await watch('--json');
  const lines = dead.out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  assert.deepEqual(
    lines.map(({ name, before, state, changed }) => [name, before, state, changed]),
    [['my shop', 'expiring', 'needs_person', true]],
  );
  assert.equal(dead.code, 1);

  const memory = `${file}.watch.json`;
  assert.equal(statSync(memory).mode & 0o777, 0o600);
  for (const text of [readFileSync(memory, 'utf8'), first.out, first.err, dead.out])
    for (const secret of [short, app.secret]) assert.ok(!text.includes(secret), 'no token is told or kept');
});

test('with healthy tokens alone the exit code is 0; --all prints them all the same', async (t) => {
  const file = join(temporary(t), '.env');
  writeFileSync(file, 'PORT=80\nAPP_TOKEN\n');
  const named = { ...env, APP_TOKEN: `${server.app.id}|${server.app.secret}` };
  const first = await hallpass(['vault', 'watch', file], { env: named });
  assert.deepEqual([first.code, first.out], [0, 'APP_TOKEN: healthy\n']);
  const second = await hallpass(['vault', 'watch', file, '--all'], { env: named });
  assert.deepEqual([second.code, second.out], [0, 'APP_TOKEN: healthy\n']);
});

test('a server that is out, a list that is none and a memory that is none are told, and nothing is overwritten', async (t) => {
  const directory = temporary(t);
  const file = join(directory, 'tokens.json');
  writeFileSync(file, JSON.stringify({ app: `${server.app.id}|${server.app.secret}` }));
  assert.equal((await hallpass(['vault', 'watch', file], { env })).code, 0);
  const before = readFileSync(`${file}.watch.json`, 'utf8');

  const out = await hallpass(['vault', 'watch', file], { env: { ...env, HALLPASS_URL: 'http://localhost:1' } });
  assert.deepEqual([out.code, out.out], [1, '']);
  assert.match(out.err, /^No token could be checked: http:\/\/localhost:1 could not be reached/);
  assert.equal(readFileSync(`${file}.watch.json`, 'utf8'), before);

  const wide = join(directory, 'wide.csv');
  writeFileSync(wide, `\ufeffname,token\napp,${server.app.id}|${server.app.secret}\n`, 'utf16le');
  assert.equal((await hallpass(['vault', 'watch', wide], { env })).code, 0, 'a table in UTF-16 is read');
  const absent = await hallpass(['vault', 'watch', join(directory, 'none')], { env });
  assert.deepEqual([absent.code, absent.err], [2, `There is no file ${join(directory, 'none')}.\n`]);
  writeFileSync(join(directory, 'broken'), '{"a":');
  const broken = await hallpass(['vault', 'watch', join(directory, 'broken')], { env });
  assert.deepEqual([broken.code, broken.err], [2, "The file looks like JSON but isn't valid.\n"]);

  writeFileSync(`${file}.watch.json`, '{"app":');
  const memory = await hallpass(['vault', 'watch', file], { env });
  assert.equal(memory.code, 3);
  assert.match(memory.err, /isn't a memory file of a watch, so it was left as it is/);
  assert.equal(readFileSync(`${file}.watch.json`, 'utf8'), '{"app":');
});

test('news go to a webhook, signed; news that were not taken are told again', async (t) => {
  let status = 500;
  const got: { signature: unknown; body: string }[] = [];
  const receiver = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      got.push({ signature: request.headers['x-hub-signature-256'], body: Buffer.concat(parts).toString() });
      response.writeHead(status).end();
    });
  }).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  t.after(() => receiver.close());
  const { port } = receiver.address() as AddressInfo;
  const file = join(temporary(t), 'tokens.json');
  const token = `${server.app.id}|${server.app.secret}`;
  writeFileSync(file, JSON.stringify({ app: token }));
  const watch = () =>
    hallpass(['vault', 'watch', file, '--webhook', `http://127.0.0.1:${port}/news`], {
      env: { ...env, HALLPASS_WEBHOOK_SECRET: 'hush' },
    });

  const refused = await watch();
  assert.equal(refused.code, 1);
  assert.match(refused.err, /didn't accept the changes \(500\): they will be sent again/);
  status = 200;
  assert.equal((await watch()).code, 0);
  assert.equal((await watch()).code, 0);
  assert.equal(got.length, 2, 'what was taken is not sent again');
  for (const { signature, body } of got) {
    assert.equal(signature, `sha256=${createHmac('sha256', 'hush').update(body).digest('hex')}`);
    assert.deepEqual(
      JSON.parse(body).tokens.map((one: { name: string; state: string }) => [one.name, one.state]),
      [['app', 'healthy']],
    );
    assert.ok(!body.includes(server.app.secret));
  }
});

test('news go by mail to a real mail server, without a token in them', async (t) => {
  const post = await mailServer(t);
  const file = join(temporary(t), 'tokens.csv');
  writeFileSync(file, `name,token,kind\nthe app,${server.app.id}|${server.app.secret},page_long\n`);
  const mailing = {
    ...env,
    HALLPASS_MAIL_SERVER: `smtp://127.0.0.1:${post.port}`,
    HALLPASS_MAIL_FROM: 'vault@example.com',
  };
  const watch = () => hallpass(['vault', 'watch', file, '--mail-to', 'team@example.com'], { env: mailing });
  assert.equal((await watch()).code, 1, 'it is another kind than it is held for');
  const { email, to } = await post.next();
  assert.deepEqual([to, email.subject], [['team@example.com'], 'Access token: the app']);
  assert.match(
    email.text ?? '',
    /^\* the app: healthy\n {2}Listed as: Page token from a long-lived token\. In fact: app token\.\n {2}Kind: app token\./m,
  );
  assert.ok(!(email.text ?? '').includes(server.app.secret));

  const nowhere = { ...env, HALLPASS_MAIL_FROM: 'vault@example.com' };
  const without = await hallpass(['vault', 'watch', file, '--mail-to', 'team@example.com'], { env: nowhere });
  assert.deepEqual([without.code, /set HALLPASS_MAIL_SERVER/.test(without.err)], [2, true]);

  const secret = join(temporary(t), 'mail-server');
  writeFileSync(secret, `smtp://127.0.0.1:${post.port}`, { mode: 0o600 });
  const by = (to: string) =>
    hallpass(
      ['vault', 'watch', file, '--state', join(temporary(t), 'state'), '--mail-to', to, '--mail-server-file', secret],
      {
        env: nowhere,
      },
    );
  assert.equal((await by('ann@example.com, ben@example.com')).code, 1);
  assert.deepEqual([(await post.next()).to, (await post.next()).to], [['ann@example.com'], ['ben@example.com']]);
  const wrong = await by('ann@example.com,ben');
  assert.deepEqual([wrong.code, wrong.err], [2, '--mail-to: ben is no e-mail address.\n']);
});

// `hallpass inbox` and `hallpass console`: mails of an emulator that runs, its mail server, and the way to its pages.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createMailer, readMailServer } from '@hallpass/world';
import { hallpass, running, type Running, stopped, temporary } from '../command.ts';

let server: Running;
let env: Record<string, string>;
const cleaned: (() => void)[] = [];
before(async () => {
  env = { XDG_DATA_HOME: temporary({ after: (task) => void cleaned.push(task) }) };
  server = await running(['dev', '--port', '0', '--mail-port', '0'], { env });
});
after(async () => {
  await stopped(server);
  for (const task of cleaned) task();
});

const run = (args: readonly string[]) => hallpass([...args, '--url', server.ready.url], { env });

test('a mail that a program sends is waited for, listed, read as it came, and removed', async () => {
  const { mail } = server.ready;
  const address = readMailServer(mail);
  assert.ok(address);
  const wall = { ms: () => 0, every: () => ({ cancel: () => undefined }) };
  const sent = { id: '1', to: 'ops@example.com', subject: 'Fjordbook ends', text: 'Renew it: https://v.example/r' };
  assert.equal((await run(['inbox', 'list'])).out, 'No mail has arrived.\n');
  assert.deepEqual(
    await createMailer({ server: address, from: 'vault@example.com', wall })
      .send(sent)
      .then(({ fault }) => fault),
    undefined,
  );
  const waited = await run(['inbox', 'wait', '--to', 'OPS@example.com', '--subject', 'fjordbook']);
  assert.match(
    waited.out,
    /from +vault@example\.com\nto +ops@example\.com\nsubject +Fjordbook ends\n.*link +https:\/\/v\.example\/r\n/s,
  );
  assert.match(
    (await run(['inbox', 'list'])).out,
    /^ID +TIME +TO +SUBJECT\n1 +\S+Z +ops@example\.com +Fjordbook ends\n$/,
  );
  assert.match((await run(['inbox', 'read', '1', '--source'])).out, /^Subject: Fjordbook ends/m);
  assert.equal((await run(['inbox', 'clear'])).out, '1 mail deleted.\n');
  const missing = await run(['inbox', 'wait', '--timeout', '0']);
  assert.deepEqual([missing.code, missing.out], [1, '']);
  assert.match(missing.err, /No matching mail arrived within 0 seconds/);
  assert.equal((await run(['inbox', 'read'])).code, 1);
  assert.equal((await run(['inbox', 'server'])).out, `${mail}\n`);
});

test('a link to the pages of the emulator is printed, another one each time', async () => {
  const links = [(await run(['console'])).out, (await run(['console'])).out];
  for (const link of links) assert.match(link, /^http:\/\/localhost:\d+\/console\/emulator#ticket=[0-9a-f]{64}\n$/);
  assert.notEqual(links[0], links[1]);
});

test('a port for mails that is taken is told of, and nothing is left running', async () => {
  const { mail } = server.ready;
  const taken = await hallpass(['dev', '--port', '0', '--mail-port', new URL(mail).port], { env });
  assert.equal(taken.code, 3);
  assert.match(taken.err, /is in use by another program.*--mail-port/);
});

// Mails of the platform, and of programs that send to the mail server, come to the inbox and nowhere else.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { after, before, beforeEach, test } from 'node:test';
import { createMailer, readMailServer } from '@hallpass/world';
import type { Emulator } from '../../src/index.ts';
import { NoMail, overHttp } from '../../src/index.ts';
import { control, emulator } from '../outside.ts';

const wall = { ms: () => 0, every: () => ({ cancel: () => undefined }) };

let it: Emulator;
let url = '';
before(async () => {
  it = await emulator();
  ({ url } = await it.openMailServer());
  await it.worlds.create('there');
});
after(() => it.close());
beforeEach(() => it.inbox.clear());

const ana = () => it.people.get('Ana');

/** Sends as a program does, over SMTP. */
function mailer(address = url) {
  const server = readMailServer(address);
  assert.ok(server);
  return createMailer({ server, from: 'vault@example.com', wall });
}

const html =
  '<h1>Renew</h1><a href="https://v.example/r?a=1&amp;b=2">Renew</a><script>alert(1)</script><img src="https://spy.example/p.gif">';
const mail = { id: 'm1', to: 'ops@example.com', subject: 'Fjordbook ends', text: 'See https://v.example/t.', html };

test('a link for a new password comes as a mail, and works', async () => {
  const browser = ana().openBrowser();
  await browser.open('/forgot');
  await browser.send(browser.form('/forgot', { email: ana().email }));
  const received = await it.inbox.waitFor({ to: ana().email, subject: 'password' });
  const [link = ''] = received.links;
  await browser.open(link.slice(link.indexOf('/reset')));
  assert.equal(browser.page.status, 200);
  assert.ok(browser.page.html.includes('new_password'));
});

test('a mail over SMTP is kept whole, is told of, and none is sent on', async () => {
  assert.equal((await mailer().send(mail)).fault, undefined);
  const { body } = await control(it, 'inbox?wait=5');
  const [line] = body.mails;
  assert.deepEqual(
    [line.subject, line.recipients, line.links],
    ['Fjordbook ends', ['ops@example.com'], ['https://v.example/r?a=1&b=2', 'https://v.example/t']],
  );
  const one = (await control(it, `inbox/mail?id=${line.id}`)).body;
  assert.ok(one.html.includes('<h1>Renew</h1>') && one.text.includes('See https://v.example/t.'));
  assert.match(one.source, /^From: vault@example.com/m);
});

test('mails of a client that logs in with the name of a world come to that world', async () => {
  await mailer(url.replace('smtp://', 'smtp://there:any@')).send(mail);
  const there = (await control(it, 'inbox?wait=5', undefined, { 'x-hallpass-world': 'there' })).body;
  assert.equal(there.mails.length, 1);
  assert.equal((await it.inbox.list()).length, 0);
});

test('the document of a mail is shown in a frame of no origin, without scripts and without a way out', async () => {
  await mailer().send(mail);
  const { id } = await it.inbox.waitFor({ subject: 'fjordbook' });
  const { frame } = (await control(it, `inbox/mail?id=${id}`)).body;
  const ask = (headers: Record<string, string>, path: string = frame) =>
    overHttp(it.url)({ method: 'GET', path, headers: { host: `localhost:${it.port}`, ...headers }, body: '' });
  const shown = await ask({ 'sec-fetch-site': 'same-origin', 'sec-fetch-dest': 'iframe' });
  const policy = String(shown.headers['content-security-policy']);
  assert.equal(shown.status, 200);
  assert.match(policy, /default-src 'none'.*img-src data:.*frame-ancestors 'self'.*sandbox allow-popups/);
  assert.doesNotMatch(policy, /allow-scripts|allow-same-origin|script-src/);
  assert.equal((await ask({ 'sec-fetch-site': 'cross-site' })).status, 403, 'EM-07: another site cannot frame it');
  assert.equal((await ask({})).status, 403);
  assert.equal((await ask({ 'sec-fetch-site': 'same-origin' }, frame.replace(/.{8}$/, '00000000'))).status, 404);
});

/** Says these lines to the mail server, each after the answer to the one before. @returns the last answer */
async function say(socket: Socket, lines: readonly string[]): Promise<string> {
  const answer = async (): Promise<string> => String((await once(socket, 'data'))[0]);
  let last = await answer();
  for (const line of lines) {
    socket.write(`${line}\r\n`);
    last = await answer();
  }
  return last;
}

const envelope = ['EHLO x', 'MAIL FROM:<a@example.com>', 'RCPT TO:<b@example.com>', 'DATA'];
const connected = () => connect(Number(new URL(url).port), '127.0.0.1');

test('a mail that is too large is refused, and leaves nothing', async () => {
  const socket = connected();
  await say(socket, envelope);
  socket.write(`${'a line of a mail that does not end\r\n'.repeat(130_000)}.\r\n`);
  assert.match(String((await once(socket, 'data'))[0]), /^552 /);
  socket.destroy();
  assert.equal((await it.inbox.list()).length, 0);
});

test('who waits for a mail that does not come is told what came in its place', async () => {
  await it.inbox.send(mail);
  await assert.rejects(it.inbox.waitFor({ subject: 'password' }, 20), (error) => {
    assert.ok(error instanceof NoMail);
    assert.match(error.message, /there came “Fjordbook ends” to ops@example.com/);
    return true;
  });
});

test('a client that breaks off in the middle of a mail leaves nothing, and the next one is served', async () => {
  const socket = connected();
  await say(socket, envelope);
  socket.write('Subject: half\r\n\r\nhal');
  socket.destroy();
  assert.equal((await mailer().send(mail)).fault, undefined);
  assert.deepEqual(
    (await it.inbox.list()).map(({ subject }) => subject),
    ['Fjordbook ends'],
  );
});

test('emptying forgets every mail, and so does a world that begins anew', async () => {
  await it.inbox.send(mail);
  const response = await fetch(`${it.url}/_/emulator/inbox`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${it.controlToken}` },
  });
  assert.deepEqual(await response.json(), { removed: 1 });
  await it.inbox.send(mail);
  await it.reset();
  assert.equal((await it.inbox.list()).length, 0);
});

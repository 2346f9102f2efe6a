// These tests are about a mail server that does not do what it should: it answers letter by letter, takes a mail and
// hangs up before it says so, or has no room now. And about mails as a document, and what a name in one cannot do.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { test, type TestContext } from 'node:test';
import { createMailer, mailLimits, nodeWorld } from '../src/index.ts';
import { mailServer } from './mail-server.ts';

const { wall } = nodeWorld();
const from = 'vault@id.example';
const mail = { id: '42', to: 'ben@example.com', subject: 'Tokens', text: 'Words.\n' };

const to = (port: number, ms?: number) =>
  createMailer({ server: { host: '127.0.0.1', port, tls: 'none' }, from, wall, ...(ms === undefined ? {} : { ms }) });

/** A server that speaks to each connection as it likes. */
async function speaking(t: TestContext, speak: (socket: Socket) => void): Promise<{ port: number; open(): number }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    speak(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { port, open: () => sockets.size };
}

test('VT-08: a mail server that answers letter by letter is left after the time of one mail, and its connection closed', async (t) => {
  const tarpit = await speaking(t, (socket) => {
    const drip = setInterval(() => socket.write('2'), 20);
    socket.on('close', () => clearInterval(drip));
  });
  // Each letter comes long before anybody would call the server silent: the time of the whole mail ends it.
  assert.equal((await to(tarpit.port, 300).send(mail)).fault, 'timeout');
});

test('VT-08: a mail whose time is over before it is connected is late like any other', async (t) => {
  const silent = await speaking(t, () => undefined);
  const every: typeof wall.every = (ms, task) => {
    task();
    return wall.every(ms, task);
  };
  const server = { host: '127.0.0.1', port: silent.port, tls: 'none' } as const;
  const { fault } = await createMailer({ server, from, wall: { ...wall, every }, ms: 100 }).send(mail);
  assert.equal(fault, 'timeout');
});

test('VT-08: a server that takes the words and hangs up before it says so has not taken the mail', async (t) => {
  const dropping = await speaking(t, (socket) => {
    socket.write('220 here\r\n');
    socket.on('data', (bytes) => {
      const said = bytes.toString();
      if (/^(EHLO|HELO|MAIL|RCPT)/.test(said)) socket.write('250 fine\r\n');
      else if (said.startsWith('DATA')) socket.write('354 go on\r\n');
      else if (said.endsWith('\r\n.\r\n')) socket.destroy();
    });
  });
  assert.equal((await to(dropping.port).send(mail)).fault, 'unreachable');
});

test('VT-08: what a server says no with is told by its reply code, for now and for good', async (t) => {
  for (const status of [450, 550]) {
    const post = await mailServer(t, {
      onRcptTo: (_address, _session, done) => done(Object.assign(new Error('No'), { responseCode: status })),
    });
    const answer = await to(post.port).send(mail);
    assert.deepEqual([answer.fault, answer.status], ['refused', status]);
  }
});

test('so many mails are under way to a server that hangs, and no more', async (t) => {
  const hanging = await speaking(t, () => undefined);
  const mailer = to(hanging.port, 400);
  const sent = Array.from({ length: mailLimits.together }, () => mailer.send(mail));
  assert.equal((await mailer.send(mail)).fault, 'busy');
  assert.deepEqual(new Set((await Promise.all(sent)).map(({ fault }) => fault)), new Set(['timeout']));
});

test('a mail goes as text and as a document, with the one-click way out in its head', async (t) => {
  const post = await mailServer(t);
  const unsubscribe = 'https://vault.example/mail/out/abc';
  await to(post.port).send({ ...mail, html: '<!doctype html><p>Wörds.</p>', unsubscribe });
  const { email } = await post.next();
  assert.deepEqual([email.text?.trim(), email.html?.trim()], ['Words.', '<!doctype html><p>Wörds.</p>']);
  const header = (name: string) => email.headers.find(({ key }) => key === name)?.value;
  assert.equal(header('list-unsubscribe'), `<${unsubscribe}>`);
  assert.equal(header('list-unsubscribe-post'), 'List-Unsubscribe=One-Click');
});

test('VT-08: line ends in an address of a way out make no second header', async (t) => {
  const post = await mailServer(t);
  await to(post.port).send({ ...mail, unsubscribe: 'https://a.example/\r\nBcc: all@example.com' });
  const { email, to: receivers } = await post.next();
  assert.deepEqual([receivers, email.bcc], [[mail.to], undefined]);
});

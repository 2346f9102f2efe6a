// These tests are about mails through a real SMTP server on this machine, from the platform as a command.
import assert from 'node:assert/strict';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { createMailer, nodeWorld, readMailServer } from '@hallpass/world';
import { hallpass, running, stopped, temporary } from '../command.ts';
import { mailServer } from '../../../world/test/mail-server.ts';

const { wall } = nodeWorld();
const mail = {
  id: '42',
  to: 'ben@example.com',
  subject: 'Tokens of “Shöp”',
  text: 'Line one.\n.\nLine two, with an ä.\n',
};

test('a mail arrives with its sender, subject, words and the same id at every try', async (t) => {
  const post = await mailServer(t);
  const mailer = createMailer({
    server: { host: '127.0.0.1', port: post.port, tls: 'none' },
    from: 'platform@id.example',
    wall,
  });
  for (const round of [1, 2]) {
    assert.equal((await mailer.send(mail)).fault, undefined, String(round));
    const { email, to } = await post.next();
    assert.deepEqual(
      [email.from?.address, to, email.subject, email.text?.trimEnd()],
      ['platform@id.example', [mail.to], mail.subject, mail.text.trimEnd()],
    );
    assert.equal(email.messageId, '<42@id.example>');
    assert.equal(email.headers.find(({ key }) => key === 'auto-submitted')?.value, 'auto-generated');
  }
});

test('line ends in a subject or an address make no second header and no second receiver', async (t) => {
  const post = await mailServer(t);
  const mailer = createMailer({
    server: { host: '127.0.0.1', port: post.port, tls: 'none' },
    from: 'platform@id.example',
    wall,
  });
  await mailer.send({ ...mail, subject: 'A\r\nBcc: all@example.com' });
  const { email, to } = await post.next();
  assert.deepEqual([to, email.bcc], [[mail.to], undefined]);
});

test('what the server refuses, and a server that is not there, are faults and no exceptions', async (t) => {
  const post = await mailServer(t, {
    onRcptTo: (_address, _session, done) => done(Object.assign(new Error('No such box'), { responseCode: 550 })),
  });
  const from = 'platform@id.example';
  assert.equal(
    (await createMailer({ server: { host: '127.0.0.1', port: post.port, tls: 'none' }, from, wall }).send(mail)).fault,
    'refused',
  );
  const login = { user: 'hallpass', password: 'wrong' };
  assert.equal(
    (
      await createMailer({ server: { host: '127.0.0.1', port: post.port, tls: 'none', ...login }, from, wall }).send(
        mail,
      )
    ).fault,
    'refused',
  );
  assert.equal(
    (await createMailer({ server: { host: '127.0.0.1', port: 1, tls: 'none' }, from, wall }).send(mail)).fault,
    'unreachable',
  );
  for (const tls of ['start', 'upgrade'] as const)
    assert.equal(
      (await createMailer({ server: { host: '127.0.0.1', port: post.port, tls }, from, wall }).send(mail)).fault,
      'tls',
      `${tls}: a certificate that nobody vouches for`,
    );
  const plain = await mailServer(t, { disabledCommands: ['STARTTLS'] });
  assert.equal(
    (await createMailer({ server: { host: '127.0.0.1', port: plain.port, tls: 'upgrade' }, from, wall }).send(mail))
      .fault,
    'tls',
    'no TLS to be had',
  );
});

test('addresses of mail servers are read, and nothing else', () => {
  assert.deepEqual(readMailServer('smtps://hall%40pass:p%3Aw@mail.example.com'), {
    host: 'mail.example.com',
    port: 465,
    tls: 'start',
    user: 'hall@pass',
    password: 'p:w',
  });
  assert.deepEqual(readMailServer('smtp://[::1]:2525'), { host: '::1', port: 2525, tls: 'none' });
  for (const text of ['', 'mail.example.com', 'https://mail.example.com', 'smtp://', 'smtp://mail.example.com/path'])
    assert.equal(readMailServer(text), undefined, text);
});

const world = `
name: mails
people:
  - { key: ben, id: "61550000000001", name: Ben Okafor, email: ben@example.com, password: ben-and-his-boats }
  - { key: cleo, id: "61550000000002", name: Cleo Dupont, email: cleo@example.com, password: cleo-and-her-cats }
apps:
  - key: shop
    id: "1380000000000001"
    name: Shop
    secret: "11111111111111111111111111111111"
    client_token: "22222222222222222222222222222222"
    mode: live
    roles: { ben: [administrators], cleo: [developers] }
grants:
  - { person: cleo, app: shop, permissions: [email] }
`;

test('withdrawing a key on a platform mails the administrators of an app that it concerns, once, and the app can ask whose tokens ended', async (t) => {
  const post = await mailServer(t);
  const directory = temporary(t);
  const [data, file] = [join(directory, 'data'), join(directory, 'world.yaml')];
  writeFileSync(file, world);
  const planted = await hallpass(['seed', 'plant', file, '--data', data]);
  assert.equal(planted.code, 0, planted.err);
  const withdrawn = await hallpass(['keys', 'withdraw', '1', '--rotate', '--data', data]);
  assert.equal(withdrawn.code, 0, withdrawn.err);
  const env = { HALLPASS_SMTP_URL: `smtp://127.0.0.1:${post.port}`, HALLPASS_MAIL_FROM: 'platform@id.example' };
  const server = await running(['serve', '--data', data, '--port', '0'], { env });
  const { email, to } = await post.next();
  assert.deepEqual([to, email.subject], [['ben@example.com'], 'Hallpass: Tokens of your app stopped working (Shop)']);
  assert.match(
    email.text ?? '',
    /^Tokens of your app stopped working\n\nTokens of one person for Shop stopped working, because the key .* was withdrawn\./,
  );
  const asked = await fetch(
    `${server.ready.url}/token_deprecation_check?access_token=1380000000000001|11111111111111111111111111111111`,
  );
  const { data: people } = (await asked.json()) as { data: { reason: string }[] };
  assert.deepEqual(
    people.map(({ reason }) => reason),
    ['token_key_withdrawn'],
  );
  const { err } = await stopped(server);
  assert.match(err, /"msg":"mail\.sent"/);
  assert.doesNotMatch(err, /ben@example\.com/);
});

test('a mail server without a sender, or an address that is none, is refused by name and never with its value', async (t) => {
  const data = join(temporary(t), 'data');
  const start = (env: Record<string, string>) => hallpass(['serve', '--data', data, '--port', '0'], { env });
  for (const [env, words] of [
    [{ HALLPASS_SMTP_URL: 'smtps://me:hidden@mail.example.com' }, /mailFrom \(HALLPASS_MAIL_FROM\)/],
    [
      { HALLPASS_SMTP_URL: 'me:hidden@mail.example.com', HALLPASS_MAIL_FROM: 'a@id.example' },
      /HALLPASS_SMTP_URL: it must be smtp:/,
    ],
    [{ HALLPASS_MAIL_FROM: 'nobody' }, /mailFrom \(HALLPASS_MAIL_FROM\): must be an e-mail address/],
  ] as const) {
    const { code, err } = await start(env);
    assert.equal(code, 3, err);
    assert.match(err, words);
    assert.doesNotMatch(err, /hidden/);
  }
});

test('ST-03: the address of the mail server is taken from a file that only its owner may read, and shown to nobody', async (t) => {
  const directory = temporary(t);
  const [data, file] = [join(directory, 'data'), join(directory, 'smtp-url')];
  const options = ['--smtp-url-file', file, '--mail-from', 'platform@id.example'];
  const refused = async (env: Record<string, string> = {}): Promise<string> => {
    const { code, err } = await hallpass(['serve', '--data', data, '--port', '0', ...options], { env });
    assert.equal(code, 3, err);
    assert.doesNotMatch(err, /hidden/);
    return err;
  };
  assert.match(await refused(), /There is no file /);
  writeFileSync(file, 'smtps://me:hidden@mail.example.com\n', { mode: 0o600 });
  chmodSync(file, 0o640);
  assert.match(await refused(), /is open to others \(mode 0640\)/);
  chmodSync(file, 0o600);
  const both = await refused({ HALLPASS_SMTP_URL: 'smtps://other:hidden@mail.example.com' });
  assert.match(both, /smtpUrlFile \(HALLPASS_SMTP_URL_FILE\): HALLPASS_SMTP_URL is set too/);
  const explained = await hallpass(['config', 'explain', '--json', ...options]);
  assert.doesNotMatch(explained.out, /hidden/);
  const { settings } = JSON.parse(explained.out) as { settings: { name: string; value: unknown; from: string }[] };
  const { value, from } = settings.find(({ name }) => name === 'mailServer') ?? {};
  assert.deepEqual([value, from], ['[redacted]', 'smtpUrlFile']);
  writeFileSync(file, 'https://me:hidden@mail.example.com');
  assert.match(await refused(), /smtpUrlFile .*: it must be smtp:/);
  const server = await serving(t, data, file);
  assert.equal((await fetch(`${server.ready.url}/_/health`)).status, 200);
  await stopped(server);
});

/** A platform whose mail server is named by a file, also by the variable that names the file. */
async function serving(t: TestContext, data: string, file: string): ReturnType<typeof running> {
  const post = await mailServer(t);
  writeFileSync(file, `smtp://127.0.0.1:${post.port}\n`);
  const env = { HALLPASS_SMTP_URL_FILE: file, HALLPASS_MAIL_FROM: 'platform@id.example' };
  return running(['serve', '--data', data, '--port', '0'], { env });
}

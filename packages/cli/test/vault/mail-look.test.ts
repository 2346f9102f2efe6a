// The words and the look of mails are chosen in the same way for every command of a vault that may send one, so that a
// line of cron mails what a service would.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { hallpass, temporary } from '../command.ts';
import { mailServer } from '../../../world/test/mail-server.ts';

test('commands that send mails without a service use the words and the template of the operator', async (t) => {
  const post = await mailServer(t);
  const folder = temporary(t);
  const write = (name: string, text: string): string => {
    const file = join(folder, name);
    writeFileSync(file, text, { mode: 0o600 });
    return file;
  };
  const env = { HALLPASS_MAIL_SERVER: `smtp://127.0.0.1:${post.port}`, HALLPASS_MAIL_FROM: 'vault@example.com' };
  const vault = (...args: string[]) => hallpass(['vault', ...args, '--data', join(folder, 'vault')], { env });
  const made = await vault('apps', 'set', '1380000000000001', '--secret-file', write('secret', '1'.repeat(32)));
  assert.equal(made.code, 0, made.err);

  const texts = write('texts.json', JSON.stringify({ en: { test_subject: 'Ahoy from {platform}' } }));
  const template = write('mail.mjs', 'export default ({ subject }) => ({ subject: `${subject}!`, text: subject });');
  const sent = await vault('mail', 'test', 'team@example.com', '--mail-texts', texts, '--mail-template', template);
  assert.equal(sent.code, 0, sent.err);
  assert.equal((await post.next()).email.subject, 'Ahoy from Hallpass!');

  const nobody = { ...env, HALLPASS_MAIL_SERVER: 'smtp://127.0.0.1:9' };
  const unsent = await hallpass(['vault', 'mail', 'test', 'team@example.com', '--data', join(folder, 'vault')], {
    env: nobody,
  });
  assert.deepEqual([unsent.code, JSON.parse(unsent.out)], [1, { sent: false, error: 'unreachable' }]);

  const unknown = write('unknown.json', JSON.stringify({ en: { subject_dead: 'x' } }));
  for (const command of [
    ['sweep', '--once'],
    ['proxy', '--port', '0'],
  ]) {
    const refused = await vault(...command, '--mail-texts', unknown);
    assert.deepEqual([refused.code, refused.err.includes('there is no sentence subject_dead')], [3, true], refused.err);
  }
  const swept = await vault('sweep', '--once', '--mail-texts', texts, '--mail-template', template);
  assert.deepEqual([swept.code, swept.out], [0, 'Nothing was due.\n'], swept.err);
});

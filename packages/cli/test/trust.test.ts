// `hallpass trust` and `untrust`, in a mount namespace where the stores of the system are copies.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { commandLine } from './command-line.ts';
import { hallpass, temporary } from './command.ts';
import { modes } from './exec/exec-modes.ts';

const command = `${process.execPath} ${commandLine.join(' ')}`;
const store = '/usr/local/share/ca-certificates';
const asRoot = process.getuid?.() === 0 ? [] : ['--user', '--map-root-user'];
const without = modes[0]?.skip || (existsSync(store) ? false : `there is no ${store}`);

test('EM-06: trust and untrust print what they do, and only that with --dry-run', async (t) => {
  const env = { XDG_DATA_HOME: temporary(t), HOME: temporary(t) };
  const would = await hallpass(['trust', '--dry-run'], { env });
  assert.equal(would.code, 0);
  assert.match(
    would.out,
    /can sign for facebook\.com, connect\.facebook\.net and graph\.fb\.gg, and for no other name\./,
  );
  assert.match(would.out, /\nNothing was changed\.\n$/);
  const back = await hallpass(['untrust', '--dry-run'], { env });
  assert.match(back.out, /would be removed too\. Nothing was changed\.\n$/);
  assert.ok(existsSync(join(env.XDG_DATA_HOME, 'hallpass/authority/authority.key')));
});

test('EM-06: after trust the system trusts the authority, after untrust neither it nor its key is there', {
  skip: without,
}, (t) => {
  const home = temporary(t);
  const copy = temporary(t);
  const script = [
    `cp -a /etc/ssl/certs/. ${copy}`,
    `mount -t tmpfs tmpfs ${store}`,
    `mount --bind ${copy} /etc/ssl/certs`,
    `${command} trust`,
    `ls ${store}`,
    'openssl verify -CApath /etc/ssl/certs "$XDG_DATA_HOME/hallpass/authority/authority.pem"',
    `${command} untrust`,
    `ls ${store}`,
    'ls "$XDG_DATA_HOME/hallpass"',
  ].join(' && ');
  const { stdout, stderr, status } = spawnSync('unshare', [...asRoot, '--mount', 'sh', '-c', script], {
    encoding: 'utf8',
    env: { ...process.env, XDG_DATA_HOME: home, HOME: home },
  });
  assert.equal(status, 0, stderr);
  assert.match(
    stdout,
    /This machine now trusts it\. hallpass untrust undoes this\.\nhallpass-emulator\.crt\n[^\n]*: OK\n/,
  );
  assert.match(stdout, /Removed \S+authority\.\n$/);
  assert.deepEqual(readdirSync(join(home, 'hallpass')), []);
});

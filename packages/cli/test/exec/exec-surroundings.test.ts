// Things on a machine that `hallpass exec` cannot use are told in a sentence, and nothing of the try stays behind.
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { hallpass, temporary } from '../command.ts';
import { modes } from './exec-modes.ts';

/** Runs `true` with these programs first in PATH; @returns its summary */
async function summaryWith(
  t: Parameters<typeof temporary>[0],
  options: readonly string[],
  env: Record<string, string>,
) {
  const folder = temporary(t);
  const { code, err } = await hallpass(['exec', ...options, '--json', '--', 'true'], {
    env: { TMPDIR: folder, ...env },
  });
  assert.deepEqual(readdirSync(folder), []);
  assert.doesNotMatch(readFileSync('/proc/mounts', 'utf8'), new RegExp(folder));
  const { mode, notes } = JSON.parse(err.trim().split('\n').at(-1) ?? '') as { mode: string; notes: string[] };
  return { code, mode, notes };
}

const sealed = modes.find(({ name }) => name === 'sealed');
const linux = { skip: process.platform === 'linux' ? false : 'only Linux has namespaces' };

test(
  'files that cannot be mounted over those of the system are told, and the command runs by variables',
  linux,
  async (t) => {
    const programs = join(temporary(t), 'programs');
    mkdirSync(programs);
    writeFileSync(join(programs, 'mount'), '#!/bin/sh\necho "mount: permission denied" >&2\nexit 32\n', {
      mode: 0o755,
    });
    const found = await summaryWith(t, [], { PATH: `${programs}:${process.env['PATH']}` });
    assert.deepEqual([found.code, found.mode], [0, 'variables']);
    if (sealed?.skip === false)
      assert.deepEqual(found.notes, [
        'Not sealed, because this system does not allow namespaces (mount: permission denied).',
      ]);
  },
);

test('a machine without unshare is told, and the command runs by variables', linux, async (t) => {
  // `true` is there, and nothing else.
  const programs = join(temporary(t), 'programs');
  mkdirSync(programs);
  writeFileSync(join(programs, 'true'), '#!/bin/sh\n', { mode: 0o755 });
  const found = await summaryWith(t, [], { PATH: programs });
  assert.deepEqual(found, {
    code: 0,
    mode: 'variables',
    notes: ['Not sealed, because there is no program unshare (package util-linux).'],
  });
});

test('a file of authorities that is gone is told and left out', async (t) => {
  const gone = join(temporary(t), 'old-authority.pem');
  const { code, notes } = await summaryWith(t, ['--env-only'], { NODE_EXTRA_CA_CERTS: gone });
  assert.equal(code, 0);
  assert.deepEqual(notes, [`NODE_EXTRA_CA_CERTS names ${gone}, which can't be read: it is left out.`]);
});

for (const { name, options, skip } of modes)
  test(`a port that is opened twice is opened once (${name})`, { skip }, async (t) => {
    const { code } = await summaryWith(t, [...options, '--open', '5432,5432'], {});
    assert.equal(code, 0);
  });

// These tests are about the words that a shell completes: bash itself is asked, with what `hallpass completion` printed.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { before, test } from 'node:test';
import { commandTree } from '../src/completion/command-tree.ts';
import { outside } from '../src/surroundings/outside.ts';
import { hallpass } from './command.ts';

let script = '';

before(async () => {
  script = (await hallpass(['completion', 'bash'])).out;
});

/** Returns what bash offers for the last word of each command line. */
function offered(lines: readonly (readonly string[])[]): string[][] {
  const asked = lines
    .map(
      (words) =>
        `COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _hallpass; echo "\${COMPREPLY[*]}"`,
    )
    .join('\n');
  const { stdout, stderr, status } = spawnSync('bash', ['--norc', '-c', `${script}\n${asked}`], { encoding: 'utf8' });
  assert.deepEqual([status, stderr], [0, '']);
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.split(' ').filter((word) => word !== ''));
}

test('bash completes commands, the commands below them, options, and the values that there are', () => {
  const [first, below, options, values, argument, free, foreign] = offered([
    ['hallpass', 'va'],
    ['hallpass', 'vault', 're'],
    ['hallpass', 'vault', 'rehearse', '--ht'],
    ['hallpass', 'env', '--shell', ''],
    ['hallpass', 'completion', ''],
    ['hallpass', 'vault', 'rehearse', '--html', ''],
    ['hallpass', 'exec', '--', 'va'],
    ['hallpass', ''],
  ]);
  assert.deepEqual(first, ['vault']);
  assert.ok(below?.includes('rehearse') && below.every((word) => word.startsWith('re')), String(below));
  assert.deepEqual(options, ['--html']);
  assert.deepEqual(values, ['sh', 'fish', 'powershell']);
  assert.deepEqual(argument, ['bash', 'zsh', 'fish']);
  // Bash itself completes files where nothing is offered.
  assert.deepEqual([free, foreign], [[], []]);
});

test('bash completes every command and every option that there is', async () => {
  const tree = await commandTree(outside);
  const found = offered(
    tree.flatMap(({ path }) => {
      const words = ['hallpass', ...path.split(' ').filter((word) => word !== '')];
      return [
        [...words, ''],
        [...words, '--'],
      ];
    }),
  );
  for (const [index, { path, words, options }] of tree.entries()) {
    assert.deepEqual(
      found[2 * index],
      words.map(({ word }) => word),
      path,
    );
    assert.deepEqual(
      found[2 * index + 1],
      options.map(({ word }) => word),
      path,
    );
  }
  assert.ok(tree.length > 80);
});

test('an unknown shell is refused with the ones that there are', async () => {
  const { code, err } = await hallpass(['completion', 'csh']);
  assert.equal(code, 2);
  assert.match(err, /bash, zsh, fish/);
});

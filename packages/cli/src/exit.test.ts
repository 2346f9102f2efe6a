import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EmulatorRefused } from '@hallpass/emulator';
import { BadSettings } from '@hallpass/server';
import { endingOf } from './exit.ts';
import { CommandError } from './command-error.ts';

test('what cannot start ends with its own sentence, and what is unexpected in one line', () => {
  assert.deepEqual(endingOf(new BadSettings('publicUrl: no')), { exit: 'cannotStart', message: 'publicUrl: no' });
  assert.deepEqual(endingOf(new EmulatorRefused('Not here.')), { exit: 'cannotStart', message: 'Not here.' });
  assert.deepEqual(endingOf(new CommandError('wrongUse', 'Write it so.')), {
    exit: 'wrongUse',
    message: 'Write it so.',
  });
  assert.deepEqual(endingOf(new Error('first\nsecond')), { exit: 'failed', message: 'Unexpected error: first' });
});

test('ST-02: a secret in an error is not printed', () => {
  const { message } = endingOf(
    new Error('GET /me?access_token=EAABsecretsecretsecret failed for 123|0123456789abcdef'),
  );
  assert.doesNotMatch(message, /secretsecret|0123456789abcdef/);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { textOf } from '../../../test/tags.ts';
import { deviceCode } from '../../index.ts';

const form = { action: '/device', hidden: {} };
const person = { id: '1', name: 'Ana Lopes', firstName: 'Ana' };
const page = (code?: string): string =>
  textOf(
    deviceCode({ platform: { name: 'Hallpass' }, form, notYou: form, person, ...(code === undefined ? {} : { code }) }),
  );

test('only a whole code is to be compared; without one, or with a part of one, the page asks for it', () => {
  for (const whole of ['ABCDEFGH', 'abcd-efgh']) assert.match(page(whole), /Compare this code/, whole);
  for (const part of [undefined, '', 'ABCD', 'call 0800 now']) assert.match(page(part), /Type the code/, part);
});

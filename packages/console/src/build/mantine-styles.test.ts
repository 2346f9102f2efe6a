// The style sheets of the console's components are found by themselves.
import assert from 'node:assert/strict';
import { dirname } from 'node:path';
import { test } from 'node:test';
import { isInRoom, namesFrom, stylesOf, usedNames } from './mantine-styles.ts';

test('a component brings the styles of everything that it is made of, in an order where its own come last', () => {
  const sheets = stylesOf(['Button']);
  assert.deepEqual(sheets.slice(0, 3), ['baseline', 'default-css-variables', 'global']);
  for (const part of ['UnstyledButton', 'Loader', 'Button']) assert.ok(sheets.includes(part), part);
  assert.ok(sheets.indexOf('UnstyledButton') < sheets.indexOf('Button'));
  assert.ok(!sheets.includes('Tree'));
});

test('every component that a source file takes is found, and so are those of Mantine’s other packages', () => {
  assert.deepEqual(namesFrom("import {\n  Stack,\n  type BoxProps,\n  Text as Words,\n} from '@mantine/core';"), [
    'Stack',
    'Text',
  ]);
  const names = usedNames(dirname(import.meta.dirname));
  for (const name of ['AppShell', 'Modal', 'Notification', 'Highlight']) assert.ok(names.has(name), name);
});

test('styles that only dashboards need are not among those of the first page', () => {
  const first = usedNames(dirname(import.meta.dirname), (path) => !isInRoom(path));
  const all = usedNames(dirname(import.meta.dirname));
  assert.ok(all.has('NumberInput') && !first.has('NumberInput'));
});

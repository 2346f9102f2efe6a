import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commands } from '../commands/index.ts';
import { built } from '../run.ts';
import { outside } from '../surroundings/outside.ts';
import { helpLayout } from './help-layout.ts';

test('the help of every command fits a terminal of 80 columns, and switches are shown as switches', async () => {
  for (const entry of commands) {
    const command = await built(entry, outside);
    for (const one of [command, ...command.commands]) {
      const lines = one.configureHelp(helpLayout).helpInformation().split('\n');
      const tooLong = lines.filter((line) => line.length > 80 && /\s\S+\s/.test(line.slice(34)));
      assert.deepEqual(tooLong, [], `${entry.name} ${one.name()}`);
      if (entry.name === 'serve') assert.ok(lines.some((line) => line.startsWith('  --open-sign-up [true|false]')));
    }
  }
});

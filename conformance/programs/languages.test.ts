// Programs in many languages run unmodified below `hallpass exec`, in both of its ways. All of them run in one world, one
// after another, and each is a test of its own.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { exec, ways } from './exec.ts';
import { cannotRun, programs } from './languages.ts';

const [id, secret] = ['1384720956120447', '8f1c5be29d7340a6b1e7c45d02f9a36b'];
const address = `https://graph.facebook.com/oauth/access_token?client_id=${id}&client_secret=${secret}&grant_type=client_credentials`;
const quoted = (word: string): string => `'${word}'`;

for (const { name, options, skip } of ways)
  describe(`programs ${name}`, { skip }, () => {
    const folder = mkdtempSync(join(tmpdir(), 'hallpass-programs-'));
    after(() => rmSync(folder, { recursive: true, force: true }));

    before(async () => {
      const lines = programs.map((program, at) =>
        cannotRun(program)
          ? ''
          : `timeout 30 ${[...program.command, address].map(quoted).join(' ')} >${folder}/${at} 2>&1`,
      );
      writeFileSync(join(folder, 'all.sh'), lines.join('\n'));
      await exec(options, ['sh', join(folder, 'all.sh')]);
    });

    for (const [at, program] of programs.entries())
      it(`${program.name} is answered`, { skip: cannotRun(program) }, () => {
        assert.match(readFileSync(join(folder, String(at)), 'utf8'), new RegExp(`"access_token":"${id}\\|`));
      });
  });

// ST-03: the data directory and its keys are for their owner only.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { createKeyFile, openDataDirectory, readKeyFile } from '@hallpass/db';

const random = { bytes: (length: number) => new Uint8Array(randomBytes(length)) };
const home = mkdtempSync(join(tmpdir(), 'hallpass-files-'));
const mode = (path: string): string => (statSync(path).mode & 0o777).toString(8);
after(() => rmSync(home, { recursive: true, force: true }));

describe('The data directory', () => {
  it('ST-03: is made for its owner only, with what leads to it', () => {
    const path = join(home, 'a', 'b');
    openDataDirectory(path);
    openDataDirectory(path);
    assert.deepEqual([mode(path), mode(join(home, 'a'))], ['700', '700']);
  });

  it('ST-03: is refused when others may look into it, with the command that closes it', () => {
    const path = join(home, 'open');
    openDataDirectory(path);
    for (const open of [0o755, 0o750, 0o701]) {
      chmodSync(path, open);
      const words = `The data directory ${path} is open to others (mode 0${open.toString(8)}): run \`chmod 0700 ${path}\``;
      assert.throws(
        () => openDataDirectory(path),
        (error: Error) => error.name === 'StorageRefused' && error.message.startsWith(words),
      );
    }
  });

  it('is refused when it is a file', () => {
    const path = join(home, 'file');
    writeFileSync(path, '');
    assert.throws(() => openDataDirectory(path), /is not a directory/);
  });
});

describe('A key file', () => {
  it('is made once, for its owner only, and read back', () => {
    const path = join(home, 'root.key');
    const made = createKeyFile(path, random);
    assert.equal(mode(path), '600');
    assert.deepEqual(readKeyFile(path), made);
    assert.equal(made[0]?.key.length, 32);
    const before = readFileSync(path, 'utf8');
    assert.throws(() => createKeyFile(path, random), /never overwritten/);
    assert.equal(readFileSync(path, 'utf8'), before);
    assert.equal(existsSync(`${path}.new`), false);
  });

  it('may hold older keys behind the active one', () => {
    const path = join(home, 'two.key');
    const [first] = createKeyFile(path, random);
    const older = Buffer.alloc(32, 7).toString('base64url');
    writeFileSync(path, `${readFileSync(path, 'utf8')}old ${older}\n`);
    assert.deepEqual(
      readKeyFile(path).map(({ id }) => id),
      [first?.id, 'old'],
    );
  });

  it('ST-03: is refused when others may read it', () => {
    const path = join(home, 'loose.key');
    createKeyFile(path, random);
    chmodSync(path, 0o644);
    assert.throws(() => readKeyFile(path), /key file .*loose\.key is open to others \(mode 0644\): run `chmod 0600/);
  });

  it('is refused when it is missing or damaged, without a word of its content', () => {
    const path = join(home, 'damaged.key');
    assert.throws(() => readKeyFile(path), /is missing/);
    for (const content of ['', 'k1 canary', `k1 ${'A'.repeat(42)}\n`, `k1 ${'A'.repeat(43)}\nrubbish\n`]) {
      writeFileSync(path, content, { mode: 0o600 });
      assert.throws(
        () => readKeyFile(path),
        (error: Error) => /is damaged/.test(error.message) && !error.message.includes('canary'),
      );
    }
  });
});

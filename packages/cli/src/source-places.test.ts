// These tests are about stacks of the built command, which name the sources of what is bundled.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { sourcePlaces } from './source-places.ts';

const folder = mkdtempSync(join(tmpdir(), 'hallpass-bundle-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const here = pathToFileURL(`${folder}/`).href;
// The second column of the only line is the fourth line and the third column of its source.
const map = { version: 3, sources: ['@hallpass/server/src/parse/host.ts'], names: [], mappings: 'AAAA,CAGE' };
writeFileSync(join(folder, 'serve-1a2b.js.map'), JSON.stringify(map));
writeFileSync(join(folder, 'broken.js.map'), '{');

const stackAt = (place: string): string => `Error: no\n    at read (${place})\n    at node:internal/main:1:2`;

test('a place in a built file becomes the place of its source, and everything else of a stack stays', () => {
  const named = sourcePlaces(here);
  const source = stackAt('@hallpass/server/src/parse/host.ts:4:3');
  assert.equal(named(stackAt(`${here}serve-1a2b.js:1:2`)), source);
  rmSync(join(folder, 'serve-1a2b.js.map'));
  assert.equal(named(stackAt(`${here}serve-1a2b.js:1:2`)), source, 'it is remembered');
});

test('a place stays as it is where no map tells of it', () => {
  const named = sourcePlaces(here);
  for (const place of [`${here}broken.js:1:2`, `${here}missing.js:1:2`, 'file:///elsewhere/app.js:3:4'])
    assert.equal(named(stackAt(place)), stackAt(place));
});

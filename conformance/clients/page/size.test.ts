// This test holds the size of the file that every page of every app loads.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { sdkFiles } from '@hallpass/sdk';

/** Bytes, compressed as the server sends it. */
const MOST = 12_000;

test('the JavaScript SDK is one file below 12 kB, that imports nothing and runs no text as code', (context) => {
  const files = sdkFiles();
  assert.ok(files, 'it is built before this step');
  const size = gzipSync(files.script).length;
  context.diagnostic(`sdk.js: ${size} bytes compressed, ${files.script.length} as it is`);
  assert.ok(size < MOST, `${size} bytes`);
  for (const text of Object.values(files)) {
    assert.doesNotMatch(
      text,
      /\bimport\s*\(|\brequire\s*\(|\beval\s*\(|\bnew Function\b|\.innerHTML\b|document\.write/,
    );
    assert.doesNotMatch(text, /^\s*(?:import|export)\b/m);
  }
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { compressedFile } from './compressed.ts';

const body = new TextEncoder().encode('a '.repeat(1000));
const brotli = new TextEncoder().encode('pressed');

/** A file as it is sent to a browser that takes these encodings. */
function sent(accepted: string | undefined, content: { body: Uint8Array; brotli?: Uint8Array }) {
  const headers = accepted === undefined ? {} : { 'accept-encoding': accepted };
  const incoming = { headers } as Parameters<typeof compressedFile>[0]['incoming'];
  return compressedFile({ incoming }, 'text/javascript', content, 60);
}

test('a file travels in the smallest form that the browser takes and the build has made', () => {
  const both = sent('gzip, deflate, br, zstd', { body, brotli });
  assert.deepEqual([both.headers['content-encoding'], both.body], ['br', brotli]);
  const old = sent('gzip', { body, brotli });
  assert.equal(old.headers['content-encoding'], 'gzip');
  assert.deepEqual(new Uint8Array(gunzipSync(old.body as Uint8Array)), body);
  assert.equal(sent('br, gzip', { body }).headers['content-encoding'], 'gzip');
});

test('a browser that takes no encoding gets the file as it is, and caches are told of the difference', () => {
  for (const accepted of [undefined, 'identity']) {
    const plain = sent(accepted, { body, brotli });
    assert.deepEqual([plain.headers['content-encoding'], plain.body], [undefined, body]);
    assert.equal(plain.headers['vary'], 'Accept-Encoding');
  }
});

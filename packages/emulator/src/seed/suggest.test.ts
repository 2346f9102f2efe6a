import assert from 'node:assert/strict';
import { test } from 'node:test';
import { didYouMean, nearest } from './suggest.ts';

const words = ['redirect_uris', 'email', 'mode', 'client_token'];

test('a mistyped word is recognised by letters left out, added, changed or swapped', () => {
  assert.deepEqual(
    ['redirect_uri', 'redirects_uris', 'emial', 'Mode', 'client_tokne'].map((word) => nearest(word, words)),
    ['redirect_uris', 'redirect_uris', 'email', 'mode', 'client_token'],
  );
});

test('nothing is suggested where nothing is near', () => {
  assert.equal(nearest('birthday', words), undefined);
  assert.equal(didYouMean('birthday', words), '');
});

// These tests are about the drawn picture: well-formed, of the size asked for, and the same for the same id.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { avatarPath, avatarSvg } from './avatar.ts';

test('a picture has the size that was asked for, and depends on its id alone', () => {
  const picture = avatarSvg('10000000000000001', 320, 240);
  assert.match(picture, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="320" height="240"/);
  assert.equal(picture, avatarSvg('10000000000000001', 320, 240));
  assert.notEqual(picture, avatarSvg('10000000000000002', 320, 240));
});

test('whatever stands in the address, nothing of it gets into the picture', () => {
  const seed = '"><script>alert(1)</script>';
  assert.ok(!avatarSvg(seed, 50, 50).includes('script'));
  assert.equal(
    avatarPath(seed, 50, 50),
    '/platform/picture/%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E.svg?width=50&height=50',
  );
});

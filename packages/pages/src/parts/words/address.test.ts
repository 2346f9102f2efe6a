import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hostilePaths } from '../../../test/hostile.ts';
import { inside, outside } from './address.ts';

test('WP-05: a privacy or terms link is http or https or no link', () => {
  for (const bad of [
    'javascript:alert(1)',
    ' JaVaScRiPt:alert(1)',
    'data:text/html,x',
    'ftp://a.example/',
    '//a.example/',
    '/here',
    'not a url',
    '',
    null,
    undefined,
  ])
    assert.equal(outside(bad), undefined, String(bad));
  assert.equal(outside('https://a.example/privacy?x=1#y'), 'https://a.example/privacy?x=1#y');
  assert.equal(outside('http://a.example'), 'http://a.example/');
});

test('a link with a name and password in it is no link: it may look like another host', () => {
  assert.equal(outside('https://hallpass.example@evil.example/'), undefined);
});

test('DL-17: a path that leads elsewhere leads home', () => {
  for (const bad of hostilePaths.filter((path) => !path.startsWith('/"'))) assert.equal(inside(bad), '/', bad);
  assert.equal(inside('/settings/apps?open=1'), '/settings/apps?open=1');
});

// These tests are about the relay of the browser SDK: each of its values has a grammar of its own, so none of them
// smuggles another one in (RU-72).
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { relayVerdict } from './redirect-uri-relay.ts';

const STATIC = 'https://static.hall.example';
const usual = {
  cb: 'f1a2b3c4d5e6f7',
  domain: 'app.example',
  is_canvas: 'false',
  origin: encodeURIComponent('https://app.example/f2'),
  relation: 'opener',
  frame: 'f3',
};
type Name = keyof typeof usual;
const names = Object.keys(usual) as Name[];

const verdict = (values: Partial<Record<Name, string>>) => {
  const fragment = Object.entries({ ...usual, ...values }).map(([name, value]) => `${name}=${value}`);
  return relayVerdict(
    `${STATIC}/x/connect/xd_arbiter/?version=46#${fragment.join('&')}`,
    { sdkDomains: ['app.example', 'app-2.example'], mode: 'live' },
    STATIC,
  );
};

test('the address that the SDK makes is allowed, and its one origin is the one in the list', () => {
  for (const values of [
    {},
    { is_canvas: 'true', relation: 'parent' },
    { cb: 'f2_-', frame: 'F' },
    { origin: 'https://app.example/f2' },
    { domain: 'app-2.example', origin: encodeURIComponent('https://app-2.example/f2') },
  ]) {
    const { allow, origin } = verdict(values);
    assert.ok(allow, JSON.stringify(values));
    assert.equal(origin, `https://${'domain' in values ? values.domain : 'app.example'}`);
  }
});

describe('RU-72: no value of the relay brings along another one, markup, a line end, or an escape', () => {
  const hostile = [
    'f1%26origin%3Dhttps%3A%2F%2Fevil.example%2Ff2',
    'f1%2526origin',
    '%3Cscript%3Ealert(1)%3C%2Fscript%3E',
    '<script>',
    'f3%0d%0aSet-Cookie:a=b',
    'f3%0A',
    'f3\n',
    'f3\r',
    '%00',
    'f1#origin',
    'f1;origin=x',
    'f1=2',
    '%66%31',
    'f1+2',
    '"onload="x',
    "'",
    '\u2028',
    '\u202e',
    '%E2%80%A8',
    'a'.repeat(5000),
    '',
    'javascript:alert(1)',
    '..',
    '/',
    '\\',
  ];
  for (const name of names)
    test(name, () => {
      for (const value of hostile)
        assert.equal(verdict({ [name]: value }).allow, false, `${name}=${JSON.stringify(value.slice(0, 60))}`);
    });

  test('an origin with a user, a port, a query, a fragment, two paths, or in upper case', () => {
    for (const origin of [
      'https://app.example@evil.example/f2',
      'https://app.example:8443/f2',
      'https://app.example/f2?x',
      'https://app.example/f2#x',
      'https://app.example/f2/f3',
      'https://APP.example/f2',
      'https://app.example./f2',
      'https://.app.example/f2',
      'https://app.example',
      'https://app.example/',
      'https:/app.example/f2',
      'http://app.example/f2',
    ])
      for (const written of [origin, encodeURIComponent(origin), encodeURIComponent(encodeURIComponent(origin))])
        assert.equal(verdict({ origin: written }).allow, false, written);
  });

  test('whatever is allowed reads the same before and after it is decoded, but for the origin', () => {
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.string({ unit: 'binary', maxLength: 12 }), (name, added) => {
        for (const value of [usual[name] + added, usual[name] + encodeURIComponent(added.toWellFormed())]) {
          if (!verdict({ [name]: value }).allow || name === 'origin') continue;
          assert.equal(decodeURIComponent(value), value);
          assert.match(value, /^[\w.-]+$/);
        }
      }),
    );
  });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errors } from '../errors/errors.ts';
import { invalidations, refusingStates } from './invalidations.ts';
import { type Anchor, type TokenKindEntry, scopeKey, tokenKinds } from './tokens.ts';

test('every event and state kills with a token error of the catalogue', () => {
  for (const [name, { error }] of [...Object.entries(invalidations), ...Object.entries(refusingStates)])
    assert.equal(errors[error].code, 190, name);
});

test('every event hits something that a kind of token hangs on', () => {
  const anchors = new Set<Anchor>(Object.values(tokenKinds).flatMap((kind: TokenKindEntry) => [...kind.hangsOn]));
  for (const [name, { hits }] of Object.entries(invalidations)) assert.ok(anchors.has(hits), name);
});

test('a token of a person dies with the person, the app and the grant', () => {
  for (const [name, kind] of Object.entries(tokenKinds) as [string, TokenKindEntry][]) {
    if (kind.hasPerson)
      for (const anchor of ['user', 'app', 'grant'] as const) assert.ok(kind.hangsOn.includes(anchor), name);
  }
});

test('an anchor without its ids has no counter', () => {
  assert.equal(scopeKey('session', { app: '1', user: '2' }), undefined);
  assert.equal(scopeKey('page_role', { app: '1', user: '2', page: '3' }), 'page_role:3:2');
});

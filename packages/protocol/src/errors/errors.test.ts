import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CatalogueError, errors, holderAdvice } from './errors.ts';

const entries = Object.entries(errors) as [string, CatalogueError][];

test('a message that begins with a number begins with its own code', () => {
  for (const [key, { code, message }] of entries) {
    const prefix = /^\(#(\d+)\) /.exec(message);
    if (prefix) assert.equal(Number(prefix[1]), code, key);
  }
});

test('permissions answer 403, an absent server 503, our own mistake 500, tokens and parameters 400', () => {
  assert.equal(errors['permission.missing'].status, 403);
  assert.equal(errors['permission.denied'].status, 403);
  assert.equal(errors['permission.capability'].status, 400);
  assert.equal(errors['server.away'].status, 503);
  assert.equal(errors['server.bug'].status, 500);
  for (const [key, { code, status }] of entries) {
    if (code === 190 || code === 102) assert.equal(status, 400, key);
  }
});

test('I-8: of all errors only our own mistake and a server that is absent or gives no answer are 5xx', () => {
  const failing = entries.filter(([, { status }]) => status >= 500).map(([key]) => key);
  assert.deepEqual(failing, ['proxy.answer', 'server.bug', 'server.away', 'server.retry']);
});

test('the header names tokens, codes and other requests by their documented words', () => {
  assert.equal(errors['token.session_expired'].www, 'invalid_token');
  assert.equal(errors['token.missing'].www, 'invalid_request');
  assert.equal(errors['limit.app'].www, 'invalid_request');
  for (const key of [
    'code.used',
    'code.expired',
    'code.redirect',
    'code.verifier',
    'code.malformed',
    'code.client',
  ] as const) {
    assert.equal(errors[key].www, 'invalid_code', key);
  }
});

test('the subcodes of dead tokens are the documented ones', () => {
  const subcodes = Object.fromEntries(
    entries.filter(([, e]) => e.code === 190 && e.subcode).map(([key, e]) => [key, e.subcode]),
  );
  assert.deepEqual(subcodes, {
    'token.session_key': 452,
    'token.session_malformed': 456,
    'token.origin': 457,
    'token.app_removed': 458,
    'token.checkpoint': 459,
    'token.password_changed': 460,
    'token.app_reinstalled': 461,
    'token.version_stale': 462,
    'token.session_expired': 463,
    'token.unconfirmed': 464,
    'token.person_gone': 465,
    'token.revoked': 466,
    'token.logged_out': 467,
    'token.unused': 468,
    'token.checkpoint_blocking': 490,
    'token.page_role_lost': 492,
    'token.inactive': 493,
  });
});

test('I-7: no message has room for a token or another secret', () => {
  const forbidden = /^(token|access_token|input_token|secret|code|proof|password|cookie|value)$/;
  for (const [key, { message }] of entries) {
    for (const [, name] of message.matchAll(/\{(\w+)\}/g)) assert.doesNotMatch(name ?? '', forbidden, key);
  }
});

test('I-15: an unknown code and one of another app read alike, and so do a guessed secret and a busy app', () => {
  assert.equal(errors['code.client'].message, errors['code.malformed'].message);
  assert.equal(errors['code.client'].code, errors['code.malformed'].code);
  assert.equal(errors['limit.guessing'].message, errors['limit.app'].message);
});

test('every entry says when it is given and what a holder should do', () => {
  for (const [key, { doc, holder, message }] of entries) {
    assert.ok(doc.length > 10, key);
    assert.ok(Object.hasOwn(holderAdvice, holder), key);
    assert.match(message, /^[ -~]+$/, key);
  }
});

test('the catalogue cannot be changed by who uses it', () => {
  assert.throws(() => {
    (errors['token.missing'] as CatalogueError).message = 'other';
  }, TypeError);
});

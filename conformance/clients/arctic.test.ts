// These tests run arctic 3.7.0: scopes parted by spaces, secret in the body of a POST, tokens read as the OAuth
// standard writes them.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Facebook, UnexpectedErrorResponseBodyError } from 'arctic';
import { apps, callback } from '../src/stage/cast.ts';
import { answerIn, inspect, openDialog } from '../src/stage/deeds.ts';
import { type MetaHosts, openMetaHosts } from './meta-hosts.ts';

describe('arctic 3.7.0', () => {
  let meta: MetaHosts;
  const client = new Facebook(apps.shop.id, apps.shop.secret, callback);
  before(async () => {
    meta = await openMetaHosts();
  });
  after(() => meta?.close());

  it('logs a person in and gets a token with what was asked', async () => {
    const url = client.createAuthorizationURL('a-state', ['email', 'public_profile']);
    const browser = meta.world.browser();
    const { query } = answerIn(await openDialog(browser, url.pathname + url.search, 'ana'));
    assert.equal(query.get('state'), 'a-state');
    const tokens = await client.validateAuthorizationCode(query.get('code') ?? '');
    assert.ok(tokens.accessTokenExpiresInSeconds() > 3000);
    assert.deepEqual((await inspect(meta.world, tokens.accessToken())).scopes.toSorted(), ['email', 'public_profile']);
  });

  it('throws what it throws for Meta’s error shape, with the answer inside', async () => {
    const error = await client.validateAuthorizationCode('AQnot-a-code').catch((thrown: unknown) => thrown);
    assert.ok(error instanceof UnexpectedErrorResponseBodyError);
    assert.equal(error.status, 400);
    assert.equal((error.data as { error: { code: number } }).error.code, 100);
  });
});

// These tests run passport-facebook-token 4.0.0: a token that a client already has, checked by reading me, with a
// proof.
import assert from 'node:assert/strict';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { after, before, describe, it } from 'node:test';
import passport from 'passport';
import FacebookTokenStrategy from 'passport-facebook-token';
import type { Profile } from 'passport-facebook';
import { apps, people } from '../src/stage/cast.ts';
import { logIn, userToken } from '../src/stage/deeds.ts';
import { type MetaHosts, openMetaHosts } from './meta-hosts.ts';

describe('passport-facebook-token 4.0.0', () => {
  let meta: MetaHosts;
  const auth = new passport.Passport();
  auth.use(
    new FacebookTokenStrategy(
      { clientID: apps.shop.id, clientSecret: apps.shop.secret },
      (_access, _refresh, profile, done) => done(null, profile),
    ),
  );

  /** Asks the website about a request with this token. */
  const check = (token: string): Promise<{ error: unknown; user: Profile | false }> =>
    new Promise((resolve) => {
      const request = {
        query: {},
        body: {},
        headers: { authorization: `Bearer ${token}` },
      } as unknown as IncomingMessage;
      const settle = (error: unknown, user: unknown): void => resolve({ error, user: user as Profile | false });
      auth.authenticate('facebook-token', { session: false }, settle)(request, {} as ServerResponse, (error) =>
        settle(error, false),
      );
    });

  before(async () => {
    meta = await openMetaHosts();
  });
  after(() => meta?.close());

  it('takes a token from a browser’s fragment as proof of who is there', async () => {
    const { fragment } = await logIn(meta.world, 'ana', apps.shop, {
      scope: 'email',
      params: { response_type: 'token' },
    });
    const { user } = await check(fragment.get('access_token') ?? '');
    assert.ok(user);
    assert.deepEqual([user.displayName, user.emails?.[0]?.value], [people.ana.name, people.ana.email]);
  });

  it('refuses a token that was given to another app', async () => {
    const { error, user } = await check(await userToken(meta.world, 'ana', apps.rival));
    assert.ok(error);
    assert.ok(!user);
  });
});

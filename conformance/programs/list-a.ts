// The public clients, each with the addresses that are written in it, as a program that knows nothing of Hallpass: this
// file is run below `hallpass exec` by list-a.test.ts. A person logs in on the pages by a browser without scripts.
import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { Auth, type AuthConfig, skipCSRFCheck } from '@auth/core';
import FacebookProvider from '@auth/core/providers/facebook';
import { demoSeed } from '@hallpass/emulator';
import { answerIn, goThrough, HeadlessBrowser, type WebTransport } from '@hallpass/server/testing';
import { Facebook as Arctic } from 'arctic';
import FacebookJsSdk from 'facebook-js-sdk';
import { FacebookAdsApi, User } from 'facebook-nodejs-business-sdk';
import type { Facebook } from 'fb';
import * as openid from 'openid-client';
import passport from 'passport';
import { Strategy, type Profile } from 'passport-facebook';
import TokenStrategy from 'passport-facebook-token';
import { ClientCredentials } from 'simple-oauth2';

const { apps, people } = demoSeed().world;
const [app] = apps;
const [ana] = people;
assert.ok(app && ana?.email && ana.password);
const person = { email: ana.email, password: ana.password };
const at = (path: string): string => `http://localhost:3000${path}`;

const overHttps: WebTransport = ({ method, path, headers, body }) =>
  new Promise((resolve, reject) => {
    const length = body === '' ? {} : { 'content-length': Buffer.byteLength(body) };
    request(new URL(path, 'https://www.facebook.com'), { method, headers: { ...headers, ...length } }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text: Buffer.concat(parts).toString() }),
      );
    })
      .on('error', reject)
      .end(body);
  });

/** Goes through the dialog at an address of the client's making; @returns the address at which the website is told */
async function logIn(url: URL): Promise<URL> {
  assert.equal(url.origin, 'https://www.facebook.com');
  const browser = new HeadlessBrowser(overHttps, { host: url.host, follows: (to) => !to.includes('localhost:3000') });
  await browser.open(url.pathname + url.search);
  const page = await goThrough(browser, person);
  answerIn(page);
  return new URL(page.left ?? '');
}

const client = new FacebookJsSdk({ appId: app.id, appSecret: app.secret, redirectUrl: at('/auth/callback') });

/** A user token, by a code that facebook-js-sdk redeems. */
async function userToken(): Promise<string> {
  const back = await logIn(new URL(client.getLoginUrl(['email'])));
  const { data } = await client.callback(back.searchParams.get('code') ?? '');
  return String(data['access_token']);
}

test('facebook-js-sdk 1.0.4 and facebook-nodejs-business-sdk 24.0.1', async () => {
  const token = await userToken();
  const me = await new User('me', {}, undefined, new FacebookAdsApi(token, 'en_US', false)).get(['id', 'name']);
  assert.equal(me._data['name'], ana.name);
});

test('fb 2.0.0', async () => {
  const { Facebook: Client } = createRequire(import.meta.url)('fb') as { Facebook: typeof Facebook };
  const fb = new Client({
    appId: app.id,
    appSecret: app.secret,
    version: 'v3.2',
    Promise,
    accessToken: await userToken(),
  });
  assert.equal((await fb.api('me'))['name'], ana.name);
});

test('passport-facebook 3.0.0 and passport-facebook-token 4.0.0', async () => {
  const auth = new passport.Passport();
  const callbackURL = at('/auth/facebook/callback');
  auth.use(
    new Strategy(
      { clientID: app.id, clientSecret: app.secret, callbackURL, enableProof: true },
      (access, _refresh, _params, profile, done) => done(null, { access, profile }),
    ),
  );
  auth.use(
    new TokenStrategy({ clientID: app.id, clientSecret: app.secret }, (_access, _refresh, profile, done) =>
      done(null, profile),
    ),
  );
  const sent = await new Promise<URL>((resolve, reject) => {
    const response = {
      setHeader: (name: string, value: string) => void (name === 'Location' && resolve(new URL(value))),
      end: () => undefined,
    } as unknown as ServerResponse;
    const begin = { query: {}, headers: {}, url: '/', session: {} } as unknown as IncomingMessage;
    auth.authenticate('facebook', { session: false })(begin, response, reject);
  });
  const { search, searchParams } = await logIn(sent);
  const answer = <User>(name: string, query: object, headers: object): Promise<User> =>
    new Promise((resolve, reject) => {
      const asked = { query, headers, url: `/${search}`, body: {} } as unknown as IncomingMessage;
      const settle = (error: unknown, user: unknown): void =>
        user ? resolve(user as User) : reject(new Error(String(error)));
      auth.authenticate(name, { session: false }, settle)(asked, {} as ServerResponse, reject);
    });
  const { access, profile } = await answer<{ access: string; profile: Profile }>(
    'facebook',
    Object.fromEntries(searchParams),
    {},
  );
  assert.equal(profile.displayName, ana.name);
  const again = await answer<Profile>('facebook-token', {}, { authorization: `Bearer ${access}` });
  assert.equal(again.id, profile.id);
});

test('@auth/core 0.41.3', async () => {
  const config: AuthConfig = {
    providers: [FacebookProvider({ clientId: app.id, clientSecret: app.secret })],
    secret: 'a secret of the website alone',
    trustHost: true,
    skipCSRFCheck,
    basePath: '/api/auth',
  };
  const begun = await Auth(
    new Request(at('/api/auth/signin/facebook'), { method: 'POST', body: new URLSearchParams() }),
    config,
  );
  const cookies = (response: Response): string =>
    response.headers
      .getSetCookie()
      .map((line) => line.split(';', 1)[0])
      .join('; ');
  const back = await logIn(new URL(begun.headers.get('location') ?? ''));
  const done = await Auth(new Request(back, { headers: { cookie: cookies(begun) } }), config);
  const session = await Auth(new Request(at('/api/auth/session'), { headers: { cookie: cookies(done) } }), config);
  assert.match(await session.text(), new RegExp(ana.name));
});

test('arctic 3.7.0', async () => {
  const arctic = new Arctic(app.id, app.secret, at('/auth/callback'));
  const back = await logIn(arctic.createAuthorizationURL('a-state', ['email', 'public_profile']));
  const tokens = await arctic.validateAuthorizationCode(back.searchParams.get('code') ?? '');
  assert.match(tokens.accessToken(), /^EAA/);
});

test('grant 5.4.24', async () => {
  type Handler = (
    asked: object,
    answer: object,
  ) => Promise<{ redirect?: boolean; response?: { profile?: { name?: string } } }>;
  const grant = createRequire(import.meta.url)('grant') as { node(options: object): Handler };
  const facebook = { key: app.id, secret: app.secret, scope: ['email'], response: ['tokens', 'profile'], state: true };
  const handler = grant.node({
    config: { defaults: { origin: at(''), transport: 'state' }, facebook },
    session: { secret: 'of the website' },
  });
  let profile: { name?: string } | undefined;
  const site = createServer((asked, answer) => {
    void handler(asked, answer).then((done) => {
      profile = done.response?.profile;
      if (!done.redirect) answer.end();
    });
  });
  await new Promise<void>((resolve) => site.listen(0, 'localhost', resolve));
  const here = `http://localhost:${(site.address() as AddressInfo).port}`;
  try {
    const begun = await fetch(`${here}/connect/facebook`, { redirect: 'manual' });
    const cookie = begun.headers
      .getSetCookie()
      .map((line) => line.split(';', 1)[0])
      .join('; ');
    const back = await logIn(new URL(begun.headers.get('location') ?? ''));
    await fetch(here + back.pathname + back.search, { redirect: 'manual', headers: { cookie } });
    assert.equal(profile?.name, ana.name);
  } finally {
    site.close();
    site.closeAllConnections();
  }
});

test('openid-client 6.8.9', async () => {
  const config = await openid.discovery(
    new URL('https://www.facebook.com'),
    app.id,
    undefined,
    openid.ClientSecretPost(app.secret),
  );
  const verifier = openid.randomPKCECodeVerifier();
  const nonce = openid.randomNonce();
  const back = await logIn(
    openid.buildAuthorizationUrl(config, {
      redirect_uri: at('/auth/callback'),
      scope: 'openid email',
      code_challenge: await openid.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      nonce,
    }),
  );
  const tokens = await openid.authorizationCodeGrant(config, back, {
    pkceCodeVerifier: verifier,
    expectedNonce: nonce,
    idTokenExpected: true,
  });
  assert.equal(tokens.claims()?.['email'], ana.email);
});

test('simple-oauth2 5.1.0', async () => {
  const { token } = await new ClientCredentials({
    client: { id: app.id, secret: app.secret },
    auth: { tokenHost: 'https://graph.facebook.com', tokenPath: '/oauth/access_token' },
  }).getToken({});
  assert.match(String(token['access_token']), new RegExp(`^${app.id}\\|`));
});

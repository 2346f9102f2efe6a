// These tests run passport-facebook 3.0.0, unmodified, on a website of this machine: a person logs in through Chromium.
// The client keeps Meta's addresses; the browser meets them here as well.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import passport from 'passport';
import { Strategy } from 'passport-facebook';
import type { Browser, Page } from 'playwright-core';
import { apps, people } from '../src/stage/cast.ts';
import { goOn, newPerson, openChromium, typePassword } from './chromium.ts';
import { type MetaHosts, openMetaHosts } from './meta-hosts.ts';
import { openWebsite, type Website, worldWithCallback } from './website.ts';

describe('passport-facebook 3.0.0 through Chromium', () => {
  let site: Website;
  let meta: MetaHosts;
  let chromium: Browser;

  before(async () => {
    site = await openWebsite();
    const callbackURL = `${site.url}/auth/facebook/callback`;
    meta = await openMetaHosts({ seed: worldWithCallback(callbackURL) });
    const auth = new passport.Passport();
    const options = {
      clientID: apps.shop.id,
      clientSecret: apps.shop.secret,
      callbackURL,
      enableProof: true,
      profileFields: ['id', 'displayName', 'email', 'photos'],
    };
    auth.use(
      new Strategy(options, (accessToken, _refreshToken, params, profile, done) =>
        done(null, { accessToken, params, profile }),
      ),
    );
    const begin = auth.initialize();
    site.answer((request, response) => {
      const fail = (error?: unknown): void => void response.writeHead(500).end(`failed: ${String(error)}`);
      const back = request.url?.startsWith('/auth/facebook/callback');
      const step = back
        ? auth.authenticate('facebook', { session: false }, (error, user, info) => {
            if (error) return void response.writeHead(400).end(`error: ${(error as Error).message}`);
            response.setHeader('content-type', 'application/json');
            response.end(JSON.stringify({ user, info }));
          })
        : auth.authenticate('facebook', {
            session: false,
            scope: ['email'],
            state: 'kept',
            ...(request.query['again'] ? { authType: 'rerequest' } : {}),
          });
      begin(request, response, (error) => (error === undefined ? step(request, response, fail) : fail(error)));
    });
    chromium = await openChromium(meta.chromium);
  });
  after(async () => {
    await chromium?.close();
    await meta?.close();
    await site?.close();
  });

  /** Reads what the website got from the client, as its page shows it. */
  async function outcome(page: Page) {
    await page.waitForURL(`${site.url}/**`);
    return JSON.parse((await page.textContent('body')) ?? '') as {
      user:
        | false
        | {
            accessToken: string;
            params: Record<string, unknown>;
            profile: { id: string; displayName: string; emails: { value: string }[]; photos: { value: string }[] };
          };
      info: unknown;
    };
  }

  it('a person logs in, allows, and comes back with name, e-mail address and picture', async () => {
    const page = await newPerson(chromium);
    await page.goto(`${site.url}/auth/facebook`);
    assert.match(page.url(), /^https:\/\/www\.facebook\.com\/v3\.2\/dialog\/oauth/);
    await typePassword(page, 'ana');
    await goOn(page);
    const { user } = await outcome(page);
    assert.ok(user);
    assert.deepEqual([user.profile.displayName, user.profile.emails[0]?.value], [people.ana.name, people.ana.email]);
    assert.match(user.profile.photos[0]?.value ?? '', /^https:\/\//);
    assert.equal(user.params['token_type'], 'bearer');
    assert.equal(typeof user.params['expires_in'], 'number');
    assert.equal(new URL(page.url()).searchParams.get('state'), 'kept');
  });

  it('a second log-in in the same browser asks nothing', async () => {
    const page = await newPerson(chromium);
    await page.goto(`${site.url}/auth/facebook`);
    await typePassword(page, 'ben');
    await goOn(page);
    const first = await outcome(page);
    await page.goto(`${site.url}/auth/facebook`);
    const again = await outcome(page);
    assert.ok(first.user && again.user);
    assert.equal(again.user.profile.id, first.user.profile.id);
  });

  it('a person who cancels is a quiet failure for the website', async () => {
    const page = await newPerson(chromium);
    await page.goto(`${site.url}/auth/facebook`);
    await typePassword(page, 'cleo');
    await page.getByRole('button', { name: 'Cancel' }).click();
    const { user, info } = await outcome(page);
    assert.equal(user, false);
    assert.deepEqual(info, { message: 'Permissions error.' });
  });

  it('a person who unticks the e-mail address comes back without it, and with it after being asked again', async () => {
    const page = await newPerson(chromium);
    await page.goto(`${site.url}/auth/facebook`);
    await typePassword(page, 'dan');
    await page.getByText('Edit what you share').click();
    await page.getByRole('checkbox', { name: /mail/i }).uncheck();
    await goOn(page);
    const { user } = await outcome(page);
    assert.ok(user);
    assert.equal(user.profile.emails, undefined);
    await page.goto(`${site.url}/auth/facebook?again=1`);
    await goOn(page);
    const again = await outcome(page);
    assert.equal(again.user && again.user.profile.emails[0]?.value, people.dan.email);
  });

  it('a used code is a FacebookTokenError with the words of the Graph', async () => {
    const page = await newPerson(chromium);
    await page.goto(`${site.url}/auth/facebook`);
    await typePassword(page, 'ana');
    await outcome(page);
    await page.reload();
    assert.equal(await page.textContent('body'), 'error: This authorization code has been used.');
  });
});

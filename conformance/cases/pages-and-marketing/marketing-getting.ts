// These cases are about the Marketing API’s authentication guide of 24 June 2026: getting, debugging and extending
// tokens.
import assert from 'node:assert/strict';
import { systemTokenForAds, town } from '../../src/stage/ads.ts';
import { adAccounts, apps, callback } from '../../src/stage/cast.ts';
import { type Case, citing } from '../../src/case.ts';
import { codeOf, exchange, idAndSecret, inspect, logIn, longToken, redeem, userToken } from '../../src/stage/deeds.ts';
import { refused, succeeded } from '../../src/expect.ts';
import { changePassword, signIn } from '../../src/stage/settings-pages.ts';

const { documented } = citing('003');
const { shop, market } = apps;
const HOUR = 3600;
const DAY = 86_400;

export const cases: Case[] = [
  documented('003:4', 'A call for the campaigns of an ad account without a token is refused.', async (world) => {
    refused(await world.get(`/${town}/campaigns`), 200, undefined, '(#200) Provide valid app ID');
  }),
  documented('003:17', 'debug_token: app_id and application.', async (world) => {
    const { app_id, application } = await inspect(world, await userToken(world, 'ana', market), market);
    assert.deepEqual([app_id, application], [market.id, market.name]);
  }),
  documented(
    ['003:18.1', '003:18.2'],
    'debug_token: expires_at, in epoch seconds, one to two hours ahead.',
    async (world) => {
      const { fragment } = await logIn(world, 'ana', shop, { params: { response_type: 'token' } });
      const { expires_at } = await inspect(world, fragment.get('access_token') ?? '');
      const left = expires_at - world.clock.now();
      assert.ok(left > HOUR - 10 && left <= 2 * HOUR, String(left));
    },
  ),
  documented(
    '003:19',
    'debug_token: scopes holds what was asked and granted, with what it depends on.',
    async (world) => {
      const { scopes } = await inspect(world, await userToken(world, 'ana', market, { scope: 'ads_read' }), market);
      assert.deepEqual(scopes, ['public_profile', 'ads_read']);
    },
  ),
  documented('003:22', 'The call behind the button, fb_exchange_token, returns one.', async (world) => {
    const short = await userToken(world, 'ana', shop);
    const { body } = succeeded(await exchange(world, shop, short));
    assert.ok(
      (await inspect(world, body.access_token as string)).expires_at > (await inspect(world, short)).expires_at,
    );
  }),
  documented('003:23.2', 'expires_at is 60 days after issued_at.', async (world) => {
    const { issued_at, expires_at } = await inspect(world, await longToken(world, 'ana', shop));
    assert.equal(expires_at - issued_at, 60 * DAY);
  }),
  documented('003:23.3', 'Of an app with Standard access, expires_at is 0.', async (world) => {
    assert.equal((await inspect(world, await longToken(world, 'ana', market), market)).expires_at, 0);
  }),
  documented(
    ['003:25.1', '004:45.2', '003:25.2'],
    'debug_token says SYSTEM_USER; /me is the system user, and no dialog was shown to get the token.',
    async (world) => {
      const { token, id } = await systemTokenForAds(world);
      assert.equal((await inspect(world, token, market)).type, 'SYSTEM_USER');
      assert.equal(succeeded(await world.get('/me', { access_token: token })).body.id, id);
    },
  ),
  documented('003:25.3', 'It creates a campaign in the business’s ad account and pauses another.', async (world) => {
    const { token } = await systemTokenForAds(world);
    const wanted = {
      name: 'Spring bulbs',
      objective: 'OUTCOME_SALES',
      status: 'PAUSED',
      special_ad_categories: '[]',
      daily_budget: '1500',
      access_token: token,
    };
    assert.match(succeeded(await world.post(`/${town}/campaigns`, wanted)).body.id, /^\d+$/);
    const { campaign } = adAccounts.town;
    assert.deepEqual(succeeded(await world.post(`/${campaign.id}`, { status: 'PAUSED', access_token: token })).body, {
      success: true,
    });
    assert.equal(
      (await world.get(`/${campaign.id}`, { fields: 'effective_status', access_token: token })).body.effective_status,
      'PAUSED',
    );
  }),
  documented('003:26.1', 'expires_at is 0, and the token works a year later.', async (world) => {
    const { token } = await systemTokenForAds(world);
    assert.equal((await inspect(world, token, market)).expires_at, 0);
    await world.clock.advance(365 * DAY);
    succeeded(await world.get(`/${town}/insights`, { access_token: token }));
  }),
  documented(
    ['003:26.2', '004:47.2'],
    'When the person who created it changes their password, the token of the system user keeps working.',
    async (world) => {
      const { token, caller } = await systemTokenForAds(world);
      await changePassword(await signIn(world, 'ana'), 'ana', 'a-much-better-password-9');
      refused(await world.get('/me', { access_token: caller }), 190, 460);
      succeeded(await world.get('/me/adaccounts', { access_token: token }));
    },
  ),
  documented(
    '003:27',
    'When the person removes the app, their own token ends and that of the system user doesn’t.',
    async (world) => {
      const { token, caller } = await systemTokenForAds(world);
      succeeded(await world.delete('/me/permissions', { access_token: caller }));
      refused(await world.get('/me', { access_token: caller }), 190, 458);
      succeeded(await world.get('/me/adaccounts', { access_token: token }));
    },
  ),
  documented('003:30', 'Allow: http://YOUR_URL?code=<AUTHORIZATION_CODE>.', async (world) => {
    const { address, query } = await logIn(world, 'ana', market, { scope: 'ads_read' });
    assert.equal(address, callback);
    assert.match(query.get('code') ?? '', /^AQ[\w-]+$/);
  }),
  documented('003:30', 'From the dialog by code and exchange to /me/adaccounts and a report.', async (world) => {
    const code = await codeOf(world, 'ana', market, { scope: 'ads_read' });
    const { access_token } = succeeded(await redeem(world, market, code)).body;
    const accounts = succeeded(await world.get('/v25.0/me/adaccounts', { access_token })).body;
    assert.deepEqual(accounts.data, [{ account_id: adAccounts.town.id, id: town }]);
    const [row] = succeeded(
      await world.get(`/v25.0/${town}/insights`, { fields: 'impressions,clicks,spend', access_token }),
    ).body.data;
    assert.ok(Number(row.spend) > 0 && Number(row.impressions) > Number(row.clicks), JSON.stringify(row));
  }),
  documented(
    '003:30',
    'A person without the ad account gets a token too, but no ad account with it.',
    async (world) => {
      const token = await userToken(world, 'dan', market, { scope: 'ads_read' });
      assert.deepEqual(succeeded(await world.get('/me/adaccounts', { access_token: token })).body, { data: [] });
      refused(await world.get(`/${town}`, { access_token: token }), 100, 33);
    },
  ),
  documented(['003:31.2', '003:36'], 'The printed call gives the token; no grant_type is needed.', async (world) => {
    const { body } = succeeded(await redeem(world, market, await codeOf(world, 'ana', market, { scope: 'ads_read' })));
    assert.equal((await inspect(world, body.access_token as string, market)).is_valid, true);
  }),
  documented(
    '003:37',
    'For an app with Standard access, the code gives a token that doesn’t expire.',
    async (world) => {
      const { body } = succeeded(
        await redeem(world, market, await codeOf(world, 'ana', market, { scope: 'ads_read' })),
      );
      assert.equal(body.expires_in, undefined);
      assert.equal((await inspect(world, body.access_token as string, market)).expires_at, 0);
    },
    {
      difference:
        'Only for apps with Standard access to the Marketing API; others get the short-lived token of the access-token guide.',
    },
  ),
  documented(
    '003:38.1',
    'For such an app too, expires_in in the fragment is between one and two hours.',
    async (world) => {
      const { fragment } = await logIn(world, 'ana', market, { params: { response_type: 'token' } });
      const life = Number(fragment.get('expires_in'));
      assert.ok(life >= HOUR && life <= 2 * HOUR, String(life));
    },
  ),
  documented('003:38.2', 'After the exchange, the client-side token doesn’t expire.', async (world) => {
    const { fragment } = await logIn(world, 'ana', market, { params: { response_type: 'token' } });
    const { body } = succeeded(await exchange(world, market, fragment.get('access_token') ?? ''));
    assert.equal((await inspect(world, body.access_token as string, market)).expires_at, 0);
  }),
  documented('003:39', 'The same calls: /me/adaccounts and a report.', async (world) => {
    const { token } = await systemTokenForAds(world, 'ANALYZE');
    const accounts = succeeded(await world.get('/me/adaccounts', { access_token: token })).body;
    assert.deepEqual(accounts.data, [{ account_id: adAccounts.town.id, id: town }]);
    const rows = succeeded(
      await world.get(`/${town}/insights`, { date_preset: 'last_7d', time_increment: 1, access_token: token }),
    ).body.data;
    assert.equal(rows.length, 7);
  }),
  documented('003:40.2', 'debug_token returns validity, expiry and permissions in one call.', async (world) => {
    const token = await userToken(world, 'ana', market, { scope: 'ads_read,email', untick: ['email'] });
    const { body } = succeeded(
      await world.get('/debug_token', { input_token: token, access_token: idAndSecret(market) }),
    );
    assert.equal(body.data.is_valid, true);
    assert.deepEqual(body.data.scopes, ['public_profile', 'ads_read']);
  }),
];

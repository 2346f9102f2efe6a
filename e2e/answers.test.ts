// These journeys check which answer an app gets, and where: in the query, in the fragment, at a program's own address,
// on the page for desktop programs.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import { parseSignedRequest } from '@hallpass/protocol';
import type { Page } from 'playwright-core';
import { apps, people } from './stage/cast.ts';
import { answerOf } from '@hallpass/server/testing';
import { dialog, goOn, logIn, logInTo, press, reads, redeemed, value } from './stage/deeds.ts';
import { openStage, type Stage } from './stage/stage.ts';

/**
 * Reads the address to which the dialog sends a program, where a browser cannot follow. The browser gives such a
 * navigation up, sometimes before it tells of the response, so the headers are taken where they come off the wire.
 */
async function sentTo(page: Page, act: () => Promise<void>): Promise<string> {
  const wire = await page.context().newCDPSession(page);
  await wire.send('Network.enable');
  const location = new Promise<string>((resolve) => {
    wire.on('Network.responseReceivedExtraInfo', ({ statusCode, headers }) => {
      const to = Object.entries(headers).find(([name]) => name.toLowerCase() === 'location')?.[1];
      if (statusCode === 303 && to !== undefined && !to.startsWith('http')) resolve(to);
    });
  });
  await act();
  const to = await location;
  await wire.detach();
  return to;
}

describe('answers of the dialog', () => {
  let stage: Stage;

  before(async () => {
    stage = await openStage();
  });
  beforeEach(() => stage.reset());
  after(() => stage?.close());

  it('DL-09: a token travels in the fragment only, so the server of the app never sees it', async (t) => {
    const visitor = await stage.visitor(t);
    const { query, fragment } = await logInTo(stage, visitor, people.ana, apps.fern, {
      scope: 'email',
      response_type: 'token',
      state: 'here',
    });
    assert.deepEqual([...query.keys()], []);
    assert.deepEqual(
      [...fragment.keys()],
      ['access_token', 'data_access_expiration_time', 'expires_in', 'long_lived_token', 'state'],
    );
    assert.deepEqual([...(stage.website.arrivals[0]?.query ?? [])], []);
    const [short, long] = [value(fragment, 'access_token'), value(fragment, 'long_lived_token')];
    const about = [await stage.graph.inspect(apps.fern, short), await stage.graph.inspect(apps.fern, long)];
    assert.ok(about[1].expires_at - about[0].expires_at > 58 * 86_400, 'the long-lived token is one');
    assert.equal((await stage.graph.get('/me', { access_token: long })).body.name, people.ana.name);
  });

  it('"code token" gives both in the fragment', async (t) => {
    const { query, fragment } = await logInTo(stage, await stage.visitor(t), people.ana, apps.fern, {
      response_type: 'code token',
    });
    assert.deepEqual([...query.keys()], []);
    const own = value(fragment, 'access_token');
    const exchanged = await redeemed(stage, apps.fern, fragment);
    const [one, other] = [await stage.graph.inspect(apps.fern, own), await stage.graph.inspect(apps.fern, exchanged)];
    assert.equal(one.user_id, other.user_id);
  });

  it('a signed request names the person, and only the secret of the app makes it', async (t) => {
    const { query } = await logInTo(stage, await stage.visitor(t), people.ana, apps.fern, {
      response_type: 'code,signed_request',
    });
    const text = value(query, 'signed_request');
    const payload = await parseSignedRequest(text, apps.fern.secret);
    const me = await stage.graph.get('/me', { fields: 'id', access_token: await redeemed(stage, apps.fern, query) });
    assert.equal(payload?.['user_id'], me.body.id);
    assert.equal(await parseSignedRequest(text, apps.ledger.secret), undefined);
  });

  it('a program on a phone gets its answer at its own scheme, and needs no secret with a proof of its own', async (t) => {
    const { page } = await stage.visitor(t);
    const redirectUri = `fb${apps.pocket.id}://authorize`;
    const verifier = 'a-verifier-that-is-long-enough-for-the-rule-of-43';
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    await page.goto(
      dialog(stage, apps.pocket, {
        redirect_uri: redirectUri,
        code_challenge: challenge,
        code_challenge_method: 'S256',
        state: 'p',
      }),
    );
    await logIn(page, people.ana);
    await reads(page, 'Continue to Pocket Pages?');
    const address = await sentTo(page, () => goOn(page));
    assert.ok(address.startsWith(`${redirectUri}?`), address);
    const { query } = answerOf(address);
    assert.equal(query.get('state'), 'p');
    const { status, body } = await stage.graph.get('/oauth/access_token', {
      client_id: apps.pocket.id,
      redirect_uri: redirectUri,
      code: value(query, 'code'),
      code_verifier: verifier,
    });
    assert.equal(status, 200, JSON.stringify(body));
    const me = await stage.graph.get('/me', { access_token: body.access_token });
    assert.equal(me.body.name, people.ana.name);
  });

  it('a program on a phone is told of a cancelled log-in at its own scheme too', async (t) => {
    const { page } = await stage.visitor(t);
    await page.goto(dialog(stage, apps.pocket, { redirect_uri: `fb${apps.pocket.id}kids://authorize` }));
    const address = await sentTo(page, () => press(page, 'Cancel'));
    assert.ok(address.startsWith(`fb${apps.pocket.id}kids://authorize?`), address);
    assert.equal(answerOf(address).query.get('error'), 'access_denied');
  });

  it('a program never gets a second answer without a word from the person', async (t) => {
    const { page, newTab } = await stage.visitor(t);
    const again = dialog(stage, apps.pocket, { redirect_uri: `fb${apps.pocket.id}://authorize` });
    await page.goto(again);
    await logIn(page, people.ana);
    await reads(page, 'Continue to Pocket Pages?');
    await sentTo(page, () => goOn(page));
    // In a tab of its own: the first one may still be giving up the address that it could not follow.
    const tab = await newTab();
    await tab.goto(again);
    await tab.getByText('You have used Pocket Pages with this account before.').waitFor();
    const { query } = answerOf(await sentTo(tab, () => press(tab, 'Continue as Ana')));
    assert.ok(query.has('code'));
  });

  it('a desktop program reads the address of the success page, and the person reads that it is private', async (t) => {
    const { page } = await stage.visitor(t);
    const success = `${stage.url}/connect/login_success.html`;
    await page.goto(dialog(stage, apps.pocket, { redirect_uri: success, response_type: 'token' }));
    await logIn(page, people.ana);
    await goOn(page);
    await reads(page, 'Success');
    await page.getByText('The address of this page is private.').waitFor();
    const { fragment } = answerOf(page.url());
    const token = value(fragment, 'access_token');
    assert.equal((await stage.graph.get('/me', { access_token: token })).body.name, people.ana.name);
    assert.ok(!(await page.content()).includes(token));

    await page.goto(dialog(stage, apps.pocket, { redirect_uri: success, response_type: 'token' }));
    await press(page, 'Cancel');
    await reads(page, 'You cancelled');
    assert.equal(answerOf(page.url()).query.get('error_reason'), 'user_denied');
  });
});

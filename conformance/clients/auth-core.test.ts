// @auth/core 0.41.3 (Auth.js) with its Facebook provider as it is: PKCE without state, HTTP Basic at the token
// endpoint, the profile by Bearer. Its own pages and cookies run in this process; the person uses a browser without
// scripts.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Auth, type AuthConfig, skipCSRFCheck } from '@auth/core';
import Facebook from '@auth/core/providers/facebook';
import { apps, people } from '../src/stage/cast.ts';
import { openDialog } from '../src/stage/deeds.ts';
import { type MetaHosts, openMetaHosts } from './meta-hosts.ts';
import { worldWithCallback } from './website.ts';

const site = 'https://app.example';

describe('@auth/core 0.41.3', () => {
  let meta: MetaHosts;
  const problems: unknown[] = [];
  const config: AuthConfig = {
    providers: [Facebook({ clientId: apps.shop.id, clientSecret: apps.shop.secret })],
    secret: 'a secret of the website alone',
    trustHost: true,
    skipCSRFCheck,
    basePath: '/auth',
    logger: { error: (error: unknown) => void problems.push(error), warn: () => undefined, debug: () => undefined },
  };

  before(async () => {
    meta = await openMetaHosts({ seed: worldWithCallback(`${site}/auth/callback/facebook`) });
  });
  after(() => meta?.close());

  const cookiesOf = (response: Response): string =>
    response.headers
      .getSetCookie()
      .map((line) => line.split(';', 1)[0])
      .join('; ');

  /** Presses the provider's button on the website: where the browser is sent, and the cookies of the website. */
  async function begin() {
    const answer = await Auth(
      new Request(`${site}/auth/signin/facebook`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'callbackUrl=%2F',
      }),
      config,
    );
    return { dialog: new URL(answer.headers.get('location') ?? ''), cookie: cookiesOf(answer) };
  }

  it('logs a person in, with e-mail address and picture', async () => {
    const { dialog, cookie } = await begin();
    assert.deepEqual(
      [dialog.origin, dialog.searchParams.get('code_challenge_method'), dialog.searchParams.get('state')],
      ['https://www.facebook.com', 'S256', null],
    );
    const browser = meta.world.browser();
    const page = await openDialog(browser, dialog.pathname + dialog.search, 'ana');
    assert.ok(page.left, page.innerText);
    assert.equal(new URL(page.left).searchParams.has('state'), false);
    const back = await Auth(new Request(page.left, { headers: { cookie } }), config);
    assert.deepEqual([back.status, back.headers.get('location'), problems], [302, `${site}/`, []]);
    const session = (await (
      await Auth(new Request(`${site}/auth/session`, { headers: { cookie: cookiesOf(back) } }), config)
    ).json()) as {
      user: { name: string; email: string; image: string };
    };
    assert.deepEqual([session.user.name, session.user.email], [people.ana.name, people.ana.email]);
    assert.match(session.user.image, /^https:\/\//);
  });

  it('sends a person who cancels to its error page', async () => {
    const { dialog, cookie } = await begin();
    const browser = meta.world.browser();
    const page = await openDialog(browser, dialog.pathname + dialog.search, 'ben', { cancel: true });
    const back = await Auth(new Request(page.left ?? '', { headers: { cookie } }), config);
    assert.match(back.headers.get('location') ?? '', /error/);
  });
});

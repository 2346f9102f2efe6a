// These tests run simple-oauth2 5.1.0, pointed at the platform by its own option: HTTP Basic by default, parameters on
// request.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { AuthorizationCode, ClientCredentials } from 'simple-oauth2';
import { apps, callback } from '../src/stage/cast.ts';
import { answerIn, inspect, openDialog } from '../src/stage/deeds.ts';
import { type ConformanceWorld, openWorld } from '../src/stage/world.ts';

describe('simple-oauth2 5.1.0', () => {
  let world: ConformanceWorld;
  const config = (authorizationMethod: 'header' | 'body') => ({
    client: { id: apps.shop.id, secret: apps.shop.secret },
    auth: { tokenHost: world.url, tokenPath: '/oauth/access_token' },
    options: { authorizationMethod },
  });
  before(async () => {
    world = await openWorld('over HTTP');
  });
  after(() => world?.close());

  for (const method of ['header', 'body'] as const) {
    it(`redeems a code with client authentication in the ${method}`, async () => {
      const { auth, ...rest } = config(method);
      const client = new AuthorizationCode({ ...rest, auth: { ...auth, authorizePath: '/v25.0/dialog/oauth' } });
      const url = new URL(client.authorizeURL({ redirect_uri: callback, scope: 'email', state: 's' }));
      const browser = world.browser();
      const { query } = answerIn(await openDialog(browser, url.pathname + url.search, 'ana'));
      const { token } = await client.getToken({ code: query.get('code'), redirect_uri: callback });
      assert.equal(token['token_type'], 'bearer');
      assert.equal((await inspect(world, String(token['access_token']))).is_valid, true);
    });

    it(`gets the app token with client authentication in the ${method}`, async () => {
      const { token } = await new ClientCredentials(config(method)).getToken({});
      assert.match(String(token['access_token']), new RegExp(`^${apps.shop.id}\\|`));
    });
  }

  it('tells a wrong secret as HTTP 400', async () => {
    const wrong = { ...config('body'), client: { id: apps.shop.id, secret: apps.rival.secret } };
    const error = (await new ClientCredentials(wrong).getToken({}).catch((thrown: unknown) => thrown)) as {
      output: { statusCode: number };
    };
    assert.equal(error.output.statusCode, 400);
  });
});

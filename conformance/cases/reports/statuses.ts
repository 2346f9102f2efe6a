// A refusal is more than its words: these are the HTTP status, the type, and the class word of WWW-Authenticate, by which
// clients choose what they throw. Each row is a call that leads to it, with the report that shows it.
import assert from 'node:assert/strict';
import { adAccounts, apps, callback, pages } from '../../src/stage/cast.ts';
import { type Case, citing } from '../../src/case.ts';
import { codeOf, idAndSecret, pageScope, pageToken, redeem, userToken } from '../../src/stage/deeds.ts';
import { refused, succeeded } from '../../src/expect.ts';
import type { ConformanceWorld, Reply } from '../../src/stage/world.ts';

const { documented } = citing('reports');
const { shop, rival, market, phone } = apps;
const bakery = `/v25.0/${pages.bakery.id}`;
const town = `/v25.0/act_${adAccounts.town.id}`;
const own = { client_id: shop.id, client_secret: shop.secret };

interface Row {
  from: string;
  what: string;
  status: number;
  code: number;
  subcode?: number;
  /** `OAuthException` where nothing else is said. */
  type?: string;
  word: 'invalid_token' | 'invalid_request' | 'invalid_code' | 'not_found';
  words: RegExp | string;
  ask(world: ConformanceWorld): Promise<Reply>;
}

const person = (world: ConformanceWorld, scope = pageScope): Promise<string> =>
  userToken(world, 'ana', shop, { scope });
const page = async (world: ConformanceWorld): Promise<string> => pageToken(world, await person(world), 'bakery');
const advertiser = (world: ConformanceWorld, scope: string): Promise<string> =>
  userToken(world, 'ana', market, { scope });

const rows: Row[] = [
  {
    from: 'spring-attic/spring-social-facebook, its recorded answers',
    what: 'A token whose life is over',
    ...{ status: 400, code: 190, subcode: 463, word: 'invalid_token' },
    words: /^Error validating access token: Session has expired on /,
    async ask(world) {
      const access_token = await person(world);
      await world.clock.advance(7201);
      return world.get('/v25.0/me', { access_token });
    },
  },
  {
    from: 'singer-io/tap-facebook#219',
    what: 'A token that was cut',
    ...{ status: 400, code: 190, word: 'invalid_token' },
    words: 'The access token could not be decrypted',
    ask: async (world) => world.get('/v25.0/me', { access_token: (await person(world)).slice(0, -4) }),
  },
  {
    from: 'halsandr/Facebook_Connector#1',
    what: 'Insights of a Page with the token of a person',
    ...{ status: 400, code: 190, word: 'invalid_request' },
    words: '(#190) This method must be called with a Page Access Token',
    ask: async (world) =>
      world.get(`${bakery}/insights`, { metric: 'page_impressions', access_token: await person(world) }),
  },
  {
    from: 'pdir/social-feed-bundle#184',
    what: 'The feed of a Page with an app token',
    ...{ status: 400, code: 10, word: 'invalid_request' },
    words: /^\(#10\) This endpoint requires the 'pages_read_engagement' permission/,
    ask: (world) => world.get(`${bakery}/feed`, { access_token: idAndSecret(shop) }),
  },
  {
    from: 'PipedreamHQ/pipedream#7581, #17828, #18935',
    what: 'Posting without pages_read_engagement',
    ...{ status: 400, code: 283, word: 'invalid_request' },
    words: '(#283) Requires pages_read_engagement permission to manage the object',
    async ask(world) {
      const weak = await userToken(world, 'ana', shop, { scope: pageScope, untick: ['pages_read_engagement'] });
      return world.post(`${bakery}/feed`, { message: 'x', access_token: await pageToken(world, weak, 'bakery') });
    },
  },
  {
    from: 'airbytehq/airbyte#31132',
    what: 'The owner of an ad account without business_management',
    ...{ status: 403, code: 200, word: 'invalid_request' },
    words: '(#200) Requires business_management permission to manage the object',
    ask: async (world) => world.get(town, { fields: 'owner', access_token: await advertiser(world, 'ads_read') }),
  },
  {
    from: 'recorded answers of 2025 and 2026 in public programs',
    what: 'An ad account without ads_read and ads_management',
    ...{ status: 403, code: 200, word: 'invalid_request' },
    words:
      '(#200) Ad account owner has NOT grant ads_management or ads_read permission, refer to https://developers.facebook.com/docs/marketing-api/get-started/authorization/#permissions-and-features for details.',
    ask: async (world) => world.get(`${town}/campaigns`, { access_token: await advertiser(world, 'email') }),
  },
  {
    from: 'notes of 2025 and 2026 in ten public programs',
    what: 'An ad account asked for with the token in the body of a GET, which nobody reads',
    ...{ status: 403, code: 200, word: 'invalid_request' },
    words: '(#200) Provide valid app ID',
    ask: (world) => world.get(`${town}/campaigns`),
  },
  {
    from: 'facebook/facebook-php-business-sdk#17; both statuses in a public log of 2020',
    what: 'A campaign made with ads_read alone',
    ...{ status: 403, code: 294, word: 'invalid_request' },
    words: '(#294) Managing advertisements requires an access token with the extended permission for ads_management',
    ask: async (world) =>
      world.post(`${town}/campaigns`, {
        ...{ name: 'x', objective: 'OUTCOME_TRAFFIC', special_ad_categories: '[]', daily_budget: '1500' },
        access_token: await advertiser(world, 'ads_read'),
      }),
  },
  {
    from: 'nov/fb_graph#319; pablobarbera/Rfacebook#123',
    what: 'A word where an id is expected',
    ...{ status: 400, code: 803, word: 'not_found' },
    words: '(#803) Some of the aliases you requested do not exist: thispagereallydoesnotexist',
    ask: async (world) => world.get('/v25.0/thispagereallydoesnotexist', { access_token: await person(world) }),
  },
  {
    from: 'facebook/facebook-nodejs-business-sdk#71',
    what: 'An id that nothing has',
    ...{ status: 400, code: 100, subcode: 33, type: 'GraphMethodException', word: 'invalid_request' },
    words: /^Unsupported get request\. Object with ID '4711' does not exist/,
    ask: async (world) => world.get('/v25.0/4711', { access_token: await person(world) }),
  },
  {
    from: 'pablobarbera/Rfacebook#123',
    what: 'me without a token',
    ...{ status: 400, code: 2500, word: 'invalid_request' },
    words: 'An active access token must be used to query information about the current user.',
    ask: (world) => world.get('/v25.0/me'),
  },
  {
    from: 'catarse/catarse#1648; a recorded answer of 2018',
    what: 'A code that was used',
    ...{ status: 400, code: 100, subcode: 36_009, word: 'invalid_code' },
    words: 'This authorization code has been used.',
    async ask(world) {
      const code = await codeOf(world, 'ana', shop);
      succeeded(await redeem(world, shop, code));
      return redeem(world, shop, code);
    },
  },
  {
    from: 'restfb/restfb#412',
    what: 'A code that is none',
    ...{ status: 400, code: 100, word: 'invalid_code' },
    words: 'Invalid verification code format.',
    ask: (world) => world.get('/oauth/access_token', { ...own, redirect_uri: callback, code: 'null' }),
  },
  {
    from: 'arsduo/koala#462',
    what: 'The secret of another app',
    ...{ status: 400, code: 1, word: 'invalid_request' },
    words: 'Error validating client secret.',
    ask: (world) =>
      world.get('/oauth/access_token', {
        ...{ client_id: shop.id, client_secret: rival.secret },
        grant_type: 'client_credentials',
      }),
  },
  {
    from: 'ThatGuySam/facebook-live-embed-php#3',
    what: 'The app token of a native app',
    ...{ status: 400, code: 15, word: 'invalid_request' },
    words: '(#15) This method cannot be called with a client token or an app secret embedded in the client code',
    ask: (world) => world.get(`${bakery}/feed`, { access_token: idAndSecret(phone) }),
  },
  {
    from: 'jaredhanson/passport-facebook#36; arsduo/koala#607',
    what: 'A call with id|secret from an address off the list of the app',
    ...{ status: 400, code: 5, word: 'invalid_request' },
    words: '(#5) Unauthorized source IP address',
    async ask(world) {
      const access_token = idAndSecret(shop);
      succeeded(await world.post(`/v25.0/${shop.id}`, { server_ip_whitelist: '["203.0.113.7"]', access_token }));
      return world.get(`/v25.0/${shop.id}/roles`, { access_token });
    },
  },
  {
    from: 'pdaddyo/soundbounce#292; AndrejGajdos/auth-flow-spa-node-react#1',
    what: 'The secret at the token endpoint from an address off the list of the app',
    ...{ status: 400, code: 5, word: 'invalid_request' },
    words: "This IP can't make requests for that application.",
    async ask(world) {
      const access_token = idAndSecret(shop);
      succeeded(await world.post(`/v25.0/${shop.id}`, { server_ip_whitelist: '["203.0.113.7"]', access_token }));
      return world.get('/oauth/access_token', { ...own, redirect_uri: callback, code: 'x' });
    },
  },
  {
    from: 'thephpleague/oauth2-facebook#29',
    what: 'A field that a version has ended',
    ...{ status: 400, code: 12, word: 'invalid_request' },
    words: '(#12) bio field is deprecated for versions v2.8 and higher',
    ask: async (world) => world.get('/v25.0/me', { fields: 'id,bio', access_token: await person(world) }),
  },
  {
    from: 'mediacloud/backend#810',
    what: 'A method that an edge does not have',
    ...{ status: 400, code: 100, type: 'GraphMethodException', word: 'invalid_request' },
    words: 'Unsupported request - method type: post',
    ask: async (world) => world.post('/v25.0/me/permissions', { access_token: await person(world) }),
  },
  {
    from: 'LiveHelperChat/fbmessenger#9',
    what: 'A parameter that is missing',
    ...{ status: 400, code: 100, word: 'invalid_request' },
    words: '(#100) The parameter subscribed_fields is required',
    ask: async (world) => world.post(`${bakery}/subscribed_apps`, { access_token: await page(world) }),
  },
];

export const cases: Case[] = rows.map(
  ({ from, what, status, code, subcode, type = 'OAuthException', word, words, ask }) =>
    documented(
      `${from}: ${status}, ${code}${subcode === undefined ? '' : `/${subcode}`}, "${word}".`,
      `${what}: HTTP ${status}, error ${code}, and the same words in WWW-Authenticate behind "${word}".`,
      async (world) => {
        const reply = await ask(world);
        refused(reply, code, subcode, words);
        assert.deepEqual([reply.status, reply.body.error.type], [status, type], reply.text);
        const said = String(reply.body.error.message)
          .replace(/[^ -~]|["\\]/g, '')
          .slice(0, 256);
        assert.equal(reply.headers['www-authenticate'], `OAuth "Facebook Platform" "${word}" "${said}"`);
      },
    ),
);

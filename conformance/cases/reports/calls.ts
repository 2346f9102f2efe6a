// These cases replay what callers of the real platform report: the token endpoint, tokens that died, edges of Pages,
// devices, answers as bytes.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { adAccounts, apps, callback, pages } from '../../src/stage/cast.ts';
import { type Case, citing } from '../../src/case.ts';
import { clientToken, codeOf, idAndSecret, pageScope, pageToken, userToken } from '../../src/stage/deeds.ts';
import { refused, succeeded } from '../../src/expect.ts';
import { changePassword, signIn } from '../../src/stage/settings-pages.ts';

const report = citing('reports');
const { shop } = apps;
const own = { client_id: shop.id, client_secret: shop.secret };
const proofOf = (token: string, secret: string): string => createHmac('sha256', secret).update(token).digest('hex');
const notOwned =
  "Can't Load URL: The domain of this URL isn't included in the app's domains. To be able to load this URL, add all domains and subdomains of your app to the App Domains field in your app settings.";

export const cases: Case[] = [
  ...report.each(
    [
      ['nxtbgthng/OAuth2Client#76', { grant_type: 'password', username: 'x', password: 'y' }],
      ['Clancey/SimpleAuth#100', { grant_type: 'refresh_token', refresh_token: 'x' }],
      ['mainmatter/rails_api_auth#48', {}],
      ['facebookarchive/php-graph-sdk#274', { code: 'nonsense' }],
    ] as const,
    ([from, params]) =>
      report.documented(
        `${from}: an unknown grant falls through to the code grant, and redirect_uri is looked at before the code.`,
        `${Object.keys(params).join(', ') || 'Nothing'} beside the client: 191, "Missing redirect_uri parameter."`,
        async (world) =>
          refused(
            await world.get('/oauth/access_token', { ...own, ...params }),
            191,
            undefined,
            'Missing redirect_uri parameter.',
          ),
      ),
  ),
  ...report.each(['null', '/callback', 'callback'] as const, (redirect_uri) =>
    report.documented(
      'roundrop/facebook4j-oauth-example#2: a redirect_uri that is no absolute address is 191.',
      `redirect_uri=${redirect_uri}: "redirect_uri isn't an absolute URI. Check RFC 3986."`,
      async (world) =>
        refused(
          await world.get('/oauth/access_token', { ...own, redirect_uri, code: 'x' }),
          191,
          undefined,
          "redirect_uri isn't an absolute URI. Check RFC 3986.",
        ),
    ),
  ),
  report.documented(
    'darkwhispering/facebook-sdk-codeigniter#57, facebookarchive/php-graph-sdk#1004: a redirect_uri on a host that the app does not own is 191.',
    'It is judged before it is compared with that of the dialog: 191 elsewhere, 100/36008 on a host of the app.',
    async (world) => {
      const code = await codeOf(world, 'ana', shop);
      refused(
        await world.get('/oauth/access_token', { ...own, redirect_uri: 'https://elsewhere.example/cb', code }),
        191,
        undefined,
        notOwned,
      );
      refused(await world.get('/oauth/access_token', { ...own, redirect_uri: `${callback}x`, code }), 100, 36_008);
      succeeded(await world.get('/oauth/access_token', { ...own, redirect_uri: callback, code }));
    },
  ),
  report.documented(
    'nov/fb_graph#204: client_id comes before everything else.',
    'Without it 101, "Missing client_id parameter.", whatever else is missing.',
    async (world) =>
      refused(await world.get('/oauth/access_token', {}), 101, undefined, 'Missing client_id parameter.'),
  ),
  report.documented(
    'Charca/bootbot#154, facebookarchive/php-graph-sdk#937: a token after a change of password.',
    'The message is the one used since 2017, and the earlier one in versions up to v2.8.',
    async (world) => {
      const token = await userToken(world, 'ana', shop);
      await changePassword(await signIn(world, 'ana'), 'ana', 'entirely-different-5');
      const now =
        'Error validating access token: The session has been invalidated because the user changed their password or Facebook has changed the session for security reasons.';
      refused(await world.get('/v25.0/me', { access_token: token }), 190, 460, now);
      refused(await world.get('/v2.9/me', { access_token: token }), 190, 460, now);
      refused(
        await world.get('/v2.8/me', { access_token: token }),
        190,
        460,
        'Error validating access token: The session has been invalidated because the user has changed the password.',
      );
    },
  ),
  report.documented(
    'MrSwitch/hello.js#548: 190/493, "The access token is invalid since the user hasn\'t engaged the app in longer than 90 days."',
    'By the setting endedDataAccess=refuse, 90 days after the last log-in; debug_token says the same.',
    async (world) => {
      const token = await userToken(world, 'ana', apps.market);
      await world.clock.advance(91 * 86_400);
      const words = "The access token is invalid since the user hasn't engaged the app in longer than 90 days.";
      refused(await world.get('/me', { access_token: token }), 190, 493, words);
      const { body } = succeeded(
        await world.get('/debug_token', { input_token: token, access_token: idAndSecret(apps.market) }),
      );
      assert.deepEqual([body.data.is_valid, body.data.error], [false, { code: 190, message: words, subcode: 493 }]);
    },
    { settings: { endedDataAccess: 'refuse' } },
  ),
  report.documented(
    'The guide on data access lets the token live after 90 days.',
    'So it is without the setting: the person is still named.',
    async (world) => {
      const token = await userToken(world, 'ana', apps.market);
      await world.clock.advance(91 * 86_400);
      succeeded(await world.get('/me', { fields: 'id', access_token: token }));
    },
  ),
  ...report.each(
    [
      ['feed', 'pages_read_engagement'],
      ['posts', 'pages_read_user_content'],
      ['published_posts', 'pages_read_engagement'],
    ] as const,
    ([edge, named]) =>
      report.documented(
        `pdir/social-feed-bundle#184, strohne/Facepager#190: GET /{page}/${edge} without its permission is code 10 with HTTP 400.`,
        `For ${edge} it speaks of ${named}, to a Page token without it and to an app token.`,
        async (world) => {
          const weak = await userToken(world, 'ana', shop, { scope: 'pages_show_list' });
          const token = succeeded(
            await world.get(`/${pages.bakery.id}`, { fields: 'access_token', access_token: weak }),
          ).body.access_token as string;
          for (const access_token of [token, idAndSecret(shop)]) {
            const reply = await world.get(`/${pages.bakery.id}/${edge}`, { access_token });
            refused(
              reply,
              10,
              undefined,
              `(#10) This endpoint requires the '${named}' permission or the 'Page Public Content Access' feature. Refer to https://developers.facebook.com/docs/apps/review/login-permissions#manage-pages and https://developers.facebook.com/docs/apps/review/feature#reference-PAGES_ACCESS for details.`,
            );
            assert.equal(reply.status, 400);
          }
        },
      ),
  ),
  report.documented(
    'halsandr/Facebook_Connector#1 (in a batch): insights with a token of a person is 190 without a subcode.',
    '"(#190) This method must be called with a Page Access Token", alone and in a batch.',
    async (world) => {
      const access_token = await userToken(world, 'ana', shop, {
        scope: 'pages_show_list,pages_read_engagement,read_insights',
      });
      const words = '(#190) This method must be called with a Page Access Token';
      const path = `${pages.bakery.id}/insights?metric=page_fans`;
      refused(
        await world.get(`/${pages.bakery.id}/insights`, { metric: 'page_fans', access_token }),
        190,
        undefined,
        words,
      );
      const { body } = await world.post('/', { access_token, batch: JSON.stringify([{ relative_url: path }]) });
      assert.equal(JSON.parse(body[0].body).error.message, words);
    },
  ),
  report.documented(
    'Recorded answers of 2026: a metric that there is not is "(#100) The value must be a valid insights metric".',
    'A metric that nobody recorded is refused in these very words.',
    async (world) =>
      refused(
        await world.get(`/${pages.bakery.id}/insights`, {
          metric: 'page_nonsense',
          access_token: await pageToken(world, await userToken(world, 'ana', shop, { scope: pageScope }), 'bakery'),
        }),
        100,
        undefined,
        '(#100) The value must be a valid insights metric',
      ),
  ),
  report.documented(
    'jgorset/facebook-messenger#280, facebook/facebook-python-business-sdk#715: a missing permission is told for each field, "To subscribe to the feed field, one of these permissions is needed: …".',
    'To subscribe an app to a Page without pages_manage_metadata; HTTP 403.',
    async (world) => {
      const weak = await userToken(world, 'ana', shop, { scope: 'pages_show_list' });
      const token = succeeded(await world.get(`/${pages.bakery.id}`, { fields: 'access_token', access_token: weak }))
        .body.access_token as string;
      const reply = await world.post(`/${pages.bakery.id}/subscribed_apps`, {
        subscribed_fields: 'feed',
        access_token: token,
      });
      refused(
        reply,
        200,
        undefined,
        '(#200) To subscribe to the feed field, one of these permissions is needed: pages_manage_metadata',
      );
      assert.equal(reply.status, 403);
      refused(
        await world.post(`/${pages.bakery.id}/subscribed_apps`, { subscribed_fields: 'feed', access_token: weak }),
        210,
      );
    },
  ),
  report.documented(
    'Codeinwp/tweet-old-post and answers of 2022 to 2026: posting without pages_manage_posts, or as a person.',
    '200 with the long sentence about groups and Pages; without pages_read_engagement 283.',
    async (world) => {
      const words =
        /^\(#200\) If posting to a group, requires app being installed in the group, and either .* as an admin with sufficient administrative permission$/;
      const person = await userToken(world, 'ana', shop, { scope: 'pages_show_list,pages_read_engagement' });
      const token = succeeded(await world.get(`/${pages.bakery.id}`, { fields: 'access_token', access_token: person }))
        .body.access_token as string;
      for (const access_token of [token, person])
        refused(await world.post(`/${pages.bakery.id}/feed`, { message: 'x', access_token }), 200, undefined, words);
    },
  ),
  ...report.each(
    [
      ['before the person has answered', 31, 1_349_174, 'This request requires the user to take a pending action'],
      ['too fast', 17, 1_349_172, 'User request limit reached'],
      ['too late', 463, 1_349_152, 'The session has expired'],
    ] as const,
    ([when, code, subcode, words]) =>
      report.documented(
        `A public Dart package for device log-in, with its recorded answers: asked ${when}.`,
        `${code}/${subcode}, "${words}"; names of constants are no messages.`,
        async (world) => {
          const access_token = clientToken(shop);
          const { body } = succeeded(await world.post('/device/login', { access_token }));
          const ask = () => world.post('/device/login_status', { access_token, code: body.code });
          if (when === 'too late') await world.clock.advance(421);
          const first = await ask();
          const reply = when === 'too fast' ? await ask() : first;
          refused(reply, code, subcode, words);
          assert.match(String(reply.headers['www-authenticate']), new RegExp(words));
        },
        { shop: { deviceLogin: true } },
      ),
  ),
  report.documented(
    'facebook/facebook-php-business-sdk#17, facebook/facebook-java-business-sdk#223: "(#294) Managing advertisements requires …".',
    'Writing to an ad account without ads_management carries its number.',
    async (world) => {
      const access_token = await userToken(world, 'ana', apps.market, { scope: 'ads_read' });
      const asked = { name: 'x', objective: 'OUTCOME_TRAFFIC', special_ad_categories: '[]', access_token };
      refused(
        await world.post(`/act_${adAccounts.town.id}/campaigns`, asked),
        294,
        undefined,
        '(#294) Managing advertisements requires an access token with the extended permission for ads_management',
      );
    },
  ),
  report.documented(
    'A body without a Content-Type, as hand-made clients of several languages send it.',
    'It is read as a form; JSON without a type stays refused.',
    async (world) => {
      const form = new URLSearchParams({ ...own, grant_type: 'client_credentials' }).toString();
      const ask = (body: string) => world.send({ method: 'POST', path: '/oauth/access_token', body });
      assert.ok(succeeded(await ask(form)).body.access_token);
      refused(await ask(JSON.stringify({ ...own, grant_type: 'client_credentials' })), 100);
    },
  ),
  report.documented(
    'A widely used client of pictures looks at the headers of the redirect.',
    'It has the content-type of an image, facebook-api-version and the x-fb-* headers, like every answer of the Graph.',
    async (world) => {
      const reply = await world.get('/v25.0/me/picture', { access_token: await userToken(world, 'ana', shop) });
      assert.equal(reply.status, 302);
      assert.match(String(reply.headers['content-type']), /^image\//);
      assert.equal(reply.headers['facebook-api-version'], 'v25.0');
      for (const name of ['x-fb-trace-id', 'x-fb-rev', 'x-fb-debug', 'x-fb-request-id'])
        assert.ok(reply.headers[name], name);
    },
  ),
  report.documented(
    'SammyK/LaravelFacebookSdk#181 and other recorded answers: header names as they stand on the wire.',
    'Batch items name them likewise: ETag, X-FB-Debug, Content-Type; facebook-api-version and x-fb-trace-id in lower case.',
    async (world) => {
      const { body } = await world.post('/', {
        access_token: await userToken(world, 'ana', shop),
        batch: '[{"relative_url":"me"}]',
      });
      const names = new Set(body[0].headers.map(({ name }: { name: string }) => name));
      for (const name of [
        'ETag',
        'X-FB-Debug',
        'Content-Type',
        'facebook-api-version',
        'x-fb-trace-id',
        'x-fb-rev',
        'Cache-Control',
        'Pragma',
        'Expires',
        'Vary',
      ])
        assert.ok(names.has(name), `${name} of ${[...names].join()}`);
    },
  ),
  report.documented(
    'A client of another language proves the token it inspects, not its own.',
    'debug_token by an app token takes a proof that is right for either; a wrong one is refused.',
    async (world) => {
      const input_token = await userToken(world, 'ana', shop);
      const access_token = idAndSecret(shop);
      const ask = (appsecret_proof: string) =>
        world.get('/debug_token', { input_token, access_token, appsecret_proof });
      for (const token of [input_token, access_token])
        assert.equal(succeeded(await ask(proofOf(token, shop.secret))).body.data.is_valid, true);
      refused(await ask(proofOf('another', shop.secret)), 100);
    },
  ),
];

// These cases replay what callers of the real platform report: the syntax of fields, paths and methods, batches, lists,
// and the words of tokens that do not open. Each sentence names its report.
import assert from 'node:assert/strict';
import { apps, pages } from '../../src/stage/cast.ts';
import { type Case, citing } from '../../src/case.ts';
import { idAndSecret, pageScope, pageToken, userToken } from '../../src/stage/deeds.ts';
import { refused, succeeded } from '../../src/expect.ts';
import type { ConformanceWorld } from '../../src/stage/world.ts';

const report = citing('reports');
const { shop } = apps;

const user = (world: ConformanceWorld): Promise<string> =>
  userToken(world, 'ana', shop, { scope: 'pages_show_list,pages_read_engagement' });

const bakery = async (world: ConformanceWorld): Promise<string> =>
  pageToken(world, await userToken(world, 'ana', shop, { scope: pageScope }), 'bakery');

const batch = async (world: ConformanceWorld, items: unknown, access_token?: string) =>
  world.post('/', {
    access_token: access_token ?? (await user(world)),
    batch: typeof items === 'string' ? items : JSON.stringify(items),
  });

/** An error of the batch itself: a type, and no number. */
function refusedBatch(error: Record<string, unknown>, message: string): void {
  assert.deepEqual(
    { ...error, fbtrace_id: undefined },
    { message, type: 'GraphBatchException', fbtrace_id: undefined },
  );
}

export const cases: Case[] = [
  ...report.each(
    [
      [
        'node-facebook/facebook-node-sdk#123',
        'likes.limit(1000){id},comments.limit(1000){id}{from},sharedposts{id}',
        'end of string instead of "{".',
        46,
      ],
      ['criso/fbgraph#125', 'fan_count,name,picture?type=large,cover', 'end of string instead of "?".', 22],
      ['facebook/facebook-nodejs-business-sdk#59', 'name,effective_status,,stop_time', 'name.', 22],
      ['facebook/facebook-php-business-sdk#397', 'name.b,link', '"(" instead of ",".', 6],
      ['tobilg/facebook-events-by-location-core#30', 'accounts.limit(5', '")", got end of string', 16],
      ['SammyK/FacebookQueryBuilder, changes of 1.1.4', 'accounts{id}.limit(3)', 'end of string instead of ".".', 12],
    ] as const,
    ([from, fields, expected, at]) =>
      report.documented(
        `${from}: fields that cannot be parsed are error 2500 with what was expected, where, and the whole text.`,
        `fields=${fields} is refused at character ${at}.`,
        async (world) => {
          const words = `Syntax error "Expected ${expected}" at character ${at}: ${fields}`;
          const access_token = await user(world);
          refused(await world.get('/me', { fields, access_token }), 2500, undefined, words);
          refused(await world.get('/v25.0/', { ids: 'me', fields, access_token }), 2500, undefined, words);
          const { body } = await batch(
            world,
            [{ relative_url: `me?${new URLSearchParams({ fields })}` }],
            access_token,
          );
          assert.equal(JSON.parse(body[0].body).error.message, words);
        },
      ),
  ),
  report.documented(
    'simi/omniauth-facebook#138: a mark that is in no name ends the parsing.',
    'Lists in the same grammar, metric and summary, say it in the same words.',
    async (world) => {
      const token = await bakery(world);
      refused(
        await world.get(`/${pages.bakery.id}/insights`, { metric: 'page_fans{x}', access_token: token }),
        2500,
        undefined,
        'Syntax error "Expected end of string instead of "{"." at character 9: page_fans{x}',
      );
      refused(
        await world.get('/me/accounts', { summary: 'total_count,,x', access_token: await user(world) }),
        2500,
        undefined,
        'Syntax error "Expected name." at character 12: total_count,,x',
      );
    },
  ),
  report.documented(
    'Field expansion is obeyed behind a picture.',
    'picture{url} shows the address and nothing else.',
    async (world) => {
      const { body } = succeeded(await world.get('/me', { fields: 'picture{url}', access_token: await user(world) }));
      assert.deepEqual(Object.keys(body.picture.data), ['url']);
    },
  ),
  ...report.each(['/me/', '/v25.0/me/accounts/', `/v25.0/${pages.bakery.id}/`, '/debug_token/'] as const, (path) =>
    report.documented(
      'restfb/restfb#1379, jeduan/cordova-plugin-facebook4#891: a final slash changes nothing.',
      `${path} answers as without it.`,
      async (world) => {
        const access_token = await user(world);
        const params =
          path === '/debug_token/' ? { input_token: access_token, access_token: idAndSecret(shop) } : { access_token };
        assert.deepEqual(
          succeeded(await world.get(path, params)).body,
          succeeded(await world.get(path.slice(0, -1), params)).body,
        );
        refused(await world.get(`${path}/`, params), 2500);
      },
    ),
  ),
  report.documented(
    'restfb/restfb#1379: a final slash changes nothing.',
    'Also at the token endpoint, and in a batch.',
    async (world) => {
      const asked = { client_id: shop.id, client_secret: shop.secret, grant_type: 'client_credentials' };
      assert.ok(succeeded(await world.get('/oauth/access_token/', asked)).body.access_token);
      assert.deepEqual(
        (
          await batch(world, [
            { relative_url: 'me/' },
            { relative_url: 'me/accounts/?limit=1' },
            { relative_url: 'me//' },
          ])
        ).body.map((slot: { code: number }) => slot.code),
        [200, 200, 400],
      );
    },
  ),
  ...report.each(
    [
      ['mediacloud/backend#810', 'POST', '/debug_token', 'post'],
      ['facebook/facebook-java-business-sdk#374', 'DELETE', `/${pages.bakery.id}/feed`, 'delete'],
      ['restfb/restfb#1450', 'POST', `/${pages.bakery.id}/insights`, 'post'],
      ['restfb/restfb#1450', 'PUT', '/me', 'put'],
      ['mediacloud/backend#810', 'PATCH', '/me', 'patch'],
    ] as const,
    ([from, method, path, named]) =>
      report.documented(
        `${from}: a method that doesn’t exist is GraphMethodException 100, "Unsupported request - method type".`,
        `${method} ${path.replace(/\d+/, '{page}')} is refused with it and HTTP 400.`,
        async (world) => {
          const reply = await world.send({ method, path: `/v25.0${path}?access_token=${await bakery(world)}` });
          refused(reply, 100, undefined, `Unsupported request - method type: ${named}`);
          assert.deepEqual([reply.status, reply.body.error.type], [400, 'GraphMethodException']);
        },
      ),
  ),
  report.documented(
    'rizen/Facebook-Graph#49: the wording before August 2014.',
    'Versions before v2.1 say "Unsupported post request."',
    async (world) => {
      const path = `/v2.0/me/accounts?access_token=${await user(world)}`;
      refused(await world.send({ method: 'DELETE', path }), 100, undefined, 'Unsupported delete request.');
    },
  ),
  report.documented(
    'rizen/Facebook-Graph#50: the bare root asked with empty fields is "Unsupported get request. Please read …".',
    'GET /?fields= and GET / are refused with it.',
    async (world) => {
      const words =
        'Unsupported get request. Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api';
      refused(await world.get('/', { fields: '' }), 100, undefined, words);
      refused(await world.get('/v25.0', { ids: '', access_token: await user(world) }), 100, undefined, words);
    },
  ),
  report.documented(
    'pavelk2/social-feed#330: callback= left empty counts as not given.',
    'Every empty switch and parameter does.',
    async (world) => {
      const reply = await world.get('/me', {
        callback: '',
        fields: '',
        limit: '',
        debug: '',
        summary: '',
        access_token: await user(world),
      });
      assert.match(String(succeeded(reply).headers['content-type']), /^application\/json/);
      assert.ok(reply.body.name);
      assert.equal(
        succeeded(await world.get('/me/accounts', { limit: '', after: '', access_token: await user(world) })).body.data
          .length > 0,
        true,
      );
    },
  ),
  report.documented(
    'jgorset/facepy: 51 requests in a batch are refused with a type of their own and no number.',
    'GraphBatchException, "Too many requests in batch message. Maximum batch size is 50".',
    async (world) => {
      const { status, body } = await batch(world, Array(51).fill({ relative_url: 'me' }));
      assert.equal(status, 400);
      refusedBatch(body.error, 'Too many requests in batch message. Maximum batch size is 50');
    },
  ),
  report.documented(
    'jgorset/facepy: errors of the batch itself.',
    'An empty batch and one that is no list are refused likewise, in our words.',
    async (world) => {
      refusedBatch((await batch(world, [])).body.error, 'The batch has no requests');
      refusedBatch((await batch(world, 'nonsense')).body.error, 'The batch parameter must be a JSON array of requests');
    },
  ),
  report.documented(
    'Thuzi/facebook-node-sdk#113: an item with attached_files of which no part came is refused alone.',
    'Code 400, GraphBatchException, header class invalid_request; the other items go on.',
    async (world) => {
      const { body } = await batch(world, [{ relative_url: 'me', attached_files: 'file1' }, { relative_url: 'me' }]);
      assert.deepEqual([body[0].code, body[1].code], [400, 200]);
      refusedBatch(JSON.parse(body[0].body).error, 'File file1 has not been attached');
      const header = body[0].headers.find(({ name }: { name: string }) => name === 'WWW-Authenticate');
      assert.equal(header.value, 'OAuth "Facebook Platform" "invalid_request" "File file1 has not been attached"');
    },
  ),
  report.documented(
    'arsduo/koala: requests can only depend on preceding requests.',
    'A reference to a later item or to none refuses the batch; nothing of it runs.',
    async (world) => {
      const words = (name: string) =>
        `Request 0 cannot depend on an  unresolved request with  name ${name}. Requests can only depend on preceding requests`;
      refusedBatch((await batch(world, [{ relative_url: 'me?x={result=f:$.id}' }])).body.error, words('f'));
      refusedBatch(
        (
          await batch(world, [
            { relative_url: 'me', depends_on: 'g' },
            { name: 'g', relative_url: 'me' },
          ])
        ).body.error,
        words('g'),
      );
    },
  ),
  report.documented(
    'Every key of an item is obeyed or refused.',
    'A token of the item is used; a key that means nothing refuses the item.',
    async (world) => {
      const token = await bakery(world);
      const { body } = await batch(world, [
        { relative_url: 'me?fields=id', access_token: token },
        { relative_url: 'me', wait_for: 'x' },
      ]);
      assert.equal(JSON.parse(body[0].body).id, pages.bakery.id);
      assert.equal(body[1].code, 400);
      assert.equal(JSON.parse(body[1].body).error.type, 'GraphBatchException');
    },
  ),
  report.documented(
    'snarfed/bridgy, restfb/restfb#157: 51 ids are "(#100) Too many IDs. Maximum: 50. Provided: 51."',
    'The number that is allowed and the number that came are told.',
    async (world) => {
      const ids = Array.from({ length: 51 }, (_, at) => at + 1).join();
      refused(
        await world.get('/v25.0/', { ids, access_token: await user(world) }),
        100,
        undefined,
        '(#100) Too many IDs. Maximum: 50. Provided: 51.',
      );
    },
  ),
  report.documented(
    'restfb/restfb#1692: root requests with ids end with v26.0.',
    'v25.0 answers, v26.0 refuses with 12.',
    async (world) => {
      const params = { ids: pages.bakery.id, access_token: await user(world) };
      assert.deepEqual(Object.keys(succeeded(await world.get('/v25.0/', params)).body), [pages.bakery.id]);
      refused(
        await world.get('/v26.0/', params),
        12,
        undefined,
        '(#12) ids is deprecated for versions v26.0 and higher',
      );
    },
  ),
  report.documented(
    'abjerner/Skybrud.Social#6, restfb/restfb#234: limit=0 with a summary is an empty list and the count.',
    'On an edge and behind a field.',
    async (world) => {
      const access_token = await user(world);
      const { body } = succeeded(await world.get('/me/accounts', { limit: 0, summary: true, access_token }));
      assert.deepEqual([body.data, body.paging], [[], undefined]);
      assert.ok(body.summary.total_count > 0);
      const inner = succeeded(await world.get('/me', { fields: 'accounts.limit(0).summary(true)', access_token })).body
        .accounts;
      assert.deepEqual(inner, body);
    },
  ),
  report.documented(
    'facebook/facebook-ruby-business-sdk#158: summary=total_count on a list whose rows are read part by part.',
    'The feed of a Page counts its posts, whatever part is shown.',
    async (world) => {
      const token = await bakery(world);
      const before = (await world.get(`/${pages.bakery.id}/feed`, { access_token: token })).body.data.length;
      for (const message of ['one', 'two', 'three'])
        succeeded(await world.post(`/${pages.bakery.id}/feed`, { message, access_token: token }));
      const { body } = succeeded(
        await world.get(`/${pages.bakery.id}/feed`, { limit: 1, summary: 'total_count', access_token: token }),
      );
      assert.deepEqual([body.data.length, body.summary.total_count], [1, before + 3]);
    },
  ),
  ...report.each(
    [
      [
        'singer-io/tap-facebook#219',
        'cut',
        (token: string) => token.slice(0, -9),
        'The access token could not be decrypted',
      ],
      [
        'pixelant/pxa_social_feed#114',
        'cut very short',
        (token: string) => token.slice(0, 20),
        'The access token could not be decrypted',
      ],
      [
        'facebook/facebook-for-woocommerce#951',
        'changed',
        (token: string) => token.slice(0, -1) + (token.endsWith('A') ? 'B' : 'A'),
        'The access token could not be decrypted',
      ],
      [
        'facebookarchive/react-native-fbsdk#220',
        'with a query behind it',
        (token: string) => `${token}?x=1`,
        'Malformed access token',
      ],
      [
        'Cap-go/capacitor-social-login#404',
        'a JSON Web Token',
        () => 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.x',
        'Invalid OAuth access token - Cannot parse access token',
      ],
      [
        'Cap-go/capacitor-social-login#404',
        'made up',
        () => 'nonsense',
        'Invalid OAuth access token - Cannot parse access token',
      ],
      [
        'Cap-go/capacitor-social-login#404',
        'of a sister platform',
        () => 'IGAAabcdefgh',
        'Invalid OAuth access token - Cannot parse access token',
      ],
    ] as const,
    ([from, what, made, words]) =>
      report.documented(
        `${from}: what a token looks like decides what is said about it.`,
        `A token ${what}: 190, "${words}".`,
        async (world) => {
          const access_token = made(await user(world));
          const reply = await world.get('/me', { access_token });
          refused(reply, 190, undefined, words);
          assert.equal(reply.status, 400);
          const { body } = succeeded(
            await world.get('/debug_token', { input_token: access_token, access_token: idAndSecret(shop) }),
          );
          assert.equal(body.data.error.message, words);
        },
      ),
  ),
];

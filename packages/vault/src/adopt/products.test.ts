// The readers of five products tell which tokens a row holds: in which column, of which kind, and until when the product
// believes it lasts.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OldToken } from './product.ts';
import { type ProductName, products, tokensIn } from './products.ts';

const read = (name: ProductName, table: string, values: Record<string, unknown>, keys = {}): OldToken[] =>
  tokensIn(products[name], { table, where: 'line 2', values }, keys);

const brief = (tokens: readonly OldToken[]) =>
  tokens.map(({ path, token, kind, believedEnd, pageId, leftOut, problem }) => [
    path.slice(1).join(' '),
    leftOut ?? problem ?? token,
    kind,
    believedEnd ?? pageId,
  ]);

test('Chatwoot: an inbox of a Page holds its token and that of a person; Instagram and WhatsApp have one each', () => {
  const page = { id: 3, page_id: '77', page_access_token: 'EAAp', user_access_token: 'EAAu', inbox_name: 'Shop' };
  assert.deepEqual(brief(read('chatwoot', 'channel_facebook_pages', page)), [
    ['3 page_access_token', 'EAAp', 'page_long', '77'],
    ['3 user_access_token', 'EAAu', 'user_long', undefined],
  ]);
  const instagram = { id: 4, instagram_id: '9', access_token: 'IGa', expires_at: '2026-12-01 10:00:00.5' };
  assert.deepEqual(brief(read('chatwoot', 'channel_instagram', instagram)), [
    ['4 access_token', 'IGa', 'instagram_long', 1_796_119_200],
  ]);
  const config = { id: 5, phone_number: '+49', provider: 'whatsapp_cloud', provider_config: '{"api_key":"EAAw"}' };
  assert.deepEqual(brief(read('chatwoot', 'channel_whatsapp', config)), [
    ['5 provider_config', 'EAAw', undefined, undefined],
  ]);
  assert.deepEqual(brief(read('chatwoot', 'channel_whatsapp', { ...config, provider: 'default' })), [
    ['5 provider_config', 'a WhatsApp inbox of another host', undefined, undefined],
  ]);
  const sealed = { ...page, page_access_token: '{"p":"zvUQ2CDUN+Y=","h":{"iv":"MDEy","at":"c5Na"}}' };
  const [first, second] = read('chatwoot', 'channel_facebook_pages', sealed);
  assert.match(first?.problem ?? '', /give ACTIVE_RECORD_ENCRYPTION_PRIMARY_KEY/);
  assert.equal(second?.token, 'EAAu', 'the other column of the row is read all the same');
});

test('Postiz: the token of the Page and the person behind it, joined for Instagram, and a channel without a Page yet', () => {
  const channel = { id: 'c1', name: 'Shop', internalId: '77', token: 'EAAp', refreshToken: 'EAAu' };
  const ending = { ...channel, providerIdentifier: 'facebook', tokenExpiration: new Date(1_796_119_200_000) };
  assert.deepEqual(brief(read('postiz', 'Integration', ending)), [
    ['c1 token', 'EAAp', 'page_long', '77'],
    ['c1 refreshToken', 'EAAu', 'user_long', 1_796_119_200],
  ]);
  const joined = { ...channel, providerIdentifier: 'instagram', token: 'EAAp___EAAu', refreshToken: 'EAAu' };
  assert.deepEqual(brief(read('postiz', 'Integration', joined)), [
    ['c1 token', 'EAAp', 'page_long', undefined],
    ['c1 token of the person', 'EAAu', 'user_long', undefined],
  ]);
  const [between] = read('postiz', 'Integration', { ...ending, inBetweenSteps: 't' });
  assert.deepEqual([between?.kind, between?.notes], ['user_long', ['No Page was chosen in Postiz yet.']]);
  for (const [more, kind] of [
    [{ providerIdentifier: 'instagram-standalone' }, 'instagram_long'],
    [{ providerIdentifier: 'threads' }, 'threads_long'],
  ] as const)
    assert.equal(read('postiz', 'Integration', { ...channel, ...more })[0]?.kind, kind);
  for (const more of [{ providerIdentifier: 'linkedin' }, { providerIdentifier: 'facebook', deletedAt: '2026-01-01' }])
    assert.ok(read('postiz', 'Integration', { ...channel, ...more })[0]?.leftOut !== undefined);
});

test('Nango: credentials of a log-in and of a system user, from its table and from its API', () => {
  const row = { id: 1, connection_id: 'ann', provider_config_key: 'facebook', credentials: '{"access_token":"EAAu"}' };
  assert.deepEqual(brief(read('nango', '_nango_connections', row)), [
    ['facebook ann credentials', 'EAAu', undefined, undefined],
  ]);
  const api = {
    ...row,
    credentials: { type: 'OAUTH2', access_token: 'EAAu', expires_at: '2026-12-01T10:00:00.000Z' },
    end_user: { id: '1', email: 'ann@example.com', display_name: 'Ann' },
    oauth_client_id: '17',
  };
  const [full] = read('nango', '_nango_connections', api);
  assert.deepEqual(
    [full?.believedEnd, full?.ownerEmail, full?.name, full?.appId],
    [1_796_119_200, 'ann@example.com', 'Ann', '17'],
  );
  const system = { ...row, provider_config_key: 'ads', provider: 'facebook-system-user' };
  const [odd] = read('nango', '_nango_connections', { ...system, credentials: { type: 'API_KEY', apiKey: 'XYZ-odd' } });
  assert.deepEqual([odd?.token, odd?.notes?.length], ['XYZ-odd', 1], 'a prefix says nothing');
  assert.equal(read('nango', '_nango_connections', { ...row, provider_config_key: 'github' })[0]?.leftOut, undefined);
  const other = { ...row, provider_config_key: 'github', credentials: { access_token: 'gho_x' } };
  assert.equal(read('nango', '_nango_connections', other)[0]?.leftOut, 'another service');
  const { credentials: _none, ...listed } = row;
  assert.match(read('nango', '_nango_connections', listed)[0]?.problem ?? '', /no credentials/);
  assert.match(
    read('nango', '_nango_connections', { ...row, credentials: { encrypted_credentials: 'x' } })[0]?.problem ?? '',
    /give NANGO_ENCRYPTION_KEY, in the environment or with --old-key-file/,
  );
});

test('n8n: the credentials of its own nodes, generic log-ins, headers and parameters; other services are left alone', () => {
  const row = (type: string, data: unknown) => read('n8n', 'credentials_entity', { id: 'a', name: 'N', type, data });
  const token = `EAA${'b'.repeat(40)}`;
  assert.equal(row('facebookGraphApi', { accessToken: 'EAAx' })[0]?.token, 'EAAx');
  assert.equal(row('whatsAppApi', '{"accessToken":"EAAx","businessAccountId":"5"}')[0]?.token, 'EAAx');
  const log = { clientId: '17', accessTokenUrl: 'https://graph.facebook.com/v19.0/oauth/access_token' };
  const [ads] = row('facebookLeadAdsOAuth2Api', { ...log, oauthTokenData: { access_token: 'EAAx' } });
  assert.deepEqual([ads?.token, ads?.appId], ['EAAx', '17']);
  assert.equal(row('httpHeaderAuth', { name: 'Authorization', value: `Bearer ${token}` })[0]?.token, token);
  assert.equal(row('httpQueryAuth', { name: 'access_token', value: token })[0]?.token, token);
  assert.equal(row('httpHeaderAuth', { name: 'X', value: 'sk-other' })[0]?.leftOut, 'another service');
  assert.equal(row('githubApi', 'whatever it is, it is not opened')[0]?.leftOut, 'another service');
  assert.match(row('facebookGraphApi', 'U2FsdGVkX18B')[0]?.problem ?? '', /give N8N_ENCRYPTION_KEY/);
});

test('Activepieces: log-ins with an own app or theirs, pasted tokens and fields of a form', () => {
  const row = (pieceName: string, value: unknown, type = 'OAUTH2') =>
    read('activepieces', 'app_connection', { id: 'p', displayName: 'P', pieceName, type, value });
  const log = { access_token: 'EAAx', client_id: '17', claimed_at: 1_796_000_000, expires_in: 119_200, scope: 'email' };
  const [own] = row('@activepieces/piece-facebook-pages', log);
  assert.deepEqual([own?.token, own?.appId, own?.believedEnd, own?.notes], ['EAAx', '17', 1_796_119_200, []]);
  assert.match(
    row('@activepieces/piece-facebook-leads', log, 'CLOUD_OAUTH2')[0]?.notes?.join() ?? '',
    /belongs to Activepieces/,
  );
  assert.equal(
    row('@activepieces/piece-whatsapp', { props: { access_token: 'EAAw' } }, 'CUSTOM_AUTH')[0]?.token,
    'EAAw',
  );
  assert.equal(row('@activepieces/piece-slack', { iv: '00', data: '00' })[0]?.leftOut, 'another service');
  assert.match(
    row('@activepieces/piece-whatsapp', { iv: '00', data: '00' })[0]?.problem ?? '',
    /give AP_ENCRYPTION_KEY/,
  );
});

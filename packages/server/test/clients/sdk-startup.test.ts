// The mobile SDKs make certain calls when an app starts: every call is answered, so that the log-in after it is not
// held up.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { cast, type Reply, type TestWorld, testWorld } from '../world.ts';

const { phone, rival, ana } = cast;
const token = `${phone.id}|${phone.clientToken}`;
const enc = encodeURIComponent;

let t: TestWorld;
before(async () => {
  t = await testWorld();
});
after(() => t.close());

const get = (path: string, more = '') =>
  t.get(`/v25.0/${path}${path.includes('?') ? '&' : '?'}access_token=${enc(token)}${more}`);
const good = (reply: Reply, body: unknown) => assert.deepEqual([reply.status, reply.body], [200, body]);

test('the settings that Android reads: what is not set is left out, and nothing is refused', async () => {
  const fields =
    'supports_implicit_sdk_logging,gdpv4_nux_content,gdpv4_nux_enabled,android_dialog_configs,android_sdk_error_categories,app_events_session_timeout,app_events_feature_bitmask,auto_event_mapping_android,seamless_login,smart_login_bookmark_icon_url,smart_login_menu_icon_url,restrictive_data_filter_params,aam_rules,suggested_events_setting,protected_mode_rules';
  const expected = {
    supports_implicit_sdk_logging: false,
    gdpv4_nux_enabled: false,
    app_events_session_timeout: 60,
    app_events_feature_bitmask: 0,
    id: phone.id,
  };
  for (const node of ['app', phone.id]) good(await get(`${node}?fields=${fields}`), expected);
});

test('the settings that iOS reads, with a version and parts of their own', async () => {
  const fields =
    'app_events_feature_bitmask,app_events_session_timeout,name,ios_dialog_configs,ios_sdk_dialog_flows.os_version(18.1.0),ios_sdk_error_categories,app_events_config.os_version(18.1.0){default_ate_status,advertiser_id_collection_enabled}';
  good(await get(`app?fields=${enc(fields)}`), {
    app_events_feature_bitmask: 0,
    app_events_session_timeout: 60,
    name: 'Phone',
    id: phone.id,
  });
});

test('the switches of the SDK: none', async () => {
  good(await get(`${phone.id}/mobile_sdk_gk?platform=android&sdk_version=18.0.3&fields=gatekeepers`), {
    data: [{ gatekeepers: [] }],
  });
});

test('lists are empty, by the id of the app and by its word', async () => {
  for (const edge of [
    'cloudbridge_settings',
    'model_asset',
    'server_domain_infos',
    'aem_conversion_configs',
    'ios_skadnetwork_conversion_config',
  ])
    for (const node of ['app', phone.id]) good(await get(`${node}/${edge}?fields=id,settings`), { data: [] });
});

test('reports are taken, with a client token and with the token of a person', async () => {
  const user = await t.login(phone.id, ana.id);
  for (const edge of [
    'activities',
    'instruments',
    'suggested_events',
    'domain_reports',
    'aem_conversions',
    'app_push_device_token',
  ])
    for (const one of [token, user])
      good(
        await t.post(`/v25.0/${phone.id}/${edge}`, {
          access_token: one,
          event: 'CUSTOM_APP_EVENTS',
          custom_events: '[]',
        }),
        { success: true },
      );
});

test('what is the same for every app is told without a token, as iOS asks; nothing else is', async () => {
  const settings = 'app_events_feature_bitmask,name,ios_sdk_dialog_flows.os_version(18.1.0),app_events_session_timeout';
  for (const id of [phone.id, '1234567890'])
    good(await t.get(`/v21.0/${id}?fields=${enc(settings)}&os_version=18.1.0`), {
      app_events_feature_bitmask: 0,
      app_events_session_timeout: 60,
      id,
    });
  good(await t.get(`/v21.0/${phone.id}/mobile_sdk_gk?platform=ios&sdk_version=18.0.0&fields=gatekeepers`), {
    data: [{ gatekeepers: [] }],
  });
  good(await t.get(`/v21.0/${phone.id}/server_domain_infos?fields=`), { data: [] });
  for (const fields of ['name', 'name,category', 'app_events_feature_bitmask,category', 'app_events_feature_bitmask,x'])
    assert.equal((await t.get(`/${phone.id}?fields=${fields}`)).body.error.code, 104, fields);
});

test('TM-01: reports are not taken without a token, nor with one of another app', async () => {
  const other = `${rival.id}|${rival.clientToken}`;
  for (const edge of ['activities', 'app_indexing_session']) {
    assert.equal((await t.post(`/${phone.id}/${edge}`)).status, 400);
    assert.notEqual((await t.post(`/${phone.id}/${edge}`, { access_token: other })).status, 200);
  }
});

test('a field that no SDK knows is refused as before', async () => {
  assert.equal((await get('app?fields=nonsense')).body.error.code, 100);
});

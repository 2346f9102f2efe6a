// These calls are made by the mobile SDKs of Meta, as their source has them: at the start of an app, at a log-in, at a
// renewal, at a Limited Login, and beside them. One table for the reference page and for the cases.
import type { JsonForm } from './json-form.ts';

const android = 'facebook-android-sdk';
const ios = 'facebook-ios-sdk';
const androidCore = 'facebook-core/src/main/java/com/facebook';
const androidLogin = 'facebook-common/src/main/java/com/facebook/login';
const iosCore = 'FBSDKCoreKit/FBSDKCoreKit';
const iosLogin = 'FBSDKLoginKit/FBSDKLoginKit';

export const sdkMoments = {
  start: 'At the start of an app',
  logIn: 'At a log-in',
  refresh: 'At a renewal, a day after the last one',
  limited: 'At a Limited Login and its renewal',
  events: 'While an app runs: events and reports',
} as const;

/** A call brings no token, `{app-id}|{client-token}`, or the token of the person. */
type SdkToken = 'none' | 'client' | 'user';

export interface SdkCall {
  sdk: 'Android' | 'iOS';
  at: keyof typeof sdkMoments;
  /** The part of the SDK that makes it, in words. */
  does: string;
  method: 'GET' | 'POST';
  /** `{app-id}` stands for the id of the app. */
  path: string;
  /** Parameters as they are sent; those with braces are filled in. */
  params: Readonly<Record<string, string>>;
  token: SdkToken;
  /** The form of the answer that the SDK reads, or the keys of the redirect after a dialog. */
  answer: JsonForm | { readonly redirect: readonly string[] };
  /** File of the SDK's source. */
  source: string;
}

const androidSettings =
  'supports_implicit_sdk_logging,gdpv4_nux_content,gdpv4_nux_enabled,android_dialog_configs,android_sdk_error_categories,app_events_session_timeout,app_events_feature_bitmask,auto_event_mapping_android,seamless_login,smart_login_bookmark_icon_url,smart_login_menu_icon_url,restrictive_data_filter_params,aam_rules,suggested_events_setting';
const iosSettings =
  'app_events_feature_bitmask,name,default_share_mode,ios_dialog_configs,ios_sdk_dialog_flows.os_version(18.1.0),ios_sdk_error_categories,supports_implicit_sdk_logging,gdpv4_nux_enabled,gdpv4_nux_content,app_events_session_timeout,logging_token,restrictive_data_filter_params,aam_rules,suggested_events_setting,auto_event_mapping_ios';
const settings = {
  app_events_session_timeout: 'number',
  app_events_feature_bitmask: 'number',
  gdpv4_nux_enabled: 'boolean',
} as const;
const renewal = 'access_token,expires_at,expires_in,data_access_expiration_time,graph_domain';
const success = { success: 'boolean' } as const;
const emptyList = { data: 'list' } as const;

// biome-ignore format: a table
export const sdkCalls: readonly SdkCall[] = [
  {
    sdk: 'Android', at: 'start', does: 'reads the settings of the app', method: 'GET', path: '/v16.0/{app-id}',
    params: { fields: androidSettings, sdk: 'android', format: 'json' }, token: 'client', answer: settings,
    source: `${android}/${androidCore}/internal/FetchedAppSettingsManager.kt`,
  },
  {
    sdk: 'Android', at: 'start', does: 'reads the settings by the word app', method: 'GET', path: '/v16.0/app',
    params: { fields: androidSettings, format: 'json' }, token: 'client', answer: settings,
    source: `${android}/${androidCore}/internal/FetchedAppSettingsManager.kt`,
  },
  {
    sdk: 'Android', at: 'start', does: 'reads the switches of its parts', method: 'GET', path: '/v16.0/app/mobile_sdk_gk',
    params: { platform: 'android', sdk_version: '18.3.0', fields: 'gatekeepers', format: 'json' }, token: 'client', answer: emptyList,
    source: `${android}/${androidCore}/internal/FetchedAppGateKeepersManager.kt`,
  },
  {
    sdk: 'Android', at: 'start', does: 'reads the switches where the app has no client token', method: 'GET', path: '/v16.0/{app-id}/mobile_sdk_gk',
    params: { platform: 'android', sdk_version: '18.3.0', fields: 'gatekeepers', format: 'json' }, token: 'none', answer: emptyList,
    source: `${android}/${androidCore}/internal/FetchedAppGateKeepersManager.kt`,
  },
  {
    sdk: 'Android', at: 'start', does: 'asks whether events are chosen on the screen', method: 'GET', path: '/v16.0/app',
    params: { fields: 'auto_event_setup_enabled', advertiser_id: '00000000-0000-0000-0000-000000000000', format: 'json' }, token: 'client', answer: { id: 'string' },
    source: `${android}/${androidCore}/UserSettingsManager.kt`,
  },
  {
    sdk: 'Android', at: 'start', does: 'says that the app was installed', method: 'POST', path: '/v16.0/{app-id}/activities',
    params: { event: 'MOBILE_APP_INSTALL', advertiser_tracking_enabled: '1', application_tracking_enabled: '1', format: 'json' }, token: 'client', answer: success,
    source: `${android}/${androidCore}/FacebookSdk.kt`,
  },
  {
    sdk: 'Android', at: 'start', does: 'reads where else events go', method: 'GET', path: '/v16.0/{app-id}/cloudbridge_settings',
    params: { format: 'json' }, token: 'client', answer: emptyList,
    source: `${android}/${androidCore}/appevents/cloudbridge/AppEventsCAPIManager.kt`,
  },
  {
    sdk: 'Android', at: 'start', does: 'reads the models that guess what buttons do', method: 'GET', path: '/v16.0/app/model_asset',
    params: { fields: 'use_case,version_id,asset_uri,rules_uri,thresholds', format: 'json' }, token: 'client', answer: emptyList,
    source: `${android}/${androidCore}/appevents/ml/ModelManager.kt`,
  },
  {
    sdk: 'iOS', at: 'start', does: 'reads the settings of the app', method: 'GET', path: '/v21.0/{app-id}',
    params: { fields: iosSettings, os_version: '18.1.0', sdk: 'ios', format: 'json', include_headers: 'false' }, token: 'none', answer: settings,
    source: `${ios}/${iosCore}/Internal/ServerConfiguration/FBSDKServerConfigurationManager.m`,
  },
  {
    sdk: 'iOS', at: 'start', does: 'reads the switches of its parts', method: 'GET', path: '/v21.0/{app-id}/mobile_sdk_gk',
    params: { platform: 'ios', sdk_version: '18.0.0', fields: 'gatekeepers', format: 'json', include_headers: 'false' }, token: 'none', answer: emptyList,
    source: `${ios}/${iosCore}/Internal/ServerConfiguration/FBSDKGateKeeperManager.m`,
  },
  {
    sdk: 'iOS', at: 'start', does: 'reads how it reports events', method: 'GET', path: '/v21.0/{app-id}',
    params: { fields: 'app_events_config.os_version(18.1.0)', format: 'json', include_headers: 'false' }, token: 'client', answer: { id: 'string' },
    source: `${ios}/${iosCore}/AppEvents/Internal/FBSDKAppEventsConfigurationManager.m`,
  },
  {
    sdk: 'iOS', at: 'start', does: 'reads which other hosts to use', method: 'GET', path: '/v21.0/{app-id}/server_domain_infos',
    params: { fields: '', format: 'json', include_headers: 'false' }, token: 'none', answer: emptyList,
    source: `${ios}/${iosCore}/Internal/DomainHandler/FBSDKDomainConfigurationManager.m`,
  },
  {
    sdk: 'iOS', at: 'start', does: 'reads how conversions are reported', method: 'GET', path: '/v21.0/{app-id}/aem_conversion_configs',
    params: { advertiser_ids: '[]', fields: '', format: 'json' }, token: 'none', answer: emptyList,
    source: `${ios}/${iosCore}/AppEvents/Internal/AEM/AEMNetworker.swift`,
  },
  {
    sdk: 'iOS', at: 'start', does: 'reads how conversions are reported to the system', method: 'GET', path: '/v21.0/{app-id}/ios_skadnetwork_conversion_config',
    params: { format: 'json' }, token: 'none', answer: emptyList,
    source: `${ios}/${iosCore}/AppEvents/Internal/SKAdNetwork/FBSDKSKAdNetworkReporter.m`,
  },
  {
    sdk: 'iOS', at: 'start', does: 'reads where else events go', method: 'GET', path: '/v21.0/{app-id}/cloudbridge_settings',
    params: { format: 'json' }, token: 'client', answer: emptyList,
    source: `${ios}/${iosCore}/AppEvents/CAPIGateway/FBSDKAppEventsCAPIManager.swift`,
  },
  {
    sdk: 'iOS', at: 'start', does: 'reads the models that guess what buttons do', method: 'GET', path: '/v21.0/{app-id}/model_asset',
    params: { format: 'json' }, token: 'client', answer: emptyList,
    source: `${ios}/${iosCore}/AppEvents/Internal/ML/FBSDKModelManager.m`,
  },
  {
    sdk: 'iOS', at: 'start', does: 'asks whether events are chosen on the screen', method: 'GET', path: '/v21.0/{app-id}',
    params: { fields: 'auto_event_setup_enabled,app_events_session_timeout', advertiser_id: '00000000-0000-0000-0000-000000000000' }, token: 'none', answer: { id: 'string' },
    source: `${ios}/${iosCore}/AppEvents/Internal/Codeless/FBSDKCodelessIndexer.m`,
  },
  {
    sdk: 'Android', at: 'logIn', does: 'opens the dialog in the browser of the system', method: 'GET', path: '/v16.0/dialog/oauth',
    params: { client_id: '{app-id}', redirect_uri: 'fbconnect://cct.com.example.app', response_type: 'id_token,token,signed_request,graph_domain', scope: 'openid,public_profile,email', nonce: 'n-1', state: '{"0_auth_logger_id":"a","3_method":"custom_tab","7_challenge":"c"}', e2e: '{"init":1}', return_scopes: 'true', auth_type: 'rerequest', login_behavior: 'NATIVE_WITH_FALLBACK', sdk: 'android-18.3.0', sso: 'chrome_custom_tab', cct_prefetching: '0', default_audience: 'friends', ies: '1', cbt: '1800000000000' },
    token: 'none', answer: { redirect: ['access_token', 'id_token', 'signed_request', 'graph_domain', 'expires_in', 'data_access_expiration_time', 'granted_scopes', 'state'] },
    source: `${android}/${androidLogin}/CustomTabLoginMethodHandler.kt`,
  },
  {
    sdk: 'Android', at: 'logIn', does: 'opens the dialog in a web view', method: 'GET', path: '/v16.0/dialog/oauth',
    params: { client_id: '{app-id}', redirect_uri: 'fbconnect://success', response_type: 'token,signed_request,graph_domain', scope: 'public_profile,email', display: 'touch', state: '{"7_challenge":"c"}', return_scopes: 'true', sdk: 'android-18.3.0' },
    token: 'none', answer: { redirect: ['access_token', 'signed_request', 'graph_domain', 'expires_in', 'state'] },
    source: `${android}/${androidLogin}/WebViewLoginMethodHandler.kt`,
  },
  {
    sdk: 'Android', at: 'logIn', does: 'opens the dialog for a code that it alone can exchange', method: 'GET', path: '/v16.0/dialog/oauth',
    params: { client_id: '{app-id}', redirect_uri: 'fb{app-id}://authorize/', response_type: 'code,signed_request,graph_domain', scope: 'public_profile', code_challenge: '{challenge}', code_challenge_method: 'S256', state: '{"7_challenge":"c"}', return_scopes: 'true' },
    token: 'none', answer: { redirect: ['code', 'signed_request', 'state'] },
    source: `${android}/${androidLogin}/LoginMethodHandler.kt`,
  },
  {
    sdk: 'Android', at: 'logIn', does: 'exchanges that code without the secret', method: 'GET', path: '/v16.0/oauth/access_token',
    params: { code: '{code}', client_id: '{app-id}', redirect_uri: 'fb{app-id}://authorize/', code_verifier: '{verifier}', format: 'json' }, token: 'client', answer: { access_token: 'string', expires_in: 'number' },
    source: `${android}/${androidLogin}/PKCEUtil.kt`,
  },
  {
    sdk: 'Android', at: 'logIn', does: 'reads who has logged in', method: 'GET', path: '/v16.0/me',
    params: { fields: 'id,name,first_name,middle_name,last_name', format: 'json' }, token: 'user', answer: { id: 'string', name: 'string', first_name: 'string', last_name: 'string' },
    source: `${android}/${androidCore}/internal/Utility.kt`,
  },
  {
    sdk: 'Android', at: 'logIn', does: 'asks for a code to show, on a television', method: 'POST', path: '/v16.0/device/login',
    params: { scope: 'public_profile,email', redirect_uri: '', device_info: '{"device":"tv","model":"X"}' }, token: 'client', answer: { code: 'string', user_code: 'string', verification_uri: 'string', expires_in: 'number', interval: 'number' },
    source: `${android}/${androidLogin}/DeviceAuthDialog.kt`,
  },
  {
    sdk: 'Android', at: 'logIn', does: 'asks whether the person has decided, and waits', method: 'POST', path: '/v16.0/device/login_status',
    params: { code: '{device-code}' }, token: 'client', answer: { error: { error_subcode: 'number' } },
    source: `${android}/${androidLogin}/DeviceAuthDialog.kt`,
  },
  {
    sdk: 'iOS', at: 'logIn', does: 'opens the dialog in the browser of the system', method: 'GET', path: '/v21.0/dialog/oauth',
    params: { client_id: '{app-id}', redirect_uri: 'fb{app-id}://authorize', response_type: 'id_token,token_or_nonce,signed_request,graph_domain,user_token_nonce', scope: 'public_profile,email,openid', nonce: 'n-1', state: '{"challenge":"c","3_method":"sfvc_auth"}', display: 'touch', sdk: 'ios', sdk_version: '18.0.0', return_scopes: 'true', fbapp_pres: '0', ies: '1', e2e: '{"init":1}', cbt: '1800000000000', tp: 'unspecified', code_challenge_method: 'S256', code_challenge: '{challenge}', default_audience: 'friends', local_client_id: '' },
    token: 'none', answer: { redirect: ['signed_request', 'graph_domain', 'user_token_nonce', 'state'] },
    source: `${ios}/${iosLogin}/LoginManager.swift`,
  },
  {
    sdk: 'iOS', at: 'logIn', does: 'swaps the nonce that came in place of a token', method: 'GET', path: '/v21.0/oauth/access_token',
    params: { grant_type: 'fb_exchange_nonce', fb_exchange_nonce: '{nonce}', client_id: '{app-id}', fields: '' }, token: 'client', answer: { access_token: 'string', expires: 'number', data_access_expiration_time: 'number' },
    source: `${ios}/${iosLogin}/Internal/LoginURLCompleter.swift`,
  },
  {
    sdk: 'iOS', at: 'logIn', does: 'exchanges a code without the secret', method: 'GET', path: '/v21.0/oauth/access_token',
    params: { client_id: '{app-id}', redirect_uri: 'fb{app-id}://authorize', code_verifier: '{verifier}', code: '{code}' }, token: 'client', answer: { access_token: 'string' },
    source: `${ios}/${iosLogin}/Internal/LoginURLCompleter.swift`,
  },
  {
    sdk: 'iOS', at: 'logIn', does: 'reads who has logged in', method: 'GET', path: '/v21.0/me',
    params: { fields: 'id,first_name,middle_name,last_name,name', format: 'json', include_headers: 'false' }, token: 'user', answer: { id: 'string', name: 'string', first_name: 'string', last_name: 'string' },
    source: `${ios}/${iosCore}/Profile+Loading.swift`,
  },
  {
    sdk: 'iOS', at: 'logIn', does: 'reads whether the same person has renewed data access', method: 'GET', path: '/v21.0/me',
    params: { fields: '', format: 'json' }, token: 'user', answer: { id: 'string' },
    source: `${ios}/${iosLogin}/LoginManager.swift`,
  },
  {
    sdk: 'iOS', at: 'logIn', does: 'asks for a code to show, on a television', method: 'POST', path: '/v21.0/device/login',
    params: { scope: 'public_profile,email', redirect_uri: '', device_info: '{"device":"tv","model":"X"}' }, token: 'client', answer: { code: 'string', user_code: 'string', verification_uri: 'string', expires_in: 'number', interval: 'number' },
    source: `${ios}/${iosLogin}/DeviceLoginManager.swift`,
  },
  {
    sdk: 'iOS', at: 'logIn', does: 'asks whether the person has decided, and waits', method: 'POST', path: '/v21.0/device/login_status',
    params: { code: '{device-code}' }, token: 'client', answer: { error: { error_subcode: 'number' } },
    source: `${ios}/${iosLogin}/DeviceLoginManager.swift`,
  },
  {
    sdk: 'iOS', at: 'logIn', does: 'reads the person behind the token of a device', method: 'GET', path: '/v21.0/me',
    params: { fields: 'id,permissions' }, token: 'user', answer: { id: 'string', permissions: { data: 'list' } },
    source: `${ios}/${iosLogin}/DeviceLoginManager.swift`,
  },
  {
    sdk: 'Android', at: 'refresh', does: 'renews the token and reads its permissions, in one batch', method: 'POST', path: '/',
    params: { batch: `[{"method":"GET","relative_url":"v16.0/me/permissions?fields=permission%2Cstatus&access_token={user-token}"},{"method":"GET","relative_url":"v16.0/oauth/access_token?grant_type=fb_extend_sso_token&client_id={app-id}&fields=${encodeURIComponent(renewal)}&access_token={user-token}"}]`, batch_app_id: '{app-id}' },
    token: 'none', answer: 'list',
    source: `${android}/${androidCore}/AccessTokenManager.kt`,
  },
  {
    sdk: 'iOS', at: 'refresh', does: 'renews the token and reads its permissions, beside a call of the app', method: 'POST', path: '/v21.0/',
    params: { batch: `[{"method":"GET","relative_url":"v21.0/me?fields=id","name":"a"},{"method":"GET","relative_url":"v21.0/oauth/access_token?grant_type=fb_extend_sso_token&fields=&client_id={app-id}"},{"method":"GET","relative_url":"v21.0/me/permissions?fields="}]`, include_headers: 'false', format: 'json' },
    token: 'user', answer: 'list',
    source: `${ios}/${iosCore}/Internal/Network/GraphRequestPiggybackManager.swift`,
  },
  {
    sdk: 'iOS', at: 'limited', does: 'opens the dialog of Limited Login', method: 'GET', path: '/v21.0/dialog/oauth',
    params: { client_id: '{app-id}', redirect_uri: 'fb{app-id}://authorize', response_type: 'id_token,graph_domain,user_token_nonce', scope: 'public_profile,email,openid', nonce: 'n-1', state: '{"challenge":"c"}', tp: 'ios_14_do_not_track', display: 'touch', sdk: 'ios', return_scopes: 'true', dpop_jkt: '{thumbprint}' },
    token: 'none', answer: { redirect: ['id_token', 'user_token_nonce', 'graph_domain', 'state'] },
    source: `${ios}/${iosLogin}/LoginManager.swift`,
  },
  {
    sdk: 'iOS', at: 'limited', does: 'reads the certificates that sign id_tokens', method: 'GET', path: '/.well-known/oauth/openid/certs/',
    params: {}, token: 'none', answer: 'object',
    source: `${ios}/${iosLogin}/Internal/AuthenticationTokenFactory.swift`,
  },
  {
    sdk: 'Android', at: 'limited', does: 'reads the keys that sign id_tokens', method: 'GET', path: '/.well-known/oauth/openid/keys/',
    params: {}, token: 'none', answer: 'object',
    source: `${android}/${androidCore}/internal/security/OidcSecurityUtil.kt`,
  },
  {
    sdk: 'iOS', at: 'limited', does: 'renews the id_token by the key of the device', method: 'POST', path: '/limited_login/refresh/',
    params: { id_token_hint: '{id-token}', app_id: '{app-id}' }, token: 'none', answer: { error: 'string' },
    source: `${ios}/${iosLogin}/Internal/DirectRefreshSession.swift`,
  },
  ...(['Android', 'iOS'] as const).flatMap((sdk): SdkCall[] => {
    const version = sdk === 'iOS' ? '/v21.0' : '/v16.0';
    const source = (file: { android: string; ios: string }) =>
      sdk === 'iOS' ? `${ios}/${iosCore}/${file.ios}` : `${android}/${androidCore}/${file.android}`;
    return [
      {
        sdk, at: 'events', does: 'reports events', method: 'POST', path: `${version}/{app-id}/activities`,
        params: { event: 'CUSTOM_APP_EVENTS', custom_events: '[{"_eventName":"fb_mobile_activate_app"}]', application_package_name: 'com.example.app', format: 'json' },
        token: 'client', answer: success,
        source: source({ android: 'appevents/AppEventQueue.kt', ios: 'AppEvents/FBSDKAppEvents.m' }),
      },
      {
        sdk, at: 'events', does: 'reports a crash', method: 'POST', path: `${version}/{app-id}/instruments`,
        params: { crash_reports: '[{"type":"CrashReport"}]', format: 'json' }, token: 'client', answer: success,
        source: source({ android: 'internal/instrument/InstrumentManager.kt', ios: 'Internal/Instrument/CrashReport/FBSDKCrashObserver.m' }),
      },
      {
        sdk, at: 'events', does: 'reports a button whose meaning it guessed', method: 'POST', path: `${version}/{app-id}/suggested_events`,
        params: { event_name: 'fb_mobile_purchase', metadata: '{}', format: 'json' }, token: 'client', answer: success,
        source: source({ android: 'appevents/suggestedevents/ViewOnClickListener.kt', ios: 'AppEvents/Internal/SuggestedEvents/FBSDKSuggestedEventsIndexer.m' }),
      },
      {
        sdk, at: 'events', does: 'asks whether somebody chooses events on this screen', method: 'POST', path: `${version}/{app-id}/app_indexing_session`,
        params: { device_session_id: '00000000-0000-0000-0000-000000000000', extinfo: '["","","0","0","en_US"]', format: 'json' }, token: 'client', answer: { is_app_indexing_enabled: 'boolean' },
        source: source({ android: 'appevents/codeless/CodelessManager.kt', ios: 'AppEvents/Internal/Codeless/FBSDKCodelessIndexer.m' }),
      },
      {
        sdk, at: 'events', does: 'sends what is on the screen, while somebody chooses', method: 'POST', path: `${version}/{app-id}/app_indexing`,
        params: { tree: '{}', app_version: '1', platform: sdk.toLowerCase(), request_type: 'app_indexing', format: 'json' }, token: 'client', answer: success,
        source: source({ android: 'appevents/codeless/ViewIndexer.kt', ios: 'AppEvents/Internal/Codeless/FBSDKCodelessIndexer.m' }),
      },
    ];
  }),
];

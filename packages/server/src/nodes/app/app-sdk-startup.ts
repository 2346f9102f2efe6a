// The mobile SDKs make these calls when an app starts: nothing of it is kept or configured here, and each call is
// answered in the way that lets the SDK go on. Sources: the start-up requests of the Android and iOS SDKs; the crash
// reports of the business SDKs. Log-in itself needs none of them.
import { all, anyone, keysOf, ownApp, token, tokenKinds } from '@hallpass/protocol';
import { jsonOf, param } from '../../graph/language/params.ts';
import { type Edge, edge, type Field, fieldsOf } from '../../graph/language/schema.ts';
import type { App } from '../../store/apps/apps.ts';

/** Any living token of this very app, the client token included. */
const ofThisApp = all(token(...keysOf(tokenKinds)), ownApp);

const field = fieldsOf<App>();

/** Real settings of the SDKs that are at their defaults here: the SDK takes what is left out as not set. */
// biome-ignore format: a list of words
const notSet = [
  'aam_rules', 'android_dialog_configs', 'android_key_hash', 'android_sdk_error_categories', 'app_events_config', 'auto_event_mapping_android',
  'auto_event_mapping_ios', 'auto_event_setup_enabled', 'auto_log_app_events_default', 'auto_log_app_events_enabled', 'default_share_mode',
  'gdpv4_chrome_custom_tabs_enabled', 'gdpv4_nux_content', 'ios_bundle_id', 'ios_dialog_configs', 'ios_sdk_dialog_flows', 'ios_sdk_error_categories',
  'ios_supports_native_proxy_auth_flow', 'ios_supports_system_auth', 'logging_token', 'migl_setting', 'protected_mode_rules',
  'restrictive_data_filter_params', 'sdk_update_message', 'seamless_login', 'smart_login_bookmark_icon_url', 'smart_login_menu_icon_url',
  'suggested_events_setting',
];

/** Settings that an SDK needs a value of. */
const set = {
  supports_implicit_sdk_logging: false,
  gdpv4_nux_enabled: false,
  app_events_session_timeout: 60,
  app_events_feature_bitmask: 0,
} as const;

/** The fields of the app node that SDKs read first. */
export const sdkStartupFields: Readonly<Record<string, Field<App>>> = {
  ...Object.fromEntries(
    notSet.map((name) => [
      name,
      field.text('A setting of the mobile SDKs; left out, as it is not set.', { from: () => undefined }),
    ]),
  ),
  supports_implicit_sdk_logging: field.bool('Whether SDKs report events by themselves.', {
    from: () => set.supports_implicit_sdk_logging,
  }),
  gdpv4_nux_enabled: field.bool('Whether SDKs explain the log-in button to new people.', {
    from: () => set.gdpv4_nux_enabled,
  }),
  app_events_session_timeout: field.number('Seconds after which a new session of the app begins.', {
    from: () => set.app_events_session_timeout,
  }),
  app_events_feature_bitmask: field.number('Which kinds of events SDKs report by themselves: none.', {
    from: () => set.app_events_feature_bitmask,
  }),
};

/**
 * The iOS SDK reads its settings without any token, and the name of the app with them: that one is told to a token
 * alone. Source: `requestToLoadServerConfiguration` of the iOS SDK, whose flags skip the client token.
 */
export const sdkSettingsForAll = {
  ...Object.fromEntries(notSet.map((name) => [name, undefined])),
  ...set,
  name: undefined,
  server_domain_infos: undefined,
};

/** Lists that are empty here, and why an SDK asks for them. */
const emptyLists: Readonly<Record<string, string>> = {
  aem_conversion_configs: 'How conversions of advertisements are reported: nothing is configured.',
  cloudbridge_settings: 'Where events are sent besides: nowhere.',
  ios_skadnetwork_conversion_config: 'How conversions are reported on iOS: nothing is configured.',
  model_asset: 'Models that guess what buttons do: none.',
  server_domain_infos: 'Other hosts that SDKs should use: none.',
};

/** Reports that are taken and not kept. */
const reports: Readonly<Record<string, string>> = {
  aem_attribution: 'Takes what an advertisement led to; it is not kept.',
  aem_conversions: 'Takes conversions of advertisements; they are not kept.',
  app_indexing: 'Takes the buttons that are on a screen; they are not kept.',
  app_push_device_token: 'Takes the address of a device for notices; it is not kept.',
  domain_reports: 'Takes the hosts that an app was seen to use; they are not kept.',
  instruments: 'Takes crash reports of SDKs; they are not kept.',
  suggested_events: 'Takes the buttons that an SDK guesses a meaning of; they are not kept.',
};

/** No switch is set. */
const switches = async () => ({ data: [{ gatekeepers: [] }] });
const emptyList = async () => ({ data: [] });

export const appSdkStartup: Edge<App>[] = [
  edge('GET', 'mobile_sdk_gk', {
    doc: 'Switches of parts of the mobile SDKs: none is set, so every part keeps its default. Answered without a token too.',
    needs: anyone,
    params: { platform: param.text('ANDROID or IOS.'), sdk_version: param.text('Of the SDK that asks.') },
    forAnyId: switches,
    run: switches,
  }),
  ...Object.entries(emptyLists).map(([name, doc]) =>
    edge<App>('GET', name, {
      doc: `${doc} Answered without a token too.`,
      needs: anyone,
      forAnyId: emptyList,
      run: emptyList,
    }),
  ),
  edge('POST', 'app_indexing_session', {
    doc: 'Asks whether someone chooses events on the screen of this device just now: nobody does.',
    needs: ofThisApp,
    params: { device_session_id: param.text('Names the device.') },
    run: async () => ({ is_app_indexing_enabled: false }),
  }),
  edge('POST', 'activities', {
    doc: 'Takes the events that an app reports, and says how many there were; they are not kept.',
    needs: ofThisApp,
    params: {
      event: param.text('CUSTOM_APP_EVENTS, or MOBILE_APP_INSTALL.'),
      custom_events: param.asSent('list<object>', 'The events of CUSTOM_APP_EVENTS.'),
    },
    async run(_context, _app, { custom_events: events }) {
      const list = events === undefined ? undefined : jsonOf(events, 'custom_events');
      return { success: true, ...(Array.isArray(list) && list.length > 0 ? { events_received: list.length } : {}) };
    },
  }),
  ...Object.entries(reports).map(([name, doc]) =>
    edge<App>('POST', name, { doc, needs: ofThisApp, run: async () => ({ success: true }) }),
  ),
];

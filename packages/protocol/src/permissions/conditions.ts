// Conditions are what must be so for a call beside what its caller holds, by name: the words of "only where …" in a
// requirement. How each is found out stands with the node or the call that it is about, in the server.
import type { ErrorKey } from '../errors/errors.ts';

export interface ConditionEntry {
  /** Goes on after "only where". */
  readonly words: string;
  /** The error of a call for which it is not so. Its parameters are `method` and `name`, the verb and the parameter. */
  readonly error: ErrorKey;
}

const declared = {
  /** A real person is no target of the calls about test users (threats PR-08). */
  test_user: { words: 'the target is a test user', error: 'object.unsupported' },
  no_test_user: { words: "the target isn't a test user", error: 'permission.denied' },
  test_user_of_app: { words: 'the target is a test user of the app', error: 'object.unsupported' },
  test_user_in_app: {
    words: 'the target is a test user of the app, or was shared with it',
    error: 'object.unsupported',
  },
  app_made_post: { words: 'the app made the post', error: 'post.other_app' },
  marketing_access: { words: 'the app has access to the Marketing API', error: 'permission.capability' },
  proof_sent: { words: 'appsecret_proof is sent, over the token of the caller', error: 'proof.missing' },
  is_integration: {
    words: 'the caller is the system user that the app acts as for the business',
    error: 'permission.denied',
  },
  owned_by_nobody: { words: 'no business owns it', error: 'param.required' },
  has_ad_account: { words: 'the business has the ad account', error: 'param.invalid' },
  ad_account_known: { words: 'the caller holds a task on the ad account', error: 'param.invalid' },
  app_of_business: {
    words: 'the app is the one of the token (any, in the dashboard), and the business owns it or took it up',
    error: 'param.invalid',
  },
  named_marketing_access: {
    words: 'the app that is named has access to the Marketing API',
    error: 'permission.capability',
  },
  owns_marketing_app: {
    words: 'the business owns an app with access to the Marketing API',
    error: 'permission.capability',
  },
  business_owns_app: { words: 'the business owns the app of the token', error: 'permission.capability' },
  not_own_app: { words: 'the business does not own the app', error: 'param.invalid' },
  unreadable_token: { words: "the token can't be read, so it belongs to nobody", error: 'debug.other_app' },
  refusals_explained: {
    words: 'the server explains refusals to everyone, as an emulator does',
    error: 'debug.other_app',
  },
  api_settings: { words: 'the app allows API access to its settings', error: 'app.settings_closed' },
  settings_address: {
    words: 'the call comes from an address from which settings of the app may be changed',
    error: 'app.settings_address',
  },
  app_second_factor: {
    words: "the caller has two-factor authentication on, or the app doesn't require it",
    error: 'app.second_factor',
  },
  device_login: { words: 'Login from Devices is switched on for the app', error: 'permission.capability' },
} as const satisfies Record<string, ConditionEntry>;

export type Condition = keyof typeof declared;

export const conditions: Readonly<Record<Condition, ConditionEntry>> = declared;

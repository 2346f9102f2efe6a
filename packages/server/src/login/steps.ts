// The dialog as a list of steps, in the order in which things are found out. Each goes on, or says what the visit comes
// to. The whole list runs again at every request of the same dialog, so what changed meanwhile counts (threats DL-01,
// DL-16).
import { appKnown, appOpenTo, loginSwitchedOn, scopesKnown } from './steps/app.ts';
import { businessChosen } from './steps/business.ts';
import { configurationKnown } from './steps/configuration.ts';
import { allDecided, confirmed } from './steps/consent.ts';
import { pagesChosen } from './steps/pages.ts';
import { accountUsable, nonceFresh, passwordProven, personSignedIn } from './steps/person.ts';
import { redirectAllowed } from './steps/redirect.ts';
import { requestSound } from './steps/request.ts';
import { hintFits } from './steps/silent.ts';
import type { BlockReason, DialogStop, RedirectError, Visit } from './visit.ts';

interface Step {
  name: string;
  /** The parameters of the request that it looks at, also through what earlier steps made of them. */
  reads?: readonly string[];
  /** What it stops the dialog with, besides asking the person: a page of ours, or an error that the app is told. */
  says?: readonly (BlockReason | RedirectError)[];
  take(visit: Visit): Promise<DialogStop | undefined> | DialogStop | undefined;
}

export const steps: readonly Step[] = [
  {
    name: 'the app is known and not switched off',
    reads: ['client_id', 'app_id'],
    says: ['invalid_app_id', 'app_disabled'],
    take: appKnown,
  },
  {
    name: 'the address to answer at is one of the app',
    reads: ['redirect_uri'],
    says: ['redirect_uri_missing', 'redirect_uri', 'https_required', 'domain_not_listed', 'embedded_login_off'],
    take: redirectAllowed,
  },
  {
    name: 'the app allows this way of logging in',
    reads: ['redirect_uri'],
    says: ['client_login_off', 'web_login_off', 'sdk_login_off'],
    take: loginSwitchedOn,
  },
  {
    name: 'what Login for Business asks for is known, and fits the request',
    reads: [
      'config_id',
      'response_type',
      'scope',
      'display',
      'redirect_uri',
      'auth_type',
      'nonce',
      'code_challenge',
      'code_challenge_method',
      'dpop_jkt',
    ],
    says: ['config_unknown', 'config_response_type', 'config_surface', 'business_scope'],
    take: configurationKnown,
  },
  {
    name: 'the request can be understood',
    reads: ['response_type', 'auth_type', 'nonce', 'code_challenge', 'code_challenge_method', 'dpop_jkt'],
    says: ['unsupported_response_type', 'invalid_request'],
    take: requestSound,
  },
  {
    name: 'the nonce was not used before',
    reads: ['client_id', 'app_id', 'auth_nonce'],
    says: ['nonce_used'],
    take: nonceFresh,
  },
  { name: 'somebody is logged in', take: personSignedIn },
  { name: 'their account is neither locked nor unconfirmed', take: accountUsable },
  {
    name: 'an id_token that came along is theirs',
    reads: ['client_id', 'app_id', 'prompt', 'id_token_hint'],
    says: ['login_required'],
    take: hintFits,
  },
  { name: 'they may use the app', says: ['app_not_active'], take: appOpenTo },
  { name: 'the scopes exist', reads: ['scope'], says: ['invalid_scopes'], take: scopesKnown },
  { name: 'the password is asked where the app wants it', reads: ['auth_type'], take: passwordProven },
  {
    name: 'everything asked is decided',
    reads: ['scope', 'auth_type', 'config_id', 'response_type'],
    says: ['config_permissions'],
    take: allDecided,
  },
  { name: 'the business is chosen, where one connects the app', reads: ['config_id'], take: businessChosen },
  { name: 'the Pages are chosen', reads: ['config_id'], take: pagesChosen },
  {
    name: 'the person said to go on, or need not',
    reads: ['auth_type', 'prompt', 'redirect_uri', 'force_confirmation'],
    take: confirmed,
  },
];

/** Runs the steps. Undefined means that nothing is left but to record the grant and to answer. */
export async function walk(visit: Visit): Promise<DialogStop | undefined> {
  for (const step of steps) {
    const stop = await step.take(visit);
    if (stop) return stop;
  }
  return undefined;
}

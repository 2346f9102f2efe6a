// This module reads the parameters of the dialog as one value, read once and never changed. Source: section 2.1 of the
// protocol reference; what the SDKs send besides is ignored.
import {
  isIn,
  limitedLoginPermissions,
  readScope,
  type RequestedScope,
  requestedScope,
  shape,
} from '@hallpass/protocol';
import { type Challenge, challengeShape } from '../codes/pkce.ts';
import { type Pairs, readPairs } from './pairs.ts';
import { isIdTokenOnly, isLimitedForm, readResponseType, type ResponseWord, responseWords } from './response-type.ts';
import { AppId } from '../store/ids.ts';

const authTypes = ['rerequest', 'reauthenticate', 'reauthorize'] as const;
type AuthType = (typeof authTypes)[number];

/** An error that is told to the app at its own address (D-error in the threat catalogue). */
type RequestFault = 'unsupported_response_type' | 'invalid_request';

export interface DialogRequest {
  /** The version that stood in the address; undefined where none did. */
  version?: string | undefined;
  appId: AppId;
  redirectUri: string | undefined;
  responses: ResponseWord[];
  scope: RequestedScope;
  /** Returned as it came, byte for byte; absent stays absent. */
  state: string | undefined;
  /** Timing notes of the mobile SDKs, returned likewise. */
  e2e: string | undefined;
  authType: AuthType[];
  authNonce: string | undefined;
  challenge: Challenge | undefined;
  nonce: string | undefined;
  /** `dpop_jkt` */
  thumbprint: string | undefined;
  /** Limited Login: an id_token, and nothing of the Graph. */
  limited: boolean;
  /** `prompt=none`: nothing may be shown. */
  silent: boolean;
  idTokenHint: string | undefined;
  returnScopes: boolean;
  forceConfirmation: boolean;
  /** The configuration of Login for Business that is asked for. */
  configId: string | undefined;
  /** Shown on a phone, as the mobile SDKs ask for it. */
  touch: boolean;
  /** Asked by the JavaScript SDK. */
  fromSdk?: boolean | undefined;
  fault: RequestFault | undefined;
  /** The statements that a form sent back must not contradict (threats DL-05). */
  stated: Record<string, string>;
}

/** As it is stored, and sealed, while the dialog goes on. */
export const requestShape = shape.object<DialogRequest>({
  version: shape.optional(shape.text),
  appId: AppId.shape,
  redirectUri: shape.optional(shape.text),
  responses: shape.listOf(shape.keyOf(responseWords)),
  scope: requestedScope,
  state: shape.optional(shape.text),
  e2e: shape.optional(shape.text),
  authType: shape.listOf(shape.oneOf(...authTypes)),
  authNonce: shape.optional(shape.text),
  challenge: shape.optional(challengeShape),
  nonce: shape.optional(shape.text),
  thumbprint: shape.optional(shape.text),
  limited: shape.boolean,
  silent: shape.boolean,
  idTokenHint: shape.optional(shape.text),
  returnScopes: shape.boolean,
  forceConfirmation: shape.boolean,
  configId: shape.optional(shape.text),
  touch: shape.boolean,
  fromSdk: shape.optional(shape.boolean),
  fault: shape.optional(shape.oneOf('unsupported_response_type', 'invalid_request')),
  stated: shape.mapOf(shape.text),
});

type ReadRequest =
  | { request: DialogRequest; blocked?: undefined }
  | { request?: undefined; blocked: 'duplicate_parameter' | 'invalid_parameter' | 'invalid_app_id' };

const KEPT = 4096;
const LONGEST_NONCE = 256;
const LONGEST_HINT = 16_384;
/**
 * Parameters that count also where they are empty: those that the app gets back as it sent them, and those whose absence
 * would mean less protection than an app asked for (threats DL-02).
 */
const keptWhenEmpty: ReadonlySet<string> = new Set([
  'state',
  'e2e',
  'response_type',
  'code_challenge',
  'code_challenge_method',
  'dpop_jkt',
]);

/** Names that mean something here: even the same value twice is refused. */
const known = [
  'client_id',
  'app_id',
  'redirect_uri',
  'state',
  'response_type',
  'scope',
  'auth_type',
  'auth_nonce',
  'display',
  'config_id',
  'nonce',
  'code_challenge',
  'code_challenge_method',
  'return_scopes',
  'e2e',
  'dpop_jkt',
  'prompt',
  'id_token_hint',
  'user_token_nonce',
  'force_confirmation',
  'access_token',
];

/** A person’s form may not change these. */
export const settled = [
  'client_id',
  'app_id',
  'redirect_uri',
  'response_type',
  'scope',
  'state',
  'auth_type',
  'auth_nonce',
  'code_challenge',
  'config_id',
  'nonce',
] as const;

/**
 * Reads the query of a dialog. @param limitedHost it was asked of the host of Limited Login, which gives nothing else
 */
export function readRequest(query: string, limitedHost = false): ReadRequest {
  const pairs = readPairs(query);
  if (typeof pairs === 'string')
    return { blocked: pairs === 'duplicate' ? 'duplicate_parameter' : 'invalid_parameter' };
  // Empty text counts as absent, as it does on the Graph.
  const values: ReadonlyMap<string, string> = new Map(
    [...pairs.values].filter(([name, value]) => value !== '' || keptWhenEmpty.has(name)),
  );
  // `scope[]=…` beside `scope=…` is a second value for readers that know such names.
  const bracketed = known.some(
    (name) => pairs.values.has(name) && [...pairs.values.keys()].some((other) => other.startsWith(`${name}[`)),
  );
  if (bracketed || known.some((name) => pairs.repeated.has(name))) return { blocked: 'duplicate_parameter' };
  const named = values.get('client_id') ?? values.get('app_id') ?? '';
  if ((values.get('app_id') ?? named) !== named) return { blocked: 'duplicate_parameter' };
  const appId = AppId.parse(named);
  if (appId === undefined) return { blocked: 'invalid_app_id' };
  const kept = [values.get('state'), values.get('e2e')];
  if (kept.some((value) => value !== undefined && Buffer.byteLength(value) > KEPT))
    return { blocked: 'invalid_parameter' };
  const nonces = [
    values.get('auth_nonce'),
    values.get('nonce'),
    values.get('dpop_jkt'),
    values.get('user_token_nonce'),
  ];
  if (nonces.some((value) => value !== undefined && Buffer.byteLength(value) > LONGEST_NONCE))
    return { blocked: 'invalid_parameter' };
  if ((values.get('id_token_hint') ?? '').length > LONGEST_HINT) return { blocked: 'invalid_parameter' };
  return understood(appId, values, limitedHost);
}

function understood(appId: AppId, values: Pairs['values'], limitedHost: boolean): ReadRequest {
  const responses = readResponseType(values.get('response_type'));
  if (responses.fault === 'repeated') return { blocked: 'duplicate_parameter' };
  const authType = (values.get('auth_type') ?? '').split(/[\s,]+/).filter(Boolean);
  const challenge = readChallenge(values.get('code_challenge'), values.get('code_challenge_method'));
  const nonce = values.get('nonce');
  const words = responses.words ?? new Set<ResponseWord>();
  const limited = limitedHost || isLimitedForm(words);
  const unsupported = responses.fault !== undefined || (limited && !isIdTokenOnly(words));
  const scope = readScope(values.get('scope') ?? '');
  const wrong =
    challenge === 'wrong' ||
    !authType.every((word) => isIn(authTypes, word)) ||
    (nonce !== undefined && /\s/.test(nonce)) ||
    (words.has('id_token') && nonce === undefined) ||
    (values.has('dpop_jkt') && !/^[\w-]{43}$/.test(values.get('dpop_jkt') ?? ''));
  return {
    request: {
      appId,
      redirectUri: values.get('redirect_uri'),
      responses: [...words],
      scope: limited ? limitedScope(scope) : scope,
      state: values.get('state'),
      e2e: values.get('e2e'),
      authType: authType.filter((word) => isIn(authTypes, word)),
      authNonce: values.get('auth_nonce'),
      challenge: challenge === 'wrong' ? undefined : challenge,
      nonce,
      thumbprint: values.get('dpop_jkt'),
      limited,
      silent: values.get('prompt') === 'none',
      idTokenHint: values.get('id_token_hint'),
      returnScopes: isOn(values.get('return_scopes')),
      forceConfirmation: isOn(values.get('force_confirmation')),
      configId: values.get('config_id'),
      touch: values.get('display') === 'touch',
      ...(values.get('sdk') === 'joey' ? { fromSdk: true } : {}),
      fault: unsupported ? 'unsupported_response_type' : wrong ? 'invalid_request' : undefined,
      stated: Object.fromEntries(settled.flatMap((name) => (values.has(name) ? [[name, values.get(name) ?? '']] : []))),
    },
  };
}

/** Takes words that Limited Login may not ask for as words that name nothing. */
function limitedScope(scope: RequestedScope): RequestedScope {
  const [allowed, others] = [true, false].map((wanted) =>
    scope.permissions.filter((name) => limitedLoginPermissions.has(name) === wanted),
  );
  return { ...scope, permissions: allowed ?? [], unknown: [...scope.unknown, ...(others ?? [])] };
}

const isOn = (value: string | undefined): boolean => value === 'true' || value === '1';

/** PKCE (RFC 7636): `plain` where no method is named; Android writes the name of its enum. */
function readChallenge(value: string | undefined, method: string | undefined): Challenge | undefined | 'wrong' {
  if (value === undefined) return method === undefined ? undefined : 'wrong';
  if (method === 'S256') return /^[\w-]{43}$/.test(value) ? { value, method } : 'wrong';
  if (method === undefined || method === 'plain' || method === 'PLAIN')
    return /^[\w.~-]{43,128}$/.test(value) ? { value, method: 'plain' } : 'wrong';
  return 'wrong';
}

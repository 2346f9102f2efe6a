// Everything that a program keeps of its person from one run to the next, as one text for its store.
import { parseJson, shape } from '@hallpass/protocol';
import { AccessToken } from '../access-token.ts';
import { type AccessTokenJson, accessTokenShape } from '../access-token-json.ts';
import {
  AuthenticationToken,
  type AuthenticationTokenJson,
  authenticationTokenShape,
} from '../limited/authentication-token.ts';
import type { DeviceKey } from '../limited/dpop.ts';

export interface KeptState {
  accessToken?: AccessToken | undefined;
  authenticationToken?: AuthenticationToken | undefined;
  /** Names the person to the next Limited Login. */
  userTokenNonce?: string | undefined;
  /** Renews the Limited Login. */
  deviceKey?: DeviceKey | undefined;
}

interface StateJson {
  access_token?: AccessTokenJson | undefined;
  authentication_token?: AuthenticationTokenJson | undefined;
  user_token_nonce?: string | undefined;
  device_key?: DeviceKey | undefined;
}

const stateShape = shape.object<StateJson>({
  access_token: shape.optional(accessTokenShape),
  authentication_token: shape.optional(authenticationTokenShape),
  user_token_nonce: shape.optional(shape.text),
  device_key: shape.optional(shape.object<DeviceKey>({ crv: shape.text, x: shape.text, y: shape.text, d: shape.text })),
});

/** Nothing for a text that cannot be read: the person logs in once more. */
export function readState(text: string | undefined, now: () => number): KeptState {
  const json = parseJson(stateShape, text ?? '');
  if (!json) return {};
  return {
    accessToken: AccessToken.fromJSON(json.access_token, now),
    authenticationToken: json.authentication_token && readToken(json.authentication_token),
    userTokenNonce: json.user_token_nonce,
    deviceKey: json.device_key,
  };
}

function readToken(json: AuthenticationTokenJson): AuthenticationToken | undefined {
  try {
    return new AuthenticationToken(json);
  } catch {
    return undefined;
  }
}

/** Undefined where there is nothing to keep. */
export function writeState({
  accessToken,
  authenticationToken,
  userTokenNonce,
  deviceKey,
}: KeptState): string | undefined {
  const json: StateJson = {
    access_token: accessToken?.toJSON(),
    authentication_token: authenticationToken?.toJSON(),
    user_token_nonce: userTokenNonce,
    device_key: deviceKey,
  };
  return Object.values(json).some((value) => value !== undefined) ? JSON.stringify(json) : undefined;
}

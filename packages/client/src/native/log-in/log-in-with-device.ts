// Logs a person in where there is no browser: they type a short code on another device, and this one asks until they
// have decided. Source: the device log-in of the mobile SDKs.
import { shape, type Shape } from '@hallpass/protocol';
import { GraphError, NoGraph } from '../../errors.ts';
import { numberOf } from '../facts.ts';
import { endOf, momentOf } from '../renewal.ts';
import type { TokenManager } from '../token-manager.ts';
import { finishLogIn, type LogInResult } from './finish-log-in.ts';
import { LogInCancelled, LogInFailed } from './log-in-errors.ts';

export interface DeviceCode {
  /** The code to type. */
  userCode: string;
  /** The page on which it is typed. */
  verificationUri: string;
  /** Until then. */
  expires: Date;
}

export interface DeviceLogInOptions {
  /** Permissions to ask for. */
  scope?: readonly string[] | undefined;
  /** Shows the person what to do. */
  show(code: DeviceCode): void | Promise<void>;
  /** The name of this device for the person who decides. */
  device?: string | undefined;
  /** Ends the waiting for the person. */
  signal?: AbortSignal | undefined;
}

const subcodes = { pending: 1349174, slowDown: 1349172, expired: 1349152, declined: 1349173 } as const;

interface Begun {
  code: string;
  user_code: string;
  verification_uri: string;
  expires_in: number;
  interval: number;
}

const begunShape = shape.object<Begun>({
  code: shape.text,
  user_code: shape.text,
  verification_uri: shape.text,
  expires_in: shape.number,
  interval: shape.number,
});

/** Seconds, as texts or as numbers. */
const seconds: Shape<string | number> = shape.either(shape.text, shape.number);

interface Done {
  access_token: string;
  expires_in?: string | number | undefined;
  data_access_expiration_time?: string | number | undefined;
}

const doneShape = shape.object<Done>({
  access_token: shape.text,
  expires_in: shape.optional(seconds),
  data_access_expiration_time: shape.optional(seconds),
});

/**
 * Needs the client token of the app.
 * @throws LogInCancelled | LogInFailed | GraphError | NoGraph, or the reason of the signal
 */
export async function logInWithDevice(manager: TokenManager, options: DeviceLogInOptions): Promise<LogInResult> {
  const { scope = [], show, device, signal } = options;
  const { client, surroundings, clientAccessToken: token } = manager;
  if (token === undefined) throw new TypeError('A log-in by a device code needs the client token of the app.');
  const params = {
    scope: scope.join(','),
    ...(device === undefined ? {} : { device_info: JSON.stringify({ device }) }),
  };
  const begun = await client.post('/device/login', { params, token });
  if (!begunShape(begun)) throw new NoGraph('The answer holds no code for a device.');
  const expires = new Date(surroundings.now() + begun.expires_in * 1000);
  await show({ userCode: begun.user_code, verificationUri: begun.verification_uri, expires });
  for (let interval = begun.interval; ; ) {
    await surroundings.pause(interval * 1000, signal);
    const answer = await client.post('/device/login_status', { params: { code: begun.code }, token }).catch(refusalOf);
    if (answer instanceof GraphError) {
      if (answer.subcode === subcodes.slowDown) interval *= 2;
      continue;
    }
    if (!doneShape(answer)) throw new NoGraph('The answer holds no token of a device.');
    const made = {
      token: answer.access_token,
      source: 'DEVICE_AUTH',
      expires: endOf({ expires_in: numberOf(answer.expires_in) }, surroundings.now()),
      dataAccessExpirationTime: momentOf(numberOf(answer.data_access_expiration_time) ?? 0),
    } as const;
    return finishLogIn(manager, made, scope);
  }
}

/** A refusal after which the device asks again; every other one is thrown. */
function refusalOf(error: unknown): GraphError {
  if (!(error instanceof GraphError)) throw error;
  if (error.subcode === subcodes.pending || error.subcode === subcodes.slowDown) return error;
  if (error.subcode === subcodes.declined) throw new LogInCancelled('The log-in was declined.');
  if (error.subcode === subcodes.expired)
    throw new LogInFailed('The code has expired: begin the log-in again.', 'code_expired');
  throw error;
}

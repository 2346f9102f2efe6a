// Devices without a browser log in here: the device shows a short code, the person types it on another machine, the
// device polls until it gets its token. Sources: the polls and answers of the mobile SDKs; RFC 8628 for what guards
// them. Only keyed hashes of both codes are stored, under a key that changes with a fence, so codes of before a
// restored backup are unknown.
import {
  graphError,
  lifetimes,
  readJson,
  refuseUnchecked,
  type RequestedScope,
  requestedScope,
  shape,
} from '@hallpass/protocol';
import { keyedHashText } from '../hash.ts';
import { change, type Change, type ChangeContext } from '../liveness/change.ts';
import { check } from '../liveness/check.ts';
import { type AppCredential, credentialMark } from '../liveness/waiting/credential-mark.ts';
import type { Installation } from '../installation/installation.ts';
import { remint } from '../installation/mint.ts';
import { stands } from '../liveness/waiting/waiting.ts';
import { deviceCode } from '../liveness/waiting/waiting-kinds.ts';
import type { App } from '../store/apps/apps.ts';
import * as deviceCodes from '../store/codes/device-codes.ts';
import { fingerprint } from '../tokens/fingerprint.ts';
import { recordShape } from '../tokens/record.ts';
import { loginTokenLife } from './token-life.ts';
import type { AppId } from '../store/ids.ts';

/** The request of a device; never changed after it is stored. */
export interface DeviceRequest {
  scope: RequestedScope;
  /** Network prefix of the device. */
  ipPrefix: string;
  /** The name that the device gives itself: anybody can write anything here. */
  device?: string | undefined;
  /** The version of the Graph that the device called. */
  version?: string | undefined;
}

/** As it is stored until the code is over. */
export const deviceRequestShape = shape.object<DeviceRequest>({
  scope: requestedScope,
  ipPrefix: shape.text,
  device: shape.optional(shape.text),
  version: shape.optional(shape.text),
});

/** RFC 8628, section 6.1: letters without vowels, so that no words come out. */
const LETTERS = 'BCDFGHJKLMNPQRSTVWXZ';
const USER_CODE = 8;
/** The largest multiple of twenty in a byte: what is above would make some letters more likely than others. */
const FAIR = 240;
const codeForm = /^[\w-]{43}$/;

const deviceHash = ({ keys }: Pick<Installation, 'keys'>, code: string): string =>
  keyedHashText(keys.interaction, `device|${code}`);
const userHash = ({ keys }: Pick<Installation, 'keys'>, code: string): string =>
  keyedHashText(keys.interaction, `user-code|${code}`);

function newUserCode({ world }: Pick<Installation, 'world'>): string {
  let code = '';
  while (code.length < USER_CODE)
    for (const byte of world.random.bytes(16))
      if (byte < FAIR && code.length < USER_CODE) code += LETTERS[byte % LETTERS.length];
  return code;
}

/** Reads what somebody typed, as the code is written; undefined for what can be none. */
export function readUserCode(typed: string): string | undefined {
  const code = typed.replace(/[\s-]/g, '').toUpperCase();
  return code.length === USER_CODE && [...code].every((letter) => LETTERS.includes(letter)) ? code : undefined;
}

/**
 * Codes of one app that wait at once, of one network and of all: anybody can ask for them with what every copy of the
 * app holds.
 */
const OF_NETWORK = 50;
const OF_APP = 5000;

/** True when the app may have one more row (threats DL-21). Codes that have expired make room. */
async function hasRoom(tx: Change['tx'], appId: AppId, ipPrefix: string, now: number): Promise<boolean> {
  if ((await deviceCodes.count(tx, appId, { ipPrefix, now })) >= OF_NETWORK) return false;
  const all = await deviceCodes.count(tx, appId, 'all');
  return all < OF_APP || all - (await deviceCodes.deleteExpired(tx, appId, now)) < OF_APP;
}

/**
 * Gives a device its two codes. @param credential by which the app asks: the codes end with it. @throws GraphError
 * limit.app where too many of its network, or of all devices of the app, wait for their people
 */
export async function issueDeviceCode(
  installation: ChangeContext & Pick<Installation, 'settings'>,
  app: App,
  credential: AppCredential,
  request: DeviceRequest,
): Promise<{ code: string; userCode: string }> {
  const now = installation.world.clock.now();
  const code = Buffer.from(installation.world.random.bytes(32)).toString('base64url');
  const { ipPrefix } = request;
  const userCode = await change(installation, async ({ tx }) => {
    if (installation.settings.guessingLimits && !(await hasRoom(tx, app.id, ipPrefix, now))) return undefined;
    for (;;) {
      const userCode = newUserCode(installation);
      const row = {
        hash: deviceHash(installation, code),
        user_code: userHash(installation, userCode),
        app_id: app.id,
        ip_prefix: ipPrefix,
        request: JSON.stringify(request),
        state: 'waiting' as const,
        made_with: credentialMark(installation, app, credential),
        session_id: null,
        record: null,
        polled_at: null,
        created_at: now,
        expires_at: now + lifetimes.deviceCode,
      };
      if (await deviceCodes.insert(tx, row)) return userCode;
    }
  });
  if (userCode === undefined) throw graphError('limit.app').retryIn(lifetimes.deviceCode);
  installation.world.log('info', 'device.issued', {
    outcome: 'ok',
    appId: app.id,
    actorKind: 'app',
    actorId: app.id,
    ipPrefix,
  });
  return { code, userCode };
}

/** The code that somebody typed, while it can still be decided on. @param userCode as `readUserCode` gives it */
export async function waitingCode(
  installation: Pick<Installation, 'db' | 'keys' | 'sealer' | 'world'>,
  userCode: string,
): Promise<deviceCodes.DeviceCode | undefined> {
  const row = await deviceCodes.byUserCode(installation.db.read, userHash(installation, userCode));
  if (row?.state !== 'waiting' || row.expires_at <= installation.world.clock.now()) return undefined;
  return (await stands(installation, installation.db.read, deviceCode, row)) ? row : undefined;
}

interface DeviceToken {
  token: string;
  /** Epoch seconds; 0 = never. */
  expiresAt: number;
  /** Epoch seconds. */
  dataAccessUntil: number;
}

/**
 * One poll of a device.
 * @throws GraphError param.invalid for an unknown code and for one of another app, device.*, token.* where the log-in
 * has
 *   ended since
 */
export async function pollDeviceCode(
  installation: ChangeContext & Pick<Installation, 'ring'>,
  app: App,
  code: string,
  traceId: string,
): Promise<DeviceToken> {
  const now = installation.world.clock.now();
  const row = codeForm.test(code)
    ? await deviceCodes.find(installation.db.read, deviceHash(installation, code))
    : undefined;
  if (!row || row.app_id !== app.id) throw graphError('param.invalid', { name: 'code' });
  if (row.state === 'taken' || row.expires_at <= now) throw graphError('device.expired');
  if (row.state === 'denied') throw graphError('device.declined');
  if (row.state === 'waiting') {
    const inTime = await change(installation, ({ tx }) => deviceCodes.polled(tx, row.hash, now, lifetimes.devicePoll));
    throw graphError(inTime ? 'device.pending' : 'device.slow_down');
  }
  return takeToken(installation, app, row, now, traceId);
}

/**
 * The record was settled when the person decided, epochs included: whatever ended the log-in since ends this token too
 * (threats RR-03).
 */
async function takeToken(
  installation: ChangeContext & Pick<Installation, 'ring'>,
  app: App,
  row: deviceCodes.DeviceCode,
  now: number,
  traceId: string,
): Promise<DeviceToken> {
  const record = readJson(recordShape, row.record ?? '');
  const liveness = await check(installation, record);
  if (!liveness.alive) throw refuseUnchecked(liveness.death.error, liveness.death.params);
  const grant = await installation.facts.grant(app.id, record.user);
  if (!grant) throw graphError('token.app_removed', { app: app.id });
  const { expiresAt, longLived } = loginTokenLife('native', 'server', {
    now,
    marketingTier: app.settings.marketingTier,
  });
  const token = remint(installation, record, { issuedAt: now, expiresAt, longLived });
  const first = await change(installation, async ({ tx, event }) => {
    if (!(await deviceCodes.take(tx, row.hash))) return false;
    const who = { appId: app.id, actorKind: 'app', actorId: app.id, targetId: record.user, requestId: traceId };
    event({
      name: 'token.issued',
      outcome: 'ok',
      reason: 'device',
      tokenFp: fingerprint(installation.keys, token),
      ...who,
    });
    return true;
  });
  if (!first) throw graphError('device.expired');
  return { token, expiresAt, dataAccessUntil: grant.dataAccessUntil };
}

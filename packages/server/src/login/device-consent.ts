// A person decides here about a log-in on a device: what is asked, who may decide, and the one change that records it.
// Nothing is given that the person did not see (invariant I-12), and only the session that typed the code first decides
// (threats RR-05).
import { type Permission, permissions, readJson } from '@hallpass/protocol';
import type { PagesChosen } from '../consent/page-choice.ts';
import { type DeviceRequest, deviceRequestShape } from '../codes/device-codes.ts';
import { giveGrant, Overtaken } from '../consent/give-grant.ts';
import type { SignedInPerson } from '../people/sign-in/sessions.ts';
import { change } from '../liveness/change.ts';
import { actorFacts } from '../installation/events.ts';
import type { Installation } from '../installation/installation.ts';
import { mint, newId } from '../installation/mint.ts';
import { stands } from '../liveness/waiting/waiting.ts';
import { deviceCode } from '../liveness/waiting/waiting-kinds.ts';
import { isLetIn } from '../people/restrictions.ts';
import type { App } from '../store/apps/apps.ts';
import { logsInFromDevices } from '../store/apps/apps.ts';
import * as deviceCodes from '../store/codes/device-codes.ts';
import type { Grant } from '../store/grants/grants.ts';
import { type RequestedPermissions, requestedPermissions } from './requested-permissions.ts';
import { consentedGrant } from './consented-grant.ts';

/** Seconds for which a password that was given still counts, where more is asked than name and e-mail address. */
const FRESH = 600;

export interface DeviceVisit {
  row: deviceCodes.DeviceCode;
  request: DeviceRequest;
  app: App;
  insider: boolean;
  grant: Grant | null;
  wanted: RequestedPermissions;
}

/** Undefined where the app is gone, or may not log this person in: the code is then as good as unknown. */
export async function deviceVisit(
  installation: Installation,
  me: SignedInPerson,
  row: deviceCodes.DeviceCode,
): Promise<DeviceVisit | undefined> {
  const { facts } = installation;
  const app = await facts.app(row.app_id);
  if (!app || app.status !== 'active' || !logsInFromDevices(app)) return undefined;
  const insider = (await facts.appRoles(app.id, me.person.id)).length > 0 || me.person.testUserOf === app.id;
  const closed = app.mode === 'development' || me.person.testUserOf !== null;
  if (!insider && (closed || !isLetIn(app, me.person, installation.world.clock.now()))) return undefined;
  const request = readJson(deviceRequestShape, row.request);
  const grant = await facts.grant(app.id, me.person.id);
  return {
    row,
    request,
    app,
    insider,
    grant,
    wanted: requestedPermissions({ authType: [], scope: request.scope }, app, insider, grant),
  };
}

/** True when the password must be given once more: the token will carry what is granted already, too. */
export function needsPassword({ wanted }: DeviceVisit, { session }: SignedInPerson, now: number): boolean {
  const sensitive = [...wanted.ask, ...wanted.granted].some((name) => permissions[name].level !== 'basic');
  return sensitive && now - session.proven_at >= FRESH;
}

interface DeviceAnswer {
  /** The permissions that the page showed. */
  shown: readonly string[];
  agreed: readonly Permission[];
  pages: PagesChosen | undefined;
}

/** Lets the app log in on the device. @returns false when it cannot be decided any more, or not like this */
export async function approveDevice(
  installation: Installation,
  me: SignedInPerson,
  visit: DeviceVisit,
  answer: DeviceAnswer,
): Promise<boolean> {
  const { app, insider, request, row } = visit;
  const now = installation.world.clock.now();
  const about = { app: app.id, user: me.person.id, session: me.session.id, login: newId(installation) };
  const by = { kind: 'person' as const, id: me.person.id };
  try {
    await change(installation, async (making) => {
      making.event({
        name: 'device.approved',
        outcome: 'ok',
        appId: app.id,
        ...actorFacts(by),
        targetId: me.person.id,
      });
      await giveGrant(installation, making, {
        appId: app.id,
        person: me.person,
        session: me.session.id,
        by,
        reason: 'device',
        version: request.version,
        now,
        decide(before) {
          const wanted = requestedPermissions({ authType: [], scope: request.scope }, app, insider, before ?? null);
          if (wanted.ask.some((name) => !answer.shown.includes(name))) throw new Overtaken('changed');
          const { agreed, pages } = answer;
          return consentedGrant(before, { appId: app.id, personId: me.person.id, wanted, agreed, pages, now });
        },
        async mint() {
          const life = { issuedAt: now, expiresAt: 0, longLived: true, native: true };
          const { record } = await mint(installation, making.tx, {
            kind: 'user',
            ...about,
            ...life,
            authType: undefined,
            authNonce: undefined,
          });
          if (!(await stands(installation, making.tx, deviceCode, row))) throw new Overtaken('changed');
          const decision = { state: 'approved' as const, session: me.session.id, record: JSON.stringify(record), now };
          if (!(await deviceCodes.decide(making.tx, row.hash, decision))) throw new Overtaken('changed');
        },
      });
    });
    return true;
  } catch (error) {
    if (error instanceof Overtaken) return false;
    throw error;
  }
}

/** @returns false when it was decided already, or is not this session's to decide */
export function denyDevice(installation: Installation, me: SignedInPerson, { row }: DeviceVisit): Promise<boolean> {
  const now = installation.world.clock.now();
  return change(installation, async ({ tx, event }) => {
    if (!(await deviceCodes.decide(tx, row.hash, { state: 'denied', session: me.session.id, record: null, now })))
      return false;
    event({
      name: 'device.denied',
      outcome: 'refused',
      reason: 'user_denied',
      appId: row.app_id,
      actorKind: 'person',
      actorId: me.person.id,
    });
    return true;
  });
}

/** Binds the code to the session that typed it first. @returns false for everybody after it */
export function claimDevice(installation: Installation, me: SignedInPerson, { row }: DeviceVisit): Promise<boolean> {
  return change(installation, async ({ tx, event }) => {
    if (!(await deviceCodes.claim(tx, row.hash, me.session.id, installation.world.clock.now()))) return false;
    event({
      name: 'device.claimed',
      outcome: 'ok',
      appId: row.app_id,
      actorKind: 'person',
      actorId: me.person.id,
      targetId: me.session.id,
    });
    return true;
  });
}

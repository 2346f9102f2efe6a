// This table holds everything that waits for somebody's answer: who made it, what they must hold, and how it is
// withdrawn. A thing of a new kind gets its entry here and is judged by `stands` where it is used. Codes and links that
// carry a login are judged by the epochs in them instead (check.ts), which is the same rule for tokens that have not
// been made yet.
import { readJson, rolesThatMay, shape } from '@hallpass/protocol';
import * as accessRequests from '../../store/apps/access-requests.ts';
import * as appInvitations from '../../store/apps/app-invitations.ts';
import * as apps from '../../store/apps/apps.ts';
import * as invitations from '../../store/businesses/business-invitations.ts';
import * as businesses from '../../store/businesses/businesses.ts';
import * as deviceCodes from '../../store/codes/device-codes.ts';
import * as pageRequests from '../../store/pages/page-requests.ts';
import * as singleUse from '../../store/codes/single-use.ts';
import type { Query } from '../../store/query.ts';
import type { TouchedRights } from '../../store/waiting-rows.ts';
import { credentialMark } from './credential-mark.ts';
import type { Installation } from '../../installation/installation.ts';
import type { MakerRight } from './maker-rights.ts';
import { rightsTouched, type WaitingKind, withdrawAllOf, withdrawEnded, type Withdrawing } from './waiting.ts';
import { type AppId, BusinessId, PersonId } from '../../store/ids.ts';

const bySystem = { actorKind: 'system' } as const;
const ENDED = 'its maker may not make it any more';

const runs = (businessId: BusinessId): MakerRight => ({ of: 'business', id: businessId, roles: ['ADMIN'] });

const through = (app: AppId | null): MakerRight[] =>
  app === null ? [] : [{ of: 'grant', app, permission: 'business_management' }];

export const appInvitation: WaitingKind<appInvitations.Invitation> = {
  doc: 'An invitation to a role on an app, until the invited person answers.',
  rows: { table: 'app_invitations', key: 'id', columns: { people: ['invited_by'], apps: ['app_id'] } },
  find: appInvitations.byId,
  maker: (row) => row.invitedBy,
  needs: (row) => [{ of: 'app', id: row.appId, roles: rolesThatMay('change_roles') }],
  unchanged: isActive,
  async withdraw({ tx, event }, { id, appId }) {
    if (!(await appInvitations.remove(tx, id))) return;
    event({ name: 'role.invitation.ended', outcome: 'ok', reason: ENDED, appId, ...bySystem, targetId: id });
  },
};

export const accessRequest: WaitingKind<accessRequests.AccessRequest> = {
  doc: 'A request of an app for advanced access, until a reviewer decides.',
  rows: {
    table: 'access_requests',
    key: 'id',
    waits: { column: 'state', is: 'pending' },
    columns: { people: ['requested_by'], apps: ['app_id'] },
  },
  find: accessRequests.byId,
  maker: (row) => row.requestedBy,
  needs: (row) => [{ of: 'app', id: row.appId, roles: rolesThatMay('ask_access') }],
  unchanged: isActive,
  async withdraw({ tx, event }, { id, appId, permission }, now) {
    if (!(await accessRequests.decide(tx, id, { state: 'withdrawn', by: null, at: now, reason: null }))) return;
    event({
      name: 'app.access.withdrawn',
      outcome: 'ok',
      reason: `${permission}: ${ENDED}`,
      appId,
      ...bySystem,
      targetId: id,
    });
  },
};

export const businessInvitation: WaitingKind<invitations.Invitation> = {
  doc: 'An invitation into a business, until the invited person answers.',
  rows: {
    table: 'business_invitations',
    key: 'id',
    waits: { column: 'state', is: 'pending' },
    columns: {
      people: ['offered_by'],
      callers: ['offered_by'],
      apps: ['offered_through'],
      businesses: ['business_id'],
    },
  },
  find: invitations.byId,
  maker: (row) => row.offeredBy,
  needs: (row) => [runs(row.businessId), ...through(row.offeredThrough)],
  async withdraw({ tx, event }, { id, businessId }) {
    if (!(await invitations.end(tx, id, 'cancelled'))) return;
    event({
      name: 'business.invitation',
      outcome: 'ok',
      reason: `cancelled: ${ENDED}`,
      ...bySystem,
      targetId: businessId,
    });
  },
};

export const pageRequest: WaitingKind<pageRequests.PageRequest> = {
  doc: 'A request of a business to work on the Page of another one, until the owner answers.',
  rows: {
    table: 'page_requests',
    key: 'id',
    waits: { column: 'state', is: 'pending' },
    columns: {
      people: ['created_by'],
      callers: ['created_by'],
      apps: ['made_through'],
      businesses: ['business_id'],
      pages: ['page_id'],
    },
  },
  find: pageRequests.byId,
  maker: (row) => row.createdBy,
  needs: (row) => [runs(row.businessId), ...through(row.madeThrough)],
  unchanged: async (_installation, q, row) => (await businesses.ownerOfPage(q, row.pageId)) === row.ownerId,
  async withdraw({ tx, event }, { id, businessId, pageId }) {
    if (!(await pageRequests.end(tx, id, 'cancelled'))) return;
    event({
      name: 'business.page_request',
      outcome: 'ok',
      reason: `cancelled: page ${pageId}: ${ENDED}`,
      ...bySystem,
      targetId: businessId,
    });
  },
};

export const deviceCode: WaitingKind<deviceCodes.DeviceCode> = {
  doc: 'The code of a device, until a person decides about it: made by an app with one of its tokens.',
  rows: {
    table: 'device_codes',
    key: 'hash',
    waits: { column: 'state', is: 'waiting' },
    columns: { apps: ['app_id'] },
  },
  find: deviceCodes.find,
  maker: () => null,
  needs: () => [],
  async unchanged(installation, q, row) {
    const app = await apps.byId(q, installation.sealer, row.app_id);
    if (app?.status !== 'active' || !apps.logsInFromDevices(app)) return false;
    return (['client', 'app'] as const).some(
      (credential) => row.made_with === credentialMark(installation, app, credential),
    );
  },
  async withdraw({ tx, event }, { hash, app_id }, now) {
    if (!(await deviceCodes.expire(tx, hash, now))) return;
    event({ name: 'device.withdrawn', outcome: 'ok', reason: ENDED, appId: app_id, ...bySystem });
  },
};

/** The code of a dialog in which somebody connected an app for a business. */
interface IntegrationCode {
  hash: string;
  appId: AppId;
  /** The person who said yes. */
  by: PersonId;
  businessId: BusinessId;
}

/** This part of the payload of a code matters here. */
const codePayload = shape.object<{ integration?: Pick<IntegrationCode, 'by' | 'businessId'> }>({
  integration: shape.optional(
    shape.object<Pick<IntegrationCode, 'by' | 'businessId'>>({ by: PersonId.shape, businessId: BusinessId.shape }),
  ),
});

export const integrationCode: WaitingKind<IntegrationCode> = {
  doc: 'The code of a dialog in which an administrator connected an app for a business, until the app exchanges it.',
  rows: {
    table: 'single_use',
    key: 'hash',
    waits: { column: 'used_at', is: null },
    columns: { people: ['person_id'] },
  },
  async find(q, hash) {
    const row = await singleUse.find(q, hash);
    if (row?.kind !== 'code' || row.app_id === null) return undefined;
    const { integration } = readJson(codePayload, row.payload);
    return integration && { hash, appId: row.app_id, by: integration.by, businessId: integration.businessId };
  },
  maker: (row) => row.by,
  needs: (row) => [runs(row.businessId)],
  async withdraw({ tx, event }, { hash, appId, by }, now) {
    if (!(await singleUse.consume(tx, hash, now))) return;
    event({ name: 'code.withdrawn', outcome: 'ok', reason: ENDED, appId, ...bySystem, targetId: by });
  },
};

async function isActive(
  { sealer }: Pick<Installation, 'sealer'>,
  q: Query,
  { appId }: { appId: AppId },
): Promise<boolean> {
  return (await apps.byId(q, sealer, appId))?.status === 'active';
}

/** Closes over the type of a kind's rows, so that kinds of different rows can stand in one list. */
const sweepsOf = <Row>(kind: WaitingKind<Row>) => ({
  ended: (installation: Pick<Installation, 'keys' | 'sealer' | 'world'>, change: Withdrawing, touched: TouchedRights) =>
    withdrawEnded(installation, change, kind, touched),
  madeBy: (change: Withdrawing, personId: PersonId, now: number) => withdrawAllOf(change, kind, personId, now),
});

const sweeps = [
  sweepsOf(appInvitation),
  sweepsOf(accessRequest),
  sweepsOf(businessInvitation),
  sweepsOf(pageRequest),
  sweepsOf(deviceCode),
  sweepsOf(integrationCode),
];

/**
 * Withdraws, at the end of a change, whatever waits by a right that the change took away. @param keys what it touched
 */
export async function withdrawWaiting(
  installation: Pick<Installation, 'keys' | 'sealer' | 'world'>,
  change: Withdrawing,
  keys: Iterable<string>,
): Promise<void> {
  const touched = rightsTouched(keys);
  if (touched) for (const { ended } of sweeps) await ended(installation, change, touched);
}

/** Withdraws all that a person made, for an account that goes: afterwards nothing names the person. */
export async function withdrawMadeBy(change: Withdrawing, personId: PersonId, now: number): Promise<void> {
  for (const { madeBy } of sweeps) await madeBy(change, personId, now);
}

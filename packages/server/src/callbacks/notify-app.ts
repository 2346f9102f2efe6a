// These calls tell the server of an app what happened: that a person removed the app (deauthorize), that a person wants
// data deleted, and which permissions were granted or revoked. Each is queued in the very change it tells of; nothing
// is queued for an app that gave no address. Sources: the data deletion callback page; webhooks for the permissions
// object.
import type { Permission } from '@hallpass/protocol';
import type { Change } from '../liveness/change.ts';
import * as apps from '../store/apps/apps.ts';
import type { NewDelivery } from '../store/outbox/outbox.ts';
import * as grants from '../store/grants/grants.ts';
import { nameParts, type Person } from '../store/people/people.ts';
import type { NoticeKind } from '../store/outbox/tables.ts';
import * as scopedIds from '../store/people/scoped-ids.ts';
import * as subscriptions from '../store/apps/subscriptions.ts';
import { CONNECTED } from './notice-fields.ts';
import type { AppId, PersonId } from '../store/ids.ts';

/**
 * One change of an object, as a notice spells it: with its new value, or for `connected` with the verb beside the
 * field.
 */
export type NotificationPair = { field: string; value: unknown } | { field: string; verb: PermissionVerb };

type PermissionVerb = 'granted' | 'revoked';

/**
 * An entry of a notice, kept with its values: the subscription that is in force when it is sent decides whether they
 * are told.
 */
export interface NoticeEntry {
  id: string;
  uid?: string;
  /** Epoch seconds. */
  time: number;
  changes: NotificationPair[];
  [key: string]: unknown;
}

type Permissions = Readonly<Record<string, grants.Permit>>;

interface Pair {
  appId: AppId;
  personId: PersonId;
}

/** Tells the app that it was removed. Before the app-scoped id goes. */
export async function notifyRemoval(making: Change, { appId, personId }: Pair): Promise<void> {
  const { deauthCallbackUrl } = await apps.receivers(making.tx, appId);
  if (deauthCallbackUrl === '') return;
  const user = await scopedIds.of(making.tx, appId, personId);
  if (user !== undefined) making.queue({ appId, kind: 'deauthorize', payload: { user_id: user } });
}

/** Asks the app to delete what it has about the person, who is shown what becomes of it. */
export async function requestDataDeletion(making: Change, { appId, personId }: Pair): Promise<void> {
  const { dataDeletionUrl } = await apps.receivers(making.tx, appId);
  const user = await scopedIds.of(making.tx, appId, personId);
  if (user === undefined) return;
  const asked: NewDelivery = { appId, kind: 'data_deletion', personId, payload: { user_id: user } };
  making.queue(dataDeletionUrl === '' ? { ...asked, failed: 'no_receiver' } : asked);
  making.event({
    name: 'data_deletion.asked',
    outcome: 'ok',
    appId,
    actorKind: 'person',
    actorId: personId,
    targetId: personId,
  });
}

/** Tells the app which permissions were granted and revoked between two states of a grant; undefined for no grant. */
export async function notifyPermissions(
  making: Change,
  { appId, personId }: Pair,
  { before, after, now }: { before: Permissions | undefined; after: Permissions | undefined; now: number },
): Promise<void> {
  const changes = [...connectionChanges(before, after), ...permissionChanges(before ?? {}, after ?? {})];
  if (changes.length === 0) return;
  const subscription = await subscriptions.of(making.tx, appId, 'permissions');
  if (!subscription) return;
  const user = await scopedIds.of(making.tx, appId, personId);
  if (user !== undefined) queueNotice(making, subscription, { id: user, uid: user, time: now, changes });
}

/** Tells every app that the person uses of a new name, and of the parts of it that are new. */
export async function notifyNameChange(making: Change, before: Person, name: string, now: number): Promise<void> {
  const parts = nameParts(name);
  const fields = [
    ['name', before.name, name],
    ['first_name', before.firstName, parts.firstName],
    ['middle_name', before.middleName, parts.middleName],
    ['last_name', before.lastName, parts.lastName],
  ] as const;
  const changes = fields.flatMap(([field, was, value]) => (was === value ? [] : [{ field, value: value ?? '' }]));
  await notifyUser(making, before.id, now, changes);
}

/** Tells every app that may read the address of a person of a new one. */
export const notifyEmailChange = (making: Change, personId: PersonId, email: string, now: number): Promise<void> =>
  notifyUser(making, personId, now, [{ field: 'email', value: email }], 'email');

/** Tells the apps that the person uses of changes about the person; with a permission, those that have it. */
async function notifyUser(
  making: Change,
  personId: PersonId,
  now: number,
  changes: NotificationPair[],
  permission?: Permission,
): Promise<void> {
  for (const { appId, permissions } of await grants.ofPerson(making.tx, personId)) {
    if (permission !== undefined && permissions[permission]?.status !== 'granted') continue;
    const subscription = await subscriptions.of(making.tx, appId, 'user');
    const user = subscription && (await scopedIds.of(making.tx, appId, personId));
    if (subscription && user !== undefined)
      queueNotice(making, subscription, { id: user, uid: user, time: now, changes });
  }
}

/**
 * Tells every app that may see the friends of the person of a new one, by the id by which it knows that one. The form of
 * the value is ours: the reference names the field and prints no notice of it.
 */
export async function notifyFriendship(
  making: Change,
  personId: PersonId,
  friendId: PersonId,
  now: number,
): Promise<void> {
  for (const { appId, permissions } of await grants.ofPerson(making.tx, personId)) {
    if (permissions['user_friends']?.status !== 'granted') continue;
    const subscription = await subscriptions.of(making.tx, appId, 'user');
    if (!subscription) continue;
    const [user, friend] = [
      await scopedIds.of(making.tx, appId, personId),
      await scopedIds.of(making.tx, appId, friendId),
    ];
    if (user === undefined || friend === undefined) continue;
    const changes = [{ field: 'friends', value: { verb: 'add', id: friend } }];
    queueNotice(making, subscription, { id: user, uid: user, time: now, changes });
  }
}

/** Queues those of the changes that the app wants to hear of. */
export function queueNotice(making: Change, subscription: subscriptions.Subscription, entry: NoticeEntry): void {
  const wanted = new Set(subscription.fields.map(({ name }) => name));
  const changes = entry.changes.filter(({ field }) => wanted.has(field));
  const kind: NoticeKind = subscription.object;
  if (changes.length > 0) making.queue({ appId: subscription.appId, kind, payload: { ...entry, changes } });
}

/** A person who adds the app connects it, and one who removes it ends that, whatever the permissions. */
function connectionChanges(before: Permissions | undefined, after: Permissions | undefined): NotificationPair[] {
  if ((before === undefined) === (after === undefined)) return [];
  return [{ field: CONNECTED, verb: after === undefined ? 'revoked' : 'granted' }];
}

/** A permission that is limited to objects is granted and revoked for each of them. */
export function permissionChanges(
  before: Permissions,
  after: Permissions,
): { field: string; value: { verb: PermissionVerb; target_ids?: readonly string[] } }[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names.flatMap((field) => {
    const [was, is] = [grantedTo(before[field]), grantedTo(after[field])];
    const notice = (verb: PermissionVerb, targets: Targets) => {
      if (targets !== 'all' && targets.length === 0) return [];
      return [{ field, value: { verb, ...(targets === 'all' ? {} : { target_ids: targets }) } }];
    };
    if (Array.isArray(was) && Array.isArray(is))
      return [...notice('revoked', without(was, is)), ...notice('granted', without(is, was))];
    if (was === is) return [];
    return [
      ...(was === undefined || is === 'all' ? [] : notice('revoked', was)),
      ...(is === undefined ? [] : notice('granted', is)),
    ];
  });
}

type Targets = 'all' | readonly string[];

const without = (ids: readonly string[], others: readonly string[]): string[] =>
  ids.filter((id) => !others.includes(id));

function grantedTo(permit: grants.Permit | undefined): Targets | undefined {
  if (permit?.status !== 'granted') return undefined;
  return permit.targets ?? 'all';
}

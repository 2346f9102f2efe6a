// These queries are about apps with their settings and roles. A deleted app keeps its row (its id must never come
// back); its secrets are emptied.
import { prepare, type SealedLocation, SealError, type Sealer } from '@hallpass/db';
import {
  appSettingRows,
  type AppSettings,
  entriesOf,
  isVersion,
  marketingTiers,
  readJson,
  scopeKey,
  type Shape,
  shape,
} from '@hallpass/protocol';
import { sql } from 'kysely';
import * as epochs from '../installation/epochs.ts';
import type { AppsTable } from './tables.ts';
import { deleteFrom, holdRows, insertInto, updateTable } from '../facts/fact-writes.ts';
import type { ChangeTransaction, Query } from '../query.ts';
import type { AppId, PersonId } from '../ids.ts';

export type { AppSettings } from '@hallpass/protocol';

/** These settings hold as long as nothing was set. */
export const defaultSettings = Object.fromEntries(
  appSettingRows.map(([key, { default: value }]) => [key, value]),
) as unknown as AppSettings;

const kindOf = (value: unknown): string => (Array.isArray(value) ? 'list' : typeof value);

/** Only what was changed is stored; each value is of the kind of its default. */
const settingsShape: Shape<Partial<AppSettings>> = (value): value is Partial<AppSettings> =>
  shape.anyObject(value) &&
  entriesOf(defaultSettings).every(
    ([key, normal]) => value[key] === undefined || kindOf(value[key]) === kindOf(normal),
  ) &&
  Object.values(value).every((one) => !Array.isArray(one) || one.every(shape.text)) &&
  shape.optional(isVersion)(value.defaultVersion) &&
  shape.optional(shape.oneOf('classic', 'business'))(value.loginType) &&
  shape.optional(shape.keyOf(marketingTiers))(value.marketingTier);

export interface App {
  id: AppId;
  name: string;
  mode: AppsTable['mode'];
  type: AppsTable['type'];
  status: AppsTable['status'];
  /**
   * The secret in the clear, in memory only. Where the stored one does not open, it is a value that nobody can know.
   */
  secret: string;
  /** Counts the resets of the secret. */
  secretEpoch: number;
  clientToken: string;
  settings: AppSettings;
  createdAt: number;
}

/**
 * True when the secret of the app counts as known: people carry a native or desktop app home, and its makers have not
 * said that the secret stays with them.
 */
export const secretIsKnown = ({ type, settings }: Pick<App, 'type' | 'settings'>): boolean =>
  type === 'native' && settings.appSecretEmbedded;

/** True when people may log in to the app from devices without a browser. */
export const logsInFromDevices = ({ settings }: App): boolean => settings.deviceLogin && settings.clientOauthLogin;

/** The secret is sealed for its epoch, so that an older one, put back into the row, does not open (threats CR-05). */
const place = (column: 'secret' | 'client_token', id: AppId, epoch = 0) => ({
  table: 'apps',
  column,
  row: epoch === 0 ? id : `${id}@${epoch}`,
});

const scopeOf = (id: string): string => scopeKey('app_secret', { app: id }) ?? '';

const secretEpoch =
  sql<number>`coalesce((select epoch from epochs where scope = ${sql.lit(scopeOf(''))} || apps.id), 0)`.as(
    'secret_epoch',
  );

interface StoredApp extends AppsTable {
  secret_epoch: number;
}

const read = (row: StoredApp, sealer: Sealer): App => ({
  id: row.id,
  name: row.name,
  mode: row.mode,
  type: row.type,
  status: row.status,
  secret: opened(row.secret, sealer, place('secret', row.id, row.secret_epoch)),
  secretEpoch: row.secret_epoch,
  clientToken: opened(row.client_token, sealer, place('client_token', row.id)),
  settings: { ...defaultSettings, ...readJson(settingsShape, row.settings) },
  createdAt: row.created_at,
});

/**
 * A value that cannot be opened counts as missing, and never as empty: it is replaced by a value that was never told to
 * anybody.
 */
function opened(sealed: string, sealer: Sealer, at: SealedLocation): string {
  if (sealed === '') return '';
  try {
    return sealer.open(sealed, at);
  } catch (error) {
    if (error instanceof SealError) return sealer.seal('', at);
    throw error;
  }
}

const one = prepare((db: Query, params: { id: AppId }) =>
  db.selectFrom('apps').selectAll().select(secretEpoch).where('id', '=', params.id),
);

export async function byId(q: Query, sealer: Sealer, id: AppId): Promise<App | undefined> {
  const row = await one.first(q, { id });
  return row && read(row, sealer);
}

/** Lists the addresses at which the app wants to be called; none where it does not, or is gone. */
export async function receivers(
  q: Query,
  id: AppId,
): Promise<Pick<AppSettings, 'deauthCallbackUrl' | 'dataDeletionUrl'>> {
  const { deauthCallbackUrl, dataDeletionUrl } = await settingsOf(q, id);
  return { deauthCallbackUrl, dataDeletionUrl };
}

/** The settings of an app; the defaults where it is gone. */
async function settingsOf(q: Query, id: AppId): Promise<AppSettings> {
  const row = await q
    .selectFrom('apps')
    .select('settings')
    .where('id', '=', id)
    .where('status', '!=', 'deleted')
    .executeTakeFirst();
  return { ...defaultSettings, ...(row && readJson(settingsShape, row.settings)) };
}

/** A setting that is an address for alerts about the app. */
export type AlertAddress = 'contactEmail' | 'updateNotificationEmail';

/** The settings whose addresses are told of alerts, each address once; administrators of the app are told as such. */
export async function alertAddresses(q: Query, id: AppId): Promise<AlertAddress[]> {
  const { contactEmail, updateNotificationEmail } = await settingsOf(q, id);
  const administrators = await q
    .selectFrom('app_roles')
    .innerJoin('people', 'people.id', 'app_roles.person_id')
    .select('people.email')
    .where('app_roles.app_id', '=', id)
    .where('app_roles.role', '=', 'administrators')
    .execute();
  const told = new Set(['', ...administrators.flatMap(({ email }) => email ?? [])]);
  const wanted: AlertAddress[] = told.has(contactEmail) ? [] : ['contactEmail'];
  told.add(contactEmail);
  return told.has(updateNotificationEmail) ? wanted : [...wanted, 'updateNotificationEmail'];
}

/** Reads the app and keeps others from changing it until this change has ended: for read, decide, write back. */
export async function holdForChange(tx: ChangeTransaction, sealer: Sealer, id: AppId): Promise<App | undefined> {
  const [row] = await holdRows(tx, 'apps', 'name', { id });
  return row && read({ ...row, secret_epoch: await epochs.ofScope(tx, scopeOf(id)) }, sealer);
}

/** True when the id was ever given, also to an app that was deleted. */
export async function exists(q: Query, id: AppId): Promise<boolean> {
  return (await q.selectFrom('apps').select('id').where('id', '=', id).executeTakeFirst()) !== undefined;
}

export async function all(q: Query, sealer: Sealer): Promise<App[]> {
  return (await q.selectFrom('apps').selectAll().select(secretEpoch).orderBy('created_at').orderBy('id').execute()).map(
    (row) => read(row, sealer),
  );
}

export async function insert(tx: ChangeTransaction, sealer: Sealer, app: Omit<App, 'secretEpoch'>): Promise<void> {
  await insertInto(tx, 'apps', (rows) =>
    rows.values({
      id: app.id,
      name: app.name,
      mode: app.mode,
      type: app.type,
      status: app.status,
      secret: sealer.seal(app.secret, place('secret', app.id)),
      client_token: sealer.seal(app.clientToken, place('client_token', app.id)),
      settings: JSON.stringify(app.settings),
      created_at: app.createdAt,
    }),
  );
}

export async function update(
  tx: ChangeTransaction,
  id: AppId,
  change: Partial<Pick<App, 'name' | 'mode' | 'type' | 'status' | 'settings'>>,
): Promise<void> {
  const { settings, ...plain } = change;
  const values = { ...plain, ...(settings ? { settings: JSON.stringify(settings) } : {}) };
  await updateTable(tx, 'apps', (rows) => rows.set(values).where('id', '=', id));
}

/** Must be called after the epoch has moved on. */
export async function setSecret(tx: ChangeTransaction, sealer: Sealer, id: AppId, secret: string): Promise<void> {
  const sealed = sealer.seal(secret, place('secret', id, await epochs.ofScope(tx, scopeOf(id))));
  await updateTable(tx, 'apps', (rows) => rows.set({ secret: sealed }).where('id', '=', id));
}

export async function setClientToken(
  tx: ChangeTransaction,
  sealer: Sealer,
  id: AppId,
  clientToken: string,
): Promise<void> {
  const sealed = sealer.seal(clientToken, place('client_token', id));
  await updateTable(tx, 'apps', (rows) => rows.set({ client_token: sealed }).where('id', '=', id));
}

/** Marks the app deleted and empties its secrets. */
export async function remove(tx: ChangeTransaction, id: AppId): Promise<void> {
  const values = { status: 'deleted', secret: '', client_token: '' } as const;
  await updateTable(tx, 'apps', (rows) => rows.set(values).where('id', '=', id));
}

/** Roles of one person on one app. */
const rolesOfOne = prepare((db: Query, params: { app: AppId; person: PersonId }) =>
  db.selectFrom('app_roles').select('role').where('app_id', '=', params.app).where('person_id', '=', params.person),
);

export async function rolesOf(q: Query, appId: AppId, personId: PersonId): Promise<string[]> {
  const rows = await rolesOfOne.all(q, { app: appId, person: personId });
  return rows.map((row) => row.role);
}

export async function roles(q: Query, appId: AppId): Promise<{ personId: PersonId; role: string }[]> {
  const rows = await q
    .selectFrom('app_roles')
    .selectAll()
    .where('app_id', '=', appId)
    .orderBy('created_at')
    .orderBy('person_id')
    .execute();
  return rows.map((row) => ({ personId: row.person_id, role: row.role }));
}

export async function appsWithRole(q: Query, personId: PersonId): Promise<AppId[]> {
  const rows = await q
    .selectFrom('app_roles')
    .select('app_id')
    .where('person_id', '=', personId)
    .orderBy('app_id')
    .execute();
  return [...new Set(rows.map((row) => row.app_id))];
}

/** Ids of the apps in one state on which a person has a role, in the order of their ids. */
export async function appsInState(q: Query, personId: PersonId, status: App['status']): Promise<AppId[]> {
  const rows = await q
    .selectFrom('app_roles')
    .innerJoin('apps', 'apps.id', 'app_roles.app_id')
    .select('app_roles.app_id')
    .distinct()
    .where('app_roles.person_id', '=', personId)
    .where('apps.status', '=', status)
    .orderBy('app_roles.app_id')
    .execute();
  return rows.map((row) => row.app_id);
}

/** The people who run the app. */
export async function administratorsOf(q: Query, appId: AppId): Promise<PersonId[]> {
  const rows = await q
    .selectFrom('app_roles')
    .select('person_id')
    .where('app_id', '=', appId)
    .where('role', '=', 'administrators')
    .orderBy('person_id')
    .execute();
  return rows.map((row) => row.person_id);
}

/** Counts the apps, deleted ones left out, that the person is an administrator of. */
export async function countRun(q: Query, personId: PersonId): Promise<number> {
  const row = await q
    .selectFrom('app_roles')
    .innerJoin('apps', 'apps.id', 'app_roles.app_id')
    .select((e) => e.fn.countAll<number>().as('n'))
    .where('app_roles.person_id', '=', personId)
    .where('app_roles.role', '=', 'administrators')
    .where('apps.status', '!=', 'deleted')
    .executeTakeFirstOrThrow();
  return Number(row.n);
}

export async function addRole(
  tx: ChangeTransaction,
  appId: AppId,
  personId: PersonId,
  role: string,
  now: number,
): Promise<void> {
  await insertInto(tx, 'app_roles', (rows) =>
    rows
      .values({ app_id: appId, person_id: personId, role, created_at: now })
      .onConflict((c) => c.columns(['app_id', 'person_id', 'role']).doNothing()),
  );
}

export async function removeRole(
  tx: ChangeTransaction,
  appId: AppId,
  personId: PersonId,
  role: string,
): Promise<boolean> {
  const gone = await deleteFrom(tx, 'app_roles', (rows) =>
    rows.where('app_id', '=', appId).where('person_id', '=', personId).where('role', '=', role),
  );
  return gone.length > 0;
}

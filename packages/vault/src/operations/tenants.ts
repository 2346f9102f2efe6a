// An operator does these things with tenants: each may have keys of its own, wrapped by a master key of its own. Without that
// nothing of the tenant opens, and where its keys are destroyed nothing of it opens ever again.
import { type Kysely, sql } from 'kysely';
import { KEYS_CHANGED, SHARED, VAULT_SOURCE } from '../keys/keyring.ts';
import type { VaultParts } from '../parts.ts';
import { VaultRefusal } from '../refusals.ts';
import { deleteKeysOf, insertKey, rewrapKey } from '../store/keys/keys.ts';
import type { VaultSchema } from '../store/schema.ts';
import { allTenants, deleteTenant, insertTenant, setKeySource } from '../store/keys/tenants.ts';
import { tenantTables } from './backup-format.ts';
import { keysOf, pastGrace, resealAll, type RotationOptions } from './rotate-keys.ts';

type Parts = Pick<VaultParts, 'db' | 'keys' | 'world'>;

/** @throws VaultRefusal `bad_tenant` for a name that can’t be one */
export function checkTenant(name: string): void {
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(name)) throw new VaultRefusal('bad_tenant');
}

/** A tenant, and the keys it hangs on. */
export interface TenantStanding {
  name: string;
  connections: number;
  /** The name of the master key that wraps its keys; absent where it shares the keys of the vault. */
  keySource?: string;
  /** The reason why it is sealed; absent while it is open. */
  sealedBecause?: string;
}

/** Every tenant of which something is stored, by name. @throws VaultSealed, StorageUnavailable */
export async function listTenants({ db, keys }: Parts): Promise<TenantStanding[]> {
  keys.requireOpen();
  const own = new Map((await allTenants(db.read)).map(({ name, key_source }) => [name, key_source]));
  const named = await sql<{ tenant: string }>`select tenant from connections union select tenant from apps
    union select tenant from api_keys union select tenant from webhooks`.execute(db.read);
  const counted = await sql<{ tenant: string; n: number }>`select tenant, count(*) as n from connections
    group by tenant`.execute(db.read);
  const counts = new Map(counted.rows.map(({ tenant, n }) => [tenant, Number(n)]));
  const names = new Set([...own.keys(), ...named.rows.map(({ tenant }) => tenant)]);
  return [...names].sort().map((name) => {
    const keySource = own.get(name);
    const sealedBecause = keys.tenantSealedBecause(name);
    return {
      name,
      connections: counts.get(name) ?? 0,
      ...(keySource !== undefined && { keySource }),
      ...(sealedBecause !== undefined && { sealedBecause }),
    };
  });
}

export interface TenantKeyOptions extends Pick<RotationOptions, 'grace' | 'progress'> {
  /** The name of its master key; that of the vault without it. The vault was told of such names when it was opened. */
  source?: string;
}

export interface TenantKeyChange {
  name: string;
  keySource: string;
  /** Values that were sealed anew, because they were sealed with keys that tenants share. */
  resealed: number;
  /** Values that no key opens: they were damaged or moved before, and are left as they are. */
  unreadable: number;
}

/**
 * Makes a tenant with a key of its own.
 *
 * @throws VaultSealed, MasterKeyUnavailable, StorageUnavailable, VaultRefusal `bad_tenant`, `tenant_exists`
 */
export async function createTenant(
  parts: Parts,
  name: string,
  options: TenantKeyOptions = {},
): Promise<TenantKeyChange> {
  checkTenant(name);
  parts.keys.requireOpen();
  await parts.keys.reload();
  if (parts.keys.ownerFor(name) !== SHARED) throw new VaultRefusal('tenant_exists', { name });
  return giveOwnKey(parts, name, options);
}

/**
 * Gives a tenant a key of its own and seals its values anew with it; where it has one, wraps it by another master key,
 * for which no value is sealed anew. Processes that run go on.
 *
 * @throws VaultSealed where its present master key is not to be had, MasterKeyUnavailable, StorageUnavailable,
 * VaultRefusal `bad_tenant`
 */
export async function setTenantKey(
  parts: Parts,
  name: string,
  options: TenantKeyOptions = {},
): Promise<TenantKeyChange> {
  const { db, keys, world } = parts;
  checkTenant(name);
  await keys.reload();
  keys.requireOpen(name);
  const before = (await allTenants(db.read)).find((tenant) => tenant.name === name);
  if (before === undefined) return giveOwnKey(parts, name, options);
  const { source: keySource = VAULT_SOURCE } = options;
  const [from, to] = [keys.sourceNamed(before.key_source), keys.sourceNamed(keySource)];
  const wrapped = new Map<string, string>();
  for (const row of await keysOf(parts, name)) {
    const text = await keys.rewrap(row, to, from);
    // A master key that doesn't give back what it was given would seal the tenant for good.
    await keys.unwrap({ ...row, wrapped: text }, to);
    wrapped.set(row.id, text);
  }
  await db.act(async (act) => {
    await db.inOrder(act, 'vault-keys');
    for (const [id, text] of wrapped) await rewrapKey(act.tx, id, text);
    await setKeySource(act.tx, name, keySource);
    db.tell(act, KEYS_CHANGED);
  });
  await keys.reload();
  world.log('info', 'vault keys of a tenant wrapped again', { tenant: name, source: to.label });
  return { name, keySource, resealed: 0, unreadable: 0 };
}

async function giveOwnKey(
  parts: Parts,
  name: string,
  { source: keySource = VAULT_SOURCE, grace, progress }: TenantKeyOptions,
): Promise<TenantKeyChange> {
  const { db, keys, world } = parts;
  const source = keys.sourceNamed(keySource);
  const key = await keys.newKey('seal', name, source);
  await keys.unwrap(key, source);
  await db.act(async (act) => {
    await db.inOrder(act, 'vault-keys');
    if ((await allTenants(act.tx)).some((tenant) => tenant.name === name))
      throw new VaultRefusal('tenant_exists', { name });
    await insertTenant(act.tx, { name, key_source: keySource, created_at: world.clock.now() });
    await insertKey(act.tx, key);
    db.tell(act, KEYS_CHANGED);
  });
  await keys.reload();
  world.log('info', 'vault tenant has keys of its own', { tenant: name, source: source.label });
  return { name, keySource, ...(await moveToOwnKey(parts, name, key.since, { grace, progress })) };
}

/** Seals the values of a tenant with its own key. A process that had not heard of it may have used a shared one. */
async function moveToOwnKey(
  parts: Parts,
  name: string,
  since: number,
  options: Pick<TenantKeyOptions, 'grace' | 'progress'>,
): Promise<Pick<TenantKeyChange, 'resealed' | 'unreadable'>> {
  const { keys } = parts;
  const shared = () => ({ notWith: keys.activeIdOf(name), of: keys.valuesOf(name) });
  if (!(await isKnown(parts, name))) return { resealed: 0, unreadable: 0 };
  const first = await resealAll(parts, shared, options);
  await pastGrace(parts, since, options);
  const second = await resealAll(parts, shared, options);
  return { resealed: first.resealed + second.resealed, unreadable: second.unreadable };
}

/** True where something of the tenant is stored, or somebody may store something. */
async function isKnown({ db }: Parts, name: string): Promise<boolean> {
  for (const table of ['api_keys', 'apps', 'connections', 'logins', 'webhooks'] as const) {
    const found = await db.read.selectFrom(table).select('tenant').where('tenant', '=', name).limit(1).execute();
    if (found.length > 0) return true;
  }
  return false;
}

export interface RemovedTenant {
  name: string;
  rows: number;
  /**
   * Keys of its own that were destroyed: copies of its rows, as in backups, open only where a backup holds those keys
   * and their master key is still there.
   */
  keys: number;
}

/** Rows that are deleted in one change. */
const BATCH = 1000;

/**
 * Destroys the keys of a tenant, and then everything that is stored of it. From the first change on nobody can use it.
 * It need not be open, and can be called again where it was stopped.
 *
 * @throws VaultSealed where the vault itself is sealed, StorageUnavailable, VaultRefusal `unknown_tenant`
 */
export async function removeTenant(parts: Parts, name: string): Promise<RemovedTenant> {
  const { db, keys, world } = parts;
  checkTenant(name);
  const found = (await listTenants(parts)).some((tenant) => tenant.name === name);
  if (!found) throw new VaultRefusal('unknown_tenant', { name });
  const destroyed = await db.act(async (act) => {
    await db.inOrder(act, 'vault-keys');
    await act.tx.deleteFrom('api_keys').where('tenant', '=', name).execute();
    const gone = await deleteKeysOf(act.tx, name);
    await deleteTenant(act.tx, name);
    db.tell(act, KEYS_CHANGED);
    return gone;
  });
  await keys.reload();
  world.log('warn', 'vault tenant removed', { tenant: name, keys: destroyed });
  let rows = 0;
  for (const [table, key] of Object.entries(tenantTables)) rows += await deleteRows(db, name, table, key);
  return { name, rows, keys: destroyed };
}

async function deleteRows(
  db: VaultParts['db'],
  tenant: string,
  table: string,
  key: readonly string[],
): Promise<number> {
  const columns = sql.join(key.map((column) => sql.ref(column)));
  const part = (tx: Kysely<VaultSchema>) =>
    sql`delete from ${sql.table(table)} where (${columns}) in
      (select ${columns} from ${sql.table(table)} where tenant = ${tenant} limit ${BATCH})`.execute(tx);
  let rows = 0;
  for (;;) {
    const { numAffectedRows = 0n } = await db.act(({ tx }) => part(tx));
    rows += Number(numAffectedRows);
    if (numAffectedRows < BATCH) return rows;
  }
}

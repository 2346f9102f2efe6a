// The keys in force in this process: sealed values, keyed hashes, and the state without them. A vault whose master key is
// not to be had is sealed: nothing is read or written, and it opens by itself once the key is there (VT-01).
import { randomHex } from '@hallpass/protocol';
import { createHmac } from 'node:crypto';
import { createSealer, type Database, type MasterKey, SealError, type Sealer } from '@hallpass/db';
import type { BaseWorld } from '@hallpass/world';
import { allKeys, insertKey, type KeyRow } from '../store/keys/keys.ts';
import type { TenantPlace } from '../store/keys/places.ts';
import type { VaultSchema } from '../store/schema.ts';
import type { ValueOwners } from '../store/keys/sealed-columns.ts';
import { allTenants } from '../store/keys/tenants.ts';
import { type MasterKeySource, MasterKeyUnavailable } from './master-key.ts';
import { TenantKeyring } from './tenant-keys.ts';

/** Milliseconds of real time: how often a sealed vault tries its key, and an open one looks for new keys. */
const RETRY = 5000;
const REFRESH = 2000;
/** Nothing is sealed by what was known of the keys longer ago than this, in milliseconds. */
const STALE = 5000;
const KEY = 32;
/** The other processes are told by this name that the keys have changed. */
export const KEYS_CHANGED = 'vault_keys';

/** Each purpose has hashes of its own. */
type HashPurpose = 'token' | 'state' | 'code' | 'link' | 'mail' | 'calendar' | 'session' | 'handle';

/** The vault, or one tenant of it, is sealed: its master key is missing, wrong or away. The Graph's code 2, and 503 over HTTP. */
export class VaultSealed extends Error {
  override readonly name = 'VaultSealed';
  readonly code = 2;
  readonly reason = 'sealed';
}

interface OpenKeys {
  sealer: Sealer;
  /** The keys of the sealer. */
  sealing: readonly MasterKey[];
  /** By id; a key that is known isn't unwrapped again. */
  plain: ReadonlyMap<string, Uint8Array>;
  hashKey: Uint8Array;
  /** Names of the rows that these were unwrapped from, and which is active. */
  signature: string;
  activeId: string;
  readAt: number;
}

/** Finds the master key of a tenant by its name. @throws MasterKeyUnavailable */
export type TenantKeySources = (name: string) => MasterKeySource;

/** The name of the vault's own master key: it may wrap the keys of a tenant too. */
export const VAULT_SOURCE = 'vault';

/** The owner of the keys that tenants without their own share. */
export const SHARED = '';

interface KeyringOptions {
  db: Database<VaultSchema>;
  source: MasterKeySource;
  /** The master keys of tenants; without it, only that of the vault wraps keys. */
  tenantSources?: TenantKeySources | undefined;
  world: Pick<BaseWorld, 'wall' | 'random' | 'clock' | 'log'>;
}

/** The proof of a backup is keyed by the vault that it is of. */
export const backupProof = (hashKey: Uint8Array) =>
  createHmac('sha256', createHmac('sha256', hashKey).update('backup').digest());

export class Keyring {
  readonly #options: KeyringOptions;
  readonly #timers: { cancel(): void }[] = [];
  #keys: OpenKeys | undefined;
  #whySealed = "The vault hasn't tried its master key yet.";
  #loading: Promise<void> | undefined;
  readonly #tenants: TenantKeyring;
  /** Sealing keys that were unwrapped or taken away so far: who failed to open something asks whether there are others. */
  #generation = 0;

  private constructor(options: KeyringOptions) {
    this.#options = options;
    const { wall, random, log } = options.world;
    this.#tenants = new TenantKeyring({
      wall,
      random,
      unwrap: async (row, source) => this.unwrap(row, this.sourceNamed(source)),
      told: (tenant, reason) =>
        reason === undefined
          ? log('warn', 'vault tenant is open again', { tenant })
          : log('error', 'vault tenant is sealed', { tenant, reason }),
    });
  }

  /** Tries the key once; the ring that comes back is sealed where it could not be had. A new vault gets its keys here. */
  static async open(options: KeyringOptions): Promise<Keyring> {
    const ring = new Keyring(options);
    await ring.unseal();
    const { wall } = options.world;
    await options.db.listen(KEYS_CHANGED, () => void ring.reload());
    ring.#timers.push(
      wall.every(RETRY, () => void (ring.#keys === undefined && ring.unseal())),
      wall.every(REFRESH, () => void (ring.#keys !== undefined && ring.reload())),
    );
    return ring;
  }

  /** The reason why the vault is sealed, for the operator; undefined while it is open. */
  get sealedBecause(): string | undefined {
    return this.#keys === undefined ? this.#whySealed : undefined;
  }

  /** @param tenant that has to be open too. @throws VaultSealed */
  requireOpen(tenant?: string): void {
    this.#open();
    // The reason names the key, so it is for the operator.
    if (tenant !== undefined && this.#tenants.whySealed(tenant) !== undefined)
      throw new VaultSealed(`The tenant ${tenant} is sealed: its own master key is missing, wrong or away.`);
  }

  /** The reason why a tenant alone is sealed, for the operator; undefined while it is not. */
  tenantSealedBecause(tenant: string): string | undefined {
    return this.#tenants.whySealed(tenant);
  }

  /** The tenants that are sealed while the vault is open: nothing of theirs is looked at, sent or changed. */
  get sealedTenants(): string[] {
    return this.#tenants.names.filter((name) => this.#tenants.whySealed(name) !== undefined);
  }

  /** The owner of the keys that seal the values of a tenant: the tenant itself, or `SHARED`. */
  ownerFor(tenant: string): string {
    return this.#tenants.has(tenant) ? tenant : SHARED;
  }

  /** The values that the keys of an owner seal. */
  valuesOf(owner: string): ValueOwners {
    return owner === SHARED ? { notOf: this.#tenants.names } : { tenant: owner };
  }

  /** Tries the master key now. Answers whether the vault is open. */
  async unseal(): Promise<boolean> {
    if (this.#keys === undefined) await this.reload();
    return this.#keys !== undefined;
  }

  /** Reads the keys anew: another process may have made one. What is open stays open where they cannot be read. */
  reload(): Promise<void> {
    this.#loading ??= this.#load()
      .catch((error: unknown) => {
        if (this.#keys !== undefined) return;
        this.#whySealed =
          error instanceof MasterKeyUnavailable ? error.message : "The vault's keys can't be read from its database.";
        this.#options.world.log('error', 'vault is sealed', { reason: this.#whySealed });
      })
      .finally(() => {
        this.#loading = undefined;
      });
    return this.#loading;
  }

  /** The id of the shared key that seals now. @throws VaultSealed */
  get activeId(): string {
    return this.#open().activeId;
  }

  /** The id of the key of an owner that seals now. @throws VaultSealed */
  activeIdOf(owner: string): string {
    return this.#sealing(owner).activeId;
  }

  /** @throws VaultSealed */
  async seal(plaintext: string, place: TenantPlace): Promise<string> {
    const { db, world } = this.#options;
    if (db.kind === 'postgres' && world.wall.ms() - this.#open().readAt > STALE) await this.reload();
    const keys = this.#open();
    if (db.kind === 'postgres' && world.wall.ms() - keys.readAt > STALE)
      throw new VaultSealed("The vault's keys couldn't be read for too long. Nothing is sealed with old ones.");
    return this.#sealing(place.tenant).sealer.seal(plaintext, place);
  }

  /** @throws VaultSealed, or SealError for what was changed or moved: treat the value as missing, never as empty */
  async open(sealed: string, place: TenantPlace): Promise<string> {
    try {
      return this.#sealing(place.tenant).sealer.open(sealed, place);
    } catch (error) {
      if (!(error instanceof SealError)) throw error;
      const generation = this.#generation;
      await this.reload();
      if (this.#generation === generation) throw error;
      return this.#sealing(place.tenant).sealer.open(sealed, place);
    }
  }

  /**
   * Opens many values, without a promise for each. One that was changed or moved is undefined: treat it as missing.
   *
   * @throws VaultSealed
   */
  async openAll(values: readonly { sealed: string; place: TenantPlace }[]): Promise<(string | undefined)[]> {
    const opened: (string | undefined)[] = [];
    /** The sealer of the tenant of the value before: most values of a call are of one. */
    let last: { tenant: string; sealer: Sealer } | undefined;
    for (const { sealed, place } of values) {
      try {
        if (last?.tenant !== place.tenant) last = { tenant: place.tenant, sealer: this.#sealing(place.tenant).sealer };
        opened.push(last.sealer.open(sealed, place));
      } catch (error) {
        if (!(error instanceof SealError)) throw error;
        opened.push(await this.open(sealed, place).catch(missingIfSealError));
        // The keys may be others by now.
        last = undefined;
      }
    }
    return opened;
  }

  /** The sealer of a tenant, or the shared one. @throws VaultSealed */
  #sealing(tenant: string): { sealer: Sealer; activeId: string } {
    this.requireOpen(tenant);
    return this.#tenants.open(tenant) ?? this.#open();
  }

  /** A keyed hash, by which a secret is found again without being stored. @throws VaultSealed */
  hash(purpose: HashPurpose, text: string): string {
    return createHmac('sha256', this.#open().hashKey).update(`${purpose}\0${text}`).digest('base64url');
  }

  /** Begins the proof that a backup is whole. @throws VaultSealed */
  backupProof() {
    return backupProof(this.#open().hashKey);
  }

  close(): void {
    for (const timer of this.#timers.splice(0)) timer.cancel();
    this.#keys = undefined;
    this.#tenants.clear();
    this.#whySealed = 'The vault is closed.';
  }

  #open(): OpenKeys {
    if (this.#keys === undefined) throw new VaultSealed(`The vault is sealed. ${this.#whySealed}`);
    return this.#keys;
  }

  async #load(): Promise<void> {
    const { db, world } = this.#options;
    const readAt = world.wall.ms();
    let rows = await allKeys(db.read);
    if (rows.length === 0) rows = await this.#first();
    const tenants = await allTenants(db.read);
    const shared = rows.filter(({ tenant }) => tenant === SHARED);
    const signature = shared.map(({ id, status, wrapped }) => `${id} ${status} ${wrapped}`).join('\n');
    if (this.#keys?.signature === signature) this.#keys.readAt = readAt;
    else {
      this.#keys = await this.#unwrapShared(shared, signature, readAt);
      this.#generation++;
    }
    if (await this.#tenants.load({ tenants, rows, shared: this.#keys.sealing })) this.#generation++;
  }

  async #unwrapShared(rows: readonly KeyRow[], signature: string, readAt: number): Promise<OpenKeys> {
    const known = this.#keys?.plain;
    const plain = new Map<string, Uint8Array>();
    for (const row of rows) plain.set(row.id, known?.get(row.id) ?? (await this.unwrap(row)));
    const sealing: MasterKey[] = rows.flatMap(({ id, purpose }) => {
      const key = plain.get(id);
      return purpose === 'seal' && key !== undefined ? [{ id, key }] : [];
    });
    const hashKey = plain.get(rows.find(({ purpose }) => purpose === 'hash')?.id ?? '');
    const activeId = rows.find(({ purpose, status }) => purpose === 'seal' && status === 'active')?.id;
    if (hashKey === undefined || activeId === undefined)
      throw new MasterKeyUnavailable('The table of keys is incomplete: restore the database from its backup.');
    const sealer = createSealer({ keys: sealing, random: this.#options.world.random });
    return { sealer, sealing, plain, hashKey, signature, activeId, readAt };
  }

  /** Makes the keys of a new vault. Of several processes that start together one makes them. */
  async #first(): Promise<KeyRow[]> {
    const { db, world } = this.#options;
    const made = [await this.newKey('seal'), await this.newKey('hash')];
    return db.act(async (act) => {
      await db.inOrder(act, 'vault-keys');
      const there = await allKeys(act.tx);
      if (there.length > 0) return there;
      for (const key of made) await insertKey(act.tx, key);
      world.log('info', 'vault keys made', { source: this.#options.source.label });
      return allKeys(act.tx);
    });
  }

  /** A new key of an owner, wrapped by its master key; nothing is stored. @throws MasterKeyUnavailable */
  async newKey(
    purpose: KeyRow['purpose'],
    owner = SHARED,
    source: MasterKeySource = this.#options.source,
  ): Promise<KeyRow> {
    const { world } = this.#options;
    const id = randomHex(world.random, 8);
    const wrapped = await source.wrap(Buffer.concat([world.random.bytes(KEY), boundTo({ id, tenant: owner })]));
    const [created_at, since] = [world.clock.now(), world.wall.now()];
    return { id, tenant: owner, purpose, status: 'active', wrapped, created_at, since };
  }

  /** The master key with this name: that of the vault, or one of a tenant. @throws MasterKeyUnavailable */
  sourceNamed(name: string): MasterKeySource {
    if (name === VAULT_SOURCE) return this.#options.source;
    if (this.#options.tenantSources) return this.#options.tenantSources(name);
    throw new MasterKeyUnavailable('This process knows the master keys of no tenants.');
  }

  /**
   * The key of a row. Its id and tenant are wrapped with it, so that no two rows can be exchanged.
   *
   * @throws MasterKeyUnavailable
   */
  async unwrap(row: KeyRow, source: MasterKeySource = this.#options.source): Promise<Uint8Array> {
    const plain = await source.unwrap(row.wrapped);
    if (plain.length <= KEY || !boundTo(row).equals(plain.subarray(KEY)))
      throw new MasterKeyUnavailable(`The key ${row.id} of the vault was changed in its database: restore its backup.`);
    return plain.subarray(0, KEY);
  }

  /** The same key, wrapped by another master key, or by the newest of this one. @throws MasterKeyUnavailable */
  async rewrap(row: KeyRow, next = this.#options.source, source = this.#options.source): Promise<string> {
    return next.wrap(Buffer.concat([await this.unwrap(row, source), boundTo(row)]));
  }
}

function missingIfSealError(error: unknown): undefined {
  if (!(error instanceof SealError)) throw error;
}

/** The text that is wrapped together with a key. */
const boundTo = ({ id, tenant }: Pick<KeyRow, 'id' | 'tenant'>): Buffer =>
  Buffer.from(tenant === SHARED ? id : `${id} ${tenant}`);

// Opens a vault: its database, its keys, and what a holder does with connections.
import { type DatabaseOptions, migrate, openDatabase } from '@hallpass/db';
import type { Fetch } from '@hallpass/client';
import type { Secret } from '@hallpass/protocol';
import type { BaseWorld } from '@hallpass/world';
import type { App } from './client/answers/apps.ts';
import type { DialogLink, DiscoveredPages } from './client/answers/connect.ts';
import type { Connection, ConnectionPage } from './client/answers/connections.ts';
import type { RotationResult } from './client/answers/keys.ts';
import type { ImportedToken } from './client/answers/tokens.ts';
import { type AppSettings, listApps, removeApp, setApp } from './connections/apps.ts';
import { ConnectionCache } from './connections/cache.ts';
import { type DialogAnswer, finishConnect, type FinishedLogin } from './connections/callback.ts';
import { handOver, relabel, removeConnection, type RemoveOptions } from './connections/change.ts';
import { connectLink, type ConnectOptions, reconnectLink, type ReconnectOptions } from './connections/connect.ts';
import { discoverPages, type DiscoverOptions } from './connections/pages/discover-pages.ts';
import { type ImportOptions, importTokens } from './connections/import.ts';
import { type ListOptions, listOf } from './connections/list.ts';
import { getConnection, useToken } from './connections/read.ts';
import type { ConnectionLabels } from './connections/save.ts';
import { Keyring, type TenantKeySources } from './keys/keyring.ts';
import type { MasterKeySource } from './keys/master-key.ts';
import { backup, type BackupOptions } from './operations/backup.ts';
import { restore, type RestoreResult } from './operations/restore.ts';
import { changeMasterKey, type RotationOptions, rotateKeys } from './operations/rotate-keys.ts';
import { Tally } from './monitoring/metrics.ts';
import {
  checkTenant,
  createTenant,
  listTenants,
  type RemovedTenant,
  removeTenant,
  setTenantKey,
  type TenantKeyChange,
  type TenantKeyOptions,
  type TenantStanding,
} from './operations/tenants.ts';
import type { VaultParts } from './parts.ts';
import { boundedFetch } from './remote/bounded-fetch.ts';
import { defaultSettings, type VaultSettings } from './settings.ts';
import { migrations } from './store/migrations/index.ts';
import { Sweeper, type SweeperOptions } from './sweep/sweep.ts';
import type { VaultSchema } from './store/schema.ts';

type WithoutWall<T> = T extends unknown ? Omit<T, 'wall'> : never;

export interface VaultOptions {
  /** SQLite in a file, or PostgreSQL for several processes. */
  database: WithoutWall<DatabaseOptions>;
  /** The source of the master key. Without one nothing is opened. */
  masterKey: MasterKeySource;
  /** Finds the master keys of tenants that have their own, by the name that was given to it. @throws MasterKeyUnavailable */
  tenantKeys?: TenantKeySources;
  /** Time, chance, log and the ways out; `nodeWorld()` of `@hallpass/world` is this machine. */
  world: BaseWorld;
  /** The way to the servers that tokens are for; the `fetch` of this process when it is not given. */
  fetch?: Fetch;
  settings?: Partial<VaultSettings>;
}

/** The connections of one tenant. Every call rejects with `VaultSealed` while the vault is sealed. */
export interface TenantVault {
  /** Tells how a connection stands. @throws VaultRefusal */
  get(id: string): Promise<Connection>;
  /** Hands the token to `work`, and to nobody else. @throws VaultRefusal, and what `work` throws */
  use<T>(id: string, work: (token: Secret) => T | Promise<T>): Promise<T>;
  /** A page of the connections, by name. */
  list(options?: ListOptions): Promise<ConnectionPage>;
  /** The apps in whose name tokens are asked for and extended. */
  readonly apps: TenantApps;
  /** A link that leads a person through the dialog to a new connection. @throws VaultRefusal */
  connect(options: ConnectOptions): Promise<DialogLink>;
  /** The same for a connection that is there: it keeps its id, and anybody else is refused. @throws VaultRefusal */
  reconnect(id: string, options?: ReconnectOptions): Promise<DialogLink>;
  /** Takes the answer of a dialog. The same answer twice gives the same connection. @throws VaultRefusal */
  finishConnect(answer: DialogAnswer): Promise<FinishedLogin>;
  /** Brings tokens in that somebody has; a dry run says what each is and what is wrong with it. @throws VaultRefusal */
  import(text: string, options?: ImportOptions): Promise<ImportedToken[]>;
  /** Finds the Pages of a person or system user and keeps their tokens. @throws VaultRefusal */
  discoverPages(id: string, options?: DiscoverOptions): Promise<DiscoveredPages>;
  /** Changes the name, the owner, and what is wanted. @throws VaultRefusal */
  update(id: string, labels: ConnectionLabels): Promise<void>;
  /** Puts the token of another person or system user in the place of this one. @throws VaultRefusal */
  handOver(id: string, token: Secret, labels?: ConnectionLabels): Promise<void>;
  /** Takes a connection out, with its token. @throws VaultRefusal */
  remove(id: string, options?: RemoveOptions): Promise<void>;
}

/** The apps of one tenant. Every call rejects with `VaultSealed` while the vault is sealed. */
export interface TenantApps {
  /** Adds an app, or changes the one with the same id. @throws VaultRefusal */
  set(app: AppSettings): Promise<void>;
  list(): Promise<App[]>;
  /** @throws VaultRefusal */
  remove(appId: string): Promise<void>;
}

/** An open vault; its own methods are those of the tenant `main`. */
export interface Vault extends TenantVault {
  /** The connections of a tenant, which knows nothing of the others. @throws VaultRefusal for a name that can’t be one */
  forTenant(tenant: string): TenantVault;
  /** The reason why nothing can be read or written now; undefined while the vault is open. */
  readonly sealedBecause: string | undefined;
  /** Tries the master key now instead of in a few seconds. Answers whether the vault is open. */
  unseal(): Promise<boolean>;
  /**
   * A worker that looks at connections when nobody asks, extends tokens and tells of deaths: `start()` it, or call
   * `sweep()`. Any number of workers may share a database.
   */
  sweeper(options?: Partial<SweeperOptions>): Sweeper;
  /**
   * Changes the key that values are sealed with, while everything goes on; goes on with a change that was stopped.
   *
   * @throws MasterKeyUnavailable, StorageUnavailable
   */
  rotateKeys(options?: RotationOptions): Promise<RotationResult>;
  /**
   * Wraps the keys of the vault with another master key, or with the newest one of the same source. It is to be given to
   * every process before its next start. Answers how many keys there are.
   *
   * @throws MasterKeyUnavailable, StorageUnavailable
   */
  changeMasterKey(next?: MasterKeySource): Promise<number>;
  /** The tenants, and the keys of those that have their own. */
  readonly tenants: VaultTenants;
  /** Writes a backup, line by line, while the vault is in use. What is sealed stays sealed. @throws VaultSealed */
  backup(options?: BackupOptions): AsyncGenerator<string>;
  /**
   * Fills this empty vault from a backup, wholly or not at all. It must have the master key that the backup was made with.
   *
   * @param lines gives the lines anew at each call, without their ends
   * @throws StorageRefused with the reason
   */
  restore(lines: () => AsyncIterable<string>): Promise<RestoreResult>;
  /** The parts of this vault, for the sweep, the service and tests. */
  readonly parts: VaultParts;
  close(): Promise<void>;
}

/** An operator does these things with tenants. Every call rejects with `VaultSealed` while the vault is sealed. */
export interface VaultTenants {
  list(): Promise<TenantStanding[]>;
  /** Makes a tenant with a key of its own. @throws VaultRefusal, MasterKeyUnavailable */
  create(name: string, options?: TenantKeyOptions): Promise<TenantKeyChange>;
  /** Gives a tenant a key of its own, or wraps the one it has by another master key. @throws VaultRefusal, MasterKeyUnavailable */
  setKey(name: string, options?: TenantKeyOptions): Promise<TenantKeyChange>;
  /** Destroys the keys of a tenant, and then everything that is stored of it. @throws VaultRefusal */
  remove(name: string): Promise<RemovedTenant>;
}

const FIRST_TENANT = 'main';

/**
 * Opens a vault, and makes its tables where they are missing. A master key that is not to be had leaves it sealed: it
 * opens by itself later.
 *
 * @throws StorageRefused, StorageUnavailable
 */
export async function createVault(options: VaultOptions): Promise<Vault> {
  const { world, masterKey } = options;
  const db = await openDatabase<VaultSchema>({ ...options.database, wall: world.wall });
  try {
    await migrate(db, migrations, world.wall);
    const keys = await Keyring.open({ db, source: masterKey, tenantSources: options.tenantKeys, world });
    const cache = new ConnectionCache<Connection>(world.wall);
    const parts: VaultParts = {
      db,
      keys,
      world,
      settings: { ...defaultSettings, ...options.settings },
      fetch: boundedFetch(options.fetch ?? ((url, init) => fetch(url, init)), world.wall),
      tally: new Tally(),
      forget: (key) => cache.forget(key),
    };
    const forTenant = (tenant: string): TenantVault => {
      checkTenant(tenant);
      const reading = { ...parts, cache };
      return {
        get: (id) => getConnection(reading, { tenant, id }),
        use: (id, work) => useToken(reading, { tenant, id }, work),
        list: (listing) => listOf(parts, tenant, listing),
        apps: {
          set: (app) => setApp(parts, tenant, app),
          list: () => listApps(parts, tenant),
          remove: (appId) => removeApp(parts, tenant, appId),
        },
        connect: (wanted) => connectLink(parts, tenant, wanted),
        reconnect: (id, wanted) => reconnectLink(parts, { tenant, id }, wanted),
        finishConnect: (answer) => finishConnect(parts, tenant, answer),
        import: (text, how) => importTokens(parts, tenant, text, how),
        discoverPages: (id, how) => discoverPages(reading, { tenant, id }, how),
        update: (id, labels) => relabel(parts, { tenant, id }, labels),
        handOver: (id, token, labels) => handOver(parts, { tenant, id }, token, labels),
        remove: (id, how) => removeConnection(parts, { tenant, id }, how),
      };
    };
    return {
      ...forTenant(FIRST_TENANT),
      forTenant,
      get sealedBecause() {
        return keys.sealedBecause;
      },
      unseal: () => keys.unseal(),
      backup: (how) => backup(parts, how),
      restore: async (lines) => {
        const result = await restore(parts, lines);
        cache.clear();
        return result;
      },
      rotateKeys: (rotation) => rotateKeys(parts, rotation),
      changeMasterKey: (next) => changeMasterKey(parts, next),
      tenants: {
        list: () => listTenants(parts),
        create: (name, how) => createTenant(parts, name, how),
        setKey: (name, how) => setTenantKey(parts, name, how),
        remove: async (name) => {
          const removed = await removeTenant(parts, name);
          cache.clear();
          return removed;
        },
      },
      parts,
      sweeper(sweeping) {
        const worker = Buffer.from(world.random.bytes(9)).toString('base64url');
        return new Sweeper(parts, { worker, ...sweeping });
      },
      async close() {
        keys.close();
        cache.clear();
        await db.close();
      },
    };
  } catch (error) {
    await db.close();
    throw error;
  }
}

// The keys of tenants that have their own, in this process. Each tenant is open or sealed by itself: a master key that is
// withdrawn, wrong or away seals the values of its tenant, and nobody else's.
import { createSealer, type MasterKey, type Sealer } from '@hallpass/db';
import type { Random } from '@hallpass/protocol';
import type { Wall } from '@hallpass/world';
import type { KeyRow } from '../store/keys/keys.ts';
import type { TenantRow } from '../store/keys/tenants.ts';
import { MasterKeyUnavailable } from './master-key.ts';

/** Milliseconds after which it is proved anew that the master key of an open tenant is to be had. */
const PROVED = 15_000;
/** Milliseconds after which the key of a sealed tenant is tried again. */
const RETRY = 5000;

interface TenantKeys {
  /** Names the rows that it was made of. */
  signature: string;
  /** Real time in milliseconds of the last try. */
  triedAt: number;
  /** Absent while the tenant is sealed. */
  open?: { sealer: Sealer; activeId: string };
  /** The reason, in a sentence for the operator. */
  whySealed: string;
}

interface TenantKeyOptions {
  wall: Pick<Wall, 'ms'>;
  random: Random;
  /** Unwraps a key by the master key with this name. @throws MasterKeyUnavailable */
  unwrap(row: KeyRow, source: string): Promise<Uint8Array>;
  /** Told when a tenant is sealed, and when it opens again. */
  told(tenant: string, whySealed: string | undefined): void;
}

/** All that is stored of keys. */
interface StoredKeys {
  tenants: readonly TenantRow[];
  rows: readonly KeyRow[];
  /** The shared keys: a tenant opens with them what was sealed before it had its own. */
  shared: readonly MasterKey[];
}

export class TenantKeyring {
  readonly #options: TenantKeyOptions;
  #byTenant = new Map<string, TenantKeys>();

  constructor(options: TenantKeyOptions) {
    this.#options = options;
  }

  /** Takes over what is stored. Nothing of one tenant keeps the others from it. Answers whether anything changed. */
  async load({ tenants, rows, shared }: StoredKeys): Promise<boolean> {
    const before = this.#byTenant;
    const loaded = await Promise.all(
      tenants.map(async (tenant): Promise<[string, TenantKeys]> => {
        const own = rows.filter((row) => row.tenant === tenant.name);
        return [tenant.name, await this.#loadOne(tenant, own, shared, before.get(tenant.name))];
      }),
    );
    this.#byTenant = new Map(loaded);
    const changed = loaded.filter(([name, keys]) => {
      const known = before.get(name);
      return known?.signature !== keys.signature || (known.open === undefined) !== (keys.open === undefined);
    });
    for (const [name, { open, whySealed }] of changed) {
      const known = before.get(name);
      if (open === undefined) this.#options.told(name, whySealed);
      else if (known !== undefined && known.open === undefined) this.#options.told(name, undefined);
    }
    return changed.length > 0 || before.size !== loaded.length;
  }

  async #loadOne(
    { name, key_source }: TenantRow,
    own: readonly KeyRow[],
    shared: readonly MasterKey[],
    known: TenantKeys | undefined,
  ): Promise<TenantKeys> {
    const { wall, random, unwrap } = this.#options;
    const parts = own.map(({ id, status, wrapped }) => `${id} ${status} ${wrapped}`);
    const signature = [name, key_source, ...parts, ...shared.map(({ id }) => id)].join('\n');
    const triedAt = wall.ms();
    const fresh = known !== undefined && triedAt - known.triedAt < (known.open === undefined ? RETRY : PROVED);
    if (known?.signature === signature && fresh) return known;
    try {
      const keys: MasterKey[] = [];
      for (const row of own) keys.push({ id: row.id, key: await unwrap(row, key_source) });
      const activeId = own.find(({ status }) => status === 'active')?.id;
      if (activeId === undefined) throw new MasterKeyUnavailable('It has no key that seals: restore a backup.');
      const sealer = createSealer({ keys: [...keys, ...shared], random });
      return { signature, triedAt, open: { sealer, activeId }, whySealed: '' };
    } catch (error) {
      const whySealed = error instanceof MasterKeyUnavailable ? error.message : 'Its keys can’t be read.';
      return { signature, triedAt, whySealed };
    }
  }

  /** True for a tenant with keys of its own. */
  has(tenant: string): boolean {
    return this.#byTenant.has(tenant);
  }

  /** The names of the tenants with keys of their own. */
  get names(): string[] {
    return [...this.#byTenant.keys()];
  }

  /** The reason why a tenant is sealed; undefined for one that is open, or shares the keys of the vault. */
  whySealed(tenant: string): string | undefined {
    const keys = this.#byTenant.get(tenant);
    return keys === undefined || keys.open !== undefined ? undefined : keys.whySealed;
  }

  /** The keys of a tenant; undefined where it is sealed or has none of its own. */
  open(tenant: string): { sealer: Sealer; activeId: string } | undefined {
    return this.#byTenant.get(tenant)?.open;
  }

  clear(): void {
    this.#byTenant.clear();
  }
}

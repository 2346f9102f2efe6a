// The master keys of a vault and of its tenants come from here: a file, a variable, a passphrase, or a key service. The
// key of a tenant is named by a text that is stored: `file:/etc/keys/acme.key`, `env:ACME_KEY`, `transit:https://…`.
import { existsSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { Secret } from '@hallpass/protocol';
import type { MasterKeySource, TenantKeySources } from '@hallpass/vault';
import type { Command } from 'commander';
import { CommandError } from '../command-error.ts';
import type { Outside } from '../surroundings/outside.ts';
import type { VaultPlace } from './vault-place.ts';

const MASTER_KEY = 'master.key';
const TRANSIT_TOKEN = 'HALLPASS_VAULT_TRANSIT_TOKEN';

interface MasterKeys {
  /** The master key of the vault. */
  ofVault: MasterKeySource;
  ofTenants: TenantKeySources;
}

/** Finds the master keys that a command may use. @param isNew a vault that is made now gets a key file where it needs one */
export async function masterKeysOf(outside: Outside, place: VaultPlace, isNew: boolean): Promise<MasterKeys> {
  const { keyFromFile, keyFromPassphrase, keyFromText, keyFromTransit, MasterKeyUnavailable } = await import(
    '@hallpass/vault'
  );
  const { random, outbound } = outside;
  const secrets = new Map<string, Secret>();
  /** A variable is taken out of the environment at its first use, and may be the key of several tenants. */
  const secretIn = (variable: string): Secret | undefined => {
    const text = secrets.has(variable) ? undefined : outside.takeSecret(variable);
    if (text) secrets.set(variable, new Secret(text));
    return secrets.get(variable);
  };

  const transitKey = (address: string): MasterKeySource | undefined => {
    const url = URL.parse(address);
    const [, mount, key] = /^\/(.+)\/([^/]+)$/.exec(url?.pathname ?? '') ?? [];
    const token = secretIn(TRANSIT_TOKEN);
    if (!url || mount === undefined || key === undefined || token === undefined) return undefined;
    return keyFromTransit({ address: url.origin, mount, key, token, outbound });
  };

  function ofVault(): MasterKeySource {
    const text = secretIn('HALLPASS_VAULT_KEY');
    const passphrase = secretIn('HALLPASS_VAULT_PASSPHRASE');
    const ways = [place.keyFile, place.transit, text, passphrase].filter((way) => way !== undefined).length;
    if (ways > 1)
      throw new CommandError(
        'cannotStart',
        'Give exactly one master key: a file, a variable, a passphrase or a key service.',
      );
    if (text !== undefined) return keyFromText(text, { random, label: 'HALLPASS_VAULT_KEY' });
    if (passphrase !== undefined) return keyFromPassphrase(passphrase, { random });
    if (place.transit !== undefined) {
      const source = transitKey(place.transit);
      if (source === undefined)
        throw new CommandError(
          'cannotStart',
          `--transit is https://host:8200/mount/key, and ${TRANSIT_TOKEN} must be set.`,
        );
      return source;
    }
    // Only a new vault gets a new key: one that has lost its own is not given another.
    return keyFromFile(place.keyFile ?? join(place.data, MASTER_KEY), { random, create: isNew });
  }

  function ofTenants(name: string): MasterKeySource {
    const [, kind, rest = ''] = /^(file|env|transit):(.+)$/.exec(name) ?? [];
    if (kind === 'file' && isAbsolute(rest)) return keyFromFile(rest, { random });
    if (kind === 'env') {
      const text = secretIn(rest);
      if (text === undefined) throw new MasterKeyUnavailable(`${rest} is not set in the environment of this process.`);
      return keyFromText(text, { random, label: rest });
    }
    const source = kind === 'transit' ? transitKey(rest) : undefined;
    if (source !== undefined) return source;
    const needed = kind === 'transit' ? `, and ${TRANSIT_TOKEN} must be set` : '';
    throw new MasterKeyUnavailable(`The master key ${name} can’t be understood${needed}.`);
  }
  return { ofVault: ofVault(), ofTenants };
}

export interface TenantKeyOptions {
  tenantKeyFile?: string;
  tenantKeyEnv?: string;
  tenantTransit?: string;
}

/** The options that name the master key of a tenant. */
export const tenantKeyOptions = (command: Command): Command =>
  command
    .option('--tenant-key-file <file>', 'its master key: a key file; made if it does not exist')
    .option('--tenant-key-env <name>', 'its master key: 32 bytes in base64url in this variable')
    .option('--tenant-transit <address>', `its master key: a key service, as with --transit; with ${TRANSIT_TOKEN}`);

/** The name of the master key of a tenant, as it is stored; undefined for that of the vault. */
export async function tenantKeyName(
  { random }: Pick<Outside, 'random'>,
  { tenantKeyFile, tenantKeyEnv, tenantTransit }: TenantKeyOptions,
): Promise<string | undefined> {
  const given = [tenantKeyFile, tenantKeyEnv, tenantTransit].filter((one) => one !== undefined);
  if (given.length > 1)
    throw new CommandError('wrongUse', 'Give one master key for the tenant: a file, a variable or a key service.');
  if (tenantKeyEnv !== undefined) return `env:${tenantKeyEnv}`;
  if (tenantTransit !== undefined) return `transit:${tenantTransit}`;
  if (tenantKeyFile === undefined) return undefined;
  const path = resolve(tenantKeyFile);
  if (!existsSync(path)) {
    const { createKeyFile } = await import('@hallpass/db/files');
    createKeyFile(path, random);
  }
  return `file:${path}`;
}

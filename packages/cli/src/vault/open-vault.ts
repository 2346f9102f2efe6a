// Opens the vault of a command: its database, its master key, and the mail server where one is set. What is secret comes
// from a file or the environment, and does not stay in what this process hands on.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openDataDirectory } from '@hallpass/db/files';
import { isHttpsOrLocal } from '@hallpass/protocol';
import type { Vault, VaultOptions } from '@hallpass/vault';
import type { Log } from '@hallpass/world';
import { type Command, Option } from 'commander';
import { CommandError } from '../command-error.ts';
import { boundOldGeneration } from '../surroundings/heap-growth.ts';
import { mailerOf, mailServerOptions } from '../surroundings/mail-server.ts';
import type { Outside } from '../surroundings/outside.ts';
import { secretOf } from '../surroundings/secret-option.ts';
import { lookOptions } from './mail-texts.ts';
import { masterKeysOf } from './master-keys.ts';
import type { VaultPlace } from './vault-place.ts';

const DATABASE = 'vault.db';

export function vaultOptions(command: Command): Command {
  const named = (flags: string, doc: string, env: string): Option =>
    new Option(flags, doc).env(`HALLPASS_VAULT_${env}`);
  const withPlace = command
    .addOption(named('--data <directory>', "directory of the vault's database and key", 'DATA').default('vault'))
    .addOption(named('--tenant <name>', 'the tenant whose connections to use', 'TENANT').default('main'))
    .addOption(
      named(
        '--key-file <file>',
        'the master key, instead of DATA/master.key; or HALLPASS_VAULT_KEY, or HALLPASS_VAULT_PASSPHRASE',
        'KEY_FILE',
      ),
    )
    .addOption(
      named(
        '--transit <address>',
        'a key service: https://host:8200/mount/key, with HALLPASS_VAULT_TRANSIT_TOKEN',
        'TRANSIT',
      ),
    )
    .addOption(
      named(
        '--database-url-file <file>',
        'file with the address of a PostgreSQL; or DATABASE_URL',
        'DATABASE_URL_FILE',
      ),
    )
    .addOption(named('--public-url <address>', 'the address at which people reach its pages', 'PUBLIC_URL').default(''))
    .addOption(named('--name <name>', 'the name shown on pages and mails', 'NAME').default('Hallpass'))
    .addOption(
      named('--webhook-receivers <where>', 'addresses that webhooks may use', 'WEBHOOK_RECEIVERS')
        .choices(['public', 'local', 'any'])
        .default('public'),
    );
  return lookOptions(mailServerOptions(withPlace));
}

/** Opens it. @param create a new vault may be made. @throws CommandError | StorageRefused | StorageUnavailable */
export async function openVault(
  outside: Outside,
  place: VaultPlace,
  { log, create }: { log: Log; create: boolean },
): Promise<Vault> {
  const file = join(place.data, DATABASE);
  const isNew = !existsSync(file);
  const database = databaseOf(outside, place, create);
  if (!create && database.kind === 'sqlite' && isNew)
    throw new CommandError(
      'cannotStart',
      `There is no vault in ${place.data}. Name its directory with --data, or start one with \`hallpass vault apps set\`.`,
    );
  const mail = mailerOf(outside, place);
  // Most commands never come here: the vault is loaded where one is opened.
  const { createVault } = await import('@hallpass/vault');
  const { ofVault, ofTenants } = await masterKeysOf(outside, place, isNew);
  // A command may be given a list of a hundred thousand tokens.
  boundOldGeneration();
  return createVault({
    database,
    masterKey: ofVault,
    tenantKeys: ofTenants,
    world: {
      clock: outside.clock,
      wall: outside.wall,
      random: outside.random,
      parallelism: outside.parallelism,
      log,
      outbound: outside.outbound,
      ...(mail && { mail }),
    },
    fetch: outside.fetch,
    settings: { name: place.name, publicUrl: publicUrlOf(place), webhookReceivers: place.webhookReceivers },
  });
}

/**
 * The database of a vault. A data directory is made where there is none and a new vault may be made.
 *
 * @throws CommandError | StorageRefused
 */
function databaseOf(outside: Outside, place: VaultPlace, create: boolean): VaultOptions['database'] {
  const url = secretOf(outside, place.databaseUrlFile, 'DATABASE_URL', 'address of the database');
  if (create || url !== undefined || existsSync(place.data)) openDataDirectory(place.data);
  return url === undefined ? { kind: 'sqlite', file: join(place.data, DATABASE) } : { kind: 'postgres', url };
}

function publicUrlOf({ publicUrl }: VaultPlace): string {
  if (publicUrl === '') return '';
  const url = URL.parse(publicUrl);
  if (!url || url.pathname !== '/' || !isHttpsOrLocal(url))
    throw new CommandError('cannotStart', '--public-url is the https address of the vault, without a path.');
  return url.origin;
}

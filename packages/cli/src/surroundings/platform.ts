// Opens the platform on its data: SQLite in a data directory, or PostgreSQL. Whatever is less private than it must be
// is refused (threats ST-03); the address of a database holds a password, so it comes from a file, or does not stay in
// the environment that this process sees.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { consoleFiles } from '@hallpass/console';
import {
  createKeyFile,
  createSealer,
  type MasterKey,
  openDatabase,
  openDataDirectory,
  readKeyFile,
} from '@hallpass/db';
import { isLoopback } from '@hallpass/protocol';
import { sdkFiles } from '@hallpass/sdk';
import { createServer, type Schema, type Server, type World } from '@hallpass/server';
import { type Mailer, readMailServer } from '@hallpass/world';
import { CommandError } from '../command-error.ts';
import type { Outside } from './outside.ts';
import { secretAddresses, takeSecretAddress, unusable } from './secret-addresses.ts';
import type { GatheredSettings } from './setting-sources.ts';
import { refuseUnsafeSurroundings } from './surroundings.ts';

const DATABASE = 'hallpass.db';
const ROOT_KEY = 'root.key';
/** The file in which the emulator keeps its worlds. */
const WORLD = 'world.db';

/** `existing`: only an installation that is there already. @throws Stop | StorageRefused | StorageUnavailable */
export async function openPlatform(
  outside: Outside,
  gathered: GatheredSettings,
  log: World['log'],
  existing: boolean,
): Promise<Server> {
  const { settings, place } = gathered;
  refuseUnsafeSurroundings(outside.surroundings(), settings.allowDebugging && isLoopback(place.host));
  const url = takeSecretAddress(outside, place, secretAddresses.database);
  const mail = mailerOf(outside, gathered);
  if (!settings.guessingLimits)
    throw unusable('guessingLimits (HALLPASS_GUESSING_LIMITS)', 'the platform never runs without limits on guessing');
  const directory = place.data;
  const file = join(directory, DATABASE);
  if (existing && url === undefined && !existsSync(file))
    throw new CommandError(
      'cannotStart',
      `There is no installation in ${directory}. Name its data directory with --data, or its database with --database-url-file.`,
    );
  if (existsSync(join(directory, WORLD)))
    throw new CommandError(
      'cannotStart',
      `The directory ${directory} holds a world of the emulator: name another one with --data.`,
    );
  const keys = masterKeys(outside, gathered, existing || (url === undefined && existsSync(file)));
  const db = await openDatabase<Schema>(
    url === undefined ? { kind: 'sqlite', file, wall: outside.wall } : { kind: 'postgres', url, wall: outside.wall },
  );
  const built = consoleFiles();
  const sdk = sdkFiles();
  const world: World = {
    ...(built ? { console: built } : {}),
    ...(sdk ? { sdk } : {}),
    clock: outside.clock,
    wall: outside.wall,
    random: outside.random,
    parallelism: outside.parallelism,
    log,
    // An operator's command is over too soon: what it queues is sent by the platform.
    ...(existing ? {} : { outbound: outside.outbound, ...(mail ? { mail } : {}) }),
  };
  try {
    // The oldest key is the root: what is derived from it must not change when a newer one seals.
    const rootKey = keys.at(-1)?.key as Uint8Array;
    return await createServer({ world, settings, db, sealer: createSealer({ keys, random: outside.random }), rootKey });
  } catch (error) {
    await db.close();
    if (error instanceof Error && error.name === 'SealError')
      throw new CommandError(
        'cannotStart',
        'The database was created with a different root key. Name the right one with --root-key-file, or restore it from your backup.',
      );
    throw error;
  }
}

/** @throws CommandError | StorageRefused */
function mailerOf(outside: Outside, { settings, place }: GatheredSettings): Mailer | undefined {
  const url = takeSecretAddress(outside, place, secretAddresses.mailServer);
  const server = url === undefined ? undefined : readMailServer(url);
  if (!server) return undefined;
  if (settings.mailFrom === undefined)
    throw unusable(
      'mailFrom (HALLPASS_MAIL_FROM)',
      'it is needed with a mail server: the address that mails come from',
    );
  return outside.mailer(server, settings.mailFrom);
}

function masterKeys(outside: Outside, { place }: GatheredSettings, mustExist: boolean): MasterKey[] {
  if (place.rootKeyFile !== '') return readKeyFile(place.rootKeyFile);
  openDataDirectory(place.data);
  const file = join(place.data, ROOT_KEY);
  return mustExist || existsSync(file) ? readKeyFile(file) : createKeyFile(file, outside.random);
}

/** A server that listens to others must know by which name they come (threats SC-05). @throws Stop */
export function refuseUnsafeBinding({ settings, place }: GatheredSettings): void {
  if (isLoopback(place.host)) return;
  if (settings.publicUrl === undefined && settings.baseDomain === undefined)
    throw unusable(
      'publicUrl (HALLPASS_PUBLIC_URL)',
      `it must say how people reach this server, because it listens on ${place.host}`,
    );
}

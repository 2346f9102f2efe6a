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
  readSecretFile,
} from '@hallpass/db';
import { createServer, isLoopback, type Schema, type Server, type World } from '@hallpass/server';
import { type Mailer, readMailServer } from '@hallpass/world';
import { CommandError } from './exit.ts';
import type { Outside } from './outside.ts';
import type { GatheredSettings } from './setting-sources.ts';
import { refuseUnsafeSurroundings } from './surroundings.ts';

const DATABASE = 'hallpass.db';
const ROOT_KEY = 'root.key';
/** What the emulator keeps its worlds in. */
const WORLD = 'world.db';

/** `existing`: only an installation that is there already. @throws Stop | StorageRefused | StorageAway */
export async function openPlatform(
  outside: Outside,
  gathered: GatheredSettings,
  log: World['log'],
  existing: boolean,
): Promise<Server> {
  const { settings, place } = gathered;
  refuseUnsafeSurroundings(outside.surroundings(), settings.allowDebugging && isLoopback(place.host));
  const url = databaseUrl(outside, place);
  const mail = mailerOf(outside, settings.mailFrom);
  if (!settings.guessingLimits)
    throw unsafe('guessingLimits (HALLPASS_GUESSING_LIMITS)', 'the platform never runs without limits on guessing');
  const directory = place.data;
  const file = join(directory, DATABASE);
  if (existing && url === undefined && !existsSync(file))
    throw new CommandError(
      'cannotStart',
      `There is no installation in ${directory}: name its data directory with --data, or its database with --database-url-file.`,
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
  const world: World = {
    ...(built ? { console: built } : {}),
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
    if (error instanceof Error && error.name === 'SealBroken')
      throw new CommandError(
        'cannotStart',
        'The database was made with another root key: name the right one with --root-key-file, or restore it from your backup.',
      );
    throw error;
  }
}

/** Where PostgreSQL is, with its password; undefined for SQLite. @throws Stop */
function databaseUrl(outside: Outside, { databaseUrlFile }: GatheredSettings['place']): string | undefined {
  const fromEnvironment = outside.takeSecret('DATABASE_URL') || undefined;
  if (fromEnvironment !== undefined && databaseUrlFile !== '')
    throw unsafe('databaseUrlFile (HALLPASS_DATABASE_URL_FILE)', 'DATABASE_URL is set too: give one of them');
  const url = databaseUrlFile === '' ? fromEnvironment : readSecretFile(databaseUrlFile, 'address of the database');
  if (url !== undefined && !/^postgres(?:ql)?:\/\//.test(url))
    throw unsafe(
      databaseUrlFile === '' ? 'DATABASE_URL' : 'databaseUrlFile (HALLPASS_DATABASE_URL_FILE)',
      'it must begin with postgres://',
    );
  return url;
}

/**
 * The mail server of HALLPASS_SMTP_URL; its address may hold a password and does not stay in the environment. @throws
 * Stop
 */
function mailerOf(outside: Outside, from: string | undefined): Mailer | undefined {
  const url = outside.takeSecret('HALLPASS_SMTP_URL');
  if (url === undefined || url === '') return undefined;
  const server = readMailServer(url);
  if (!server)
    throw unsafe(
      'HALLPASS_SMTP_URL',
      'it must be smtp://host:port or smtps://host:port, with user:password@ before the host where it needs them',
    );
  if (from === undefined)
    throw unsafe('mailFrom (HALLPASS_MAIL_FROM)', 'with a mail server it must say from which address mails come');
  return outside.mailer(server, from);
}

function masterKeys(outside: Outside, { place }: GatheredSettings, mustExist: boolean): MasterKey[] {
  if (place.rootKeyFile !== '') return readKeyFile(place.rootKeyFile);
  openDataDirectory(place.data);
  const file = join(place.data, ROOT_KEY);
  return mustExist || existsSync(file) ? readKeyFile(file) : createKeyFile(file, outside.random);
}

/** Who listens to others must know by which name they come (threats SC-05). @throws Stop */
export function refuseUnsafeBinding({ settings, place }: GatheredSettings): void {
  if (isLoopback(place.host)) return;
  if (settings.publicUrl === undefined && settings.baseDomain === undefined)
    throw unsafe(
      'publicUrl (HALLPASS_PUBLIC_URL)',
      `it must say where people reach this server, because it listens on ${place.host}`,
    );
}

const unsafe = (name: string, why: string): CommandError =>
  new CommandError('cannotStart', `These settings cannot be used:\n  ${name}: ${why}`);

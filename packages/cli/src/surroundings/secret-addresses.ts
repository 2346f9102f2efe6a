// Some addresses hold a password: each comes from a file that only its owner may read, or from the environment, which
// the operating system goes on showing to the same user and to root. Neither stays in the environment that this process
// hands on, and no message shows one.
import { readSecretFile } from '@hallpass/db/files';
import { readMailServer } from '@hallpass/world';
import { CommandError } from '../command-error.ts';
import type { Outside } from './outside.ts';
import type { GatheredSettings, PlaceName } from './setting-sources.ts';

interface SecretAddress {
  /** The setting that names the file. */
  file: PlaceName;
  /** The variable that holds the address itself. */
  env: string;
  what: string;
  /** The form that an address must have, to go after "it must". */
  form: string;
  isValid(url: string): boolean;
}

export const secretAddresses = {
  database: {
    file: 'databaseUrlFile',
    env: 'DATABASE_URL',
    what: 'address of the database',
    form: 'begin with postgres://',
    isValid: (url) => /^postgres(?:ql)?:\/\//.test(url),
  },
  mailServer: {
    file: 'smtpUrlFile',
    env: 'HALLPASS_SMTP_URL',
    what: 'address of the mail server',
    form: 'be smtp://host:port or smtps://host:port, with user:password@ before the host where it needs them',
    isValid: (url) => readMailServer(url) !== undefined,
  },
} as const satisfies Record<string, SecretAddress>;

type Place = GatheredSettings['place'];

/** The setting or variable that gives an address; undefined where neither does. The address itself is not read. */
export function sourceOfAddress(outside: Outside, place: Place, { file, env }: SecretAddress): string | undefined {
  if (place[file] !== '') return file;
  return (outside.env[env] ?? '') === '' ? undefined : env;
}

/**
 * Reads an address and takes it out of the environment; undefined where none is given.
 * @throws CommandError where both ways are used, or it has not the right form; StorageRefused for a file that others
 * may read
 */
export function takeSecretAddress(outside: Outside, place: Place, address: SecretAddress): string | undefined {
  const { file, env, what, form, isValid } = address;
  const given = outside.takeSecret(env) || undefined;
  const setting = `${file} (HALLPASS_${file.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()})`;
  if (place[file] === '') {
    if (given !== undefined && !isValid(given)) throw unusable(env, `it must ${form}`);
    return given;
  }
  if (given !== undefined) throw unusable(setting, `${env} is set too: give one of them`);
  const url = readSecretFile(place[file], what);
  if (!isValid(url)) throw unusable(setting, `it must ${form}`);
  return url;
}

/** A setting that cannot be used, by its name and why; never with its value. */
export const unusable = (name: string, why: string): CommandError =>
  new CommandError('cannotStart', `These settings cannot be used:\n  ${name}: ${why}`);

// Settings come from these sources: defaults, a file, the environment, options of the command line; later ones win.
import { isIn, isKeyOf, keysOf } from '@hallpass/protocol';
import { didYouMean } from '@hallpass/emulator/suggest';
import { readSettings, type SettingName, type Settings, settingTable } from '@hallpass/server';
import { Command } from 'commander';
import { readFileSync } from 'node:fs';
import { CommandError } from '../command-error.ts';
import type { Outside } from './outside.ts';

/** These settings are about the place of the server, beside the settings of the server itself. */
export const placeTable = {
  data: {
    doc: 'Directory of the database and the root key. With PostgreSQL it holds no data, only the root key and a mark of how far the database was seen.',
    env: 'HALLPASS_DATA',
    default: 'hallpass-data',
  },
  port: {
    doc: 'Port to listen on; 0 picks a free one. The environment variable PORT sets it too.',
    env: 'HALLPASS_PORT',
    default: '4000',
  },
  host: { doc: 'Address to bind.', env: 'HALLPASS_HOST', default: '127.0.0.1' },
  databaseUrlFile: {
    doc: 'File that holds the address of a PostgreSQL database, postgres://…; only its owner may be able to read it. Use it instead of DATABASE_URL, because other users may be able to read the environment of a process.',
    env: 'HALLPASS_DATABASE_URL_FILE',
    default: '',
  },
  smtpUrlFile: {
    doc: 'File that holds the address of a mail server, smtps://user:password@host; only its owner may be able to read it. Use it instead of HALLPASS_SMTP_URL, because other users may be able to read the environment of a process.',
    env: 'HALLPASS_SMTP_URL_FILE',
    default: '',
  },
  rootKeyFile: {
    doc: "File of the root key, if it isn't root.key in the data directory.",
    env: 'HALLPASS_ROOT_KEY_FILE',
    default: '',
  },
} as const;

export type PlaceName = keyof typeof placeTable;
type Name = SettingName | PlaceName;

const names: readonly Name[] = [...keysOf(placeTable), ...keysOf(settingTable)];
const declarationOf = (name: Name): { doc: string; env: string } =>
  isKeyOf(placeTable, name) ? placeTable[name] : settingTable[name];

/** Commands that work on the data without serving them need these settings. */
export const dataSettings: readonly Name[] = ['data', 'databaseUrlFile', 'rootKeyFile'];

/** The option of the command line that sets a setting. */
export const flagOf = (name: string): string => `--${name.replace(/[A-Z]|\d+/g, (part) => `-${part.toLowerCase()}`)}`;

/** True for settings that are on or off: their option alone says on. */
const isSwitch = (name: Name): boolean => !isKeyOf(placeTable, name) && typeof readSettings()[name] === 'boolean';

/** One option for each setting, and `--config`. `only` for commands that need no more than the data. */
export function settingOptions(command: Command, only: readonly Name[] = names): Command {
  command.option('--config <file>', 'YAML file with settings by the names that `hallpass config explain` prints');
  for (const name of only)
    command.option(
      `${flagOf(name)} ${isSwitch(name) ? '[true|false]' : '<value>'}`,
      `${declarationOf(name).doc} (${declarationOf(name).env})`,
    );
  return command;
}

interface SettingWithSource {
  value: unknown;
  /** `default`, `world.yaml:3`, `HALLPASS_PORT`, `--port`. */
  from: string;
}

export interface GatheredSettings {
  settings: Settings;
  place: { readonly [K in PlaceName]: string };
  sources: ReadonlyMap<Name, SettingWithSource>;
}

/** Puts all sources together and checks the whole. @throws BadSettings | Stop */
export async function gather(outside: Outside, options: Readonly<Record<string, unknown>>): Promise<GatheredSettings> {
  const sources = new Map<Name, SettingWithSource>();
  const config = options.config as string | undefined;
  if (config !== undefined) for (const [name, sourced] of await fromFile(config)) sources.set(name, sourced);
  // Hosting platforms name the port so; ours goes before.
  if (outside.env['PORT']) sources.set('port', { value: outside.env['PORT'], from: 'PORT' });
  for (const name of names) {
    const { env } = declarationOf(name);
    const value = outside.env[env];
    if (value !== undefined && value !== '') sources.set(name, { value, from: env });
    if (options[name] !== undefined) sources.set(name, { value: options[name], from: flagOf(name) });
  }
  const raw: Partial<Record<SettingName, unknown>> = {};
  for (const name of keysOf(settingTable)) {
    const source = sources.get(name);
    if (source) raw[name] = source.value;
  }
  const settings = readSettings(raw);
  const place = Object.fromEntries(
    Object.entries(placeTable).map(([name, entry]) => [
      name,
      placeValue(sources.get(name as PlaceName)?.value) ?? entry.default,
    ]),
  );
  return { settings, place: place as GatheredSettings['place'], sources };
}

const placeValue = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;

async function fromFile(file: string): Promise<Map<Name, SettingWithSource>> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new CommandError('cannotStart', `The file of --config, ${file}, can't be read. Name a file that exists.`);
  }
  // The platform starts without YAML and without the emulator, unless it is given a file.
  const { readSource } = await import('@hallpass/emulator/read-yaml');
  const source = readSource(text);
  const wrong = source.problems.map(({ line, column, message }) => `${file}:${line}:${column} ${message}`);
  const found = new Map<Name, SettingWithSource>();
  const entries =
    source.value !== null && typeof source.value === 'object' && !Array.isArray(source.value)
      ? Object.entries(source.value)
      : [];
  for (const [name, value] of entries) {
    const { line, column } = source.place([name]);
    if (name in placeTable && placeValue(value) === undefined)
      wrong.push(`${file}:${line}:${column} ${name}: must be text or a number`);
    else if (isIn(names, name)) found.set(name, { value, from: `${file}:${line}` });
    else wrong.push(`${file}:${line}:${column} ${name}: unknown setting${didYouMean(name, names)}`);
  }
  if (wrong.length > 0) throw new CommandError('cannotStart', wrong.join('\n'));
  return found;
}

/** Every setting with its value in force, in the order of the table. */
export function explained({
  settings,
  place,
  sources,
}: GatheredSettings): { name: string; value: unknown; from: string; env: string; doc: string }[] {
  return names.map((name) => {
    const value = isKeyOf(placeTable, name) ? place[name] : settings[name];
    return { name, value: value ?? null, from: sources.get(name)?.from ?? 'default', ...declarationOf(name) };
  });
}

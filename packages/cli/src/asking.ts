// Commands that ask a server share these options and steps: where it is, which app asks, and the token, which may come
// in by standard input so that it stands in no list of processes.
import { type AppCredentials, createClient, GraphError, type GraphClient } from '@hallpass/client';
import { holderAdvice, parseVersion } from '@hallpass/protocol';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { baseOf } from './arguments.ts';
import { CommandError } from './command-error.ts';
import type { Outside } from './surroundings/outside.ts';
import { table } from './printing/print.ts';

export interface AskingOptions {
  url: string;
  apiVersion?: string;
  json?: boolean;
}

export interface AppOptions {
  appId?: string;
  appSecret?: string;
  appSecretFile?: string;
}

const versionOf = (text: string): string => {
  if (parseVersion(text) === undefined) throw new InvalidArgumentError('Write a version such as v25.0.');
  return text;
};

export function askingOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--url <address>', 'address of the server')
        .env('HALLPASS_URL')
        .argParser(baseOf)
        .default('http://localhost:4000'),
    )
    .addOption(
      new Option('--api-version <version>', 'Graph version, such as v25.0; by default that of the app').argParser(
        versionOf,
      ),
    )
    .option('--json', 'print JSON, for refusals too');
}

export function appOptions(command: Command): Command {
  return command
    .addOption(new Option('--app-id <id>', 'the app that makes the call').env('HALLPASS_APP_ID'))
    .addOption(
      new Option('--app-secret <secret>', 'its secret; better in a file, because other users can read arguments').env(
        'HALLPASS_APP_SECRET',
      ),
    )
    .addOption(
      new Option('--app-secret-file <file>', 'file that holds its secret; only its owner may be able to read it').env(
        'HALLPASS_APP_SECRET_FILE',
      ),
    );
}

/** A secret that stands in a file of its own. @throws StorageRefused */
export async function inFile(path: string, what: string): Promise<string> {
  const { readSecretFile } = await import('@hallpass/db/files');
  return readSecretFile(path, what);
}

/** @throws Stop where one of the two is missing, StorageRefused for a file that others may read */
export async function appOf({ appId, appSecret: text, appSecretFile }: AppOptions): Promise<AppCredentials> {
  if (text !== undefined && appSecretFile !== undefined)
    throw new CommandError('wrongUse', 'Give --app-secret or --app-secret-file, not both.');
  const appSecret = appSecretFile === undefined ? text : await inFile(appSecretFile, 'app secret');
  if (appId !== undefined && appSecret !== undefined) return { appId, appSecret };
  const missing = [
    ...(appId === undefined ? ['--app-id (or HALLPASS_APP_ID)'] : []),
    ...(appSecret === undefined ? ['--app-secret-file (or HALLPASS_APP_SECRET_FILE, or HALLPASS_APP_SECRET)'] : []),
  ];
  throw new CommandError('wrongUse', `Give ${missing.join(' and ')}: this call is made by an app.`);
}

export const clientOf = (outside: Outside, { url, apiVersion }: AskingOptions): GraphClient =>
  createClient({ base: url, fetch: outside.fetch, version: apiVersion });

/** The token as it was given, or standard input for `-`. */
export async function tokenOf(outside: Outside, text: string): Promise<string> {
  const token = text === '-' ? await outside.stdin() : text;
  if (token === '')
    throw new CommandError('wrongUse', 'There was no token on standard input. Pipe it in, or write it instead of -.');
  return token;
}

/** Runs a command's question; a refusal is printed as JSON or in words and ends with code 1. */
export async function reportErrors(
  outside: Outside,
  json: boolean | undefined,
  ask: () => Promise<void>,
): Promise<void> {
  try {
    await ask();
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    const { code, subcode, type, message, fbtraceId, detail, advice } = error;
    if (json) {
      outside.out(
        JSON.stringify({
          error: { message, type, code, error_subcode: subcode, fbtrace_id: fbtraceId, detail, advice: advice.holder },
        }),
      );
      throw new CommandError('failed', '');
    }
    throw new CommandError('failed', refusalInWords(error));
  }
}

/** Says what the server said, and what to do about it. */
function refusalInWords({ code, subcode, type, message, fbtraceId, detail, advice }: GraphError): string {
  const rows = [
    ['refused', message],
    ['code', `${code}${subcode === undefined ? '' : ` (subcode ${subcode})`} ${type}`],
    ...(detail === undefined ? [] : [['because', detail]]),
    ['what to do', holderAdvice[advice.holder]],
    ...(fbtraceId === undefined ? [] : [['trace', fbtraceId]]),
  ];
  return table(rows);
}

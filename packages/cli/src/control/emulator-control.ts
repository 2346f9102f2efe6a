// Orders to an emulator that runs: its clock, its faults, its worlds. Below `hallpass exec` two variables lead to it;
// otherwise the emulator on this machine has left a note.
import { parseJson, type Shape, shape } from '@hallpass/protocol';
import { type Command, Option } from 'commander';
import { emulatorOf } from '../arguments.ts';
import { CommandError } from '../command-error.ts';
import type { Outside } from '../surroundings/outside.ts';
import { CONTROL_TOKEN, EMULATOR_URL, WORLD } from './control-variables.ts';
import { notedAddresses, notedToken } from './running-emulators.ts';

export interface ControlOptions {
  url?: URL;
  world?: string;
  json?: boolean;
}

const USUAL = 'http://localhost:4000';

/**
 * The address that is meant where none was given: that of the surrounding `hallpass exec`, or of the only emulator that
 * this person runs on this machine, or the usual one.
 */
export function usualEmulator(outside: Outside): URL {
  const named = outside.env[EMULATOR_URL];
  if (named !== undefined) return emulatorOf(named);
  const [only, ...others] = notedAddresses(outside);
  return emulatorOf(only !== undefined && others.length === 0 ? only : USUAL);
}

/** Adds the options of a command that orders something of an emulator. */
export function controlOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--url <address>',
        'the emulator; by default that of the surrounding `hallpass exec`, or the one that runs on this machine',
      ).argParser(emulatorOf),
    )
    .addOption(new Option('--world <name>', 'a world of that emulator; by default its main one').env(WORLD))
    .option('--json', 'print the answer as one line of JSON');
}

type Arguments = Readonly<Record<string, string | number | boolean | undefined>>;

interface EmulatorControl {
  readonly url: URL;
  /** @throws ControlRefusal with the sentence of the emulator, CommandError where nobody answers */
  ask<T>(answer: Shape<T>, method: 'GET' | 'POST' | 'DELETE', call: string, args?: Arguments): Promise<T>;
}

/** The emulator does not do what it was asked. */
export class ControlRefusal extends CommandError {
  readonly status: number;

  constructor(status: number, message: string) {
    super('failed', message);
    this.status = status;
  }
}

/** The token of the emulator at this address, where it is known to this person. */
export function controlTokenOf(url: URL, outside: Outside): string | undefined {
  const given = outside.env[CONTROL_TOKEN];
  const named = outside.env[EMULATOR_URL];
  if (given !== undefined && named !== undefined && URL.parse(named)?.port === url.port) return given;
  return notedToken(Number(url.port) || 80, outside) ?? given;
}

/** @throws CommandError where no emulator answers, and where its token is not known */
export function controlOf(
  { url: named, world }: Pick<ControlOptions, 'url' | 'world'>,
  outside: Outside,
): EmulatorControl {
  const url = named ?? usualEmulator(outside);
  const token = controlTokenOf(url, outside);
  return {
    url,
    async ask(answer, method, call, args = {}) {
      const sent: [string, string][] = Object.entries(args).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, String(value)]],
      );
      const address = new URL(`/_/emulator/${call}`, url);
      if (method !== 'POST') address.search = new URLSearchParams(sent).toString();
      const headers = {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(method === 'POST' ? { 'content-type': 'application/json' } : {}),
        ...(world === undefined ? {} : { 'x-hallpass-world': world }),
      };
      const body = method === 'POST' ? { body: JSON.stringify(Object.fromEntries(sent)) } : {};
      const response = await outside
        .fetch(address.href, { method, headers, redirect: 'manual', ...body })
        .catch(() => undefined);
      if (!response) throw nobodyAnswers(url, '--url', outside);
      if (response.status === 401) throw tokenUnknown(url);
      const text = await response.text();
      const given = response.ok ? parseJson(answer, text) : undefined;
      if (given !== undefined) return given;
      const said = parseJson(refusal, text)?.error.message;
      throw new ControlRefusal(
        response.status,
        said ?? `The server at ${url.origin} isn't an emulator that understands this command.`,
      );
    },
  };
}

const refusal = shape.object<{ error: { message: string } }>({
  error: shape.object<{ message: string }>({ message: shape.text }),
});

/** @param option the option of the command that names an emulator */
export function nobodyAnswers(url: URL, option: '--join' | '--url', outside: Outside): CommandError {
  const others = notedAddresses(outside).filter((one) => one !== url.origin);
  const known = others.length === 0 ? '' : ` Running on this machine: ${others.join(', ')}.`;
  return new CommandError(
    'cannotStart',
    `No emulator answers at ${url.origin}: start one with \`hallpass dev\`, or name another with ${option}.${known}`,
  );
}

const tokenUnknown = (url: URL): CommandError =>
  new CommandError(
    'failed',
    `The emulator at ${url.origin} requires its control token. Set ${CONTROL_TOKEN} to the one it printed when it started.`,
  );

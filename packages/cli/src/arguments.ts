// This module reads single arguments and options, and says so where one cannot be understood.
import { InvalidArgumentError } from 'commander';
import { CommandError } from './command-error.ts';

export function portOf(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new InvalidArgumentError('A port is a number from 0 (any free one) to 65535.');
}

/** The port that `PORT` of the environment names, as hosting platforms do; else the usual one. */
export function portFrom({ PORT: named }: Readonly<Record<string, string | undefined>>, usual: number): number {
  if (named === undefined || named === '') return usual;
  if (/^\d{1,5}$/.test(named) && Number(named) <= 65_535) return Number(named);
  throw new CommandError('cannotStart', 'PORT in the environment must be a number from 0 (any free one) to 65535.');
}

/** Whole seconds from 0 to so many. */
export const secondsUpTo =
  (most: number) =>
  (text: string): number => {
    if (/^\d{1,6}$/.test(text) && Number(text) <= most) return Number(text);
    throw new InvalidArgumentError(`Write whole seconds, at most ${most}.`);
  };

/** Seconds from 0 to ten minutes. */
export const secondsOf = secondsUpTo(600);

/** `-F name=value`, several times. */
export function pairOf(text: string, before: Record<string, string> | undefined): Record<string, string> {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('Write name=value.');
  return { ...before, [text.slice(0, at)]: text.slice(at + 1) };
}

export function baseOf(text: string): string {
  const url = URL.parse(text);
  if (
    url &&
    (url.protocol === 'http:' || url.protocol === 'https:') &&
    url.pathname === '/' &&
    url.search === '' &&
    url.username === ''
  )
    return url.origin;
  throw new InvalidArgumentError('Write the address of a server, such as http://localhost:4000, without a path.');
}

const logLevels = ['debug', 'info', 'warn', 'error'] as const;

export function logLevelOf(text: string): (typeof logLevels)[number] {
  const level = logLevels.find((one) => one === text);
  if (level === undefined) throw new InvalidArgumentError(`Write ${logLevels.join(', ')}.`);
  return level;
}

/** `5432,6379` */
export function portsOf(text: string): number[] {
  const ports = text.split(',').map((part) => {
    const port = portOf(part.trim());
    if (port === 0) throw new InvalidArgumentError('Name the ports, such as 5432,6379.');
    return port;
  });
  return [...new Set(ports)];
}

/** The address of an emulator on this machine; the usual one where none is named. */
export function emulatorOf(text: string): URL {
  const url = new URL(baseOf(text));
  if (url.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)) return url;
  throw new InvalidArgumentError(
    'The emulator to join must be on this machine: write an address such as http://localhost:4000.',
  );
}

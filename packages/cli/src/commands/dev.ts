// `hallpass dev` runs the emulator with a seeded world.
import type { Emulator } from '@hallpass/emulator';
import { Command, InvalidArgumentError } from 'commander';
import { logLevelOf, portFrom, portOf } from '../arguments.ts';
import { cannotListen, untilStopped } from '../surroundings/listening.ts';
import { example } from '../printing/example.ts';
import { emulatorOptions } from '../surroundings/emulator-options.ts';
import type { Outside } from '../surroundings/outside.ts';
import { warnUnbuilt } from '../surroundings/unbuilt.ts';

const PORT = 4000;
/** Seconds that calls under way get at the end. */
const GRACE = 5;

interface DevOptions {
  port?: number;
  host?: string;
  seed?: string;
  watch?: boolean;
  state?: string;
  at?: string;
  mailPort?: number;
  json?: boolean;
  logLevel: ReturnType<typeof logLevelOf>;
  iKnowThisIsUnsafe?: boolean;
}

export function build(outside: Outside): Command {
  return new Command('dev')
    .description(
      'Start the emulator in memory, with the demo world or your own from a seed file. It is as strict as the platform, but passwords and secrets are fixed and printed.',
    )
    .option(
      '--port <number>',
      `port to listen on; 0 picks a free one (default: PORT of the environment, or ${PORT})`,
      portOf,
    )
    .option('--seed <file>', 'YAML file that describes the world (see docs/guide/seed-files.md)')
    .option('--watch', 'plant the seed file again whenever it changes')
    .option('--state <directory>', 'keep the world in this directory between starts')
    .option('--at <time>', 'the time at which the world begins, such as 2026-11-21T12:00:00Z')
    .option(
      '--mail-port <number>',
      'open a mail server on this port for programs that send mail; 0 takes any free one',
      portOf,
    )
    .option('--json', 'print one line of JSON to standard output when ready, and nothing else')
    .option('--log-level <level>', 'debug, info, warn or error; the log is JSON on standard error', logLevelOf, 'warn')
    .option('--host <address>', 'address to bind; a loopback address unless the next option is given')
    .option('--i-know-this-is-unsafe', 'allow any --host; anyone who can reach the emulator can log in as anyone')
    .addHelpText('after', example('hallpass dev --port 0 --json --at 2026-11-21T12:00:00Z'))
    .action((options: DevOptions) => dev(options, outside));
}

async function dev(options: DevOptions, outside: Outside): Promise<void> {
  const stopAsked = outside.stopAsked();
  const port = options.port ?? portFrom(outside.env, PORT);
  const { BadSeed, createEmulator, demoSeed, loadSeed, momentOf } = await import('@hallpass/emulator');
  const { followAuthority } = await import('../trust/kept-authority.ts');
  const at = options.at === undefined ? undefined : momentOf(options.at);
  if (options.at !== undefined && at === undefined)
    throw new InvalidArgumentError('--at: write a time such as 2026-11-21T12:00:00Z.');
  if (options.watch && (options.seed === undefined || options.state !== undefined))
    throw new InvalidArgumentError(
      "--watch: name the file with --seed. A world that is kept with --state isn't planted again.",
    );
  const seed = options.seed === undefined ? demoSeed() : await loadSeed(options.seed, options.seed);
  const { log, flush } = outside.log(options.logLevel);
  const emulator = await createEmulator({
    seed,
    at,
    port,
    ...(options.host === undefined ? {} : { host: options.host }),
    state: options.state,
    ...(await emulatorOptions(outside)),
    unsafe: options.iKnowThisIsUnsafe ?? false,
    log,
    // Others would reach the proxy too.
    ...(options.host === undefined ? { front: { authority: followAuthority(outside) } } : {}),
  }).catch((error: unknown) => {
    throw error instanceof BadSeed ? error : cannotListen(error, port, options.host ?? '127.0.0.1');
  });
  const mail = await openMailServer(emulator, options.mailPort);
  const { banner, readyLine } = await import('../printing/banner.ts');
  // Before it is said that all is ready: other commands may come at once.
  const { noteEmulator } = await import('../control/running-emulators.ts');
  const removeNote = noteEmulator(emulator, outside);
  outside.out(options.json ? readyLine(emulator, mail?.url) : banner(emulator, options.state, mail?.url));
  if (!options.json) warnUnbuilt(outside);
  const { watchSeed } = await import('./emulator/watch-seed.ts');
  const stopWatching =
    options.watch && options.seed !== undefined ? watchSeed(outside, emulator, options.seed) : () => {};
  await untilStopped(outside, stopAsked, async () => {
    stopWatching();
    removeNote();
    await emulator.close(GRACE);
    await flush();
  });
}

/** @throws CommandError where the port is taken; the emulator is closed then */
async function openMailServer(emulator: Emulator, port: number | undefined): Promise<{ url: string } | undefined> {
  if (port === undefined) return undefined;
  try {
    return await emulator.openMailServer(port);
  } catch (error) {
    await emulator.close();
    throw cannotListen(error, port, 'localhost', '--mail-port');
  }
}

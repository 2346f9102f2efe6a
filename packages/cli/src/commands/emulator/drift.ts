// hallpass drift: makes the calls of a recording here and says where our answers differ from the recorded ones.
import { Command } from 'commander';
import { CommandExit } from '../../exit.ts';
import { CommandError, exitCodes } from '../../command-error.ts';
import { example } from '../../printing/example.ts';
import { fileText } from '../../surroundings/file-text.ts';
import type { Outside } from '../../surroundings/outside.ts';

interface DriftOptions {
  seed?: string;
  at?: string;
  json?: boolean;
}

export function build(outside: Outside): Command {
  return new Command('drift')
    .description(
      'Compare a recording with Hallpass: each of its calls is made in a world of ours, by somebody there, and the answers are compared by status, fields, types and the words of errors. Ends with exit code 1 where one differs.',
    )
    .argument('<file>', 'a file that hallpass record has written')
    .option('--seed <file>', 'YAML file that describes the world; else the demo world')
    .option('--at <moment>', 'the moment at which the world begins, such as that of the recording')
    .option('--json', 'print one line of JSON')
    .addHelpText('after', example('hallpass drift meta.json'))
    .action(async (file: string, options: DriftOptions) => {
      const drifted = await drift(file, options, outside);
      if (drifted) throw new CommandExit(exitCodes.failed.code);
    });
}

/** @returns true where an answer differs; @throws CommandError for a file that is no recording */
async function drift(file: string, { seed, at, json }: DriftOptions, outside: Outside): Promise<boolean> {
  const emulation = await import('@hallpass/emulator');
  const recording = emulation.readRecording(fileText(file, 'cannotStart'));
  if (!recording) throw new CommandError('cannotStart', `${file} is no recording: hallpass record writes one.`);
  const moment = at === undefined ? undefined : emulation.momentOf(at);
  if (at !== undefined && moment === undefined)
    throw new CommandError('wrongUse', '--at: must be a moment such as 2026-11-21T12:00:00Z.');
  const emulator = await emulation.createEmulator({
    ...(seed === undefined ? {} : { seed: await emulation.loadSeed(seed, seed) }),
    at: moment,
    environment: outside.env['NODE_ENV'],
  });
  try {
    const calls = await emulation.driftOf(recording, emulator.worlds.main);
    const differing = calls.filter(({ differences }) => differences.length > 0).length;
    if (json) outside.out(JSON.stringify({ calls: calls.length, differing, cut: recording.cut, compared: calls }));
    else {
      const { driftInWords } = await import('../../printing/drift-in-words.ts');
      outside.out(driftInWords(calls, recording.cut));
    }
    return differing > 0;
  } finally {
    await emulator.close();
  }
}

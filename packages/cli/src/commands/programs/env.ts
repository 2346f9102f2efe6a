// hallpass env: the variables that bring the programs of a shell to an emulator that runs.
import { Command, Option } from 'commander';
import { emulatorOf } from '../../arguments.ts';
import type { Shell } from '../../exec/shells.ts';
import { nobodyAnswers, usualEmulator } from '../../control/emulator-control.ts';
import { example } from '../../printing/example.ts';
import type { Outside } from '../../surroundings/outside.ts';

interface EnvOptions {
  join?: URL;
  shell?: Shell;
  json?: boolean;
}

export function build(outside: Outside): Command {
  return new Command('env')
    .description(
      "Print the variables that direct a shell's programs to a running emulator (`hallpass dev`), the same as `hallpass exec --env-only` sets. Variables that are already set in this shell are kept and extended.",
    )
    .option('--join <address>', 'the emulator; by default the one that runs on this machine', emulatorOf)
    .addOption(
      new Option('--shell <name>', 'the shell to print for; by default the usual one of this machine').choices([
        'sh',
        'fish',
        'powershell',
      ]),
    )
    .option('--json', 'print one JSON object of names and values')
    .addHelpText('after', example('eval "$(hallpass env)"'))
    .action((options: EnvOptions) => env(options, outside));
}

async function env({ join: named, shell, json }: EnvOptions, outside: Outside): Promise<void> {
  const join = named ?? usualEmulator(outside);
  const { assignments, usualShell } = await import('../../exec/shells.ts');
  const { authorityFolder, keptAuthority } = await import('../../trust/kept-authority.ts');
  const { trustFilesIn, writeTrustFiles } = await import('../../trust/trust-files.ts');
  const { variables } = await import('../../exec/variables.ts');
  const { trustFilesOptions } = await import('../../trust/trust-files-options.ts');
  await seeThatItAnswers(join, outside);
  const { certificate } = keptAuthority(outside);
  const files = trustFilesIn(authorityFolder(outside));
  await writeTrustFiles(files, certificate, trustFilesOptions(outside, files));
  const { set, notes } = variables({ env: outside.env, files, certificate, proxy: join.origin });
  const given = Object.fromEntries(
    Object.entries({ ...set, HALLPASS_EMULATOR_URL: join.origin }).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  );
  for (const note of notes) outside.err(note);
  outside.out(json ? JSON.stringify(given) : assignments(shell ?? usualShell(outside), given));
}

async function seeThatItAnswers(join: URL, outside: Outside): Promise<void> {
  const answer = await outside
    .fetch(new URL('/_/health', join).href, { method: 'GET', headers: {}, redirect: 'manual' })
    .catch(() => undefined);
  if (answer?.ok !== true) throw nobodyAnswers(join, '--join', outside);
}

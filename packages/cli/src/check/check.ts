// Runs a check from its beginning to its report: an emulator of its own, one `hallpass exec` in which the command runs,
// files that are put back. At its end nothing of it is left but the reports that were asked for.
import { writeFileSync } from 'node:fs';
import { didYouMean } from '@hallpass/emulator/suggest';
import { type Emulator, type StoryName } from '@hallpass/emulator';
import type { CheckReport, HandedValues, RunOptions, Severity } from '@hallpass/emulator/check';
import type { PermissionJudgement } from '@hallpass/server';
import { CommandExit } from '../exit.ts';
import { CommandError } from '../command-error.ts';
import { seedOf } from '../exec/worlds/exec-world.ts';
import { refuseWhatCannotRun } from '../exec/exec.ts';
import { numberOf } from '../exec/run-command.ts';
import { progressBar } from '../printing/progress.ts';
import { emulatorOptions } from '../surroundings/emulator-options.ts';
import type { Outside } from '../surroundings/outside.ts';
import { scope } from '../trust/scope.ts';
import { isAsBadAs } from './fail-on.ts';
import { type CommandRunner, openRunner } from './command-runner.ts';
import { keepFiles } from './kept-files.ts';

export interface ReportFile {
  kind: 'html' | 'junit' | 'json';
  file: string;
}

export interface CheckCommandOptions {
  story?: string[];
  skip?: string[];
  sunset?: number | true;
  scopes?: boolean;
  report?: ReportFile[];
  json?: boolean;
  failOn: Severity;
  env?: Record<string, string>;
  setup?: string;
  putBack?: string[];
  person?: string;
  app?: string;
  scope?: string;
  seed?: string;
  timeout: number;
  passthrough?: boolean;
  open?: number[];
  envOnly?: boolean;
}

/** Days before its end from which a version is too old, where nothing else is said. */
const SUNSET = 90;
const SECOND = 1000;

/** @throws CommandExit with 1 where the report has something to mend, CommandError where there was nothing to check */
export async function check(command: string[], options: CheckCommandOptions, outside: Outside): Promise<void> {
  refuseWhatCannotRun(command, outside);
  const names = await storiesOf(options);
  const { recordCalls } = await import('@hallpass/emulator/check');
  const calls = recordCalls(() => outside.wall.ms());
  const judged: PermissionJudgement[] = [];
  const emulator = await openEmulator(options, outside, {
    observe: calls.note,
    ...(options.scopes ? { judged: (judgement) => void judged.push(judgement) } : {}),
  });
  const runner = openRunner(
    { emulator, execOptions: execOptionsOf(options), timeout: options.timeout * SECOND },
    outside,
  );
  const original = keepFiles(options.putBack ?? []);
  let interrupted: NodeJS.Signals | undefined;
  // Files are put back also where somebody stops it.
  const listening = outside.onSignals(['SIGINT', 'SIGTERM', 'SIGHUP'], (name) => {
    interrupted = name;
    runner.stop();
  });
  try {
    const { app, person } = await subjectOf(emulator, options);
    const run: RunOptions = {
      emulator,
      app,
      person,
      scope: options.scope ?? usualScope(app),
      calls,
      run: (values) => runner.run(command, variablesFor(values, options.env ?? {})),
    };
    if (options.setup !== undefined) await runSetup(options.setup, runner, { app_id: app.id, app_secret: app.secret });
    if (options.sunset !== undefined || options.scopes) return await lookOnce(run, options, judged, outside);
    await playAll(command, run, names, options, outside);
  } catch (error) {
    if (interrupted !== undefined) throw new CommandExit(128 + numberOf(interrupted), interrupted);
    throw error;
  } finally {
    listening();
    await runner.close();
    original.putBack();
    original.remove();
    await emulator.close();
  }
}

/** Plays the stories, prints the report, and writes it to the files. */
async function playAll(
  command: string[],
  run: RunOptions,
  stories: readonly StoryName[],
  options: CheckCommandOptions,
  outside: Outside,
): Promise<void> {
  const { brokenIn, checkStories } = await import('@hallpass/emulator/check');
  const ready = keepFiles(options.putBack ?? []);
  const bar = progressBar(outside);
  const began = outside.wall.ms();
  const report: CheckReport = {
    command,
    world: run.emulator.seed.name,
    app: run.app.name,
    made: new Date(outside.wall.now() * SECOND).toISOString(),
    ms: 0,
    modules: [],
  };
  try {
    report.modules = await checkStories({
      ...run,
      stories,
      restore: async () => ready.putBack(),
      begins: (story, at) => bar.show(at, stories.length, story),
    });
  } finally {
    bar.end();
    ready.remove();
  }
  report.ms = Math.round(outside.wall.ms() - began);
  for (const { kind, file } of options.report ?? []) writeFileSync(file, await textOf(kind, report));
  if (options.json) outside.out(JSON.stringify(report));
  else outside.out((await import('./report-in-words.ts')).reportInWords(report));
  if (report.modules.every(({ state }) => state === 'unchecked'))
    throw new CommandError('failed', 'Nothing could be checked: the reasons stand beside each story.');
  const fails = report.modules.flatMap(brokenIn).some(({ severity }) => isAsBadAs(severity, options.failOn));
  if (fails) throw new CommandExit(1);
}

async function textOf(kind: ReportFile['kind'], report: CheckReport): Promise<string> {
  if (kind === 'json') return `${JSON.stringify(report, null, 2)}\n`;
  if (kind === 'junit') return (await import('./junit.ts')).junitOf(report);
  return (await import('./report-page.ts')).reportPage(report);
}

/** Runs the command once, for its versions or its permissions. */
async function lookOnce(
  run: RunOptions,
  options: CheckCommandOptions,
  judged: PermissionJudgement[],
  outside: Outside,
): Promise<void> {
  const { runOnce, scopesOf, sunsetOf } = await import('@hallpass/emulator/check');
  const words = await import('./once-in-words.ts');
  let of: PermissionJudgement[] = [];
  const { run: ended, granted } = await runOnce({
    ...run,
    async run(values) {
      judged.length = 0;
      const end = await run.run(values);
      of = judged.filter(({ app }) => app === run.app.id);
      return end;
    },
  });
  if (ended.calls.length === 0)
    throw new CommandError(
      'failed',
      `The command made no call to the Graph: ${ended.output.trim() || 'it said nothing'}`,
    );
  if (options.scopes) {
    const report = scopesOf(of, granted, run.app.settings?.advancedAccess ?? []);
    outside.out(options.json ? JSON.stringify(report) : words.scopesInWords(report));
    if (report.missing.length > 0) throw new CommandExit(1);
  }
  if (options.sunset !== undefined) {
    const within = options.sunset === true ? SUNSET : options.sunset;
    const report = sunsetOf(ended.calls, run.emulator.clock.now(), within);
    outside.out(options.json ? JSON.stringify(report) : words.sunsetInWords(report));
    if (report.versions.some(({ soon }) => soon)) throw new CommandExit(1);
  }
}

/** @throws CommandError for a name that no story has */
async function storiesOf({ story, skip = [] }: CheckCommandOptions): Promise<StoryName[]> {
  const { storyCards } = await import('@hallpass/emulator');
  const all = storyCards.map((card) => card.story);
  const known: readonly string[] = all;
  for (const name of [...(story ?? []), ...skip])
    if (!known.includes(name))
      throw new CommandError(
        'wrongUse',
        `There is no story ${name}${didYouMean(name, known) || ':'} hallpass story list has all.`,
      );
  return all.filter((name) => (story === undefined || story.includes(name)) && !skip.includes(name));
}

async function openEmulator(
  { seed: file }: CheckCommandOptions,
  outside: Outside,
  noting: Pick<NonNullable<Parameters<typeof import('@hallpass/emulator').createEmulator>[0]>, 'observe' | 'judged'>,
): Promise<Emulator> {
  const { createEmulator } = await import('@hallpass/emulator');
  const { makeAuthority } = await import('@hallpass/emulator/front');
  const seed = await seedOf(file);
  const authority = makeAuthority(scope, { now: outside.wall.now(), random: outside.random });
  return createEmulator({
    ...(seed ? { seed } : {}),
    ...noting,
    ...(await emulatorOptions(outside)),
    // Its names are those of Meta: `hallpass exec` asks for them.
    front: { authority: () => authority },
  });
}

const execOptionsOf = ({ open, passthrough, envOnly }: CheckCommandOptions): string[] => [
  ...(open === undefined ? [] : ['--open', open.join(',')]),
  ...(passthrough ? ['--passthrough'] : []),
  ...(envOnly ? ['--env-only'] : []),
];

/** @throws CommandError where the world has no such app or person */
async function subjectOf(
  emulator: Emulator,
  options: CheckCommandOptions,
): Promise<Pick<RunOptions, 'app' | 'person'>> {
  const { PersonError } = await import('@hallpass/emulator');
  const { apps } = emulator.seed.world;
  const app = options.app === undefined ? apps[0] : apps.find(({ id, name }) => [id, name].includes(options.app ?? ''));
  if (!app) throw new CommandError('wrongUse', `--app: the world ${emulator.seed.name} has no such app.`);
  try {
    const person = options.person === undefined ? emulator.people.list()[0] : emulator.people.get(options.person);
    if (person) return { app, person };
  } catch (error) {
    if (error instanceof PersonError) throw new CommandError('wrongUse', `--person: ${error.message}`);
    throw error;
  }
  throw new CommandError('wrongUse', `Nobody of the world ${emulator.seed.name} can log in.`);
}

const usual = ['email', 'pages_show_list', 'pages_read_engagement', 'pages_manage_posts'];
const usualScope = ({ settings }: RunOptions['app']): string =>
  usual.filter((name) => settings?.advancedAccess?.includes(name)).join(',') || 'public_profile';

/** @throws CommandError where it fails */
async function runSetup(
  setup: string,
  runner: CommandRunner,
  values: Pick<HandedValues, 'app_id' | 'app_secret'>,
): Promise<void> {
  const { code, output } = await runner.run(['sh', '-c', setup], ownVariables(values));
  if (code !== 0) throw new CommandError('failed', `--setup ends with ${code}: ${output.trim()}`);
}

const ownVariables = (values: Partial<HandedValues>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [`HALLPASS_${name.toUpperCase()}`, value]));

/** Variables of ours, and those that were asked for, with the words in braces filled in. */
function variablesFor(values: HandedValues, asked: Readonly<Record<string, string>>): Record<string, string> {
  const known: Readonly<Record<string, string>> = { ...values };
  const filled = Object.entries(asked).map(([name, text]) => [
    name,
    text.replace(/\{(\w+)\}/g, (whole, word: string) => known[word] ?? whole),
  ]);
  return { ...ownVariables(values), ...Object.fromEntries(filled) };
}

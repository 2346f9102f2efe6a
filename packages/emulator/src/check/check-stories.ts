// Plays stories against a command, one by one: each begins in the same world, in which the command passes; then the story
// happens, and the command runs again; then the story is undone, and it runs once more.
import { endOfVersion } from '@hallpass/protocol';
import type { Emulator } from '../emulator.ts';
import type { EmulatorPerson } from '../people/people.ts';
import { cardOf, type StoryCard, type StoryName, stories } from '../stories/play-story.ts';
import type { Story } from '../stories/story.ts';
import { struckTokenOf } from '../stories/struck-token.ts';
import { callGraph } from '../stories/acts.ts';
import type { CallRecorder } from './check-call.ts';
import { type CheckedRun, passes } from './checked.ts';
import type { CheckModule } from './check-report.ts';
import { judgeStory, notChecked } from './judge-story.ts';

/** These are told to the command: variables, and words in braces of variables of its own. */
export interface HandedValues {
  /** Empty where the command is handed the address of a log-in instead. */
  token: string;
  token_kind: string;
  page_id: string;
  person_id: string;
  app_id: string;
  app_secret: string;
  /** The address at which the app was told of a log-in; empty where it is handed a token. */
  return_url: string;
}

export type RunEnd = Omit<CheckedRun, 'calls'>;

export interface RunOptions {
  emulator: Emulator;
  app: Emulator['seed']['world']['apps'][number];
  /** The person to whom it happens. */
  person: EmulatorPerson;
  /** Permissions that the person gives the app, joined by commas. */
  scope: string;
  /** It has noted every call to the emulator since it started. */
  calls: CallRecorder;
  /** Runs the command to its end, with these values. */
  run(values: HandedValues): Promise<RunEnd>;
}

export interface CheckOptions extends RunOptions {
  stories: readonly StoryName[];
  /** Puts the files of the app back as they were at first. */
  restore?(): Promise<void>;
  /** Is told before each story, and of its result. */
  begins?(story: StoryName, at: number): void;
  checked?(module: CheckModule): void;
}

/** @returns the modules, in the order of the stories; the world is as it was */
export async function checkStories(options: CheckOptions): Promise<CheckModule[]> {
  const { emulator } = options;
  const begin = await emulator.snapshot();
  const modules: CheckModule[] = [];
  try {
    for (const [at, story] of options.stories.entries()) {
      options.begins?.(story, at);
      await emulator.restore(begin);
      await options.restore?.();
      const module = await checkStory(options, story);
      modules.push(module);
      options.checked?.(module);
    }
  } finally {
    await emulator.restore(begin);
    await options.restore?.();
  }
  return modules;
}

/** Makes what the command is handed, as a log-in gives it in the world as it is now. */
async function handedBy(options: RunOptions, story: Pick<Story, 'strikes' | 'page'>): Promise<HandedValues> {
  const { app } = options;
  const place = placeOf(options);
  const { person } = place;
  const { kind, token, page, returnUrl = '' } = await struckTokenOf(place, story, options.scope);
  return {
    token,
    token_kind: kind,
    page_id: page ?? story.page?.(place) ?? firstPageOf(options),
    person_id: person.id,
    app_id: app.id,
    app_secret: app.secret,
    return_url: returnUrl,
  };
}

/** People forget what they changed when a world is put back: they are looked up anew. */
const placeOf = ({ emulator, app, person }: RunOptions) => ({
  world: emulator.worlds.main,
  app,
  person: emulator.people.get(person.id),
});

async function runWith({ calls, run }: RunOptions, values: HandedValues): Promise<CheckedRun> {
  calls.take();
  const end = await run(values);
  return { ...end, calls: calls.take() };
}

/** Runs the command once, with a token of the person. @returns the run, and what the person has given the app */
export async function runOnce(options: RunOptions): Promise<{ run: CheckedRun; granted: string[] }> {
  const values = await handedBy(options, {});
  const run = await runWith(options, values);
  const ask = { access_token: values.token };
  const { data = [] } = await callGraph(placeOf(options), 'GET', '/me/permissions', ask);
  const granted = data.flatMap(({ permission, status }) => (status === 'granted' ? (permission ?? []) : []));
  return { run, granted };
}

async function checkStory(options: CheckOptions, name: StoryName): Promise<CheckModule> {
  const { emulator, app } = options;
  const card = cardOf(name);
  const story: Story = stories[name];
  const { person } = placeOf(options);
  const hand = (): Promise<HandedValues> => handedBy(options, story);
  const runNow = (values: HandedValues): Promise<CheckedRun> => runWith(options, values);

  let values: HandedValues;
  try {
    values = await hand();
  } catch (error) {
    return notChecked(card, `There is no such token for the command: ${wordsOf(error)}`);
  }
  const credentials = [values.token, app.secret];
  const before = await runNow(values);
  if (!passes(before)) return notChecked(card, 'The command fails before the story.', { run: before, credentials });
  if (before.calls.length === 0)
    return notChecked(card, 'The command makes no call to the Graph.', { run: before, credentials });

  // A code is good once: the run after the story has another one, which is there before it.
  if (card.strikes === 'code') values = await hand();
  let did: string[];
  try {
    ({ did } = await emulator.stories.play(name, person, app));
    if (story.renews) values = await hand();
  } catch (error) {
    return notChecked(card, wordsOf(error));
  }
  credentials.push(values.token);
  const after = await runNow(values);
  const later = (await canGoOn(options, card)) ? await runNow(values) : undefined;
  const now = emulator.clock.now();
  const hasEnded = (version: Parameters<typeof endOfVersion>[0]): boolean =>
    (endOfVersion(version) ?? Number.POSITIVE_INFINITY) <= now;
  return judgeStory({ card, before, after, later, credentials, hasEnded }, did);
}

/** Tells whether the token is good for another run; a story that holds it is undone for that. */
async function canGoOn({ emulator }: CheckOptions, { leaves, story }: StoryCard): Promise<boolean> {
  if (leaves === 'less') return true;
  if (leaves === 'dead' || leaves === 'turning') return false;
  return (await emulator.stories.undo()).includes(story);
}

const firstPageOf = ({ emulator, person }: RunOptions): string =>
  emulator.seed.world.pages.find(({ roles }) => roles?.some((role) => role.person === person.id))?.id ?? '';

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

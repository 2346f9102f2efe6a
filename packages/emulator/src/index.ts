// This package is a server with seeded worlds and a clock that you can move. What reads seed files is loaded when one
// is read.
import type { KeyOfFile } from './seed/keys.ts';
import type { Seed } from './seed/read.ts';

export { type ClockPosition, EmulatorClock } from './clock.ts';
export { controlDocument } from './control/control.ts';
export { demoSeed } from './demo.ts';
export { createEmulator, type Emulator, type EmulatorOptions, type Observe } from './emulator.ts';
export { fetchIn } from './fetch-in.ts';
export { createFront, type FrontOptions } from './front/front.ts';
export { type ConnectionFault, connectionFaults } from './faults/connection-faults.ts';
export { faultWords } from './faults/fault-names.ts';
export { resetConnection } from './faults/write-broken.ts';
export { type FaultOrder, FaultOrders, type NewFaultOrder } from './faults/fault-orders.ts';
export { emulatorForTests, type SuiteOptions, type TestHooks } from './test-hooks.ts';
export { Inbox, type MailFilter, NoMail, type ReceivedMail } from './inbox/inbox.ts';
export { overHttp } from './people/over-http.ts';
export {
  type EmulatorPerson,
  EmulatorPeople,
  type LogInOptions,
  type LogInResult,
  PersonError,
} from './people/people.ts';
export type { EmulatedWorld, WorldSnapshot } from './worlds/emulated-world.ts';
export { WORLD_HEADER } from './worlds/which-world.ts';
export { aftermaths } from './stories/story.ts';
export { Stories, type StoryCard, storyCards, StoryFailed, type StoryName } from './stories/play-story.ts';
export { WorldError } from './worlds/world-error.ts';
export type { NewWorld, Worlds } from './worlds/worlds.ts';
export type { Difference } from './recordings/compare.ts';
export { type ComparedCall, driftOf } from './recordings/drift.ts';
export { createRecorder, type Recorder } from './recordings/recorder.ts';
export { readRecording, type Recording } from './recordings/recording.ts';
export { EmulatorRefused } from './refused.ts';
export { durationOf, momentOf } from './seed/moments.ts';
export { BadSeed, type Problem } from './seed/problems.ts';
export type { Seed } from './seed/read.ts';

/** Reads a seed file. `called` is its name in messages. @throws BadSeed with every problem */
export async function loadSeed(file: string | URL, called?: string): Promise<Seed> {
  const read = await import('./seed/read.ts');
  return read.loadSeed(file, called);
}

/** Reads the text of a seed file. @throws BadSeed with every problem */
export async function readSeed(text: string, file: string): Promise<Seed> {
  const read = await import('./seed/read.ts');
  return read.readSeed(text, file);
}

/** Reads the keys of seed files out of their shape: for the reference. */
export async function seedFileKeys(): Promise<Map<string, KeyOfFile[]>> {
  const keys = await import('./seed/keys.ts');
  return keys.mappingsOfFile();
}

/** The demo world as it is kept read: what `npm run generate` writes beside its file. */
export async function demoWorldRead(): Promise<string> {
  return JSON.stringify(await loadSeed(new URL('../worlds/demo.yaml', import.meta.url), 'worlds/demo.yaml'), null, 1);
}

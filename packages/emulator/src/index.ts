// A server with seeded worlds and a clock that you can move.
import { loadSeed, type Seed } from './seed/read.ts';

export { EmulatorClock, type ClockPosition } from './clock.ts';
export { createEmulator, type Emulator, type EmulatorOptions } from './emulator.ts';
export { EmulatorRefused } from './refused.ts';
export { BadSeed, type Problem } from './seed/problems.ts';
export { loadSeed, readSeed, type Seed } from './seed/read.ts';
export { readSource, type Source } from './seed/source.ts';
export { didYouMean } from './seed/suggest.ts';
export { durationOf, momentOf } from './seed/values.ts';

/** The demo world: the same ids, secrets and passwords at every start. */
export const demoSeed = (): Seed => loadSeed(new URL('../worlds/demo.yaml', import.meta.url), 'worlds/demo.yaml');

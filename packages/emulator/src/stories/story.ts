// A story is something that happens to an app sooner or later: a person changes the password, a version ends, the Graph is
// away. Playing it makes it happen, by the acts that bring it about.
import type { EmulatorPerson } from '../people/people.ts';
import type { EmulatedWorld } from '../worlds/emulated-world.ts';

/** The place where a story is played, and its people. */
export interface Scene {
  readonly world: EmulatedWorld;
  /** It happens to this person, who has added the app. */
  readonly person: EmulatorPerson;
  readonly app: EmulatedWorld['seed']['world']['apps'][number];
  /** Says what was done, in words. */
  did(step: string): void;
  /** Is called when the story is undone, the last one first. */
  undo(task: () => unknown): void;
}

export interface Story {
  /** One sentence: the person or app that does something, and what. */
  doc: string;
  /** The answer the app gets from then on. */
  answer: string;
  /** How a good app reacts. */
  expect: string;
  play(scene: Scene): Promise<void>;
}

export const DAY = 86_400;

/** Moves the clock of the world; undone, it stands where it would have been. */
export async function moveOn({ world, undo, did }: Scene, seconds: number, words: string): Promise<void> {
  const { clock, moves } = world;
  const happened = await moves.during(() => clock.advance(seconds));
  world.keepClock();
  did(`${words}; ${happened.length} ${happened.length === 1 ? 'thing' : 'things'} happened on the way`);
  undo(async () => {
    await clock.set(clock.now() - seconds);
    world.keepClock();
  });
}

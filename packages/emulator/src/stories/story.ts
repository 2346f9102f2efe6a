// A story is something that happens to an app sooner or later: a person changes the password, a version ends, the Graph is
// away. Playing it makes it happen, by the acts that bring it about.
import type { EmulatorPerson } from '../people/people.ts';
import type { EmulatedWorld } from '../worlds/emulated-world.ts';

/** The place where a story is played. */
export interface Place {
  readonly world: EmulatedWorld;
  /** It happens to this person, who has added the app. */
  readonly person: EmulatorPerson;
  readonly app: EmulatedWorld['seed']['world']['apps'][number];
}

/** A story under way. */
export interface Scene extends Place {
  /** Says what was done, in words. */
  did(step: string): void;
  /** Is called when the story is undone, the last one first. */
  undo(task: () => unknown): void;
}

/** The kinds of tokens that stories happen to. */
export const struckTokens = {
  user: 'a long-lived token of the person',
  short_lived: 'a short-lived token of the person',
  page: 'a token of a Page of the person',
  app: 'the token of the app itself',
  test_user: 'a token of a test user',
  system_user: 'a token of a system user of a business',
  code: 'a code of a log-in, which the app has not redeemed yet',
} as const;

export type StruckToken = keyof typeof struckTokens;

/** The state in which a story leaves the token that it happens to. */
export const aftermaths = {
  dead: 'The token is dead for good.',
  held: 'The token is refused while something holds, and is good again after that.',
  limited: 'The token is good, and there were too many calls.',
  blocked: 'The token is good, and the app is blocked from what it did.',
  less: 'The token is good, and less can be done or seen with it.',
  failing: 'The token is good, and the next calls fail by themselves.',
  turning: 'The token is good, and something else is refused or is answered in another way.',
} as const;

export type Aftermath = keyof typeof aftermaths;

export interface Story {
  /** One sentence: the person or app that does something, and what. */
  doc: string;
  /** The answer that the app gets from now on. */
  answer: string;
  /** The thing that a good app does. */
  expect: string;
  /** The kind of token that it happens to; that of a person where nothing is said. */
  strikes?: StruckToken;
  leaves: Aftermath;
  /** The app goes on with what a log-in after it gives: the person logs in anew in the story, or will do so. */
  renews?: true;
  /** The id of the Page that it is about; the first one of the person where nothing is said. @throws Error for none */
  page?(place: Place): string;
  /**
   * The reason for which nobody's act and no time brings it about, so that a fault of the answer is ordered in their
   * place. Most stories have none.
   */
  fault?: string;
  play(scene: Scene): Promise<void>;
}

export const HOUR = 3600;
export const DAY = 24 * HOUR;

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

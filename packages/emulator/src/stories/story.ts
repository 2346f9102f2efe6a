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
  dead: 'The token has ended permanently.',
  held: 'The token is refused for as long as a state lasts, and works again afterwards.',
  limited: 'The token works, but there were too many calls.',
  blocked: 'The token works, but the app is blocked from this kind of call.',
  less: 'The token works, but allows less than before.',
  failing: 'The token works, but the next calls fail.',
  turning: 'The token works, but something else is refused or answered differently.',
} as const;

export type Aftermath = keyof typeof aftermaths;

export interface Story {
  /** One sentence: the person or app that does something, and what. */
  doc: string;
  /** The answer the app gets from then on. */
  answer: string;
  /** The reaction of a good app. */
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
  did(`${words}; ${happened.length} ${happened.length === 1 ? 'thing' : 'things'} happened in that time`);
  undo(async () => {
    await clock.set(clock.now() - seconds);
    world.keepClock();
  });
}

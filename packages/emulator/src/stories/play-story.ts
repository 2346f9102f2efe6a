// Plays stories in a world, remembers how to undo them, and cleans up after one that fails half-way.
import { AppId, PersonId } from '@hallpass/server/testing';
import type { EmulatorPerson } from '../people/people.ts';
import type { EmulatedWorld } from '../worlds/emulated-world.ts';
import { appStories } from './app-stories.ts';
import { companyStories } from './company-stories.ts';
import { limitStories } from './limit-stories.ts';
import { personStories } from './person-stories.ts';
import { serverStories } from './server-stories.ts';
import { tokenStories } from './token-stories.ts';
import type { Scene, Story } from './story.ts';

/** Every story, by its name. */
export const stories = {
  ...personStories,
  ...companyStories,
  ...serverStories,
  ...appStories,
  ...limitStories,
  ...tokenStories,
} as const satisfies Record<string, Story>;

export type StoryName = keyof typeof stories;

const isStory = (name: string): name is StoryName => Object.hasOwn(stories, name);
export const storyNames: readonly StoryName[] = Object.keys(stories).filter(isStory);

/** A story as it is told: everything but how it is played. */
export interface StoryCard extends Required<Pick<Story, 'doc' | 'answer' | 'expect' | 'strikes' | 'leaves'>> {
  story: StoryName;
  fault: string | undefined;
}

export const storyCards: readonly StoryCard[] = storyNames.map((story) => {
  const { doc, answer, expect, strikes = 'user', leaves, fault }: Story = stories[story];
  return { story, doc, answer, expect, strikes, leaves, fault };
});

export const cardOf = (name: StoryName): StoryCard => {
  const card = storyCards.find(({ story }) => story === name);
  if (!card) throw new Error(`There is no story ${name}.`);
  return card;
};

interface PlayedStory {
  story: StoryName;
  /** The acts, in words. */
  did: string[];
  /** False where it cannot be undone but by planting the world anew. */
  undoable: boolean;
}

/** A story stopped half-way; what it had done was undone. */
export class StoryFailed extends Error {
  override readonly name = 'StoryFailed';
}

interface UndoableStory {
  story: StoryName;
  did: readonly string[];
  undos: (() => unknown)[];
}

/** A story that is being played, or was. */
interface StoryState {
  story: StoryName;
  /** The acts up to now, in words. */
  did: readonly string[];
  undoable: boolean;
}

export class Stories {
  readonly #world: EmulatedWorld;
  readonly #played: UndoableStory[] = [];
  #playing: UndoableStory | undefined;

  constructor(world: EmulatedWorld) {
    this.#world = world;
  }

  /** @throws StoryFailed, after what was done is undone */
  async play(story: StoryName, person: EmulatorPerson, app: Scene['app']): Promise<PlayedStory> {
    const undos: UndoableStory['undos'] = [];
    const did: string[] = [];
    this.#playing = { story, did, undos };
    const scene: Scene = {
      world: this.#world,
      person,
      app,
      did: (step) => void did.push(step),
      undo: (task) => void undos.push(task),
    };
    try {
      if (!(await hasAdded(this.#world, person, app.id))) {
        await person.logIn({ app: app.id });
        did.push(`${person.name} logs in to ${app.name}`);
      }
      const played: Story = stories[story];
      await played.play(scene);
    } catch (error) {
      const left = await undone(undos);
      const before = did.length === 0 ? 'at its first act' : `after: ${did.join('; ')}`;
      const now =
        left.length === 0 ? 'Everything it did was undone.' : `Not everything could be undone: ${left.join(' ')}`;
      throw new StoryFailed(`The story ${story} failed ${before}. ${now} ${wordsOf(error)}`, { cause: error });
    } finally {
      this.#playing = undefined;
    }
    this.#played.push({ story, did, undos });
    return { story, did, undoable: undos.length > 0 };
  }

  /**
   * Undoes all stories that can be undone, the last one first. @returns their names; @throws StoryFailed where an act of
   * them can no longer be taken back, after all others were
   */
  async undo(): Promise<StoryName[]> {
    const names: StoryName[] = [];
    const left: string[] = [];
    for (const { story, undos } of this.#played.splice(0).toReversed()) {
      if (undos.length === 0) continue;
      const failures = await undone(undos);
      if (failures.length === 0) names.push(story);
      else left.push(`${story}: ${failures.join(' ')}`);
    }
    if (left.length > 0)
      throw new StoryFailed(`Not everything could be undone: plant the world again. ${left.join(' ')}`);
    return names;
  }

  /** The stories that were played and not undone, oldest first. */
  played(): StoryState[] {
    return this.#played.map(stateOf);
  }

  /** The story that is being played now. */
  playing(): StoryState | undefined {
    return this.#playing && stateOf(this.#playing);
  }

  /** The world begins anew: there is nothing to undo. */
  clear(): void {
    this.#played.length = 0;
  }
}

const stateOf = ({ story, did, undos }: UndoableStory): StoryState => ({ story, did, undoable: undos.length > 0 });

/** @returns the words of those that failed; the others were done */
async function undone(undos: readonly (() => unknown)[]): Promise<string[]> {
  const failures: string[] = [];
  for (const task of undos.toReversed()) {
    try {
      await task();
    } catch (error) {
      failures.push(wordsOf(error));
    }
  }
  return failures;
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

async function hasAdded({ server }: EmulatedWorld, person: EmulatorPerson, app: string): Promise<boolean> {
  const found = await server.installation.db.read
    .selectFrom('grants')
    .select('app_id')
    .where('app_id', '=', AppId.of(app))
    .where('person_id', '=', PersonId.of(person.id))
    .executeTakeFirst();
  return found !== undefined;
}

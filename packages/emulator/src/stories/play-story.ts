// Plays stories in a world, remembers how to undo them, and cleans up after one that fails half-way.
import { AppId, PersonId } from '@hallpass/server/testing';
import type { EmulatorPerson } from '../people/people.ts';
import type { EmulatedWorld } from '../worlds/emulated-world.ts';
import { appStories } from './app-stories.ts';
import { personStories } from './person-stories.ts';
import { tokenStories } from './token-stories.ts';
import type { Scene, Story } from './story.ts';

/** Every story, by its name. */
export const stories = { ...personStories, ...appStories, ...tokenStories } as const satisfies Record<string, Story>;

export type StoryName = keyof typeof stories;

const isStory = (name: string): name is StoryName => Object.hasOwn(stories, name);
export const storyNames: readonly StoryName[] = Object.keys(stories).filter(isStory);

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

interface Played {
  story: StoryName;
  undos: (() => unknown)[];
}

export class Stories {
  readonly #world: EmulatedWorld;
  readonly #played: Played[] = [];

  constructor(world: EmulatedWorld) {
    this.#world = world;
  }

  /** @throws StoryFailed, after what was done is undone */
  async play(story: StoryName, person: EmulatorPerson, app: Scene['app']): Promise<PlayedStory> {
    const undos: Played['undos'] = [];
    const did: string[] = [];
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
      await undone(undos);
      const words = error instanceof Error ? error.message : String(error);
      const before = did.length === 0 ? 'at its first act' : `after: ${did.join('; ')}`;
      throw new StoryFailed(`The story ${story} failed ${before}. Everything it did was undone. ${words}`, {
        cause: error,
      });
    }
    this.#played.push({ story, undos });
    return { story, did, undoable: undos.length > 0 };
  }

  /** Undoes all stories that can be undone, the last one first; @returns their names */
  async undo(): Promise<StoryName[]> {
    const names: StoryName[] = [];
    for (const { story, undos } of this.#played.splice(0).toReversed()) {
      if (undos.length === 0) continue;
      await undone(undos);
      names.push(story);
    }
    return names;
  }

  /** The world begins anew: there is nothing to undo. */
  clear(): void {
    this.#played.length = 0;
  }
}

async function undone(undos: readonly (() => unknown)[]): Promise<void> {
  for (const task of undos.toReversed()) await task();
}

async function hasAdded({ server }: EmulatedWorld, person: EmulatorPerson, app: string): Promise<boolean> {
  const found = await server.installation.db.read
    .selectFrom('grants')
    .select('app_id')
    .where('app_id', '=', AppId.of(app))
    .where('person_id', '=', PersonId.of(person.id))
    .executeTakeFirst();
  return found !== undefined;
}

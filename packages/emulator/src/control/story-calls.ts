// Calls that play stories and undo them.
import { PersonError } from '../people/people.ts';
import { aftermaths, struckTokens } from '../stories/story.ts';
import { cardOf, storyCards, StoryFailed, storyNames } from '../stories/play-story.ts';
import type { EmulatedWorld } from '../worlds/emulated-world.ts';
import { controlCall, ControlError, type JsonSchema, listOf, object, oneOf, required, text } from './control-call.ts';

const string: JsonSchema = { type: 'string' };
const oneSchema = (words: Readonly<Record<string, string>>): JsonSchema => ({
  type: 'string',
  enum: Object.keys(words),
});
const card = {
  story: string,
  doc: { type: 'string', description: 'What happens.' },
  answer: { type: 'string', description: 'The answer the app gets from then on.' },
  expect: { type: 'string', description: 'How a good app reacts.' },
  strikes: { ...oneSchema(struckTokens), description: 'The kind of token it affects.' },
  leaves: { ...oneSchema(aftermaths), description: 'The state of that token afterwards.' },
} as const satisfies Record<string, JsonSchema>;

const stateSchema = object({ story: string, did: listOf(string), undoable: { type: 'boolean' } });

/** Only of stories that are ordered faults. */
const fault: JsonSchema = {
  type: 'string',
  description: 'The reason for which a fault is ordered in place of acts; absent where people or time bring it about.',
};

const withFault = (schema: JsonSchema): JsonSchema => ({ ...schema, properties: { ...schema.properties, fault } });

/** Those whom an order names; the first ones of the world where it names nobody. @throws ControlError, PersonError */
export function personAndApp(world: EmulatedWorld, named: string | undefined, called: string | undefined) {
  const { apps } = world.seed.world;
  const app = called === undefined ? apps[0] : apps.find(({ id, name }) => id === called || name === called);
  if (!app) throw new ControlError(404, 'app: there is no such app here');
  const person = named === undefined ? world.people.list()[0] : world.people.get(named);
  if (!person) throw new ControlError(404, 'person: nobody in this world can log in');
  return { person, app };
}

export const storyCalls = [
  controlCall('GET', 'stories', {
    doc: 'Every story that can be played, those that were played in the world and not undone, and the one that is being played.',
    answer: {
      ...object({ stories: listOf(withFault(object(card))), played: listOf(stateSchema) }),
      properties: { stories: listOf(withFault(object(card))), played: listOf(stateSchema), playing: stateSchema },
    },
    run({ world: { stories: played } }) {
      const playing = played.playing();
      return {
        stories: storyCards,
        played: played.played(),
        ...(playing ? { playing } : {}),
      };
    },
  }),
  controlCall('POST', 'stories', {
    doc: 'Plays a story by the acts that cause it, with a person who has added the app (or adds it first). If it fails half-way, it is undone.',
    params: {
      play: required(oneOf('The name of the story.', storyNames)),
      person: text('The name, e-mail address or id of a person; by default the first of the world.'),
      app: text('The name or id of an app; by default the first of the world.'),
    },
    answer: withFault(
      object({ ...card, person: string, app: string, did: listOf(string), undoable: { type: 'boolean' } }),
    ),
    async run({ world }, { play, person: named, app: called }) {
      try {
        const { person, app } = personAndApp(world, named, called);
        const { did, undoable } = await world.stories.play(play, person, app);
        return { ...cardOf(play), person: person.id, app: app.id, did, undoable };
      } catch (error) {
        if (error instanceof PersonError || error instanceof StoryFailed) throw new ControlError(409, error.message);
        throw error;
      }
    },
  }),
  controlCall('DELETE', 'stories', {
    doc: 'Undoes the stories that were played and can be undone, last one first.',
    answer: object({ undone: listOf(string) }),
    async run({ world }) {
      try {
        return { undone: await world.stories.undo() };
      } catch (error) {
        if (error instanceof StoryFailed) throw new ControlError(409, error.message);
        throw error;
      }
    },
  }),
];

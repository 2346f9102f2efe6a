// Calls that play stories and undo them.
import { PersonError } from '../people/people.ts';
import type { Story } from '../stories/story.ts';
import { stories, StoryFailed, storyNames } from '../stories/play-story.ts';
import type { EmulatedWorld } from '../worlds/emulated-world.ts';
import { controlCall, ControlError, type JsonSchema, listOf, object, oneOf, required, text } from './control-call.ts';

const string: JsonSchema = { type: 'string' };
const card = {
  story: string,
  doc: { type: 'string', description: 'What happens.' },
  answer: { type: 'string', description: 'The answer the app gets from then on.' },
  expect: { type: 'string', description: 'How a good app reacts.' },
} as const satisfies Record<string, JsonSchema>;

function cardOf(name: (typeof storyNames)[number]) {
  const { doc, answer, expect }: Story = stories[name];
  return { story: name, doc, answer, expect };
}

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
    doc: 'Every story that can be played.',
    answer: object({ stories: listOf(object(card)) }),
    run: () => ({ stories: storyNames.map(cardOf) }),
  }),
  controlCall('POST', 'stories', {
    doc: 'Plays a story by the acts that cause it, with a person who has added the app (or adds it first). If it fails half-way, it is undone.',
    params: {
      play: required(oneOf('The name of the story.', storyNames)),
      person: text('The name, e-mail address or id of a person; by default the first of the world.'),
      app: text('The name or id of an app; by default the first of the world.'),
    },
    answer: object({ ...card, person: string, app: string, did: listOf(string), undoable: { type: 'boolean' } }),
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
    run: async ({ world }) => ({ undone: await world.stories.undo() }),
  }),
];

// Calls about a world as a whole.
import { clockSchema, clockState } from './clock-calls.ts';
import { controlCall, listOf, object } from './control-call.ts';
import type { ControlledWorld } from './controlled-world.ts';

const named = listOf(object({ id: { type: 'string' }, name: { type: 'string' } }));

const stateSchema = object({
  world: { type: 'string', description: 'The name in its seed file.' },
  clock: clockSchema,
  people: named,
  apps: named,
  pages: named,
});

function stateOf({ clock, seed }: ControlledWorld) {
  const { people, apps, pages } = seed.world;
  const short = (list: readonly { id: string; name: string }[]) => list.map(({ id, name }) => ({ id, name }));
  return { world: seed.name, clock: clockState(clock), people: short(people), apps: short(apps), pages: short(pages) };
}

export const worldCalls = [
  controlCall('GET', 'state', {
    doc: 'The world: clock, people, apps, Pages.',
    answer: stateSchema,
    run: stateOf,
  }),
  controlCall('POST', 'reset', {
    doc: 'Plants the world anew, at its first moment; tokens of before are dead, and orders are forgotten.',
    answer: stateSchema,
    async run(world) {
      await world.reset();
      world.moved();
      return stateOf(world);
    },
  }),
];

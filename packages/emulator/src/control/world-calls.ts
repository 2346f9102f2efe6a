// These calls are about worlds as a whole: looked at, made, kept, put back, planted anew.
import { BadSeed } from '../seed/problems.ts';
import type { Seed } from '../seed/read.ts';
import type { EmulatedWorld, WorldSnapshot } from '../worlds/emulated-world.ts';
import { clockSchema, clockState } from './clock-calls.ts';
import { controlCall, ControlError, listOf, object, required, text, yesNo } from './control-call.ts';

const named = listOf(object({ id: { type: 'string' }, name: { type: 'string' } }));

const stateSchema = object({
  name: { type: 'string', description: 'The name of the world in this emulator.' },
  world: { type: 'string', description: 'The name in its seed file.' },
  clock: clockSchema,
  people: named,
  apps: named,
  pages: named,
});

function stateOf({ name, clock, seed }: EmulatedWorld) {
  const { people, apps, pages } = seed.world;
  const short = (list: readonly { id: string; name: string }[]) =>
    list.map(({ id, name: called }) => ({ id, name: called }));
  return {
    name,
    world: seed.name,
    clock: clockState(clock),
    people: short(people),
    apps: short(apps),
    pages: short(pages),
  };
}

const seedText = text('The text of a seed file.');

/** @throws ControlError with every problem of the seed */
async function seedOf(yaml: string): Promise<Seed> {
  const { readSeed } = await import('../seed/read.ts');
  try {
    return readSeed(yaml, 'seed');
  } catch (error) {
    if (error instanceof BadSeed) throw new ControlError(400, error.message);
    throw error;
  }
}

const worldSchema = object({
  name: { type: 'string' },
  world: { type: 'string', description: 'The name in its seed file.' },
  apps: listOf(object({ id: { type: 'string' }, name: { type: 'string' }, secret: { type: 'string' } })),
});

const shortOf = ({ name, seed }: EmulatedWorld) => ({
  name,
  world: seed.name,
  apps: seed.world.apps.map(({ id, name: called, secret }) => ({ id, name: called, secret })),
});

/** The most snapshots of one world that are kept by name. */
const MOST_SNAPSHOTS = 20;
const snapshots = new WeakMap<EmulatedWorld, Map<string, WorldSnapshot>>();
const snapshotsOf = (world: EmulatedWorld): Map<string, WorldSnapshot> => {
  const kept = snapshots.get(world) ?? new Map<string, WorldSnapshot>();
  snapshots.set(world, kept);
  return kept;
};

/** @throws ControlError where nothing was kept under the name */
function snapshotOf(world: EmulatedWorld, name: string): WorldSnapshot {
  const snapshot = snapshotsOf(world).get(name);
  if (!snapshot) throw new ControlError(404, 'snapshot: there is no snapshot with this name');
  return snapshot;
}

export const worldCalls = [
  controlCall('GET', 'state', {
    doc: 'The world: clock, people, apps, Pages.',
    answer: stateSchema,
    run: ({ world }) => stateOf(world),
  }),
  controlCall('POST', 'reset', {
    doc: 'Plants the world again, at its first moment. Earlier tokens stop working, and only the faults of the seed file remain.',
    params: { seed: text('The text of a seed file to plant instead of the previous one.') },
    answer: stateSchema,
    async run({ world, worlds }, { seed }) {
      await world.reset(seed === undefined ? undefined : await seedOf(seed));
      worlds.reindex();
      return stateOf(world);
    },
  }),
  controlCall('GET', 'seed', {
    doc: "The world as it is now, as a seed file: people, apps with their secrets, Pages, businesses, ad accounts, grants, faults in force. Times are ages. Passwords can't be read back and are left out, and so are tokens and sessions.",
    answer: object({ seed: { type: 'string', description: 'The text of the file.' } }),
    run: async ({ world }) => ({ seed: await world.exportSeed() }),
  }),
  controlCall('GET', 'worlds', {
    doc: 'The worlds, the main one first.',
    answer: object({ worlds: listOf(worldSchema) }),
    run: ({ worlds }) => ({ worlds: worlds.list().map(shortOf) }),
  }),
  controlCall('POST', 'worlds', {
    doc: 'Creates a world, isolated from the others. Requests reach it with the header `X-Hallpass-World`, at `{name}.localhost`, or by the ids of its apps where `own_apps` gives it some.',
    params: {
      name: required(text('Lower-case letters, digits and hyphens, at most 40.')),
      seed: seedText,
      from: text('The name of a snapshot of this world: the new one starts from it.'),
      own_apps: yesNo('true: each app gets its own id and secret.'),
    },
    answer: worldSchema,
    async run({ world, worlds }, { name, seed, from, own_apps: ownApps }) {
      const snapshot = from === undefined ? undefined : snapshotOf(world, from);
      return shortOf(
        await worlds.create(name, {
          seed: seed === undefined ? undefined : await seedOf(seed),
          from: snapshot,
          ownApps,
        }),
      );
    },
  }),
  controlCall('DELETE', 'worlds', {
    doc: "Removes a world. The main one can't be removed.",
    params: { name: required(text('The name of the world.')) },
    answer: object({ deleted: { type: 'string' } }),
    async run({ worlds }, { name }) {
      await worlds.delete(name);
      return { deleted: name };
    },
  }),
  controlCall('GET', 'snapshots', {
    doc: 'The snapshots of the world that are kept by name, oldest first.',
    answer: object({
      snapshots: listOf(object({ snapshot: { type: 'string' }, time: { type: 'string' }, bytes: { type: 'integer' } })),
    }),
    run: ({ world }) => ({
      snapshots: [...snapshotsOf(world)].map(([snapshot, { image, taken }]) => ({
        snapshot,
        time: new Date(taken * 1000).toISOString(),
        bytes: image.bytes.length,
      })),
    }),
  }),
  controlCall('POST', 'snapshot', {
    doc: "Keeps the world as it is now, under a name. Tokens created later aren't part of it.",
    params: { snapshot: required(text('The name to keep it under.')) },
    answer: object({ snapshot: { type: 'string' }, bytes: { type: 'integer' } }),
    async run({ world }, { snapshot: name }) {
      const kept = snapshotsOf(world);
      if (!kept.has(name) && kept.size >= MOST_SNAPSHOTS)
        throw new ControlError(400, `snapshot: at most ${MOST_SNAPSHOTS} are kept of a world`);
      const snapshot = await world.snapshot();
      kept.set(name, snapshot);
      return { snapshot: name, bytes: snapshot.image.bytes.length };
    },
  }),
  controlCall('POST', 'restore', {
    doc: 'Restores the world: everything since the snapshot is undone, and tokens created since then stop working.',
    params: { snapshot: required(text('The name it was kept under.')) },
    answer: stateSchema,
    async run({ world, worlds }, { snapshot: name }) {
      await world.restore(snapshotOf(world, name));
      worlds.reindex();
      return stateOf(world);
    },
  }),
];

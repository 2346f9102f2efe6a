// This module starts several nodes of one installation, each of whose feed can be cut, and whose clock can be moved:
// for what must hold from one node to the next. SQLite has one process, so there it is one node.
import type { TestContext } from 'node:test';
import type { Database } from '@hallpass/db';
import type { Schema, SettingName } from '../src/index.ts';
import { LOOK_EVERY } from '../src/installation/freshness.ts';
import { wall } from './databases.ts';
import { type TestWorld, testWorld } from './world.ts';

export interface TestNode extends TestWorld {
  feed: {
    /** Neither woken nor polling: this node hears nothing. */
    cut: boolean;
    /** Not polling: this node hears nothing but what it is woken for. */
    quiet: boolean;
    /** Polls, as the node does by itself every `LOOK_EVERY` milliseconds. */
    poll: () => void;
    /** Stops its wall clock, so that what it knows stays proven however slow the machine is. */
    stopWall: () => void;
    /** Milliseconds that its wall clock is ahead. */
    ahead: number;
    /** Seconds that have passed for it while it was suspended. */
    slept: number;
    /** The database wakes it with this. */
    wake: () => void;
  };
  hear(): Promise<void>;
}

type Options = Omit<NonNullable<Parameters<typeof testWorld>[0]>, 'world' | 'through' | 'database'>;
type DatabaseOptions = NonNullable<NonNullable<Parameters<typeof testWorld>[0]>['database']>;

const rootKey = new Uint8Array(32).fill(7);

export async function openNode(database: DatabaseOptions, options: Options = {}): Promise<TestNode> {
  let stopped: { ms: number; now: number } | undefined;
  const feed: TestNode['feed'] = {
    cut: false,
    quiet: false,
    poll: () => {},
    stopWall: () => void (stopped = { ms: wall.ms(), now: wall.now() }),
    ahead: 0,
    slept: 0,
    wake: () => {},
  };
  const through = (db: Database<Schema>): Database<Schema> => {
    const listen: Database<Schema>['listen'] = (channel, heard) => {
      feed.wake = heard;
      return db.listen(channel, () => !feed.cut && heard());
    };
    return new Proxy(db, { get: (target, name) => (name === 'listen' ? listen : bound(target, name)) });
  };
  const world = await testWorld({
    rootKey,
    ...options,
    database,
    through,
    world: {
      wall: {
        now: () => (stopped?.now ?? wall.now()) + feed.slept,
        ms: () => (stopped?.ms ?? wall.ms()) + feed.ahead,
        every: (ms, task) => {
          if (ms !== LOOK_EVERY) return wall.every(ms, task);
          feed.poll = task;
          return wall.every(ms, () => !feed.cut && !feed.quiet && task());
        },
      },
    },
  });
  return Object.assign(world, { feed, hear: () => world.server.installation.freshness.catchUp() });
}

function bound(target: object, name: string | symbol): unknown {
  const value: unknown = Reflect.get(target, name);
  return typeof value === 'function' ? value.bind(target) : value;
}

/** Opens nodes on one new database and closes them after the test. On SQLite it is one, however many are asked for. */
export async function openNodes(
  t: Pick<TestContext, 'after'>,
  open: () => Promise<DatabaseOptions>,
  count: number,
  options: Options & { settings?: Partial<Record<SettingName, unknown>> } = {},
): Promise<[TestNode, ...TestNode[]]> {
  const database = await open();
  const nodes: TestNode[] = [];
  t.after(() => Promise.all(nodes.map((node) => node.close())));
  for (let i = 0; i < (database.kind === 'sqlite' ? 1 : count); i++) nodes.push(await openNode(database, options));
  return nodes as [TestNode, ...TestNode[]];
}

/** The nth node, going round. */
export const nodeAt = (nodes: readonly TestNode[], n: number): TestNode => nodes[n % nodes.length] as TestNode;

export const hearAll = (nodes: readonly TestNode[]): Promise<unknown> => Promise.all(nodes.map((node) => node.hear()));

// Events are ordered in a rehearsal in words: `password-changed ana@example.com on day 10`. People, Pages and apps are
// named as the vault knows them.
import { DAY, isKeyOf, keysOf } from '@hallpass/protocol';
import type { RehearsedOrder } from '@hallpass/vault';
import type { SnapshotConnection } from '@hallpass/vault/client';
import { CommandError } from '../../command-error.ts';
import { playStory, reconnect, takePageRole } from './acts.ts';
import type { OpenStage } from './open-stage.ts';
import { orderKindOf, orderKinds, type OrderName } from './order-kinds.ts';
import type { TokenHolder } from './rehearsal-world.ts';

/** The words that end an order: `day 10`, or a date. */
const dayForm = /^(?:day (\d{1,4})|(\d{4}-\d{2}-\d{2}))$/;

interface ReadOrder {
  name: OrderName;
  whom: string;
  /** Epoch seconds. */
  at: number;
}

/** Those whom an order strikes at once, with the connections that hang on them. */
interface Struck {
  holder: TokenHolder;
  held: readonly SnapshotConnection[];
}

/**
 * Reads the words of an order, before anything is opened. @param from when the rehearsal begins @param until its end
 * @throws CommandError with what can be written
 */
export function readOrder(words: string, from: number, until: number): ReadOrder {
  const [name = '', ...rest] = words.trim().split(/\s+/);
  const on = rest.lastIndexOf('on');
  const whom = rest.slice(0, Math.max(0, on)).join(' ');
  const [, days, date = ''] = dayForm.exec(rest.slice(on + 1).join(' ')) ?? [];
  if (whom === '' || (days === undefined && date === ''))
    throw new CommandError('wrongUse', `Write an event like "password-changed ana@example.com on day 10": ${words}`);
  if (!isKeyOf(orderKinds, name))
    throw new CommandError('wrongUse', `There is no event ${name}. Events: ${keysOf(orderKinds).join(', ')}.`);
  const at = days === undefined ? sameTimeOn(date, from) : from + Number(days) * DAY;
  if (!(at >= from && at <= until))
    throw new CommandError('wrongUse', `This day isn't one of the rehearsal, see --days: ${words}`);
  return { name, whom, at };
}

const sameTimeOn = (date: string, from: number): number =>
  from + Math.round((Date.parse(date) - Date.parse(new Date(from * 1000).toISOString().slice(0, 10))) / 1000);

/** Finds whom an order is about. @throws CommandError where no connection that works is called so */
export function orderOn(
  stage: OpenStage,
  connections: readonly SnapshotConnection[],
  { name, whom, at }: ReadOrder,
): RehearsedOrder {
  const { strikes, doc } = orderKindOf(name);
  const struck = { person: peopleCalled, page: pagesCalled, app: appsCalled }[strikes](stage, connections, whom);
  if (struck.length === 0)
    throw new CommandError('wrongUse', `No connection that works belongs to ${aOf[strikes]} called ${whom}.`);
  return {
    at,
    words: `${whom}: ${doc}`,
    touches: [...new Set(struck.flatMap(({ held }) => held.map(({ id }) => id)))],
    async play() {
      for (const { holder, held } of struck) await play(stage, name, holder, held);
    },
  };
}

const aOf = { person: 'a person', page: 'a Page', app: 'an app' } as const;

function play(stage: OpenStage, name: OrderName, holder: TokenHolder, held: readonly SnapshotConnection[]) {
  const { story } = orderKindOf(name);
  if (story !== undefined) return playStory(stage, story, holder);
  return name === 'reconnected' ? reconnect(stage, holder) : takePageRole(stage, holder, held);
}

const isCalled = (one: SnapshotConnection, whom: string): boolean =>
  [one.id, one.name, one.subjectId, one.subjectName, one.ownerEmail, one.ownerName].some(
    (name) => name?.trim().toLowerCase() === whom.toLowerCase(),
  );

const isPerson = ({ emulator }: OpenStage, { person }: TokenHolder): boolean =>
  emulator.seed.world.people.some(({ id }) => id === person);

/** The people of a name; where only Pages are called so, those whose tokens these hang on. */
function peopleCalled(stage: OpenStage, connections: readonly SnapshotConnection[], whom: string): Struck[] {
  const { holders } = stage.world;
  const called = connections.filter((one) => isCalled(one, whom) && holders.has(one.id));
  const own = called.filter(({ subjectType }) => subjectType !== 'page');
  const people = new Set((own.length > 0 ? own : called).flatMap(({ id }) => holders.get(id) ?? []));
  return [...people]
    .filter((holder) => isPerson(stage, holder))
    .map((holder) => ({ holder, held: connections.filter(({ id }) => holders.get(id) === holder) }));
}

function pagesCalled(stage: OpenStage, connections: readonly SnapshotConnection[], whom: string): Struck[] {
  return connections.flatMap((one) => {
    const holder = one.subjectType === 'page' && isCalled(one, whom) ? stage.world.holders.get(one.id) : undefined;
    return holder !== undefined && isPerson(stage, holder) ? [{ holder, held: [one] }] : [];
  });
}

function appsCalled(stage: OpenStage, connections: readonly SnapshotConnection[], whom: string): Struck[] {
  const named = new Set(connections.filter((one) => isCalled(one, whom)).map(({ appId }) => appId));
  const holders = [...stage.world.holders.values()];
  const [someone] = stage.emulator.people.list();
  return stage.emulator.seed.world.apps.flatMap(({ id }) => {
    if (id !== whom && !named.has(id)) return [];
    const own = holders.find((holder) => holder.app === id && isPerson(stage, holder));
    const holder = own ?? { app: id, person: someone?.id ?? '', scopes: new Set<string>() };
    return [{ holder, held: connections.filter(({ appId }) => appId === id) }];
  });
}

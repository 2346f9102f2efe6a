// A person is told once that a token does not work: what blocks it for a while afterwards, and is lifted again, is no
// second death.
import { parseJson, shape } from '@hallpass/protocol';
import type { Kysely } from 'kysely';
import type { EventKind } from '../event-kinds.ts';
import { asksPerson, holderStates, isWorking } from '../states.ts';
import type { ConnectionKey } from '../store/connections.ts';
import { listEvents } from '../store/events.ts';
import type { VaultSchema } from '../store/schema.ts';
import type { Decision } from './decide.ts';

type NewEvent = Decision['events'][number];

const down = ['died', 'blocked'] as const satisfies readonly EventKind[];
const up = [
  'connected',
  'imported',
  'reconnected',
  'handed_over',
  'derived',
  'recovered',
] as const satisfies readonly EventKind[];

const states = shape.object<{ state?: string | undefined }>({ state: shape.optional(shape.text) });

const isState = (word: string | undefined): word is keyof typeof holderStates =>
  word !== undefined && Object.hasOwn(holderStates, word);

/** So many events of one connection are looked through: between two deaths there are few. */
const MOST = 20;

async function wasPersonAsked(tx: Kysely<VaultSchema>, { tenant, id }: ConnectionKey): Promise<boolean> {
  const told = await listEvents(tx, tenant, { connection_id: id, kinds: [...down, ...up], limit: MOST });
  for (const { kind, facts } of told) {
    if (kind !== 'died' && kind !== 'blocked') return false;
    const state = parseJson(states, facts)?.state;
    if (isState(state) && asksPerson(state)) return true;
  }
  return false;
}

/** The same event; a death that the person was told of before, and that has not worked since, changes its state alone. */
export async function toldOnce(tx: Kysely<VaultSchema>, row: ConnectionKey, event: NewEvent): Promise<NewEvent> {
  const before = event.facts['before'];
  const wasDown = typeof before === 'string' && isState(before) && !isWorking(before) && before !== 'unreachable';
  if (event.kind !== 'died' || !wasDown || !(await wasPersonAsked(tx, row))) return event;
  return { ...event, kind: 'state_changed' };
}

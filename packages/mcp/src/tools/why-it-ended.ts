// The tool that tells why a token does not work: what happened to it, what may be behind the answer of its server, and
// what to do. Causes come from the table of errors and that of the events that end tokens.
import {
  adviceFor,
  type CatalogueError,
  endsTogether,
  entriesOf,
  errors,
  holderAdvice,
  shape,
} from '@hallpass/protocol';
import { type ErrorKey, invalidations, refusingStates } from '@hallpass/protocol';
import { type Connection, type ConnectionEvent, eventKinds, repairOf } from '@hallpass/vault/client';
import { z } from 'zod';
import { connectionView, momentOf } from '../connection-view.ts';
import type { Answer } from '../plain-text.ts';
import { connectionId, type Tool, tool } from '../tool.ts';

const isWhole = shape.optional(shape.either(shape.number, shape.nothing));
const wordOrNumber = shape.either(shape.text, shape.either(shape.number, shape.boolean));
const words = shape.listOf(shape.text);

/** These facts of an event are told: words, codes, dates, permissions, ids of Pages. */
const toldFacts = [
  'before',
  'state',
  'advice',
  'code',
  'subcode',
  'until',
  'days',
  'of',
  'reason',
  'type',
  'lost',
  'gained',
  'targetsLost',
  'targetsGained',
] as const;

function factsOf({ facts }: ConnectionEvent): Answer {
  return Object.fromEntries(
    toldFacts.flatMap((name): [string, string | number | boolean | string[]][] => {
      const value = facts[name];
      if (wordOrNumber(value)) return [[name, value]];
      return words(value) ? [[name, value.slice(0, 50)]] : [];
    }),
  );
}

const eventView = (event: ConnectionEvent): Answer => ({
  at: momentOf(event.at),
  kind: event.kind,
  inWords: eventKinds[event.kind].label,
  facts: factsOf(event),
});

/** The acts after which a server answers with this error, and what else they end. */
function actsBehind(key: ErrorKey): Answer[] {
  const events = entriesOf(invalidations).filter(([, { error }]) => error === key);
  const states = entriesOf(refusingStates).filter(([, { error }]) => error === key);
  return [
    ...events.map(([act, { doc, hits }]) => ({ act, inWords: doc, endedTogether: endsTogether[hits] })),
    ...states.map(([act, { doc }]) => ({ act, inWords: doc, endedTogether: 'It lasts as long as this holds.' })),
  ];
}

/** Tells what the codes of an answer mean. Several entries of the catalogue may have the same. */
function meaningOf(code: number, subcode: number | undefined): Answer {
  const { holder, key } = adviceFor({ code, subcode });
  const fitting = entriesOf<Readonly<Record<ErrorKey, CatalogueError>>>(errors).filter(
    ([name, entry]) => entry.code === code && entry.subcode === subcode && (key === undefined || name === key),
  );
  return {
    code,
    subcode,
    advice: holderAdvice[holder],
    causes: fitting.slice(0, 10).map(([name, { doc }]) => ({ error: name, inWords: doc, acts: actsBehind(name) })),
  };
}

/** The last event that tells of a bad turn, in a history that begins with the newest. */
const lastTurn = (events: readonly ConnectionEvent[]): ConnectionEvent | undefined =>
  events.find(({ kind }) => kind === 'died' || kind === 'blocked' || kind === 'state_changed');

function explained(connection: Connection, events: readonly ConnectionEvent[], now: number): Answer {
  const turn = lastTurn(events);
  const { code, subcode, advice } = turn?.facts ?? {};
  const repair = repairOf(connection.state, typeof advice === 'string' ? advice : undefined);
  const ended = connection.until !== undefined && connection.until <= now;
  return {
    connection: connectionView(connection),
    endedByTime: ended,
    turn: turn && eventView(turn),
    meaning: typeof code === 'number' && isWhole(subcode) ? meaningOf(code, subcode ?? undefined) : undefined,
    repair: repair && { by: repair.by, inWords: repair.words, newLogInHelps: repair.reconnect },
  };
}

export const whyItEnded: Tool = tool({
  name: 'why_it_ended',
  title: 'Why a token ended',
  description:
    'Tells why the token of a connection does not work: its last turn, what the code of its server means, which acts lead to it and what they end together, who can repair it, and its history, the newest event first.',
  fields: { id: connectionId, events: z.int().min(1).max(100).default(20).describe('events of the history') },
  async answer({ client }, { id, events: limit }) {
    const [connection, { events }, { now }] = await Promise.all([
      client.get({ id }),
      client.history({ id, limit: 100 }),
      client.overview(),
    ]);
    return { ...explained(connection, events, now), history: events.slice(0, limit).map(eventView) };
  },
});

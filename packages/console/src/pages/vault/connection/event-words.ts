// An event of a connection becomes sentences: its kind in words, and the facts that it was written with.
import {
  type ConnectionEvent,
  type EventKind,
  eventKinds,
  type HolderState,
  holderStates,
} from '@hallpass/vault/client';
import { isKeyOf } from '@hallpass/protocol';
import { dated } from '../../../parts/moment.tsx';
import { stateInWords } from '../states.tsx';

type Facts = ConnectionEvent['facts'];

const textOf = (facts: Facts, name: string): string | undefined => {
  const value = facts[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
};
const numberOf = (facts: Facts, name: string): number | undefined => {
  const value = facts[name];
  return typeof value === 'number' ? value : undefined;
};
const textsOf = (facts: Facts, name: string): string[] => {
  const value = facts[name];
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
};
const stateOf = (facts: Facts): HolderState | undefined => {
  const state = textOf(facts, 'state');
  return state !== undefined && isKeyOf(holderStates, state) ? state : undefined;
};

const afterState = (facts: Facts): string | undefined => {
  const state = stateOf(facts);
  return state && `Since then it ${stateInWords[state]}.`;
};

const list = (before: string, names: readonly string[]): string | undefined =>
  names.length === 0 ? undefined : `${before}: ${names.join(', ')}.`;

/** Sentences that the facts of a kind add; the kinds without facts for people have none. */
const details: Partial<Record<EventKind, (facts: Facts) => readonly (string | undefined)[]>> = {
  died: (facts) => [afterState(facts)],
  blocked: (facts) => [afterState(facts)],
  recovered: (facts) => [afterState(facts)],
  state_changed: (facts) => [afterState(facts), textOf(facts, 'reason')],
  warned: (facts) => {
    const until = numberOf(facts, 'until');
    if (until === undefined) return [];
    return [`${textOf(facts, 'of') === 'data_access' ? 'Its access to data ends' : 'It ends'} on ${dated(until)}.`];
  },
  drifted: (facts) => [
    list('Lost', textsOf(facts, 'lost')),
    list('Gained', textsOf(facts, 'gained')),
    list('No longer for', textsOf(facts, 'targetsLost')),
    list('Now also for', textsOf(facts, 'targetsGained')),
  ],
  renamed: (facts) => [list('Changed', textsOf(facts, 'changed'))],
  handed_over: (facts) => {
    const after = textOf(facts, 'after');
    return [after && `Its subject is ${after} now.`];
  },
  revealed: (facts) => [byKey(facts)],
  asked: (facts) => [byKey(facts)],
  identity_mismatch: (facts) => {
    const after = textOf(facts, 'found') ?? textOf(facts, 'after');
    return [after && `The token was of ${after}.`];
  },
  page_without_token: (facts) => [textOf(facts, 'page'), textOf(facts, 'reason')],
};

function byKey(facts: Facts): string | undefined {
  const by = textOf(facts, 'by');
  return by && `By the key ${by}.`;
}

/** E.g. `It has stopped working. Since then it needs its person to log in again.` */
export function eventInWords({ kind, facts }: Pick<ConnectionEvent, 'kind' | 'facts'>): string {
  const more = details[kind]?.(facts).filter((one) => one !== undefined) ?? [];
  return [`It ${eventKinds[kind].label}.`, ...more].join(' ');
}

/** The error of its server that an event tells of; undefined where it tells of none. */
export function errorOf({ facts }: Pick<ConnectionEvent, 'facts'>): { code: number; subcode?: number } | undefined {
  const code = numberOf(facts, 'code');
  const subcode = numberOf(facts, 'subcode');
  return code === undefined ? undefined : { code, ...(subcode !== undefined && { subcode }) };
}

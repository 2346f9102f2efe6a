// These answers are about all connections together: how many stand how, when they end, and which would end with an act.
import { actNames } from '../acts.ts';
import { flag, listOf, moment, object, oneOf, optional, text, type ValueOf, whole } from '../schemas.ts';
import { connection } from './connections.ts';
import { kind, state } from './parts.ts';

export const overview = object({
  now: moment('the time of the vault'),
  states: listOf(object({ state, count: whole() }), 'connections by state, the states that there are'),
  apps: listOf(object({ appId: text(), count: whole() }), 'connections by app'),
  waitingDeliveries: whole(),
  failedDeliveries: whole(),
});
export type Overview = ValueOf<typeof overview>;

const timelineEnd = object({
  id: text('of the connection'),
  name: text(),
  kind: optional(kind),
  state,
  until: moment(),
  of: oneOf(['token', 'data_access'], 'what ends: the token itself, or its access to data'),
  renewal: oneOf(
    ['automatic', 'with_parent', 'person'],
    '`automatic`: the vault extends it; `with_parent`: it gets a new one with the token that it was obtained with; `person`: a person is needed',
  ),
  ownerName: optional(text('the name or address of the person to tell')),
});
export type TimelineEnd = ValueOf<typeof timelineEnd>;

export const timeline = object({
  now: moment('the time of the vault'),
  until: moment('the end of the span'),
  days: listOf(
    object({ at: moment('the beginning of the day, counted from now'), person: whole(), automatic: whole() }),
    'how many end on each day: those that need a person, and those that the vault renews',
  ),
  ends: listOf(timelineEnd, 'the first 500, those that need a person before the others; in the order of their ends'),
  total: whole('all that end within the span'),
});
export type Timeline = ValueOf<typeof timeline>;

export const wouldEnd = object({
  act: object({
    name: oneOf(actNames),
    words: text('the act in a sentence'),
    together: text('everything that it ends'),
  }),
  ends: listOf(connection, 'connections that work now and would not any more'),
  mayEnd: listOf(
    object({ connection, because: text('the reason why it is not known') }),
    'connections that work now, and of which it is not known',
  ),
  complete: flag('false where there are more than are shown'),
});
export type WouldEnd = ValueOf<typeof wouldEnd>;

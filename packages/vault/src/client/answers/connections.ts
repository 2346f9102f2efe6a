// These answers tell of connections: how each stands, in lists and alone, and its events.
import { anyObject, flag, listOf, moment, object, oneOf, optional, text, type ValueOf, whole } from '../schemas.ts';
import { eventKind, kind, state } from './parts.ts';

const subjectTypes = ['user', 'page', 'system_user', 'app', 'account'] as const;

const connectionParts = {
  id: text(),
  name: text(),
  kind: optional(kind),
  appId: text('the app that the token is of'),
  subject: optional(
    object(
      { type: oneOf(subjectTypes), id: optional(text()), name: optional(text()) },
      'whom or what the token speaks for; absent where its server has not said it',
    ),
  ),
  parentId: optional(text('the connection with whose token this one was obtained')),
  state,
  since: moment('the time since which it stands like this'),
  reason: optional(text('the reason for the state, in one sentence')),
  until: optional(moment('the time from which it is of no use; absent for never, and where it is not known')),
  dataAccessUntil: optional(moment('the end of its access to data alone')),
  missingScopes: listOf(
    text(),
    'permissions that the holder needs and the token lacks. A token is a snapshot: they take a new consent',
  ),
  reconnectUrl: optional(text('repairs it and may be forwarded; absent where no person has to do anything')),
};

export const connection = object(connectionParts);
export const checkedConnection = object({
  ...connectionParts,
  note: optional(text('why this check has changed nothing, where it taught nothing or is not believed yet')),
});
export type Connection = ValueOf<typeof connection>;

const listedParts = {
  ...connectionParts,
  owner: optional(object({ name: optional(text()), email: optional(text()) }, 'the person to tell')),
  dependents: whole('connections whose tokens were obtained with this one'),
};

const listedConnection = object(listedParts);

/** A connection as lists show it. */
export type ListedConnection = ValueOf<typeof listedConnection>;

const relatedConnection = object({ id: text(), name: text(), kind: optional(kind), state });
export type RelatedConnection = ValueOf<typeof relatedConnection>;

export const connectionDetails = object({
  ...listedParts,
  repair: optional(
    object(
      {
        by: oneOf(['person', 'manager', 'operator', 'platform', 'time', 'nobody'], 'who can mend it'),
        words: text('one sentence for them'),
      },
      'what mends it; absent where nothing is to be mended',
    ),
  ),
  error: optional(object({ code: whole(), subcode: optional(whole()) }, 'the last error of its server')),
  language: optional(text('the tag of the language of its mails')),
  wantedScopes: listOf(text()),
  grantedScopes: listOf(text()),
  pageChoice: optional(listOf(text(), 'ids of the Pages that are wanted; absent for all')),
  hasToken: flag(),
  issuedAt: optional(moment()),
  expiresAt: optional(moment('the end of the token itself')),
  checkedAt: optional(moment()),
  extendedAt: optional(moment()),
  nextCheckAt: optional(moment()),
  createdAt: moment(),
  parent: optional(relatedConnection),
  dependentConnections: listOf(relatedConnection, 'the first 200 of those whose tokens were obtained with this one'),
});

/** Everything that is known of one connection. */
export type ConnectionDetails = ValueOf<typeof connectionDetails>;

export const connectionPage = object({
  connections: listOf(listedConnection),
  next: optional(text('goes on from here; absent on the last page')),
});
export type ConnectionPage = ValueOf<typeof connectionPage>;

export const connectionEvent = object({
  id: text(),
  kind: eventKind,
  at: moment(),
  connectionId: optional(text()),
  facts: anyObject('ids, codes, states, dates'),
});
export type ConnectionEvent = ValueOf<typeof connectionEvent>;

// The answers of the REST interface. Moments are epoch seconds. No token, and no part of one, is in any of them but in
// those of `reveal` and `export`: all of them stand here together, so that this can be seen.
import {
  type InvalidationName,
  invalidations,
  keysOf,
  type RefusingStateName,
  refusingStates,
} from '@hallpass/protocol';
import { eventKinds } from '../event-kinds.ts';
import { services, tokenKinds } from '../kinds.ts';
import { holderStates } from '../states.ts';
import { rights } from './rights.ts';
import {
  anyObject,
  flag,
  listOf,
  moment,
  object,
  oneOf,
  optional,
  orNull,
  type Schema,
  text,
  type ValueOf,
  whole,
} from './schemas.ts';
import { snapshotOf } from './snapshot.ts';

const kind = oneOf(keysOf(tokenKinds), 'the kind of the token; absent until its server has said what it is');
const state = oneOf(keysOf(holderStates), 'how the token stands');
const eventKind = oneOf(keysOf(eventKinds));

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
const connection = object(connectionParts);
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

const connectionDetails = object({
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

const overview = object({
  now: moment('the time of the vault'),
  states: listOf(object({ state, count: whole() }), 'connections by state, the states that there are'),
  apps: listOf(object({ appId: text(), count: whole() }), 'connections by app'),
  waitingDeliveries: whole(),
  failedDeliveries: whole(),
});
export type Overview = ValueOf<typeof overview>;

const connectionPage = object({
  connections: listOf(listedConnection),
  next: optional(text('goes on from here; absent on the last page')),
});
export type ConnectionPage = ValueOf<typeof connectionPage>;

const connectionEvent = object({
  id: text(),
  kind: eventKind,
  at: moment(),
  connectionId: optional(text()),
  facts: anyObject('ids, codes, states, dates'),
});
export type ConnectionEvent = ValueOf<typeof connectionEvent>;

const dialogLink = object({
  url: text('the dialog, with everything that it needs'),
  state: text('comes back with the answer of the dialog'),
  expiresAt: moment('the time from which the answer comes too late'),
});
export type DialogLink = ValueOf<typeof dialogLink>;

const problem = object({ key: text('a word for programs'), words: text('a sentence') });

const importedToken = object({
  where: text('the place in the text: `line 3`'),
  name: text(),
  outcome: oneOf(
    ['new', 'replaces', 'unchanged', 'refused'],
    '`new` and `replaces` are kept, in a dry run they would be; `unchanged` is kept already',
  ),
  id: optional(text('the connection that holds it; absent for a new one in a dry run, and for what is refused')),
  kind: optional(kind),
  state: optional(state),
  until: optional(moment('the time from which it is of no use; absent for never, and where it is not known')),
  issuedAt: optional(moment('when it was made, where the server says so: it may be weeks ago')),
  appId: optional(text()),
  subject: optional(object({ type: text(), id: orNull(text()), name: orNull(text()) }, 'whom or what it speaks for')),
  role: optional(text('ADMIN or EMPLOYEE, of a system user')),
  problem: optional(problem),
  notes: listOf(text(), 'it is kept, and this should be known of it'),
});
export type ImportedToken = ValueOf<typeof importedToken>;

const exportedToken = object({
  id: text(),
  name: text(),
  kind: optional(kind),
  state,
  appId: text(),
  subject: object({ type: orNull(text()), id: orNull(text()), name: orNull(text()) }, 'whom or what it speaks for'),
  token: optional(text('absent where there is none that works')),
  until: optional(moment('the time from which it is of no use; absent for never, and where it is not known')),
  ownerName: optional(text()),
  ownerEmail: optional(text()),
  language: optional(text()),
  wantedScopes: listOf(text()),
  adoptedFrom: listOf(text(), 'rows of other products that it was taken over from'),
});
export type ExportedToken = ValueOf<typeof exportedToken>;

const discoveredPage = object({
  id: text(),
  name: text(),
  via: listOf(
    oneOf(['direct', 'owned', 'client']),
    'the lists in which it stood; none for a Page that is kept and was listed no more',
  ),
  tasks: listOf(text()),
  outcome: oneOf(
    ['new', 'replaces', 'unchanged', 'without_token', 'not_listed', 'not_wanted', 'refused'],
    '`not_wanted`: the connection has a choice of Pages, and it is not in it',
  ),
  connectionId: optional(text()),
  why: optional(object({ key: text(), words: text(), advice: text() }, 'the reason why there is no token')),
  problem: optional(problem),
});

const discoveredPages = object({
  pages: listOf(discoveredPage),
  complete: flag('false where a list could not be read: then no Page counts as gone'),
  faults: listOf(text()),
});
export type DiscoveredPages = ValueOf<typeof discoveredPages>;

const app = object(
  {
    appId: text(),
    service: oneOf(keysOf(services)),
    graphBase: text(),
    dialogBase: text(),
    version: optional(text()),
    hasSecret: flag('without its secret nothing can be extended in its name'),
  },
  'an app as it may be shown',
);
export type App = ValueOf<typeof app>;

const webhookParts = {
  id: text(),
  url: text(),
  events: optional(listOf(eventKind, 'absent for all')),
  createdAt: moment(),
};
const webhook = object(webhookParts);
export type WebhookAnswer = ValueOf<typeof webhook>;

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

const timeline = object({
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

const askedConnection = object({
  id: text(),
  name: text('empty where there is no such connection'),
  outcome: oneOf(
    ['mailed', 'asked_today', 'nobody', 'no_mail_server', 'no_link', 'not_needed', 'no_help', 'unknown'],
    '`not_needed`: it works; `no_help`: connecting again would not mend it',
  ),
  to: optional(listOf(text(), 'addresses that are mailed')),
  link: optional(text('mends it and may be forwarded')),
  words: optional(text('what mends it instead, in one sentence')),
});
export type AskedConnection = ValueOf<typeof askedConnection>;

const deliveryAttempt = object({
  at: moment(),
  ms: whole('milliseconds'),
  status: optional(whole('reply code of the mail server, or status over HTTP')),
  error: optional(text('the reason why it does not count as delivered')),
});
export type DeliveryAttempt = ValueOf<typeof deliveryAttempt>;

const delivery = object({
  id: text(),
  channel: oneOf(['mail', 'webhook']),
  to: text('the address of the mail, or the id of the webhook'),
  event: eventKind,
  connectionId: optional(text()),
  connectionName: optional(text('absent where the connection is gone')),
  state: oneOf(['waiting', 'sent', 'failed', 'dropped']),
  createdAt: moment(),
  dueAt: moment(),
  endedAt: optional(moment()),
  tries: listOf(deliveryAttempt),
});
export type DeliveryAnswer = ValueOf<typeof delivery>;

const quietHours = object(
  { from: whole(), to: whole() },
  'whole hours of the day without mails; from 22 to 7 is the night, and equal hours are none',
);
export type QuietHours = ValueOf<typeof quietHours>;

const mailSettings = object({
  team: listOf(text(), 'addresses that are told of connections whose owner is not named, or wants no mails'),
  language: text('the tag of a language, for those of whom none is known'),
  timeZone: text('the IANA name of the time zone of days and quiet hours'),
  quietHours: optional(quietHours),
  mailsPerDay: whole('mails to one address on one day; what comes beyond waits for the next day'),
  groupSeconds: whole('seconds for which a mail waits for others to go with it'),
});
export type MailSettings = ValueOf<typeof mailSettings>;

const snapshot = snapshotOf(mailSettings);
/** The metadata of a tenant, for a rehearsal. */
export type Snapshot = ValueOf<typeof snapshot>;

const finding = object({
  check: text(),
  ok: flag(),
  message: text('one sentence: how it is, or what to do'),
});
export type Finding = ValueOf<typeof finding>;

const sweepCounts = {
  looked: whole(),
  changed: whole(),
  extended: whole(),
  derived: whole(),
  unanswered: whole('looks that taught nothing'),
  doubted: whole('deaths that are not believed yet'),
  calls: whole('calls to servers, items of batches counted as calls'),
  failed: whole('groups that could not be finished: their connections are taken again when their leases end'),
};
const counts = object(sweepCounts);
/** The figures of a sweep so far. */
export type SweepCounts = ValueOf<typeof counts>;

const rotation = object({
  activeKey: text('the id of the key that seals now'),
  left: whole('values that are sealed with an older key; in a dry run, those that would be sealed again'),
  resealed: whole(),
  unreadable: whole('values that no key opens: they were damaged or moved before, and are left as they are'),
  deleted: listOf(text(), 'keys that are gone for good'),
});
export type RotationResult = ValueOf<typeof rotation>;

const sealingKey = object({
  id: text(),
  status: oneOf(['active', 'retiring'], '`active` seals; `retiring` only opens what it sealed'),
  createdAt: moment(),
  values: whole('values that are sealed with it'),
});
export type SealingKey = ValueOf<typeof sealingKey>;

const withdrawnKey = object({
  activeKey: text('the id of the key that seals now'),
  resealed: whole(),
  left: whole('values that are still sealed with it; in a dry run, those that would be sealed again'),
  withdrawn: flag('false where it was stopped, or something that it sealed does not open: then the key stays'),
});
export type WithdrawnKey = ValueOf<typeof withdrawnKey>;

const apiKey = object({
  id: text(),
  name: text('the purpose of the key'),
  rights: listOf(oneOf(keysOf(rights))),
  createdAt: moment(),
  usedAt: optional(moment('the last use, to the hour; absent for none')),
});
export type ApiKeyAnswer = ValueOf<typeof apiKey>;
const handleParts = {
  id: text(),
  purpose: text(),
  connectionId: text(),
  allow: text('the rules that say which calls it is for'),
  callsPerMinute: whole(),
  createdAt: moment(),
  until: optional(moment('the time from which it is of no use; absent for never')),
  withdrawnAt: optional(moment()),
  usedAt: optional(moment()),
};
const handle = object(handleParts, 'a credential for the proxy, without its secret');
export type Handle = ValueOf<typeof handle>;

const handleCall = object(
  {
    id: text(),
    handleId: text(),
    connectionId: text(),
    at: moment(),
    method: text(),
    path: text('names that are known; everything else is a mark, such as `{id}`'),
    status: optional(whole('status over HTTP; absent for a call that has no answer yet')),
    code: optional(whole('the error code')),
    refusedBy: optional(text('the reason for which the proxy itself refused')),
    scopes: listOf(text(), 'permissions that the call needed'),
    bytesIn: whole(),
    bytesOut: whole(),
    ms: whole('milliseconds'),
  },
  'a call through the proxy, or an item of a batch',
);
export type HandleCall = ValueOf<typeof handleCall>;

const scopeLists = {
  carried: listOf(text(), 'permissions that the token carries'),
  used: listOf(text(), 'carried, and needed by calls through the proxy'),
  unused: listOf(text(), 'carried, and needed by no call: leave them out the next time'),
  missing: listOf(text(), 'wanted by the holder, or needed by a call that was refused. They take a new consent'),
  calls: whole('calls that were counted'),
};
const scopeReport = object({
  apps: listOf(
    object({
      appId: text(),
      ...scopeLists,
      since: optional(moment('the first call that was counted; older ones are not kept')),
      permissions: listOf(
        object({
          permission: text(),
          state: oneOf(['used', 'missing']),
          calls: listOf(object({ call: text('`GET /me/accounts`'), count: whole() })),
          lastUsedAt: optional(moment()),
          review: text('the beginning of the text for a review request'),
        }),
      ),
      connections: listOf(object({ id: text(), name: text(), ...scopeLists })),
      complete: flag('false where the app has more connections than a report looks at'),
    }),
  ),
});
export type ScopeReportAnswer = ValueOf<typeof scopeReport>;

export interface Health {
  status: 'ok' | 'sealed' | 'away';
  /** Tenants whose own master key is missing, wrong or away: each of their calls is refused as `sealed`. */
  sealedTenants?: number | undefined;
  reason?: string | undefined;
}

/** An act or a state that ends tokens. */
export type ActName = InvalidationName | RefusingStateName;

/** The names of acts and states that end tokens. */
export const actNames: readonly ActName[] = [...keysOf(invalidations), ...keysOf(refusingStates)];

const wouldEnd = object({
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

const removed = object({ removed: flag() });

const caller = object({
  tenant: text('the tenant whose connections the key opens'),
  rights: listOf(oneOf(keysOf(rights))),
});

/** The answer of each call, by its name. */
export const answers = {
  me: caller,
  list: connectionPage,
  overview,
  get: connection,
  details: connectionDetails,
  timeline,
  askAgain: object({ connections: listOf(askedConnection), mailed: whole() }),
  check: connection,
  history: object({ events: listOf(connectionEvent) }),
  wouldEnd,
  connect: dialogLink,
  import: object({ rows: listOf(importedToken) }),
  reconnect: dialogLink,
  handOver: object({ done: flag(), link: optional(dialogLink) }),
  update: connection,
  discoverPages: discoveredPages,
  remove: removed,
  listApps: object({ apps: listOf(app) }),
  putApp: object({ appId: text() }),
  removeApp: removed,
  reveal: object({ token: text() }),
  export: object({
    tokens: listOf(exportedToken),
    next: optional(text('goes on from here; absent on the last page')),
  }),
  listWebhooks: object({ webhooks: listOf(webhook) }),
  addWebhook: object({ ...webhookParts, secret: text('checks the signatures of its calls; shown only once') }),
  removeWebhook: removed,
  replayWebhook: object({ queued: whole() }),
  listDeliveries: object({
    deliveries: listOf(delivery),
    next: optional(text('goes on from here; absent on the last page')),
  }),
  mailSettings,
  setMailSettings: mailSettings,
  testMail: object({ sent: flag(), error: optional(text()) }),
  calendar: object({ url: text() }),
  listHandles: object({ handles: listOf(handle) }),
  createHandle: object({ ...handleParts, handle: text('what a program presents as its token; shown only once') }),
  withdrawHandle: object({ withdrawn: flag() }),
  listHandleCalls: object({ calls: listOf(handleCall) }),
  scopes: scopeReport,
  sweep: object({ ...sweepCounts, told: whole('receivers of mails and webhooks') }),
  rotateKeys: rotation,
  listApiKeys: object({ keys: listOf(apiKey) }),
  addApiKey: object({ key: text('the key itself; shown only once') }),
  removeApiKey: removed,
  listKeys: object({ keys: listOf(sealingKey) }),
  withdrawKey: withdrawnKey,
  snapshot,
  doctor: object({ ok: flag(), findings: listOf(finding) }),
} satisfies Readonly<Record<string, Schema<object>>>;

export type Answers = { [K in keyof typeof answers]: ValueOf<(typeof answers)[K]> };

// A snapshot is all that a rehearsal needs: how every connection stands, to whom it belongs and when it ends. No token, no key, no
// code and no hash of one is in it.
import { keysOf } from '@hallpass/protocol';
import { eventKinds } from '../event-kinds.ts';
import { services, tokenKinds } from '../kinds.ts';
import { holderStates } from '../states.ts';
import { flag, listOf, moment, object, oneOf, optional, type Schema, text, type ValueOf, whole } from './schemas.ts';

const snapshotConnection = object({
  id: text(),
  name: text(),
  kind: optional(oneOf(keysOf(tokenKinds), 'absent until its server has said what it is')),
  appId: text(),
  subjectId: optional(text('the person, Page, system user or account that it speaks for')),
  subjectName: optional(text()),
  subjectType: optional(oneOf(['user', 'page', 'system_user', 'app', 'account'])),
  parentId: optional(text('the connection whose token this one was read with')),
  ownerName: optional(text()),
  ownerEmail: optional(text()),
  language: optional(text()),
  wantedScopes: listOf(text()),
  grantedScopes: listOf(text()),
  hasToken: flag(),
  state: oneOf(keysOf(holderStates)),
  reason: optional(text()),
  code: optional(whole()),
  subcode: optional(whole()),
  advice: optional(text()),
  issuedAt: optional(moment()),
  expiresAt: optional(moment('absent for a token without an end')),
  dataAccessUntil: optional(moment()),
  checkedAt: optional(moment()),
  extendTriedAt: optional(moment()),
  failures: whole('failed tries in a row that say nothing about the token'),
  dueAt: optional(moment('the next look; absent for one that was given up')),
  createdAt: moment(),
  changedAt: moment('since when it stands like this'),
});
export type SnapshotConnection = ValueOf<typeof snapshotConnection>;

const snapshotApp = object({
  appId: text(),
  service: oneOf(keysOf(services)),
  hasSecret: flag('without its secret nothing can be extended in its name'),
});

const snapshotMail = object(
  {
    key: text('incident, receiver and day'),
    receiver: text(),
    event: oneOf(keysOf(eventKinds)),
    connectionId: optional(text()),
    payload: text('JSON: ids, codes, states, dates'),
    state: oneOf(['waiting', 'sent']),
    createdAt: moment(),
    dueAt: moment(),
    endedAt: optional(moment()),
  },
  'a mail that waits, or that was sent in the last two days: nobody is told the same twice',
);
export type SnapshotMail = ValueOf<typeof snapshotMail>;

/** @param mailSettings how this tenant wants its mails */
export const snapshotOf = <Mail>(mailSettings: Schema<Mail>) =>
  object({
    at: moment('when it was taken'),
    name: text('the name on pages and mails'),
    publicUrl: text('the address of the pages; empty for none'),
    mail: mailSettings,
    optOuts: listOf(text(), 'addresses that want no mails'),
    apps: listOf(snapshotApp),
    mails: listOf(snapshotMail),
    connections: listOf(snapshotConnection),
    next: optional(text('goes on from here; absent on the last page. All but `connections` is the same on each page')),
  });

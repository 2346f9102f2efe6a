import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SnapshotConnection, SnapshotMail } from '../client/snapshot.ts';
import { connectionOf, connectionRowOf, deliveryRowOf, mailOf } from './snapshot-rows.ts';

const connection: SnapshotConnection = {
  id: 'c1',
  name: 'Café Lindqvist',
  kind: 'user_long',
  appId: '1384720956120447',
  subjectId: '11',
  subjectName: 'Ann',
  subjectType: 'user',
  parentId: 'c0',
  ownerName: 'Ben',
  ownerEmail: 'ben@example.com',
  language: 'de',
  wantedScopes: ['email'],
  grantedScopes: ['email', 'pages_show_list'],
  hasToken: false,
  state: 'dead',
  reason: 'The password was changed.',
  code: 190,
  subcode: 460,
  advice: 'reauthorize',
  issuedAt: 1,
  expiresAt: 2,
  dataAccessUntil: 3,
  checkedAt: 4,
  extendTriedAt: 5,
  failures: 6,
  dueAt: 7,
  createdAt: 8,
  changedAt: 9,
};

const mail: SnapshotMail = {
  key: 'died:c1',
  receiver: 'ben@example.com',
  event: 'died',
  connectionId: 'c1',
  payload: '{}',
  state: 'waiting',
  createdAt: 1,
  dueAt: 2,
  endedAt: 3,
};

test('a connection and a mail come out of a rehearsal as they went in, so that no column is forgotten on one of the ways', () => {
  assert.deepEqual(connectionOf(connectionRowOf('main', connection)), connection);
  assert.deepEqual(mailOf(deliveryRowOf('main', mail, 0)), mail);
  assert.equal(mailOf({ ...deliveryRowOf('main', mail, 0), state: 'failed' }), undefined);
});

// These calls look at connections, change and remove them.
import { keysOf } from '@hallpass/protocol';
import { tokenKinds } from '../../kinds.ts';
import { holderStates } from '../../states.ts';
import { actNames } from '../acts.ts';
import { type Call, connectionId, labels, limit } from './call.ts';

export const connectionCalls = {
  list: {
    method: 'GET',
    path: '/v1/connections',
    right: 'read',
    doc: 'List connections by name, page by page.',
    fields: {
      search: { type: 'text', doc: 'part of the name of the connection, its subject or owner' },
      state: { type: 'text', doc: 'only those in this state', oneOf: keysOf(holderStates) },
      kind: { type: 'text', doc: 'only those of this kind', oneOf: keysOf(tokenKinds) },
      appId: { type: 'text', doc: 'only those of this app' },
      parentId: { type: 'text', doc: 'only those whose tokens were obtained with the token of this one' },
      limit,
      after: { type: 'text', doc: '`next` of the previous page' },
    },
  },
  overview: {
    method: 'GET',
    path: '/v1/overview',
    right: 'read',
    doc: 'Count connections by state and app, and what waits to be delivered.',
    fields: {},
  },
  get: {
    method: 'GET',
    path: '/v1/connections/{id}',
    right: 'read',
    doc: 'Show the state of a connection.',
    fields: { id: connectionId },
  },
  details: {
    method: 'GET',
    path: '/v1/connections/{id}/details',
    right: 'read',
    doc: 'Show everything about a connection but its token: owner, dates, permissions, and what depends on it.',
    fields: { id: connectionId },
  },
  timeline: {
    method: 'GET',
    path: '/v1/timeline',
    right: 'read',
    doc: 'Show which connections end in the next days, and which of them need a person.',
    fields: { days: { type: 'whole', doc: 'the number of days, up to 366; by default 90' } },
  },
  check: {
    method: 'POST',
    path: '/v1/connections/{id}/check',
    right: 'operate',
    doc: 'Check a connection now, and show its state.',
    fields: { id: connectionId },
  },
  history: {
    method: 'GET',
    path: '/v1/connections/{id}/events',
    right: 'read',
    doc: 'List the events of a connection, newest first.',
    fields: { id: connectionId, limit, before: { type: 'whole', doc: 'continue before this event' } },
  },
  wouldEnd: {
    method: 'GET',
    path: '/v1/connections/{id}/would-end/{act}',
    right: 'read',
    doc: 'Tell which connections would end with an act on the person, app or Page of this one.',
    fields: {
      id: connectionId,
      act: { type: 'text', required: true, doc: 'the act, such as password_changed', oneOf: actNames },
    },
  },
  update: {
    method: 'PATCH',
    path: '/v1/connections/{id}',
    right: 'manage',
    doc: "Change the name, the owner, and the wanted permissions and Pages. Fields that aren't given stay as they are.",
    fields: { id: connectionId, ...labels },
  },
  remove: {
    method: 'DELETE',
    path: '/v1/connections/{id}',
    right: 'manage',
    doc: 'Remove a connection and its token.',
    fields: {
      id: connectionId,
      children: { type: 'text', doc: 'what to do with connections that depend on it', oneOf: ['remove', 'keep'] },
    },
  },
} as const satisfies Readonly<Record<string, Call>>;

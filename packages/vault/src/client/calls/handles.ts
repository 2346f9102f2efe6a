// These calls are about the handles of the proxy, the calls that came through it, and the permissions that they needed.
import { type Call, limit } from './call.ts';

export const handleCalls = {
  listHandles: {
    method: 'GET',
    path: '/v1/handles',
    right: 'read',
    doc: 'List the handles that programs present to the proxy.',
    fields: { connectionId: { type: 'text', doc: 'only those of this connection' } },
  },
  createHandle: {
    method: 'POST',
    path: '/v1/handles',
    right: 'manage',
    doc: 'Create a handle: what a program presents to the proxy in place of a token. It is shown only once.',
    fields: {
      connectionId: { type: 'text', required: true, doc: 'the id of the connection' },
      allow: {
        type: 'text',
        required: true,
        doc: 'the calls that it is for, with commas: `GET /me, GET /me/accounts, POST /*/feed`',
      },
      purpose: { type: 'text', doc: 'the program that the handle is for' },
      until: { type: 'whole', doc: 'the time of its end, in epoch seconds; by default it has none' },
      callsPerMinute: { type: 'whole', doc: 'the maximum number of calls in a minute, by default 200' },
    },
  },
  withdrawHandle: {
    method: 'DELETE',
    path: '/v1/handles/{id}',
    right: 'manage',
    doc: 'End a handle at once.',
    fields: { id: { type: 'text', required: true, doc: 'the id of the handle' } },
  },
  listHandleCalls: {
    method: 'GET',
    path: '/v1/handle-calls',
    right: 'read',
    doc: 'List the calls that came through the proxy, newest first.',
    fields: {
      handleId: { type: 'text', doc: 'only those with this handle' },
      connectionId: { type: 'text', doc: 'only those of this connection' },
      limit,
      before: { type: 'whole', doc: 'continue before this call' },
    },
  },
  scopes: {
    method: 'GET',
    path: '/v1/scopes',
    right: 'read',
    doc: 'Report which permissions the tokens carry, which of these calls through the proxy have used, and which are missing.',
    fields: {
      connectionId: { type: 'text', doc: 'only this connection' },
      appId: { type: 'text', doc: 'only this app' },
    },
  },
} as const satisfies Readonly<Record<string, Call>>;

// These calls are about the apps in whose name tokens are asked for and extended.
import { keysOf } from '@hallpass/protocol';
import { services } from '../../kinds.ts';
import type { Call } from './call.ts';

export const appCalls = {
  listApps: { method: 'GET', path: '/v1/apps', right: 'read', doc: 'List the apps.', fields: {} },
  putApp: {
    method: 'PUT',
    path: '/v1/apps/{id}',
    right: 'manage',
    doc: 'Add or change an app in whose name tokens are requested and extended.',
    fields: {
      id: { type: 'text', required: true, doc: 'the id of the app' },
      secret: { type: 'text', doc: 'the secret of the app; without it, the known one is kept' },
      service: { type: 'text', doc: 'the service the app belongs to; by default facebook', oneOf: keysOf(services) },
      graphBase: { type: 'text', doc: "the address of the Graph, if it isn't that of the service" },
      dialogBase: { type: 'text', doc: "the address of the dialog with its path, if it isn't that of the service" },
      version: { type: 'text', doc: 'the version of the Graph, such as v25.0' },
    },
  },
  removeApp: {
    method: 'DELETE',
    path: '/v1/apps/{id}',
    right: 'manage',
    doc: 'Remove an app and its secret.',
    fields: { id: { type: 'text', required: true, doc: 'the id of the app' } },
  },
} as const satisfies Readonly<Record<string, Call>>;

// These calls are about the keys that values are sealed with, and the keys of the service.
import { keysOf } from '@hallpass/protocol';
import { rights } from '../rights.ts';
import type { Call } from './call.ts';

export const keyCalls = {
  rotateKeys: {
    method: 'POST',
    path: '/v1/keys/rotate',
    right: 'operate',
    doc: 'Seal everything with a new key, without interruption.',
    fields: { dryRun: { type: 'flag', doc: 'only show what would be done' } },
    long: true,
  },
  listApiKeys: {
    method: 'GET',
    path: '/v1/api-keys',
    right: 'operate',
    doc: 'List the keys of the service, without their secrets.',
    fields: {},
  },
  addApiKey: {
    method: 'POST',
    path: '/v1/api-keys',
    right: 'operate',
    doc: 'Create a key of the service. It is shown only once, and has no right that the key which creates it lacks.',
    fields: {
      name: { type: 'text', required: true, doc: 'the purpose of the key' },
      rights: {
        type: 'texts',
        doc: 'its rights: read, connect, manage, reveal, operate; by default read alone',
        oneOf: keysOf(rights),
      },
    },
  },
  removeApiKey: {
    method: 'DELETE',
    path: '/v1/api-keys/{id}',
    right: 'operate',
    doc: 'End a key of the service at once, and sign out every browser that it signed in.',
    fields: { id: { type: 'text', required: true, doc: 'the id of the key' } },
  },
  listKeys: {
    method: 'GET',
    path: '/v1/keys',
    right: 'operate',
    doc: 'List the keys that values are sealed with, and how many are sealed with each.',
    fields: {},
  },
  withdrawKey: {
    method: 'POST',
    path: '/v1/keys/{id}/withdraw',
    right: 'operate',
    doc: 'Seal again what one key has sealed, and delete that key. Values sealed by other keys are left unchanged.',
    fields: {
      id: { type: 'text', required: true, doc: 'the id of the key' },
      dryRun: { type: 'flag', doc: 'only say what would be done' },
    },
    long: true,
  },
} as const satisfies Readonly<Record<string, Call>>;

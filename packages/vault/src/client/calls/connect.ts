// These calls bring a connection into the vault or back to work.
import { type Call, connectionId, labels } from './call.ts';

export const connectCalls = {
  connect: {
    method: 'POST',
    path: '/v1/connections',
    right: 'connect',
    doc: 'Create a link that leads a person through the dialog to a new connection.',
    fields: {
      appId: { type: 'text', required: true, doc: 'the id of the app' },
      ...labels,
      configId: { type: 'text', doc: 'a configuration of Login for Business, instead of permissions' },
      redirectUri: { type: 'text', doc: 'where the dialog returns to; by default the page of this vault' },
    },
  },
  reconnect: {
    method: 'POST',
    path: '/v1/connections/{id}/reconnect',
    right: 'connect',
    doc: 'Create a link to the dialog that renews a connection in place. Only its own person can use it.',
    fields: {
      id: connectionId,
      redirectUri: { type: 'text', doc: 'where the dialog returns to; by default the page of this vault' },
    },
  },
  handOver: {
    method: 'POST',
    path: '/v1/connections/{id}/hand-over',
    right: 'manage',
    doc: 'Give a connection to another person by a link to the dialog, or to a system user by its token. It keeps its id.',
    fields: {
      id: connectionId,
      token: { type: 'text', doc: 'the token of the system user; without it, a link is created' },
      ownerName: labels.ownerName,
      ownerEmail: labels.ownerEmail,
    },
  },
  askAgain: {
    method: 'POST',
    path: '/v1/connections/ask-again',
    right: 'connect',
    doc: 'Ask the people of some connections, by mail, to connect again. Each is asked once a day at most.',
    fields: { ids: { type: 'texts', required: true, doc: 'the ids of the connections, up to 1000' } },
    long: true,
  },
  discoverPages: {
    method: 'POST',
    path: '/v1/connections/{id}/pages',
    right: 'manage',
    doc: 'Find the Pages of a person or system user, and keep their tokens.',
    fields: { id: connectionId, dryRun: { type: 'flag', doc: 'only show what would be kept' } },
    long: true,
  },
} as const satisfies Readonly<Record<string, Call>>;

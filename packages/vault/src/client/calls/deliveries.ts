// These calls are about webhooks, and about the deliveries to them and by mail.
import { keysOf } from '@hallpass/protocol';
import { eventKinds } from '../../event-kinds.ts';
import { type Call, limit } from './call.ts';

export const deliveryCalls = {
  listWebhooks: { method: 'GET', path: '/v1/webhooks', right: 'read', doc: 'List the webhooks.', fields: {} },
  addWebhook: {
    method: 'POST',
    path: '/v1/webhooks',
    right: 'manage',
    doc: 'Add an address to call when something happens. Its secret is shown only once.',
    fields: {
      url: { type: 'text', required: true, doc: 'the address to call' },
      events: { type: 'texts', doc: 'only these events; by default all', oneOf: keysOf(eventKinds) },
    },
  },
  removeWebhook: {
    method: 'DELETE',
    path: '/v1/webhooks/{id}',
    right: 'manage',
    doc: 'Remove a webhook and its waiting deliveries.',
    fields: { id: { type: 'text', required: true, doc: 'the id of the webhook' } },
  },
  replayWebhook: {
    method: 'POST',
    path: '/v1/webhooks/{id}/replay',
    right: 'manage',
    doc: 'Resend failed deliveries, one delivery, or everything since a time.',
    fields: {
      id: { type: 'text', required: true, doc: 'the id of the webhook' },
      delivery: { type: 'text', doc: 'the id of one delivery' },
      since: { type: 'whole', doc: 'epoch seconds' },
    },
  },
  listDeliveries: {
    method: 'GET',
    path: '/v1/deliveries',
    right: 'read',
    doc: 'List mails and webhook calls with all their attempts, newest first.',
    fields: {
      channel: { type: 'text', doc: 'only these', oneOf: ['mail', 'webhook'] },
      state: { type: 'text', doc: 'only those in this state', oneOf: ['waiting', 'sent', 'failed', 'dropped'] },
      connectionId: { type: 'text', doc: 'only those about this connection' },
      limit,
      after: { type: 'text', doc: '`next` of the previous page' },
    },
  },
} as const satisfies Readonly<Record<string, Call>>;

// The calls of the REST interface, as one table: routes, rights, fields, the client, the description for machines and the
// commands are read from it.
import { keysOf } from '@hallpass/protocol';
import { eventKinds } from '../event-kinds.ts';
import { services, tokenKinds } from '../kinds.ts';
import { holderStates } from '../states.ts';
import type { Answers } from './answers.ts';
import type { Fields } from './fields.ts';
import type { Right } from './rights.ts';

export interface Call {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Parts in braces are fields. */
  path: string;
  right: Right;
  doc: string;
  fields: Fields;
  /**
   * It may take minutes: nobody should wait for it in front of a page. Asked with `Accept: application/x-ndjson` it is
   * answered line by line: how far it is, and at last the answer.
   */
  long?: true;
  /** Bytes that its body may have, where that is more than the usual limit. */
  longestBody?: number;
}

/** Letters of a list: a hundred thousand tokens have their place. */
const LONGEST_LIST = 32 * 1024 * 1024;

const id = { type: 'text', required: true, doc: 'the id of the connection' } as const;
const limit = { type: 'whole', doc: 'the most that are answered, up to 200' } as const;

const labels = {
  name: { type: 'text', doc: 'the name of the connection' },
  ownerName: { type: 'text', doc: 'the name of whoever is told' },
  ownerEmail: { type: 'text', doc: 'the address of whoever is told' },
  language: { type: 'text', doc: 'the language of the mails, such as de' },
  wantedScopes: { type: 'texts', doc: 'the permissions that are needed' },
  pageChoice: { type: 'texts', doc: 'ids of the Pages that are wanted; all without it' },
} as const;

export const calls = {
  list: {
    method: 'GET',
    path: '/v1/connections',
    right: 'read',
    doc: 'Lists connections by name, page by page.',
    fields: {
      search: { type: 'text', doc: 'a part of the name of the connection, its subject or owner' },
      state: { type: 'text', doc: 'only those in this state', oneOf: keysOf(holderStates) },
      kind: { type: 'text', doc: 'only those of this kind', oneOf: keysOf(tokenKinds) },
      appId: { type: 'text', doc: 'only those of this app' },
      parentId: { type: 'text', doc: 'only those whose tokens were read with the token of this one' },
      limit,
      after: { type: 'text', doc: '`next` of the page before' },
    },
  },
  get: {
    method: 'GET',
    path: '/v1/connections/{id}',
    right: 'read',
    doc: 'Says how a connection stands.',
    fields: { id },
  },
  check: {
    method: 'POST',
    path: '/v1/connections/{id}/check',
    right: 'operate',
    doc: 'Looks at a connection now, and says how it stands.',
    fields: { id },
  },
  history: {
    method: 'GET',
    path: '/v1/connections/{id}/events',
    right: 'read',
    doc: 'Lists what happened to a connection, the newest first.',
    fields: { id, limit, before: { type: 'whole', doc: 'goes on before this event' } },
  },
  connect: {
    method: 'POST',
    path: '/v1/connections',
    right: 'connect',
    doc: 'Makes a link that leads a person through the dialog to a new connection.',
    fields: {
      appId: { type: 'text', required: true, doc: 'the id of the app' },
      ...labels,
      configId: { type: 'text', doc: 'a configuration of Login for Business, in place of permissions' },
      redirectUri: { type: 'text', doc: 'where the dialog returns to; the page of this vault without it' },
    },
  },
  import: {
    method: 'POST',
    path: '/v1/import',
    right: 'manage',
    doc: 'Brings tokens in that somebody has: CSV, JSON or variables. A dry run says what each row is and what is wrong with it.',
    fields: {
      text: { type: 'text', required: true, longest: LONGEST_LIST, doc: 'the rows' },
      appId: { type: 'text', doc: 'the app of rows that name none' },
      kind: { type: 'text', doc: 'the kind of rows that name none', oneOf: keysOf(tokenKinds) },
      dryRun: { type: 'flag', doc: 'only say what would be kept' },
      keepDead: { type: 'flag', doc: 'keep dead tokens too, so that their people can be asked to connect again' },
    },
    long: true,
    // A letter may take two bytes, and in JSON six.
    longestBody: 2 * LONGEST_LIST,
  },
  reconnect: {
    method: 'POST',
    path: '/v1/connections/{id}/reconnect',
    right: 'connect',
    doc: 'Makes a link to the dialog that renews a connection in place. Anybody but its person is refused.',
    fields: {
      id,
      redirectUri: { type: 'text', doc: 'where the dialog returns to; the page of this vault without it' },
    },
  },
  handOver: {
    method: 'POST',
    path: '/v1/connections/{id}/hand-over',
    right: 'manage',
    doc: 'Gives a connection to another person by a link to the dialog, or to a system user by its token. Its id stays.',
    fields: {
      id,
      token: { type: 'text', doc: 'the token of the system user; without it a link is made' },
      ownerName: labels.ownerName,
      ownerEmail: labels.ownerEmail,
    },
  },
  update: {
    method: 'PATCH',
    path: '/v1/connections/{id}',
    right: 'manage',
    doc: 'Changes the name, the owner, and what is wanted; what is not given stays.',
    fields: { id, ...labels },
  },
  discoverPages: {
    method: 'POST',
    path: '/v1/connections/{id}/pages',
    right: 'manage',
    doc: 'Finds the Pages of a person or system user and keeps their tokens.',
    fields: { id, dryRun: { type: 'flag', doc: 'only say what would be kept' } },
    long: true,
  },
  remove: {
    method: 'DELETE',
    path: '/v1/connections/{id}',
    right: 'manage',
    doc: 'Removes a connection and its token.',
    fields: {
      id,
      children: { type: 'text', doc: 'what becomes of those that hang on it', oneOf: ['remove', 'keep'] },
    },
  },
  reveal: {
    method: 'POST',
    path: '/v1/connections/{id}/reveal',
    right: 'reveal',
    doc: 'Shows the token itself. Each time is written down; only so many an hour are shown.',
    fields: { id },
  },
  listApps: { method: 'GET', path: '/v1/apps', right: 'read', doc: 'Lists the apps.', fields: {} },
  putApp: {
    method: 'PUT',
    path: '/v1/apps/{id}',
    right: 'manage',
    doc: 'Adds an app in whose name tokens are asked for and extended, or changes it.',
    fields: {
      id: { type: 'text', required: true, doc: 'the id of the app' },
      secret: { type: 'text', doc: 'the secret of the app; the one that is known stays without it' },
      service: { type: 'text', doc: 'whose app it is; facebook without it', oneOf: keysOf(services) },
      graphBase: { type: 'text', doc: 'the address of another Graph than that of the service' },
      dialogBase: { type: 'text', doc: 'the address of another dialog than that of the service, with its path' },
      version: { type: 'text', doc: 'the version of the Graph, such as v25.0' },
    },
  },
  removeApp: {
    method: 'DELETE',
    path: '/v1/apps/{id}',
    right: 'manage',
    doc: 'Removes an app and its secret.',
    fields: { id: { type: 'text', required: true, doc: 'the id of the app' } },
  },
  listWebhooks: { method: 'GET', path: '/v1/webhooks', right: 'read', doc: 'Lists the webhooks.', fields: {} },
  addWebhook: {
    method: 'POST',
    path: '/v1/webhooks',
    right: 'manage',
    doc: 'Adds an address that is called when something happens. Its secret is shown this once.',
    fields: {
      url: { type: 'text', required: true, doc: 'the address that is called' },
      events: { type: 'texts', doc: 'only these events; all without it', oneOf: keysOf(eventKinds) },
    },
  },
  removeWebhook: {
    method: 'DELETE',
    path: '/v1/webhooks/{id}',
    right: 'manage',
    doc: 'Removes a webhook, and what waits for it.',
    fields: { id: { type: 'text', required: true, doc: 'the id of the webhook' } },
  },
  replayWebhook: {
    method: 'POST',
    path: '/v1/webhooks/{id}/replay',
    right: 'manage',
    doc: 'Sends again what failed, one delivery, or everything since a moment.',
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
    doc: 'Lists mails and calls of webhooks, with every try; the newest first.',
    fields: {
      channel: { type: 'text', doc: 'only these', oneOf: ['mail', 'webhook'] },
      state: { type: 'text', doc: 'only those in this state', oneOf: ['waiting', 'sent', 'failed', 'dropped'] },
      limit,
    },
  },
  mailSettings: { method: 'GET', path: '/v1/mail', right: 'read', doc: 'Says how mails are sent.', fields: {} },
  setMailSettings: {
    method: 'PATCH',
    path: '/v1/mail',
    right: 'manage',
    doc: 'Sets how mails are sent; what is not given stays.',
    fields: {
      team: { type: 'texts', doc: 'addresses that are told about connections whose owner cannot be reached' },
      language: {
        type: 'text',
        doc: 'the language where none is known of the owner: en, de, or one of your own texts',
      },
      timeZone: { type: 'text', doc: 'the time zone of days and quiet hours, such as Europe/Berlin' },
      quietHours: { type: 'object', doc: 'whole hours without mails: {"from": 22, "to": 7}; equal hours for none' },
      mailsPerDay: { type: 'whole', doc: 'the most mails to one address on one day' },
      groupSeconds: { type: 'whole', doc: 'how long a mail waits for others to go with it' },
    },
  },
  testMail: {
    method: 'POST',
    path: '/v1/mail/test',
    right: 'operate',
    doc: 'Sends a mail that shows that mails arrive.',
    fields: { to: { type: 'text', required: true, doc: 'the address' } },
  },
  calendar: {
    method: 'POST',
    path: '/v1/calendar',
    right: 'manage',
    doc: 'Answers the secret address of the calendar of ends.',
    fields: { renew: { type: 'flag', doc: 'make a new address, and end the old one' } },
  },
  sweep: {
    method: 'POST',
    path: '/v1/sweep',
    right: 'operate',
    doc: 'Looks now at all connections that are due.',
    fields: {},
    long: true,
  },
  rotateKeys: {
    method: 'POST',
    path: '/v1/keys/rotate',
    right: 'operate',
    doc: 'Seals everything with a new key, while everything goes on.',
    fields: { dryRun: { type: 'flag', doc: 'only say what would be done' } },
    long: true,
  },
  listKeys: {
    method: 'GET',
    path: '/v1/keys',
    right: 'operate',
    doc: 'Lists the keys that values are sealed with, and how many are sealed with each.',
    fields: {},
  },
  withdrawKey: {
    method: 'POST',
    path: '/v1/keys/{id}/withdraw',
    right: 'operate',
    doc: 'Seals anew what one key has sealed, and deletes that key. What other keys sealed is left alone.',
    fields: {
      id: { type: 'text', required: true, doc: 'the id of the key' },
      dryRun: { type: 'flag', doc: 'only say what would be done' },
    },
    long: true,
  },
  doctor: {
    method: 'GET',
    path: '/v1/doctor',
    right: 'operate',
    doc: 'Looks for what is wrong with this vault, and says what to do.',
    fields: {},
  },
} as const satisfies Readonly<Record<keyof Answers, Call>>;

export type CallName = keyof typeof calls;

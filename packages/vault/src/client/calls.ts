// The calls of the REST interface, as one table, which is why this file is long: routes, rights, fields, the client, the
// description for machines and the commands are read from it.
import { keysOf } from '@hallpass/protocol';
import { eventKinds } from '../event-kinds.ts';
import { services, tokenKinds } from '../kinds.ts';
import { holderStates } from '../states.ts';
import { actNames, type Answers } from './answers.ts';
import type { Fields } from './fields.ts';
import { type Right, rights } from './rights.ts';

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
  /** It is answered while the tenant of its caller is sealed: it says so. */
  whileSealed?: true;
  /** Bytes that its body may have, where that is more than the usual limit. */
  longestBody?: number;
}

/** Letters of a list: a hundred thousand tokens have their place. */
const LONGEST_LIST = 32 * 1024 * 1024;

const id = { type: 'text', required: true, doc: 'the id of the connection' } as const;
const limit = { type: 'whole', doc: 'the maximum number of results, up to 200' } as const;

const labels = {
  name: { type: 'text', doc: 'the name of the connection' },
  ownerName: { type: 'text', doc: 'the name of the person to tell' },
  ownerEmail: { type: 'text', doc: 'the e-mail address of the person to tell' },
  language: { type: 'text', doc: 'the language of the mails, such as de' },
  wantedScopes: { type: 'texts', doc: 'the permissions that are needed' },
  pageChoice: { type: 'texts', doc: 'ids of the Pages that are wanted; by default all' },
} as const;

export const calls = {
  me: {
    method: 'GET',
    path: '/v1/me',
    right: 'read',
    doc: 'Show the tenant and the rights of the key that asks.',
    fields: {},
  },
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
    fields: { id },
  },
  details: {
    method: 'GET',
    path: '/v1/connections/{id}/details',
    right: 'read',
    doc: 'Show everything about a connection but its token: owner, dates, permissions, and what depends on it.',
    fields: { id },
  },
  timeline: {
    method: 'GET',
    path: '/v1/timeline',
    right: 'read',
    doc: 'Show which connections end in the next days, and which of them need a person.',
    fields: { days: { type: 'whole', doc: 'the number of days, up to 366; by default 90' } },
  },
  askAgain: {
    method: 'POST',
    path: '/v1/connections/ask-again',
    right: 'connect',
    doc: 'Ask the people of some connections, by mail, to connect again. Each is asked once a day at most.',
    fields: { ids: { type: 'texts', required: true, doc: 'the ids of the connections, up to 1000' } },
    long: true,
  },
  check: {
    method: 'POST',
    path: '/v1/connections/{id}/check',
    right: 'operate',
    doc: 'Check a connection now, and show its state.',
    fields: { id },
  },
  history: {
    method: 'GET',
    path: '/v1/connections/{id}/events',
    right: 'read',
    doc: 'List the events of a connection, newest first.',
    fields: { id, limit, before: { type: 'whole', doc: 'continue before this event' } },
  },
  wouldEnd: {
    method: 'GET',
    path: '/v1/connections/{id}/would-end/{act}',
    right: 'read',
    doc: 'Tell which connections would end with an act on the person, app or Page of this one.',
    fields: {
      id,
      act: { type: 'text', required: true, doc: 'the act, such as password_changed', oneOf: actNames },
    },
  },
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
  import: {
    method: 'POST',
    path: '/v1/import',
    right: 'manage',
    doc: 'Import tokens from CSV, JSON or variables. A dry run shows what each row is, and what is wrong with it.',
    fields: {
      text: { type: 'text', required: true, longest: LONGEST_LIST, doc: 'the rows' },
      appId: { type: 'text', doc: 'the app for rows that name none' },
      kind: { type: 'text', doc: 'the kind for rows that name none', oneOf: keysOf(tokenKinds) },
      dryRun: { type: 'flag', doc: 'only show what would be kept' },
      keepDead: {
        type: 'flag',
        doc: 'keep expired and revoked tokens too, so that their people can be asked to connect again',
      },
      keepWorking: {
        type: 'flag',
        doc: 'leave connections as they are whose tokens work: a working token is never replaced',
      },
    },
    long: true,
    // A letter may take two bytes, and in JSON six.
    longestBody: 2 * LONGEST_LIST,
  },
  reconnect: {
    method: 'POST',
    path: '/v1/connections/{id}/reconnect',
    right: 'connect',
    doc: 'Create a link to the dialog that renews a connection in place. Only its own person can use it.',
    fields: {
      id,
      redirectUri: { type: 'text', doc: 'where the dialog returns to; by default the page of this vault' },
    },
  },
  handOver: {
    method: 'POST',
    path: '/v1/connections/{id}/hand-over',
    right: 'manage',
    doc: 'Give a connection to another person by a link to the dialog, or to a system user by its token. It keeps its id.',
    fields: {
      id,
      token: { type: 'text', doc: 'the token of the system user; without it, a link is created' },
      ownerName: labels.ownerName,
      ownerEmail: labels.ownerEmail,
    },
  },
  update: {
    method: 'PATCH',
    path: '/v1/connections/{id}',
    right: 'manage',
    doc: "Change the name, the owner, and the wanted permissions and Pages. Fields that aren't given stay as they are.",
    fields: { id, ...labels },
  },
  discoverPages: {
    method: 'POST',
    path: '/v1/connections/{id}/pages',
    right: 'manage',
    doc: 'Find the Pages of a person or system user, and keep their tokens.',
    fields: { id, dryRun: { type: 'flag', doc: 'only show what would be kept' } },
    long: true,
  },
  remove: {
    method: 'DELETE',
    path: '/v1/connections/{id}',
    right: 'manage',
    doc: 'Remove a connection and its token.',
    fields: {
      id,
      children: { type: 'text', doc: 'what to do with connections that depend on it', oneOf: ['remove', 'keep'] },
    },
  },
  reveal: {
    method: 'POST',
    path: '/v1/connections/{id}/reveal',
    right: 'reveal',
    doc: 'Show the token itself. Each time is recorded, and the number per hour is limited.',
    fields: { id },
  },
  export: {
    method: 'POST',
    path: '/v1/export',
    right: 'export',
    doc: 'Take tokens out of the vault with what is known of them, page by page. This is recorded for each of them.',
    fields: {
      appId: { type: 'text', doc: 'only those of this app' },
      limit,
      after: { type: 'text', doc: '`next` of the previous page' },
    },
  },
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
  mailSettings: { method: 'GET', path: '/v1/mail', right: 'read', doc: 'Show how mails are sent.', fields: {} },
  setMailSettings: {
    method: 'PATCH',
    path: '/v1/mail',
    right: 'manage',
    doc: "Set how mails are sent. Fields that aren't given stay as they are.",
    fields: {
      team: { type: 'texts', doc: "addresses to tell about connections whose owner can't be reached" },
      language: {
        type: 'text',
        doc: "the language to use if the owner's isn't known: en, de, or one of your own texts",
      },
      timeZone: { type: 'text', doc: 'the time zone of days and quiet hours, such as Europe/Berlin' },
      quietHours: { type: 'object', doc: 'whole hours without mails: {"from": 22, "to": 7}; equal hours for none' },
      mailsPerDay: { type: 'whole', doc: 'the maximum number of mails to one address per day' },
      groupSeconds: { type: 'whole', doc: 'how long a mail waits to be combined with others' },
    },
  },
  testMail: {
    method: 'POST',
    path: '/v1/mail/test',
    right: 'operate',
    doc: 'Send a test mail.',
    fields: { to: { type: 'text', required: true, doc: 'the address' } },
  },
  calendar: {
    method: 'POST',
    path: '/v1/calendar',
    right: 'manage',
    doc: 'Show the secret address of the calendar of expiry dates.',
    fields: { renew: { type: 'flag', doc: 'create a new address, and end the old one' } },
  },
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
  sweep: {
    method: 'POST',
    path: '/v1/sweep',
    right: 'operate',
    doc: 'Check all connections that are due, now.',
    fields: {},
    long: true,
  },
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
  snapshot: {
    method: 'GET',
    path: '/v1/snapshot',
    right: 'operate',
    doc: 'Show what a rehearsal needs: how connections stand, their owners and dates, and who was told. Never a token.',
    fields: {
      limit: { type: 'whole', doc: 'the connections of one page, up to 1000' },
      after: { type: 'text', doc: '`next` of the previous page' },
    },
  },
  doctor: {
    method: 'GET',
    path: '/v1/doctor',
    right: 'operate',
    doc: 'Check this vault for problems, and say what to do.',
    fields: {},
    whileSealed: true,
  },
} as const satisfies Readonly<Record<keyof Answers, Call>>;

export type CallName = keyof typeof calls;

// The calls of the REST interface, as one table: routes, rights, fields, the client, the description for machines and the
// commands are read from it.
import type { Answers } from './answers.ts';
import { appCalls } from './calls/apps.ts';
import type { Call } from './calls/call.ts';
import { connectCalls } from './calls/connect.ts';
import { connectionCalls } from './calls/connections.ts';
import { deliveryCalls } from './calls/deliveries.ts';
import { handleCalls } from './calls/handles.ts';
import { keyCalls } from './calls/keys.ts';
import { mailCalls } from './calls/mail.ts';
import { operatorCalls } from './calls/operations.ts';
import { tokenCalls } from './calls/tokens.ts';

export const calls = {
  me: {
    method: 'GET',
    path: '/v1/me',
    right: 'read',
    doc: 'Show the tenant and the rights of the key that asks.',
    fields: {},
  },
  ...connectionCalls,
  ...connectCalls,
  ...tokenCalls,
  ...appCalls,
  ...deliveryCalls,
  ...mailCalls,
  ...handleCalls,
  ...keyCalls,
  ...operatorCalls,
} as const satisfies Readonly<Record<keyof Answers, Call>>;

export type CallName = keyof typeof calls;

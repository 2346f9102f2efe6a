// These calls are for the operator of a vault.
import type { Call } from './call.ts';

export const operatorCalls = {
  sweep: {
    method: 'POST',
    path: '/v1/sweep',
    right: 'operate',
    doc: 'Check all connections that are due, now.',
    fields: {},
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
} as const satisfies Readonly<Record<string, Call>>;

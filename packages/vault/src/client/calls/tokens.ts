// These calls take lists of tokens in and out, and show a single one.
import { keysOf } from '@hallpass/protocol';
import { tokenKinds } from '../../kinds.ts';
import { type Call, connectionId, limit } from './call.ts';

/** Letters of a list: a hundred thousand tokens have their place. */
const LONGEST_LIST = 32 * 1024 * 1024;

export const tokenCalls = {
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
  reveal: {
    method: 'POST',
    path: '/v1/connections/{id}/reveal',
    right: 'reveal',
    doc: 'Show the token itself. Each time is recorded, and the number per hour is limited.',
    fields: { id: connectionId },
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
} as const satisfies Readonly<Record<string, Call>>;

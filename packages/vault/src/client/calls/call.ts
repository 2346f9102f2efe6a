// A call of the REST interface is data. These fields are those that several calls have.
import type { Fields } from '../fields.ts';
import type { Right } from '../rights.ts';

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

/** The parameter of a call about one connection. */
export const connectionId = { type: 'text', required: true, doc: 'the id of the connection' } as const;

export const limit = { type: 'whole', doc: 'the maximum number of results, up to 200' } as const;

/** The holder names these for a connection. */
export const labels = {
  name: { type: 'text', doc: 'the name of the connection' },
  ownerName: { type: 'text', doc: 'the name of the person to tell' },
  ownerEmail: { type: 'text', doc: 'the e-mail address of the person to tell' },
  language: { type: 'text', doc: 'the language of the mails, such as de' },
  wantedScopes: { type: 'texts', doc: 'the permissions that are needed' },
  pageChoice: { type: 'texts', doc: 'ids of the Pages that are wanted; by default all' },
} as const;

// The types of what a request brings, wherever it stood: query, body, header or item of a batch.

/** These verbs are what a call is judged by; HEAD is answered like GET. */
export type Method = 'GET' | 'POST' | 'DELETE';

/** A JSON value of a parameter: form and query values are strings; JSON bodies may bring structure. */
export type ParamValue = string | number | boolean | null | ParamValue[] | { [key: string]: ParamValue };

export interface UploadedFile {
  name: string;
  type: string;
  bytes: Uint8Array;
}

/** The place in which the token was found. */
export type CredentialPlace = 'query' | 'body' | 'header';

/** The switches of the envelope change how an answer is written, and not what is answered. */
export interface Envelope {
  suppressHttpCode: boolean;
  pretty: boolean;
  /** JSONP function name. */
  callback: string | undefined;
  debug: 'all' | 'info' | 'warning' | undefined;
  metadata: boolean;
  summary: string | undefined;
}

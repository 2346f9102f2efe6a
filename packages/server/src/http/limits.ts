// How much one request may bring. Source: the table of limits in the threat model, section 4.2.
const KIB = 1024;
const MIB = 1024 * KIB;

export const limits = {
  /** Characters of the request target. */
  requestLine: 16 * KIB,
  headerBlock: 32 * KIB,
  headers: 100,
  /** Bytes of an urlencoded or JSON body, after inflating. */
  body: MIB,
  /** Bytes of a multipart body; its text parts together stay under `body`. */
  multipartBody: 10 * MIB,
  parameters: 1000,
  /** Characters of one value. */
  value: 64 * KIB,
  /** Nesting of JSON, of `key[sub]` names and of field expansion. */
  depth: 20,
  /** Fields of one `fields=`, all levels together. */
  fields: 1000,
  /** Characters of an access token. */
  token: 4 * KIB,
} as const;

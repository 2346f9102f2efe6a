// Names of parameters that most calls bring. A name cut out of a request is a new string, and using it as a key of an
// object costs more than a microsecond; a string of the program itself costs nothing.
const list = [
  'access_token',
  'after',
  'app_id',
  'appsecret_proof',
  'appsecret_time',
  'batch',
  'before',
  'client_id',
  'client_secret',
  'code',
  'code_verifier',
  'debug',
  'fb_exchange_token',
  'fields',
  'format',
  'grant_type',
  'id',
  'ids',
  'include_headers',
  'input_token',
  'limit',
  'locale',
  'message',
  'metadata',
  'method',
  'permission',
  'permissions',
  'pretty',
  'redirect',
  'redirect_uri',
  'scope',
  'sdk',
  'since',
  'state',
  'status',
  'summary',
  'suppress_http_code',
  'type',
  'until',
] as const;

const names: ReadonlyMap<string, string> = new Map(list.map((name) => [name, name]));

/** The same name, as a string of the program where it is a usual one. */
export function knownName(name: string): string {
  return names.get(name) ?? name;
}

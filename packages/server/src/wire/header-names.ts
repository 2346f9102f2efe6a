// Header names as recorded answers have them on HTTP/1.1: one table, for the socket and for the items of a batch.
// Inside the server every name is in lower case, and a name that is not in the table stays so. Sources:
// SammyK/LaravelFacebookSdk#181 and the recorded answers of restfb.
const wireNames: Readonly<Record<string, string>> = {
  'access-control-allow-credentials': 'Access-Control-Allow-Credentials',
  'access-control-allow-headers': 'Access-Control-Allow-Headers',
  'access-control-allow-methods': 'Access-Control-Allow-Methods',
  'access-control-allow-origin': 'Access-Control-Allow-Origin',
  'access-control-expose-headers': 'Access-Control-Expose-Headers',
  'access-control-max-age': 'Access-Control-Max-Age',
  allow: 'Allow',
  'cache-control': 'Cache-Control',
  connection: 'Connection',
  'content-length': 'Content-Length',
  'content-type': 'Content-Type',
  etag: 'ETag',
  expires: 'Expires',
  'last-modified': 'Last-Modified',
  location: 'Location',
  pragma: 'Pragma',
  'retry-after': 'Retry-After',
  'set-cookie': 'Set-Cookie',
  'strict-transport-security': 'Strict-Transport-Security',
  vary: 'Vary',
  'www-authenticate': 'WWW-Authenticate',
  'x-content-type-options': 'X-Content-Type-Options',
  'x-fb-debug': 'X-FB-Debug',
  // In lower case on the wire too.
  'facebook-api-version': 'facebook-api-version',
  'x-app-usage': 'x-app-usage',
  'x-fb-request-id': 'x-fb-request-id',
  'x-fb-rev': 'x-fb-rev',
  'x-fb-trace-id': 'x-fb-trace-id',
};

/** @param name in lower case */
export function wireName(name: string): string {
  return Object.hasOwn(wireNames, name) ? (wireNames[name] ?? name) : name;
}

/** Gives headers the names that they have on the wire. */
export function wireHeaders<Value>(headers: Readonly<Record<string, Value>>): Record<string, Value> {
  const named: Record<string, Value> = {};
  for (const name in headers) named[wireName(name)] = headers[name] as Value;
  return named;
}

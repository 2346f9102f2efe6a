import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StorageUnavailable } from '@hallpass/db';
import { graphError } from '@hallpass/protocol';
import { incoming } from '../../test/incoming.ts';
import type { GraphRequest } from '../wire/call.ts';
import { parse } from '../parse/parse.ts';
import { askedBeforeParsing, createResponder } from './respond.ts';
import { traceIds } from './trace-ids.ts';

const bugs: unknown[] = [];
const responder = createResponder({ revision: '1001', onBug: (error) => bugs.push(error) });

function asked(target: string, method = 'GET', headers: Record<string, string> = {}): GraphRequest {
  return parse(incoming(target, { method, headers }), {
    traceId: 'AbCdEfGhIjK',
    defaultVersion: 'v25.0',
  }) as GraphRequest;
}

test('a read answers compact JSON with the documented headers', () => {
  const answer = responder.value(asked('/v24.0/me'), { id: '1', name: 'é' });
  assert.equal(answer.status, 200);
  assert.equal(answer.body, '{"id":"1","name":"é"}');
  const { etag, ...headers } = answer.headers;
  assert.match(String(etag), /^"[0-9a-f]{40}"$/);
  assert.deepEqual(headers, {
    'content-type': 'application/json; charset=UTF-8',
    'facebook-api-version': 'v24.0',
    'x-fb-trace-id': 'AbCdEfGhIjK',
    'x-fb-request-id': 'AbCdEfGhIjK',
    'x-fb-debug': 'AbCdEfGhIjK',
    'x-fb-rev': '1001',
    'access-control-allow-origin': '*',
    'cache-control': 'private, no-cache, no-store, must-revalidate',
    pragma: 'no-cache',
    expires: 'Sat, 01 Jan 2000 00:00:00 GMT',
    vary: 'Accept-Encoding',
    'x-content-type-options': 'nosniff',
  });
  assert.equal(responder.value(asked('/me'), true).body, 'true');
  assert.equal(responder.value(asked('/me?pretty=1'), { a: 1 }).body, '{\n   "a": 1\n}');
});

test('an unchanged answer is 304 without a body, also under weak and listed tags', () => {
  const { headers } = responder.value(asked('/me'), { id: '1' });
  const tag = String(headers.etag);
  for (const given of [tag, `W/${tag}`, `"x", ${tag}`]) {
    const again = responder.value(asked('/me', 'GET', { 'if-none-match': given }), { id: '1' });
    assert.deepEqual([again.status, again.body, again.headers.etag], [304, '', tag], given);
  }
  assert.equal(responder.value(asked('/me', 'GET', { 'if-none-match': tag }), { id: '2' }).status, 200);
});

test('HEAD has the headers of the read and nothing else', () => {
  const answer = responder.value(asked('/me', 'HEAD'), { name: 'é' });
  assert.deepEqual([answer.status, answer.body, answer.headers['content-length']], [200, '', '13']);
  assert.equal(responder.failure(asked('/me', 'HEAD'), graphError('token.missing')).body, '');
});

test('a refusal is the error envelope with its status, and says what kind of authorization failed', () => {
  const answer = responder.failure(asked('/me'), graphError('param.required', { name: 'code' }));
  assert.equal(answer.status, 400);
  assert.deepEqual(JSON.parse(String(answer.body)), {
    error: {
      message: '(#100) The parameter code is required',
      type: 'OAuthException',
      code: 100,
      fbtrace_id: 'AbCdEfGhIjK',
    },
  });
  assert.equal(
    answer.headers['www-authenticate'],
    'OAuth "Facebook Platform" "invalid_request" "(#100) The parameter code is required"',
  );
  assert.equal(answer.headers['cache-control'], 'no-store');
  assert.equal(answer.headers.etag, undefined);
  assert.equal(answer.headers['retry-after'], undefined);
});

test('suppress_http_code changes the status of an error and nothing else', () => {
  const error = graphError('token.malformed');
  const usual = responder.failure(asked('/me'), error);
  const suppressed = responder.failure(asked('/me?suppress_http_code=1'), error);
  assert.deepEqual({ ...suppressed, status: 400 }, usual);
  assert.equal(suppressed.status, 200);
});

test('Retry-After is given where waiting helps, with the time the refusal names', () => {
  assert.equal(responder.failure(asked('/me'), graphError('limit.app').retryIn(17)).headers['retry-after'], '17');
  assert.match(String(responder.failure(asked('/me'), graphError('limit.person')).headers['retry-after']), /^\d+$/);
  assert.match(String(responder.failure(asked('/me'), graphError('server.away')).headers['retry-after']), /^\d+$/);
  // authomatic/authomatic#31 recorded this word for a failure of the server.
  assert.equal(
    responder.failure(asked('/me'), graphError('server.bug')).headers['www-authenticate'],
    'OAuth "Facebook Platform" "unknown_error" "An unknown error occurred"',
  );
});

test('an unknown error shows its trace id and nothing of itself, and is told inside', () => {
  bugs.length = 0;
  const error = new TypeError('secret-canary in /srv/app.ts');
  const answer = responder.failure(asked('/me'), error);
  assert.equal(answer.status, 500);
  assert.doesNotMatch(JSON.stringify(answer), /canary|TypeError|srv/);
  assert.match(String(answer.body), /AbCdEfGhIjK/);
  assert.deepEqual(bugs, [error]);
  responder.failure(asked('/me'), undefined);
  assert.equal(bugs.length, 2);
});

test('storage that is away answers 503 and may be asked again', () => {
  bugs.length = 0;
  const away = new StorageUnavailable('connection to 10.0.0.1 lost');
  const answer = responder.failure(asked('/me'), away);
  assert.equal(answer.status, 503);
  assert.match(String(answer.body), /"is_transient":true/);
  assert.doesNotMatch(String(answer.body), /10\.0/);
  assert.deepEqual(bugs, []);
});

test('WP-13: JSONP wraps answers and errors in a call that no browser takes for anything else', () => {
  const answer = responder.value(asked('/me?callback=cb.x'), { a: '\u2028</script>' });
  assert.equal(answer.body, '/**/cb.x({"a":"\\u2028</script>"});');
  assert.equal(answer.headers['content-type'], 'text/javascript; charset=UTF-8');
  assert.equal(answer.headers['x-content-type-options'], 'nosniff');
  assert.match(
    String(responder.failure(asked('/me?callback=cb'), graphError('token.missing')).body),
    /^\/\*\*\/cb\(\{"error".*\}\);$/,
  );
});

test('debug messages stand next to the data, as many as were asked for', () => {
  const messages = [
    { message: 'a', type: 'info' as const },
    { message: 'b', type: 'warning' as const, link: 'https://x.example' },
  ];
  const shown = (level: string) =>
    (
      JSON.parse(String(responder.value(asked(`/me?debug=${level}`), { id: '1' }, { messages }).body)) as {
        __debug__?: { messages: unknown[] };
      }
    ).__debug__?.messages;
  assert.deepEqual(shown('all'), messages);
  assert.deepEqual(shown('info'), messages);
  assert.deepEqual(shown('warning'), [messages[1]]);
  assert.equal(responder.value(asked('/me'), { id: '1' }, { messages }).body, '{"id":"1"}');
  assert.equal(responder.value(asked('/me?debug=all'), true, { messages }).body, 'true');
});

test('IV-09: text of a request in an error never breaks a header', () => {
  const answer = responder.failure(asked('/me'), graphError('param.invalid', { name: 'a\r\nSet-Cookie: b\u00e9"' }));
  assert.match(String(answer.headers['www-authenticate']), /^[ -~]+$/);
  assert.ok(String(answer.headers['www-authenticate']).length < 330);
});

test('switches are honoured as far as they can be read when the request itself was refused', () => {
  const about = { traceId: 'AbCdEfGhIjK', version: 'v25.0' };
  const asked = askedBeforeParsing(incoming('/x?a=%ff&suppress_http_code=1&callback=cb', { method: 'HEAD' }), about);
  assert.deepEqual([asked.envelope.suppressHttpCode, asked.envelope.callback, asked.head], [true, 'cb', true]);
  assert.equal(askedBeforeParsing(incoming('/x?callback=<x>'), about).envelope.callback, undefined);
});

test('usage headers and other statuses are passed on, and a setting may raise the status of a refusal', () => {
  assert.equal(responder.value(asked('/me'), {}, { headers: { 'x-app-usage': '{}' } }).headers['x-app-usage'], '{}');
  const strict = createResponder({
    revision: '1',
    onBug: () => undefined,
    statusOf: (refusal) => (refusal.entry.code === 190 ? 401 : refusal.status),
  });
  assert.equal(strict.failure(asked('/me'), graphError('token.malformed')).status, 401);
  assert.equal(strict.failure(asked('/me'), graphError('token.missing')).status, 400);
});

test('WP-10: a preflight allows every origin, the served verbs and two headers, and never cookies', () => {
  const answer = responder.preflight(asked('/v25.0/me'));
  assert.equal(answer.status, 200);
  assert.deepEqual(
    [
      'access-control-allow-origin',
      'access-control-allow-methods',
      'access-control-allow-headers',
      'access-control-allow-credentials',
    ].map((name) => answer.headers[name]),
    ['*', 'GET, POST, DELETE', 'Authorization, Content-Type', undefined],
  );
  assert.ok(answer.headers['x-fb-trace-id'], 'the headers of every answer are there too');
  assert.equal(answer.headers['facebook-api-version'], 'v25.0');
});

test('ids of requests are eleven characters and never come twice', () => {
  const next = traceIds({ bytes: (length) => crypto.getRandomValues(new Uint8Array(length)) });
  const seen = new Set(Array.from({ length: 5000 }, next));
  assert.equal(seen.size, 5000);
  for (const id of seen) assert.match(id, /^[\w-]{11}$/);
});

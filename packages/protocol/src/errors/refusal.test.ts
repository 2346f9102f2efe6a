import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type ErrorParams, errors } from './errors.ts';
import { errorBody, GraphError, graphError, refuseUnchecked, wwwAuthenticate } from './refusal.ts';

test('the parameters of an error are those of its message, and the compiler asks for them', () => {
  const expired: ErrorParams<'token.session_expired'> = { expired: 'then', now: 'now' };
  assert.match(graphError('token.session_expired', expired).message, /has expired on then\. The current time is now\./);
  assert.equal(graphError('token.missing').message, errors['token.missing'].message);
  // @ts-expect-error the time is missing
  assert.match(graphError('token.session_expired', { expired: 'then' }).message, /time is unknown/);
  // @ts-expect-error a parameter is demanded
  assert.equal(graphError('param.required').message, '(#100) The parameter unknown is required');
  // @ts-expect-error no parameter is known
  assert.equal(graphError('token.missing', { name: 'x' }).message, errors['token.missing'].message);
});

test('the body has error as its first key and its keys in the documented order', () => {
  assert.equal(
    JSON.stringify(errorBody(graphError('token.app_removed', { app: '4711' }), 'AbC')),
    '{"error":{"message":"Error validating access token: The user has not authorized application 4711.","type":"OAuthException",' +
      '"code":190,"error_subcode":458,"fbtrace_id":"AbC"}}',
  );
  assert.deepEqual(Object.keys(errorBody(graphError('server.away'), 'AbC').error), [
    'message',
    'type',
    'code',
    'is_transient',
    'fbtrace_id',
  ]);
  assert.deepEqual(Object.keys(errorBody(graphError('status.duplicate'), 'AbC').error), [
    'message',
    'type',
    'code',
    'error_subcode',
    'is_transient',
    'error_user_title',
    'error_user_msg',
    'fbtrace_id',
  ]);
});

test('an object that is unknown is refused in the recorded words', () => {
  const { error } = errorBody(graphError('object.missing', { method: 'get', id: '17' }), 'x');
  assert.equal(error.type, 'GraphMethodException');
  assert.equal(error.error_subcode, 33);
  assert.ok(
    error.message.startsWith(
      "Unsupported get request. Object with ID '17' does not exist, cannot be loaded due to missing permissions,",
    ),
  );
});

test('IV-14: two refusals of one kind share nothing', () => {
  const first = graphError('param.required', { name: 'first' });
  const second = graphError('param.required', { name: 'second' });
  assert.notEqual(first, second);
  assert.match(first.message, /first/);
  assert.match(second.message, /second/);
  assert.notEqual(errorBody(first, 'x').error, errorBody(first, 'x').error);
});

test('a quoted parameter is cut to 200 characters and cannot bring its own placeholder', () => {
  assert.equal(graphError('param.required', { name: 'n'.repeat(5000) }).params.name?.length, 200);
  assert.equal(
    graphError('field.unknown', { field: '{type}', type: 'User' }).message,
    '(#100) Tried accessing nonexisting field ({type}) on node type (User)',
  );
  assert.equal(graphError('param.required', { name: "$&$'" }).message, "(#100) The parameter $&$' is required");
});

test('names of the prototype are not parameters', () => {
  assert.equal(
    refuseUnchecked('param.required', JSON.parse('{"__proto__":"x"}')).message,
    '(#100) The parameter unknown is required',
  );
});

test('a refusal keeps its key, status and the time to wait', () => {
  const refusal = graphError('limit.person').retryIn(30);
  assert.ok(refusal instanceof GraphError && refusal instanceof Error);
  assert.deepEqual(
    [refusal.key, refusal.status, refusal.retryAfter, refusal.entry.code],
    ['limit.person', 400, 30, 17],
  );
});

test('the header of an expired token has the recorded form', () => {
  assert.equal(
    wwwAuthenticate(graphError('code.used')),
    'OAuth "Facebook Platform" "invalid_code" "This authorization code has been used."',
  );
});

test('IV-09: whatever a message quotes, the header is one line of printable ASCII with quotes only where they belong', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 600 }),
      fc.constantFrom('\r\nSet-Cookie: a=b', '"', '\\', '\u2028', '\ud800', ''),
      (text, bad) => {
        const header = wwwAuthenticate(graphError('path.unknown', { path: bad + text }));
        assert.match(header, /^OAuth "Facebook Platform" "invalid_request" "[^"\\]{0,256}"$/);
        assert.match(header, /^[ -~]*$/);
      },
    ),
  );
});

test('IV-06: a body stays valid text whatever it quotes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 190, maxLength: 230 }), (text) => {
      const { message } = errorBody(graphError('alias.unknown', { alias: text }), 'x').error;
      assert.ok(message.isWellFormed());
    }),
  );
  assert.ok(graphError('alias.unknown', { alias: `${'a'.repeat(199)}😀` }).message.isWellFormed());
});

test('ST-02: a credential that stands in a wrong place is not repeated in the message or the header', () => {
  const token = `EAA${'canaryToken'.repeat(12)}`;
  for (const secret of [token, `2001|${'c0ffee'.repeat(5)}`, `AQ${'code'.repeat(50)}`]) {
    const refusal = graphError('param.must_be', { name: `x${'y'.repeat(780)}${secret}`, what: secret });
    assert.ok(
      !`${refusal.message}${wwwAuthenticate(refusal)}${JSON.stringify(refusal.params)}`.includes(secret.slice(-20)),
      refusal.message,
    );
  }
});

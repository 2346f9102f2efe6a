// Faults that are ordered by one name: words for one token, connections that break as Toxiproxy and WireMock break them,
// errors at their usual step; and the requests that they are for.
import assert from 'node:assert/strict';
import { request } from 'node:http';
import { afterEach, after, before, test } from 'node:test';
import { connectionFaults, type Emulator, faultWords } from '../src/index.ts';
import { ask, control, emulator, testUser } from './outside.ts';

let world: Emulator;
let token: string;
before(async () => {
  world = await emulator();
  token = (await testUser(world)).token;
});
after(() => world.close());
afterEach(() => void world.faults.clear());

const order = async (form: Record<string, string>) => {
  const { status, body } = await control(world, 'faults', form);
  assert.equal(status, 200, JSON.stringify(body));
  return body;
};
const me = (of = token) => ask(world.url, `/me?access_token=${of}`);

interface Raw {
  /** Whole milliseconds from the request to the end. */
  ms: number;
  status: number | undefined;
  body: string;
  /** The code of what went wrong on the connection; `aborted` for an answer that was cut. */
  failed: string | undefined;
}

/** A call that tells how its connection went. */
function raw(headers: Record<string, string> = {}): Promise<Raw> {
  const began = performance.now();
  const end = (part: Partial<Raw>): Raw => ({
    ms: performance.now() - began,
    status: undefined,
    body: '',
    failed: undefined,
    ...part,
  });
  return new Promise((resolve) => {
    const asked = request(`${world.url}/me?access_token=${token}`, { agent: false, headers }, (response) => {
      const { statusCode: status } = response;
      let body = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        body += part;
      });
      response.on('end', () => resolve(end({ status, body, failed: response.complete ? undefined : 'aborted' })));
      response.on('error', () => resolve(end({ status, body, failed: 'aborted' })));
    });
    asked.on('error', (error: NodeJS.ErrnoException) => resolve(end({ failed: error.code ?? 'unknown' })));
    asked.end();
  });
}

test('401-once: the token is refused once, with 401, and no other token is', async () => {
  const other = (await testUser(world)).token;
  await order({ fault: '401-once', token });
  assert.equal((await me(other)).status, 200);
  const refused = await me();
  assert.deepEqual([refused.status, refused.body.error.code], [401, 190]);
  assert.equal((await me()).status, 200);
});

test('always-refused: the token is refused with 403 as often as it comes', async () => {
  await order({ fault: 'always-refused', token });
  for (let times = 0; times < 3; times++) assert.equal((await me()).status, 403);
});

test('expire-after: the token is good until the moment, and expired from then on, by the clock of the world', async () => {
  await order({ fault: 'expire-after', token, after: '10m' });
  assert.equal((await me()).status, 200);
  await world.clock.advance(600);
  const { error } = (await me()).body;
  assert.deepEqual([error.code, error.error_subcode], [190, 463]);
  assert.match(
    error.message,
    /^Error validating access token: Session has expired on \w+, .+\. The current time is \w+, /,
  );
});

test('every word is about one token, and says so where none is named', async () => {
  for (const word of Object.keys(faultWords)) {
    const { status, body } = await control(world, 'faults', { fault: word });
    assert.deepEqual([status, body.error.message], [400, `token: ${word} is about one token`]);
  }
});

test('an error by its name comes at its usual step', async () => {
  const steps = async (fault: string) => (await order({ fault })).step;
  assert.equal(await steps('token.password_changed'), 'graph.authenticated');
  assert.equal(await steps('code.used'), 'token.checked');
  assert.equal(await steps('server.away'), 'graph.authorised');
});

const broken: Readonly<Record<keyof typeof connectionFaults, [attributes: string, holds: (seen: Raw) => boolean]>> = {
  latency: ['{"latency":120,"jitter":10}', ({ ms, status }) => status === 200 && ms >= 105],
  bandwidth: ['{"rate":1}', ({ status, body }) => status === 200 && JSON.parse(body).id !== undefined],
  slow_close: ['{"delay":50}', ({ status, body }) => status === 200 && JSON.parse(body).id !== undefined],
  timeout: ['{"timeout":80}', ({ ms, failed }) => failed === 'ECONNRESET' && ms >= 70],
  reset_peer: ['{"timeout":60}', ({ ms, failed }) => failed === 'ECONNRESET' && ms >= 50],
  slicer: [
    '{"average_size":5,"delay":1000}',
    ({ status, body }) => status === 200 && JSON.parse(body).id !== undefined,
  ],
  limit_data: ['{"bytes":7}', ({ body, failed }) => failed === 'aborted' && body.length === 7],
  EMPTY_RESPONSE: ['{}', ({ failed }) => failed === 'ECONNRESET'],
  // The end comes with the status, or a moment later.
  MALFORMED_RESPONSE_CHUNK: ['{}', ({ failed }) => failed === 'HPE_INVALID_CHUNK_SIZE' || failed === 'aborted'],
  RANDOM_DATA_THEN_CLOSE: ['{}', ({ failed }) => failed === 'HPE_INVALID_CONSTANT'],
  CONNECTION_RESET_BY_PEER: ['{}', ({ failed }) => failed === 'ECONNRESET'],
  bad_json: ['{}', ({ status, body, failed }) => status === 200 && failed === undefined && !isJson(body)],
};

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

for (const [name, [attributes, holds]] of Object.entries(broken))
  test(`${name}: the client sees it once, and a true answer after that`, async () => {
    await order({ fault: name, attributes, times: '1' });
    const seen = await raw();
    assert.ok(holds(seen), JSON.stringify(seen));
    assert.equal((await me()).status, 200);
  });

test('names are taken in capitals and small letters, and attributes that a fault does not have are told', async () => {
  assert.equal((await order({ fault: 'empty_response', times: '1' })).connection, 'EMPTY_RESPONSE');
  const { status, body } = await control(world, 'faults', { fault: 'latency', attributes: '{"delay":5}' });
  assert.deepEqual([status, body.error.message], [400, 'attributes: latency has latency, jitter, and not delay']);
  assert.equal((await control(world, 'faults', { fault: 'nothing_like_this' })).status, 400);
  assert.equal((await control(world, 'faults', { fault: 'latency', attributes: '{"latency":-5}' })).status, 400);
  assert.equal((await control(world, 'faults', {})).status, 400);
});

test('an answer with a fault says which, counts to the usage, and stands in the log', async () => {
  const logged: string[] = [];
  const noisy = await emulator({ log: (_level, name) => void logged.push(name) });
  try {
    const { token: theirs } = await testUser(noisy);
    const { body } = await control(noisy, 'faults', { fault: 'latency', attributes: '{"latency":1}' });
    const response = await fetch(`${noisy.url}/me?access_token=${theirs}`);
    assert.equal(response.headers.get('x-hallpass-fault'), body.id);
    assert.ok(response.headers.get('x-app-usage'));
    assert.ok(logged.includes('fault.ordered'));
  } finally {
    await noisy.close();
  }
});

test('a fault is for those requests alone that everything fits: header, path, share, person', async () => {
  await order({ fault: 'EMPTY_RESPONSE', header: 'x-run=7' });
  assert.equal((await raw({ 'x-run': '8' })).status, 200);
  assert.equal((await raw({ 'x-run': '7' })).failed, 'ECONNRESET');
  world.faults.clear();
  await order({ fault: 'server.away', header: 'X-Run' });
  assert.equal((await raw()).status, 200);
  assert.equal((await raw({ 'x-run': 'any' })).status, 503);
  world.faults.clear();
  await order({ fault: 'server.away', path: 'me/accounts' });
  assert.equal((await me()).status, 200);
  world.faults.clear();
  await order({ fault: 'server.away', share: '0.5' });
  const statuses = new Set<number>();
  for (let calls = 0; calls < 60; calls++) statuses.add((await me()).status);
  assert.deepEqual([...statuses].toSorted(), [200, 503]);
  world.faults.clear();
  await order({ fault: 'CONNECTION_RESET_BY_PEER', person: 'ben@demo.example' });
  assert.equal((await me()).status, 200);
});

test('no fault reaches another world, and a world that begins anew has none', async () => {
  const other = await world.worlds.create('quiet');
  await order({ fault: 'EMPTY_RESPONSE' });
  const answer = await fetch(`${world.url}/me`, { headers: { 'x-hallpass-world': 'quiet' } });
  assert.equal(answer.status, 400);
  assert.deepEqual(other.faults.list(), []);
  await control(world, 'reset', {});
  assert.deepEqual(world.faults.list(), []);
  token = (await testUser(world)).token;
});

test('everything that can be ordered is listed, by its name', async () => {
  const { body } = await control(world, 'faults/available');
  const names = (body.faults as { name: string }[]).map(({ name }) => name);
  for (const name of ['401-once', 'latency', 'CONNECTION_RESET_BY_PEER', 'token.password_changed', 'server.away'])
    assert.ok(names.includes(name), name);
});

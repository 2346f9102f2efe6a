import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { after, before, test } from 'node:test';
import { graphError } from '@hallpass/protocol';
import type { HttpResponse } from '../wire/answer.ts';
import type { HttpRequest } from '../wire/call.ts';
import { equip, type HttpListener, listen, serverOptions } from './node-server.ts';
import { parse } from '../parse/parse.ts';
import { askedBeforeParsing, createResponder } from './respond.ts';

const wall = {
  every(ms: number, task: () => void) {
    const timer = setInterval(task, ms);
    return { cancel: () => clearInterval(timer) };
  },
};
const seen: HttpRequest[] = [];
const bugs: unknown[] = [];
/** `/slow` says when it was asked, and answers when it is told to. */
let slow = { arrived: Promise.withResolvers<void>(), go: Promise.withResolvers<void>() };
const traceId = () => 'AbCdEfGhIjK';
const responder = createResponder({ revision: '1', onBug: (error) => bugs.push(error) });

/** Answers with what it understood, the way the real pipeline ends. */
async function handle(incoming: HttpRequest): Promise<HttpResponse> {
  seen.push(incoming);
  if (incoming.path === '/throws') throw new Error('canary');
  if (incoming.path === '/bad-header') return { status: 200, headers: { 'x-bad': 'a\r\nb' }, body: '' };
  if (incoming.path === '/slow') {
    slow.arrived.resolve();
    await slow.go.promise;
  }
  const about = { traceId: 'AbCdEfGhIjK', version: 'v25.0' as const };
  try {
    const call = await parse(incoming, { traceId: about.traceId, defaultVersion: about.version });
    return responder.value(call, {
      segments: call.segments,
      params: call.params,
      address: call.address,
      base: call.base,
    });
  } catch (error) {
    return responder.failure(askedBeforeParsing(incoming, about), error);
  }
}

let server: HttpListener;
before(async () => {
  server = await listen({
    handle,
    wall,
    traceId,
    onBug: (error) => bugs.push(error),
    port: 0,
    host: '127.0.0.1',
    trustedProxies: ['127.0.0.1'],
  });
});
after(() => server.close());

/** Sends bytes and gives back all that comes until the connection ends. */
async function raw(bytes: string, port = server.port): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  socket.on('error', () => undefined);
  socket.write(bytes, 'latin1');
  await once(socket, 'close');
  return Buffer.concat(chunks).toString('latin1');
}

const statuses = (text: string) => [...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map((found) => Number(found[1]));
const bodyOf = (text: string) =>
  JSON.parse(text.slice(text.lastIndexOf('\r\n\r\n') + 4)) as {
    error: { code: number; message: string; fbtrace_id: string };
  };

test('reads and writes over one kept connection', async () => {
  const read = await fetch(`${server.url}/v25.0/me?a=%C3%A9&b=1`);
  assert.deepEqual(((await read.json()) as { params: unknown }).params, { a: 'é', b: '1' });
  const written = await fetch(`${server.url}/me/feed?x=1`, {
    method: 'POST',
    body: new URLSearchParams({ message: 'größer' }),
  });
  assert.deepEqual(((await written.json()) as { params: unknown }).params, { x: '1', message: 'größer' });
  const head = await fetch(`${server.url}/me`, { method: 'HEAD' });
  assert.equal(head.status, 200);
  assert.ok(Number(head.headers.get('content-length')) > 10);
});

test('a body in chunks is put together, and one that is announced with Expect is asked for', async () => {
  const chunked = await raw(
    'POST /me HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n{"a"\r\n3\r\n:1}\r\n0\r\n\r\n',
  );
  assert.match(chunked, /"params":\{"a":1\}/);
  const expected = await raw(
    'POST /me HTTP/1.1\r\nHost: x\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Type: application/json\r\nContent-Length: 7\r\n\r\n{"a":1}',
  );
  assert.deepEqual(statuses(expected), [100, 200]);
});

test('behind a configured proxy the forwarded address and scheme count, and the host as it was asked', async () => {
  const answer = await raw(
    'GET /me HTTP/1.1\r\nHost: Graph.Facebook.com\r\nConnection: close\r\nX-Forwarded-For: 1.1.1.1, 203.0.113.9\r\nX-Forwarded-Proto: https\r\n\r\n',
  );
  assert.match(answer, /"address":"203\.0\.113\.9"/);
  assert.match(answer, /"base":"https:\/\/graph\.facebook\.com"/);
});

test('IV-05: too long a request line, too many or too large headers and too large a body are refused by their own status', async () => {
  assert.deepEqual(statuses(await raw(`GET /me?a=${'x'.repeat(17 * 1024)} HTTP/1.1\r\nHost: x\r\n\r\n`)), [414]);
  assert.deepEqual(statuses(await raw(`GET /me?a=${'x'.repeat(40 * 1024)} HTTP/1.1\r\nHost: x\r\n\r\n`)), [414]);
  assert.deepEqual(
    statuses(await raw(`GET /me HTTP/1.1\r\nHost: x\r\nX-Big: ${'x'.repeat(40 * 1024)}\r\n\r\n`)),
    [431],
  );
  const many = Array.from({ length: 120 }, (_, at) => `X-${at}: 1\r\n`).join('');
  const refused = await raw(`GET /me HTTP/1.1\r\nHost: x\r\n${many}\r\n`);
  assert.deepEqual(statuses(refused), [431]);
  assert.deepEqual(bodyOf(refused).error, {
    message: '(#100) The headers are too large',
    type: 'OAuthException',
    code: 100,
    fbtrace_id: 'AbCdEfGhIjK',
  });

  const big = 'x'.repeat(2 * 1024 * 1024);
  const count = seen.length;
  const declared = await fetch(`${server.url}/me`, {
    method: 'POST',
    body: `a=${big}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  assert.equal(declared.status, 413);
  assert.equal(((await declared.json()) as { error: { code: number } }).error.code, 100);
  const streamed = await fetch(`${server.url}/me`, {
    method: 'POST',
    body: new Blob([big]).stream(),
    duplex: 'half',
    headers: { 'content-type': 'application/json' },
  } as RequestInit);
  assert.equal(streamed.status, 413);
  const expecting = await raw(
    'POST /me HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Type: application/json\r\nContent-Length: 2000000\r\n\r\n',
  );
  assert.deepEqual(statuses(expecting), [413]);
  assert.equal(seen.length, count, 'nothing of it was handled');
});

test('IV-10: unknown verbs and CONNECT are refused, TRACE reflects nothing', async () => {
  assert.deepEqual(statuses(await raw('BREW /me HTTP/1.1\r\nHost: x\r\n\r\n')), [405]);
  assert.deepEqual(statuses(await raw('CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\n\r\n')), [405]);
  const trace = await raw('TRACE /me HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Canary: canary\r\n\r\n');
  assert.deepEqual(statuses(trace), [405]);
  assert.doesNotMatch(trace, /canary/);
});

test('IV-13: nothing that two servers could read differently is answered but with 400, and the hidden request is never handled', async () => {
  const hidden = 'GET /hidden HTTP/1.1\r\nHost: x\r\n\r\n';
  const start = 'POST /me HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n';
  const attacks = [
    `${start}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`,
    `${start}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}${hidden}`,
    `${start}Content-Length: 2, 3\r\n\r\n{}${hidden}`,
    `${start}Content-Length: +2\r\n\r\n{}${hidden}`,
    `${start}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${hidden}`,
    `${start}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n${hidden}`,
    `${start}X-Folded: a\r\n b: c\r\nContent-Length: 0\r\n\r\n${hidden}`,
    `GET /me HTTP/1.1\nHost: x\n\n${hidden}`,
    `GET /me HTTP/1.1\r\nHost: x\nX: y\r\n\r\n${hidden}`,
    `GET /me HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n${hidden}`,
    `GET /me HTTP/1.1\r\nHost : x\r\n\r\n${hidden}`,
    `${start}Transfer-Encoding: chunked\r\n\r\n2;\n{}\r\n0\r\n\r\n${hidden}`,
    `${start}Transfer-Encoding: chunked\r\n\r\n-1\r\n{}\r\n0\r\n\r\n${hidden}`,
  ];
  for (const attack of attacks) {
    seen.length = 0;
    const answer = await raw(attack);
    assert.deepEqual(statuses(answer), [400], JSON.stringify(attack));
    assert.equal(bodyOf(answer).error.code, 100);
    assert.equal(seen.filter((one) => one.path === '/hidden').length, 0, JSON.stringify(attack));
  }
});

test('WP-11: an absolute request target is not served under the name it brings', async () => {
  assert.deepEqual(statuses(await raw('GET http://evil.example/me HTTP/1.1\r\nHost: x\r\n\r\n')), [421]);
});

test('IV-06: a target with bytes beyond ASCII is refused', async () => {
  for (const value of ['\u00c3\u00a9', '\u00ff'])
    assert.deepEqual(statuses(await raw(`GET /me?a=${value} HTTP/1.1\r\nHost: x\r\n\r\n`)), [400]);
});

test('a mistake behind the transport is answered 500 without a word of it, and the server goes on', async () => {
  bugs.length = 0;
  for (const path of ['/throws', '/bad-header']) {
    const answer = await fetch(server.url + path);
    assert.equal(answer.status, 500);
    assert.doesNotMatch(await answer.text(), /canary/);
  }
  assert.equal(bugs.length, 2);
  assert.equal((await fetch(`${server.url}/me`)).status, 200);
});

test('senders that go away in the middle disturb nobody', async () => {
  bugs.length = 0;
  slow = { arrived: Promise.withResolvers(), go: Promise.withResolvers() };
  for (const bytes of [
    'POST /me HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\nabc',
    'GET /me HT',
    'GET /slow HTTP/1.1\r\nHost: x\r\n\r\n',
  ]) {
    const socket = connect(server.port, '127.0.0.1');
    await once(socket, 'connect');
    await new Promise((resolve) => socket.write(bytes, resolve));
    if (bytes.includes('/slow')) await slow.arrived.promise;
    socket.destroy();
    await once(socket, 'close');
  }
  slow.go.resolve();
  assert.equal((await fetch(`${server.url}/me`)).status, 200);
  assert.deepEqual(bugs, []);
});

test('IV-14: interleaved refusals never carry another caller\u2019s words or trace id', async () => {
  const { port, close } = await listen({
    handle: async (incoming) => {
      const marker = incoming.query;
      await Promise.resolve();
      return responder.failure(
        askedBeforeParsing(incoming, { traceId: `trace-${marker}`, version: 'v25.0' }),
        graphError('param.invalid', { name: marker }),
      );
    },
    wall,
    traceId,
    onBug: (error) => bugs.push(error),
    port: 0,
    host: '127.0.0.1',
  });
  const one = async (marker: string) => {
    const answer = await fetch(`http://127.0.0.1:${port}/me?${marker}`);
    const text = `${JSON.stringify([...answer.headers])}${await answer.text()}`;
    assert.deepEqual([...new Set(text.match(/m\d+m/g))], [marker]);
  };
  for (let round = 0; round < 20; round += 1)
    await Promise.all(Array.from({ length: 50 }, (_, at) => one(`m${round * 50 + at}m`)));
  await close();
});

test('RL-14: a graceful stop finishes the calls that run, takes no new ones, and is bounded', async () => {
  const own = await listen({ handle, wall, traceId, onBug: (error) => bugs.push(error), port: 0, host: '127.0.0.1' });
  slow = { arrived: Promise.withResolvers(), go: Promise.withResolvers() };
  const running = fetch(`${own.url}/slow`);
  await slow.arrived.promise;
  const stopped = own.close(5);
  await assert.rejects(fetch(`${own.url}/me`));
  slow.go.resolve();
  const answer = await running;
  assert.deepEqual([answer.status, answer.headers.get('connection')], [200, 'close']);
  await answer.text();
  await stopped;

  const arrived = Promise.withResolvers<void>();
  const never = async (): Promise<HttpResponse> => {
    arrived.resolve();
    return new Promise(() => undefined);
  };
  const stuck = await listen({
    handle: never,
    wall,
    traceId,
    onBug: (error) => bugs.push(error),
    port: 0,
    host: '127.0.0.1',
  });
  const hanging = fetch(stuck.url).catch(() => 'cut');
  await arrived.promise;
  await stuck.close(1);
  assert.equal(await hanging, 'cut');
});

test('RL-13: senders that are slow with headers or body are answered 408 and cut', async () => {
  const patience = { headersTimeout: 100, requestTimeout: 200, connectionsCheckingInterval: 50 };
  const impatient = createServer({ ...serverOptions, ...patience });
  const stop = equip(impatient, { handle, wall, traceId, onBug: (error) => bugs.push(error) });
  impatient.listen(0, '127.0.0.1');
  await once(impatient, 'listening');
  const { port } = impatient.address() as AddressInfo;
  for (const bytes of [
    'GET /me HTTP/1.1\r\nHost:',
    'POST /me HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{',
  ]) {
    assert.deepEqual(statuses(await raw(bytes, port)), [408], bytes);
  }
  await stop();
  assert.deepEqual(
    [serverOptions.headersTimeout, serverOptions.requestTimeout, serverOptions.keepAliveTimeout],
    [10_000, 30_000, 60_000],
  );
});

test('a port that is taken is an error for whoever wanted it', async () => {
  await assert.rejects(
    listen({ handle, wall, traceId, onBug: () => undefined, port: server.port, host: '127.0.0.1' }),
    /EADDRINUSE/,
  );
});

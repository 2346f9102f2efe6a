// These tests are about the way out to the servers of apps, against real servers: what it refuses to call, and what a
// receiver cannot do to it.
import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { realWall as wall } from '../src/clock.ts';
import { callLimits, createOutbound } from '../src/outbound.ts';
import { mayReach } from '../src/reachable.ts';
import type { OutboundRequest } from '../src/world.ts';

async function serve(t: TestContext, answer: RequestListener): Promise<{ port: number; url: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.headers.host}${request.url}`);
    answer(request, response);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  t.after(
    () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  );
  const { port } = server.address() as AddressInfo;
  return { port, url: `http://127.0.0.1:${port}/`, asked };
}

const post = (url: string, reach: OutboundRequest['reach'] = 'local'): OutboundRequest => ({
  method: 'POST',
  url,
  body: 'x=1',
  reach,
});

test('a call comes back with status and body', async (t) => {
  const { url } = await serve(t, (request, response) => {
    request.on('data', (bytes: Buffer) => void response.writeHead(201, { 'set-cookie': 'a=b' }).end(`got ${bytes}`));
  });
  const answer = await createOutbound({ wall }).send({ ...post(url), headers: { 'content-type': 'text/plain' } });
  assert.equal(answer.fault, undefined);
  assert.deepEqual(
    [answer.fault === undefined && answer.status, answer.fault === undefined && answer.body],
    [201, 'got x=1'],
  );
  assert.ok(answer.ms >= 0);
});

test('RL-18: nothing but https on the open network is called: no private, loopback, link-local, mapped or translated address', () => {
  // biome-ignore format: a list
  const closed = [
    '0.0.0.0', '0.1.2.3', '10.0.0.1', '100.64.0.1', '127.0.0.1', '127.255.255.255', '169.254.169.254', '172.16.0.1', '172.31.255.255', '192.0.0.8',
    '192.0.2.1', '192.88.99.1', '192.168.1.1', '198.18.0.1', '198.51.100.7', '203.0.113.9', '224.0.0.1', '239.255.255.255', '240.0.0.1',
    '255.255.255.255', '::', '::1', '::ffff:127.0.0.1', '::ffff:10.0.0.1', '::ffff:8.8.8.8', '::127.0.0.1', '64:ff9b::7f00:1', '64:ff9b:1::1',
    '100::1', '2001::1', '2001:db8::1', '2002:7f00:1::', '3fff::1', 'fc00::1', 'fd12:3456::1', 'fe80::1', 'fec0::1', 'ff02::1', 'fd00:ec2::254',
  ];
  for (const address of closed) assert.equal(mayReach(address, 'public'), false, address);
  for (const address of ['8.8.8.8', '93.184.216.34', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '2a00:1450::200e'])
    assert.equal(mayReach(address, 'public'), true, address);
  for (const address of ['127.0.0.1', '127.8.8.8', '::1']) assert.equal(mayReach(address, 'local'), true, address);
  for (const address of ['10.0.0.1', '8.8.8.8', '::ffff:127.0.0.1', '0.0.0.0'])
    assert.equal(mayReach(address, 'local'), false, address);
  assert.equal(mayReach('10.0.0.1', 'any'), true);
});

test('RL-18: however an address is spelt, this machine is not called where only the open network is', async (t) => {
  const { port, asked } = await serve(t, (_request, response) => void response.end());
  const { send } = createOutbound({ wall });
  // biome-ignore format: a list
  const spellings = [
    '127.0.0.1', '127.1', '2130706433', '0x7f000001', '0177.0.0.1', 'localhost', 'LOCALHOST', 'localhost.', 'a.localhost', '[::1]', '[::ffff:127.0.0.1]',
    '[0:0:0:0:0:ffff:7f00:1]', '0.0.0.0', '[::]',
  ];
  for (const host of spellings)
    assert.equal((await send(post(`https://${host}:${port}/`, 'public'))).fault, 'address', host);
  assert.equal((await send(post(`http://127.0.0.1:${port}/`, 'public'))).fault, 'address', 'plain http');
  for (const url of [`http://u:p@127.0.0.1:${port}/`, 'file:///etc/passwd', 'ftp://127.0.0.1/', 'nonsense'])
    assert.equal((await send(post(url))).fault, 'address', url);
  assert.deepEqual(asked, []);
});

test('EM-05: who calls this machine alone does not even ask for another name', async () => {
  const { send } = createOutbound({ wall });
  const answer = await send(post('https://elsewhere.example/'));
  assert.equal(answer.fault, 'address');
});

test('RL-18: one address of a name that may not be called is enough to refuse', async () => {
  const { send } = createOutbound({ wall, resolve: async () => ['93.184.216.34', '10.0.0.1'] });
  assert.equal((await send(post('https://mixed.example/', 'public'))).fault, 'address');
});

test('RL-18: a name that changes its mind is resolved once, and the connection goes where was looked', async (t) => {
  const { port, asked } = await serve(t, (_request, response) => void response.end('ok'));
  let resolved = 0;
  // The second answer would lead to a private address.
  const { send } = createOutbound({ wall, resolve: async () => (resolved++ === 0 ? ['127.0.0.1'] : ['10.0.0.1']) });
  const answer = await send(post(`http://rebind.example:${port}/hook`));
  assert.equal(answer.fault, undefined);
  assert.equal(resolved, 1);
  assert.deepEqual(asked, [`POST rebind.example:${port}/hook`]);
  assert.equal(
    (await send(post(`http://rebind.example:${port}/hook`))).fault,
    'address',
    'each call looks again, on a connection of its own',
  );
});

test('RL-18: a redirect is handed back and not followed', async (t) => {
  const { url, asked } = await serve(
    t,
    (_request, response) => void response.writeHead(307, { location: '/inner' }).end(),
  );
  const answer = await createOutbound({ wall }).send(post(url));
  assert.equal(answer.fault === undefined && answer.status, 307);
  assert.equal(asked.length, 1);
});

test('RL-18: who hangs, or sends drop by drop, is cut off after the time of a call', async (t) => {
  const hanging = await serve(t, () => {});
  const dripping = await serve(t, (_request, response) => {
    const timer = setInterval(() => response.write('.'), 20);
    response.on('close', () => clearInterval(timer));
  });
  const { send } = createOutbound({ wall, ms: 300 });
  for (const { url } of [hanging, dripping]) {
    const answer = await send(post(url));
    assert.equal(answer.fault, 'timeout');
    assert.ok(answer.ms >= 250, `${answer.ms} ms`);
  }
  const slow = createOutbound({ wall, ms: 100, resolve: () => new Promise(() => {}) });
  assert.equal((await slow.send(post('https://slow-dns.example/', 'public'))).fault, 'timeout');
});

test('RL-18: of a gigabyte no more than 64 KiB are read, and of headers no more than 16', async (t) => {
  let sent = 0;
  const huge = await serve(t, (_request, response) => {
    response.writeHead(200, { 'content-length': String(1024 ** 3) });
    const part = Buffer.alloc(16 * 1024, 'x');
    const more = (): void => {
      while (!response.destroyed) {
        sent += part.length;
        if (!response.write(part)) return void response.once('drain', more);
      }
    };
    more();
  });
  const { send } = createOutbound({ wall });
  assert.equal((await send(post(huge.url))).fault, 'too_large');
  assert.ok(sent < 64 * 1024 * 1024, `${sent} bytes were taken`);
  const exact = await serve(t, (_request, response) => void response.end('y'.repeat(callLimits.bytes)));
  const answer = await send(post(exact.url));
  assert.equal(answer.fault === undefined && answer.body.length, callLimits.bytes);
  const headers = await serve(
    t,
    (_request, response) => void response.writeHead(200, { 'x-long': 'h'.repeat(20_000) }).end(),
  );
  assert.equal((await send(post(headers.url))).fault, 'too_large');
});

test('a receiver that hangs has so many calls at a time and no more; another is called all the same', async (t) => {
  const hanging = await serve(t, () => {});
  const quick = await serve(t, (_request, response) => void response.end());
  const { send } = createOutbound({ wall, ms: 400 });
  const calls = Array.from({ length: callLimits.perHost }, () => send(post(hanging.url)));
  assert.equal((await send(post(hanging.url))).fault, 'busy');
  assert.equal((await send(post(quick.url))).fault, undefined);
  assert.deepEqual(new Set((await Promise.all(calls)).map(({ fault }) => fault)), new Set(['timeout']));
  assert.equal((await send(post(hanging.url))).fault, 'timeout', 'the places are free again');
});

test('nobody there, no such name and no TLS are told apart from an answer', async (t) => {
  const { send } = createOutbound({ wall, resolve: async (name) => (name === 'nobody.example' ? [] : ['127.0.0.1']) });
  const plain = await serve(t, (_request, response) => void response.end());
  assert.equal((await send(post('http://127.0.0.1:1/'))).fault, 'unreachable');
  assert.equal((await send(post('https://nobody.example/'))).fault, 'unreachable');
  const fault = (await send(post(`https://127.0.0.1:${plain.port}/`))).fault;
  assert.ok(fault === 'tls' || fault === 'unreachable', fault);
});

test('of a long answer the beginning is read where only that is wanted, and the rest is left', async (t) => {
  const { url } = await serve(t, (_request, response) => {
    const piece = Buffer.alloc(16 * 1024, 'x');
    const more = (): void => void (response.write(piece) ? setImmediate(more) : response.once('drain', more));
    more();
  });
  const { send } = createOutbound({ wall });
  const answer = await send({ method: 'GET', url, reach: 'local', beginning: true });
  assert.ok(answer.fault === undefined && answer.body === 'x'.repeat(callLimits.bytes));
  assert.equal((await send({ method: 'GET', url, reach: 'local' })).fault, 'too_large');
});

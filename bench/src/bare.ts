// This server is the measure: a bare node:http server that answers given bytes and does nothing else. A POST reads and
// parses its form.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { report } from './report.ts';

let body = '{}';
let headers: Record<string, string> = { 'content-type': 'application/json; charset=UTF-8' };

const server = createServer((request, response) => {
  if (request.method !== 'POST') {
    response.writeHead(200, headers);
    response.end(body);
    return;
  }
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    const form = new URLSearchParams(Buffer.concat(parts).toString());
    response.writeHead(form.size > 0 ? 200 : 400, headers);
    response.end(body);
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  report((message) => {
    if (message.ask === 'answer') {
      body = message.body as string;
      headers = { ...(message.headers as Record<string, string>), 'content-length': String(Buffer.byteLength(body)) };
    }
    return {};
  });
  process.send?.({ ready: (server.address() as AddressInfo).port });
});

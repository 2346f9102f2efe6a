// The real service in the place of a world: TLS of the program ends here, the same is asked of the service, and what it
// answers is recorded without any credential.
import { writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { createRecorder } from '@hallpass/emulator';
import type { FrontEvent, JournalWriter, Tunnel } from '@hallpass/emulator/front';
import type { HttpRequest, HttpResponse } from '@hallpass/server';
import { CommandError } from '../../command-error.ts';
import type { ExecRequest } from '../exec-request.ts';
import type { ExecWorldOptions, OpenWorld } from './open-world.ts';
import { openLoopback } from '../loopback.ts';
import { passingFront } from './passing-front.ts';
import { upstreamTunnel } from '../upstream.ts';

// A named import of node:http also loads fetch and WebSocket, which takes longer than the rest of a start.
const { request } = process.getBuiltinModule('node:http');

/** The file is for its owner alone: it holds no credential, but what the service says about people. */
const PRIVATE = 0o600;

/** @throws CommandError where the file cannot be written */
export async function recordedWorld(
  { authority, tunnel, outside, connect }: ExecWorldOptions,
  { file, service }: NonNullable<ExecRequest['record']>,
  journal: JournalWriter,
  noted: (event: FrontEvent) => void,
): Promise<OpenWorld> {
  const way = connect ?? upstreamTunnel(outside.env, openLoopback);
  const recorder = createRecorder(service ?? 'https://graph.facebook.com');
  const write = (): void => {
    try {
      writeFileSync(file, recorder.text(), { mode: PRIVATE });
    } catch {
      throw new CommandError('cannotStart', `The recording cannot be written to ${file}.`);
    }
  };
  write();
  const ask = (incoming: HttpRequest): Promise<HttpResponse> => askService(incoming, service, way);
  const front = await passingFront({
    authority,
    tunnel,
    outside,
    ask,
    noted,
    noteCall(incoming, response) {
      journal.note(incoming, response);
      recorder.note(incoming, response);
    },
  });
  return {
    ...front,
    // Nothing is asked of the real service but what the program asks.
    apps: [],
    ask,
    now: outside.wall.now,
    async close() {
      await front.close();
      write();
      outside.err(`${recorder.calls} ${recorder.calls === 1 ? 'call was' : 'calls were'} recorded in ${file}.`);
    },
  };
}

/** These headers belong to one connection, or would have the answer packed. */
const dropped = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'content-length',
  'accept-encoding',
  'expect',
]);

async function askService(incoming: HttpRequest, service: string | undefined, way: Tunnel): Promise<HttpResponse> {
  const target = new URL(service ?? `https://${incoming.host}`);
  const secure = target.protocol === 'https:';
  const { method, path, query, headers, body } = incoming;
  try {
    const connection = await way(target.hostname, Number(target.port) || (secure ? 443 : 80));
    const asked = request({
      createConnection: () => (secure ? secured(connection, target.hostname) : connection),
      method,
      path: query === '' ? path : `${path}?${query}`,
      headers: {
        ...Object.fromEntries(Object.entries(headers).filter(([name]) => !dropped.has(name))),
        host: target.host,
        ...(body.length > 0 ? { 'content-length': String(body.length) } : {}),
        connection: 'close',
      },
      setHost: false,
    });
    asked.end(body);
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      asked.once('response', resolve).on('error', reject);
    });
    const received = await buffer(answer);
    const given = Object.entries(answer.headers).flatMap(([name, value]) =>
      value === undefined || dropped.has(name) ? [] : [[name, value]],
    );
    return { status: answer.statusCode ?? 502, headers: Object.fromEntries(given), body: received };
  } catch {
    return {
      status: 502,
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      body: `${target.origin} cannot be reached.\n`,
    };
  }
}

/** The name is checked against the certificate, as a program would itself. */
function secured(socket: Duplex, servername: string): Duplex {
  const { connect } = process.getBuiltinModule('node:tls');
  return connect({ socket, servername });
}

// A front whose answers come from elsewhere: TLS ends here, and what was asked is handed to `ask`.
import type { Duplex } from 'node:stream';
import { createFront } from '@hallpass/emulator';
import type { FrontEvent } from '@hallpass/emulator/front';
import { equip, type HttpRequest, type HttpResponse, serverOptions } from '@hallpass/server';
import type { ExecWorldOptions, OpenWorld } from './open-world.ts';
import type { PassedOn } from './pass-on.ts';

// A named import of node:http also loads fetch and WebSocket, which takes longer than the rest of a start.
const { createServer } = process.getBuiltinModule('node:http');

interface PassingOptions extends Pick<ExecWorldOptions, 'authority' | 'tunnel' | 'outside'> {
  ask(request: HttpRequest): Promise<PassedOn>;
  /** Is shown every call with its answer. */
  noteCall(request: HttpRequest, response: HttpResponse): void;
  noted(event: FrontEvent): void;
}

export async function passingFront(options: PassingOptions): Promise<Pick<OpenWorld, 'accept' | 'close'>> {
  const { authority: signer, tunnel, outside, ask, noteCall, noted } = options;
  const authority = await signer();
  const server = createServer(serverOptions);
  const pass = (connection: Duplex): void => void server.emit('connection', connection);
  const front = createFront(
    { authority: () => authority, tunnel, noted },
    () => ({ now: outside.wall.now(), random: outside.random }),
    pass,
  );
  const stop = equip(server, {
    async handle(incoming) {
      const response = await ask(incoming);
      noteCall(incoming, response);
      return response;
    },
    wall: outside.wall,
    traceId: () => 'joined',
    onBug: () => undefined,
    // A fault of the connection, ordered of an emulator, is met by the program as it came.
    write: (answer: PassedOn, response, usual) => (answer.broken ? answer.broken(response) : usual()),
    proxy: front.proxy,
  });
  return {
    accept: (connection, port) => (port === undefined ? pass(connection) : front.accept(connection, port)),
    async close() {
      front.close();
      await stop(0);
    },
  };
}

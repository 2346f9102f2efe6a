// The way between the inside of a sealed run and the outside: a socket in the folder of the session. The process inside
// says hello on its first connection, gets what it needs, and hears signals there; every other connection asks for one
// host and port, and is joined with it where that was allowed.
import { createServer, type Socket } from 'node:net';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import type { Tunnel } from '@hallpass/emulator/front';
import { readJson, shape } from '@hallpass/protocol/json';
import { type ExecRequest, execRequestShape, type RunNames, runNamesShape } from '../exec/exec-request.ts';
import { joinWith } from '../exec/loopback.ts';
import { firstLine } from '../surroundings/first-line.ts';

/** Tells the process inside where the folder of its session is. */
export const SEALED = 'HALLPASS_SEALED_FOLDER';

/** The process inside is told this at its start. */
export interface Start {
  request: ExecRequest;
  names: RunNames;
  /** PEM of the authority and its key: neither is ever in a file or in an environment. */
  certificate: string;
  key: string;
  user: { id: number; group: number } | undefined;
}

export const startShape = shape.object<Start>({
  request: execRequestShape,
  names: runNamesShape,
  certificate: shape.text,
  key: shape.text,
  user: shape.optional(shape.object<{ id: number; group: number }>({ id: shape.number, group: shape.number })),
});

/** Every connection through the gate begins with one of these, as a line of JSON. */
type Hello = { inside: true } | { host: string; port: number };
const helloShape = shape.either(
  shape.object<{ inside: true }>({ inside: shape.oneOf(true) }),
  shape.object<{ host: string; port: number }>({ host: shape.text, port: shape.number }),
);
export const hello = (words: Hello): string => `${JSON.stringify(words)}\n`;

interface GateOptions {
  /** Loopback ports outside that may be reached. */
  ports: readonly number[];
  /** Opens other hosts, where that is allowed. */
  tunnel: Tunnel | undefined;
  connect: Tunnel;
}

interface Gate {
  /** Resolves when the process inside has said hello. */
  entered: Promise<undefined>;
  begin(start: Start): void;
  signalInside(name: NodeJS.Signals): void;
  /** Resolves when the process inside is gone, and all that it told has come. */
  left: Promise<void>;
  /**
   * The end of the command, as the process inside told. The program that made the namespaces may end by a signal that
   * was typed, though the command did not.
   */
  ended(): { code: number; signal: NodeJS.Signals | undefined } | undefined;
  close(): void;
}

export async function openGate(path: string, { ports, tunnel, connect }: GateOptions): Promise<Gate> {
  rmSync(path, { force: true });
  let inside: Socket | undefined;
  let ended: ReturnType<Gate['ended']>;
  const entered = Promise.withResolvers<undefined>();
  const left = Promise.withResolvers<void>();
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => sockets.delete(socket));
    void firstLine(socket).then((line) => take(socket, line));
  });

  function take(socket: Socket, line: string): void {
    const said = readJson(helloShape, line);
    if ('inside' in said) {
      inside = socket;
      socket.on('data', (chunk) => {
        const [, code] = /^(\d+)/.exec(chunk.toString()) ?? [];
        ended = { code: Number(code ?? 1), signal: signalIn(chunk.toString()) };
      });
      socket.once('close', () => left.resolve());
      entered.resolve(undefined);
      return;
    }
    void joinWith(socket, reach(said.host, said.port));
  }

  async function reach(host: string, port: number): ReturnType<Tunnel> {
    if (['localhost', '127.0.0.1'].includes(host)) {
      if (!ports.includes(port)) throw new Error('This port was not opened.');
      return connect(host, port);
    }
    if (!tunnel) throw new Error('Other hosts were not opened.');
    return tunnel(host, port);
  }

  server.listen(path);
  await once(server, 'listening');
  return {
    entered: entered.promise,
    left: left.promise,
    begin: (start) => void inside?.write(`${JSON.stringify(start)}\n`),
    signalInside: (name) => void inside?.write(`${name}\n`),
    ended: () => ended,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** A name of a signal that stands alone in a line. */
export function signalIn(text: string): NodeJS.Signals | undefined {
  const [name] = /^SIG[A-Z0-9]+$/m.exec(text) ?? [];
  return name as NodeJS.Signals | undefined;
}

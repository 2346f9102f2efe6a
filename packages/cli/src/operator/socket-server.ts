// The running server's end of the operator's socket: it carries out acts for commands on the same machine, so that
// nobody has to stop it. Only the owner of the data directory (mode 0700, the socket 0600) and root can connect; they
// could read and write the database all the same.
import { createServer, type Socket } from 'node:net';
import { isKeyOf, parseJson } from '@hallpass/protocol';
import type { Server } from '@hallpass/server';
import { endingOf } from '../exit.ts';
import { firstLine } from '../surroundings/first-line.ts';
import type { Outside } from '../surroundings/outside.ts';
import { platformActs } from './acts/index.ts';
import { listenAtSocket } from './listen-at-socket.ts';
import { type ActOutput, otherVersion } from './platform-act.ts';
import { LONGEST_REQUEST, type OperatorAnswer, type OperatorRequest, requestShape } from './socket-messages.ts';

/** Commands that may be connected at the same time. */
const MOST = 16;
/** Milliseconds in which a command has to say what it wants. */
const PATIENCE = 10_000;

/** A name of a user of this machine, as it's written into the audit trail. */
const nameForm = /^[\w.() -]{1,100}$/;

interface SocketOptions {
  directory: string;
  /** The address at which the server answers. */
  url: string;
}

interface OperatorSocket {
  /** Takes no more acts, waits for those under way, and takes the socket away. */
  close(): Promise<void>;
}

const none: OperatorSocket = { close: async () => {} };

/** @throws CommandError where another file stands in the place of the socket */
export async function openOperatorSocket(
  outside: Pick<Outside, 'platform' | 'wall'>,
  { installation }: Pick<Server, 'installation'>,
  { directory, url }: SocketOptions,
): Promise<OperatorSocket> {
  const { log } = installation.world;
  /** Connections that have not said yet what they want. */
  const silent = new Set<Socket>();

  const carryOut = async ({ act, input, by }: OperatorRequest): Promise<ActOutput> => {
    if (!isKeyOf(platformActs, act) || !nameForm.test(by)) throw otherVersion();
    return platformActs[act].carryOut({ installation, by: { kind: 'operator', id: by }, url }, input);
  };

  const answer = async (socket: Socket): Promise<void> => {
    const late = outside.wall.every(PATIENCE, () => socket.destroy());
    silent.add(socket);
    const request = parseJson(requestShape, await firstLine(socket, LONGEST_REQUEST));
    silent.delete(socket);
    late.cancel();
    // Not one of our commands: it's told nothing.
    if (!request) return void socket.destroy();
    const said: OperatorAnswer = await carryOut(request).then(
      (output) => ({ output }),
      (error: unknown) => ({ refusal: endingOf(error) }),
    );
    log('info', 'operator.act', { act: request.act, by: request.by, outcome: 'output' in said ? 'ok' : 'refused' });
    socket.end(`${JSON.stringify(said)}\n`);
  };

  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    void answer(socket);
  });
  server.maxConnections = MOST;
  if (!(await listenAtSocket(server, { directory, platform: outside.platform, log }))) return none;
  return {
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of silent) socket.destroy();
      await closed;
    },
  };
}

// Listeners on a loopback address that hand their connections on as they are, and connections to one.
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Tunnel } from '@hallpass/emulator/front';
import { join } from '@hallpass/emulator/join';
import { CommandError } from '../command-error.ts';

/** `port` 0 takes a free one. @returns the port and how to stop; @throws CommandError where it cannot be had */
export async function listenLoopback(
  host: string,
  port: number,
  take: (connection: Socket) => void,
): Promise<{ port: number; close(): void }> {
  const connections = new Set<Socket>();
  const server: Server = createServer((connection) => {
    connections.add(connection);
    connection.on('error', () => connection.destroy());
    connection.once('close', () => connections.delete(connection));
    take(connection);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) =>
      reject(
        new CommandError(
          'cannotStart',
          'code' in error && error.code === 'EADDRINUSE'
            ? `Port ${port} of ${host} is taken: something else listens there.`
            : `Port ${port} of ${host} cannot be had: ${error.message}.`,
        ),
      ),
    );
    server.listen(port, host, resolve);
  });
  const address = server.address();
  return {
    port: address !== null && typeof address === 'object' ? address.port : port,
    close() {
      server.close();
      for (const connection of connections) connection.destroy();
    },
  };
}

/** Connects as it is, to this machine or any other. */
export const openLoopback: Tunnel = async (host, port) => {
  const socket = connect({ host, port });
  await once(socket, 'connect');
  return socket;
};

/** Joins a connection with one that is being opened, and ends it where that fails. */
export async function joinWith(connection: Duplex, opening: Promise<Duplex>): Promise<void> {
  try {
    join(connection, await opening);
  } catch {
    connection.destroy();
  }
}

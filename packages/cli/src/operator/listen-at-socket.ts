// A server of this machine alone listens at a socket in its data directory, which only the owner of the directory (mode
// 0700, the socket 0600) and root can connect to.
import { once } from 'node:events';
import { chmodSync, lstatSync, rmSync } from 'node:fs';
import type { Server } from 'node:net';
import type { Log } from '@hallpass/world';
import { CommandError } from '../command-error.ts';
import { socketPath } from './socket-path.ts';

interface SocketPlace {
  directory: string;
  platform: NodeJS.Platform;
  log: Log;
}

/**
 * Resolves to true once the server listens. False where the machine or its file system holds no socket there: what is
 * served runs all the same, commands ask to stop it, and the log tells why.
 *
 * @throws CommandError where another file stands in the place of the socket
 */
export async function listenAtSocket(server: Server, { directory, platform, log }: SocketPlace): Promise<boolean> {
  const path = socketPath(directory, platform);
  if (path === undefined) {
    log('warn', 'operator.no_socket', { reason: 'path' });
    return false;
  }
  removeStale(path);
  try {
    server.listen(path);
    await once(server, 'listening');
    // Until here the directory has kept others out.
    chmodSync(path, 0o600);
    return true;
  } catch (error) {
    log('warn', 'operator.no_socket', { reason: error instanceof Error ? error.message : String(error) });
    return false;
  }
}

/** This process holds the database, so the socket of another one is of a server that has died. */
function removeStale(path: string): void {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return;
  if (!found.isSocket())
    throw new CommandError('cannotStart', `${path} isn't a socket of Hallpass: move that file away.`);
  rmSync(path, { force: true });
}

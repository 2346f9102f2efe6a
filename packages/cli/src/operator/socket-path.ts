// A platform on SQLite hears its operator at a socket in its data directory, so that only the user who owns the data,
// and root, can reach it. No network and no web page leads there.
import { join, relative } from 'node:path';

const SOCKET = 'operator.sock';
/** The system takes no longer address for a socket: 104 bytes on macOS, 108 on Linux, with the final zero. */
const LONGEST = 103;

/**
 * The address of the socket, in the shorter of its two spellings. Undefined where there can be none: its path is too
 * long, or the system is Windows, on which such sockets are open to other users.
 */
export function socketPath(directory: string, platform: NodeJS.Platform): string | undefined {
  if (platform === 'win32') return undefined;
  const path = join(directory, SOCKET);
  const fromHere = relative('', path);
  const shorter = Buffer.byteLength(fromHere) < Buffer.byteLength(path) ? fromHere : path;
  return Buffer.byteLength(shorter) <= LONGEST ? shorter : undefined;
}

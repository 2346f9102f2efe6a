// Reads the first line of a connection: both of our sockets on this machine begin with one.
import type { Socket } from 'node:net';

const LINE_END = 0x0a;

/**
 * Reads up to the first line end; everything behind it stays on the socket. Answers '' where the connection ends
 * before, and cuts one that sends more than `most` bytes without a line end.
 */
export function firstLine(socket: Socket, most = Number.POSITIVE_INFINITY): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  return new Promise((resolve) => {
    const finish = (line: string): void => {
      socket.off('readable', look);
      socket.off('close', closed);
      resolve(line);
    };
    const closed = (): void => finish('');
    const look = (): void => {
      for (let chunk = read(socket); chunk; chunk = read(socket)) {
        const at = chunk.indexOf(LINE_END);
        const part = at < 0 ? chunk : chunk.subarray(0, at);
        parts.push(part);
        length += part.length;
        if (length > most) socket.destroy();
        if (length > most || at < 0) continue;
        if (at + 1 < chunk.length) socket.unshift(chunk.subarray(at + 1));
        return finish(Buffer.concat(parts).toString('utf8'));
      }
    };
    socket.on('readable', look);
    socket.on('close', closed);
    if (socket.destroyed) closed();
  });
}

const read = (socket: Socket): Buffer | null => socket.read();

// The command's end of the operator's socket: finds the server that runs on a data directory, and has it carry out an
// act.
import { once } from 'node:events';
import { lstatSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { parseJson } from '@hallpass/protocol';
import { CommandError } from '../command-error.ts';
import { firstLine } from '../surroundings/first-line.ts';
import type { Outside } from '../surroundings/outside.ts';
import type { ActOutput } from './platform-act.ts';
import { answerShape, LONGEST_REQUEST, type OperatorRequest } from './socket-messages.ts';
import { socketPath } from './socket-path.ts';

/**
 * Has the running server carry out an act. @returns undefined where no server runs on this directory: its socket is
 * missing, or left over from a server that died
 * @throws CommandError for what the server refuses, and where its socket is another user's
 */
export async function askServer(
  outside: Pick<Outside, 'platform' | 'user'>,
  directory: string,
  request: Omit<OperatorRequest, 'input'> & { input: object },
): Promise<ActOutput | undefined> {
  const path = socketPath(directory, outside.platform);
  const socket = path === undefined ? undefined : await connected(outside, path);
  if (!socket) return undefined;
  const line = `${JSON.stringify(request)}\n`;
  if (Buffer.byteLength(line) > LONGEST_REQUEST) {
    socket.destroy();
    throw new CommandError('failed', 'This file is too large to plant on a running server at once: split it up.');
  }
  socket.on('error', () => socket.destroy());
  socket.write(line);
  const answer = parseJson(answerShape, await firstLine(socket));
  socket.destroy();
  if (!answer)
    throw new CommandError(
      'failed',
      'The server closed the connection before it answered. Before you try again, check its log and whether the command took effect.',
    );
  if ('refusal' in answer) throw new CommandError(answer.refusal.exit, answer.refusal.message);
  return answer.output;
}

/**
 * @returns undefined where nobody listens at this path
 * @throws CommandError where the socket is not one that our own server, or that of root, could have made
 */
export async function connected({ user }: Pick<Outside, 'user'>, path: string): Promise<Socket | undefined> {
  const socket = connect(path);
  try {
    await once(socket, 'connect');
  } catch (error) {
    socket.destroy();
    if (error instanceof Error && 'code' in error && (error.code === 'EACCES' || error.code === 'EPERM'))
      throw new CommandError(
        'cannotStart',
        `The data directory belongs to another user: run the command as that user, or as root.`,
      );
    // Missing, or nobody listens: the database itself tells whether another process has it.
    return undefined;
  }
  const owner = lstatSync(path, { throwIfNoEntry: false })?.uid;
  if (user === undefined || user.id === 0 || owner === user.id || owner === 0) return socket;
  socket.destroy();
  throw new CommandError('cannotStart', `${path} belongs to another user, so this command doesn't use it.`);
}

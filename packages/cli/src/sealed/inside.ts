// The inside of a sealed run: this process listens where the hosts' names lead, answers what names are asked, and runs
// the command.
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join as joinPath } from 'node:path';
import { isEmulated, join, readAuthorityKey, type Tunnel } from '@hallpass/emulator/front';
import { readJson } from '@hallpass/protocol';
import type { Outside } from '../surroundings/outside.ts';
import { createExecWorld } from '../exec/exec-world.ts';
import { controlVariables, type ExecRequest } from '../exec/exec-request.ts';
import { firstLine } from '../surroundings/first-line.ts';
import { hello, signalIn, type Start, startShape } from './gate.ts';
import { listenLoopback } from '../exec/loopback.ts';
import { INSIDE, policyFile } from './mounts.ts';
import { openNames } from './names.ts';
import { runSession } from '../exec/session.ts';
import { trustFilesIn } from '../trust/trust-files.ts';
import { variables } from '../exec/variables.ts';

/** @param folder of the session, as the process outside has named it */
export async function runInside(folder: string, asked: ExecRequest, outside: Outside) {
  const gate = joinPath(folder, 'gate');
  const control = await open(gate);
  control.write(hello({ inside: true }));
  const start = readJson(startShape, await firstLine(control));
  const request = { ...asked, join: asked.join && { ...asked.join, token: start.joinToken } };
  // The process outside is gone: so are we, and with us everything in these namespaces.
  const gone = (): void => outside.end(1);
  control.once('close', gone);
  const files = trustFilesIn(folder);
  writePolicies(folder, start.certificate);

  const throughGate: Tunnel = async (host, port) => {
    const socket = await open(gate);
    socket.write(hello({ host, port }));
    return socket;
  };
  const world = createExecWorld({
    authority: { certificate: start.certificate, key: readAuthorityKey(start.key) },
    seed: request.seed,
    join: request.join,
    controlToken: request.controlToken,
    tunnel: request.passthrough ? throughGate : undefined,
    connect: throughGate,
    outside,
    log: request.log,
  });
  const doors = await Promise.all([
    ...([443, 80] as const).map((port) => listenLoopback(INSIDE, port, (one) => world.accept(one, port))),
    ...request.open.map((port) => listenLoopback('127.0.0.1', port, (one) => void pass(one, throughGate, port))),
  ]);
  const door = await listenLoopback('127.0.0.1', 0, (connection) => world.accept(connection));
  const names = await openNames(INSIDE, {
    isOurs: isEmulated,
    passthrough: request.passthrough ? throughGate : undefined,
    noted: (host) => world.noted({ name: request.passthrough ? 'tunnelled_host' : 'refused_host', host, port: 0 }),
  });
  const { set, notes } = variables({ env: outside.env, files, certificate: start.certificate, proxy: undefined });
  try {
    const end = await runSession({
      command: asUser(request.command, start.user, outside),
      set: { ...set, ...controlVariables(request, `http://127.0.0.1:${door.port}`) },
      mark: request.mark,
      world,
      outside,
      signals(hand) {
        control.on('data', (chunk) => {
          const name = signalIn(chunk.toString());
          if (name) hand(name);
        });
        // A signal that is typed at a terminal reaches the command by itself; this process waits for its end.
        return outside.onSignals(['SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGHUP'], () => undefined);
      },
    });
    control.off('close', gone);
    control.end(`${end.code}\n${end.signal ?? ''}\n`);
    return { ...end, notes };
  } finally {
    for (const one of [...doors, door, names]) one.close();
  }
}

async function open(gate: string): Promise<Socket> {
  const socket = connect(gate);
  await once(socket, 'connect');
  socket.on('error', () => socket.destroy());
  return socket;
}

async function pass(connection: Socket, throughGate: Tunnel, port: number): Promise<void> {
  try {
    join(connection, await throughGate('localhost', port));
  } catch {
    connection.destroy();
  }
}

/** A command of somebody who is not root runs under the number of its user, as outside. */
function asUser(command: readonly string[], user: Start['user'], outside: Outside): readonly string[] {
  if (user === undefined || user.id === 0 || outside.user?.id !== 0) return command;
  return ['unshare', '--user', `--map-user=${user.id}`, `--map-group=${user.group}`, '--', ...command];
}

/** Chromium reads no bundle: a policy names the authority. */
function writePolicies(folder: string, certificate: string): void {
  const base64 = certificate.replace(/-----[^-]+-----|\s/g, '');
  for (const at of [0, 1]) {
    const file = policyFile(folder, at);
    if (existsSync(joinPath(file, '..'))) writeFileSync(file, JSON.stringify({ CACertificates: [base64] }));
  }
}

// The inside of a sealed run: this process listens where the hosts' names lead, answers what names are asked, and runs
// the command.
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join as joinPath } from 'node:path';
import type { Authority, Tunnel } from '@hallpass/emulator/front';
import { isMetaHost } from '@hallpass/protocol/hosts';
import { readJson } from '@hallpass/protocol/json';
import { CommandError } from '../command-error.ts';
import type { Outside } from '../surroundings/outside.ts';
import { endRun } from '../exec/end-of-run.ts';
import { createExecWorld, seedOf } from '../exec/worlds/exec-world.ts';
import { controlVariables } from '../exec/exec-request.ts';
import { hello, SEALED, signalIn, type Start, startShape } from './gate.ts';
import { firstLine } from '../surroundings/first-line.ts';
import { joinWith, listenLoopback } from '../exec/loopback.ts';
import { INSIDE, policyFile } from './mounts.ts';
import { openNames } from './names.ts';
import { runSession } from '../exec/session.ts';
import { trustFilesIn } from '../trust/trust-files.ts';
import { variables } from '../exec/variables.ts';

/** @throws CommandExit with the end of the command, CommandError where it was not started */
export async function runInside(outside: Outside): Promise<never> {
  const folder = outside.takeSecret(SEALED);
  if (folder === undefined) throw new CommandError('wrongUse', 'Only hallpass exec starts this.');
  const gate = joinPath(folder, 'gate');
  const control = await open(gate);
  control.write(hello({ inside: true }));
  const start = readJson(startShape, await firstLine(control));
  const { request } = start;
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
    authority: () => authorityOf(start),
    seed: await seedOf(request.seed),
    join: request.join,
    record: request.record,
    controlToken: start.names.controlToken,
    tunnel: request.passthrough ? throughGate : undefined,
    connect: throughGate,
    outside,
    logLevel: request.logLevel,
  });
  const [door, names, ...doors] = await Promise.all([
    listenLoopback('127.0.0.1', 0, (connection) => world.accept(connection)),
    openNames(INSIDE, {
      isOurs: isMetaHost,
      passthrough: request.passthrough ? throughGate : undefined,
      noted: (host) => world.noted({ name: request.passthrough ? 'tunnelled_host' : 'refused_host', host, port: 0 }),
    }),
    ...([443, 80] as const).map((port) => listenLoopback(INSIDE, port, (one) => world.accept(one, port))),
    ...request.open.map((port) =>
      listenLoopback('127.0.0.1', port, (one) => void joinWith(one, throughGate('localhost', port))),
    ),
  ]);
  const { set, notes } = variables({ env: outside.env, files, certificate: start.certificate, proxy: undefined });
  try {
    const end = await runSession({
      command: asUser(request.command, start.user, outside),
      set: { ...set, ...controlVariables(request.join, start.names, `http://127.0.0.1:${door.port}`) },
      mark: start.names.mark,
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
    return await endRun(request, { ...end, notes, mode: 'sealed' }, outside);
  } finally {
    for (const one of [...doors, door, names]) one.close();
  }
}

/** The authority with its key, which came through the gate. */
async function authorityOf({ certificate, key }: Start): Promise<Authority> {
  const { readAuthorityKey } = await import('@hallpass/emulator/front');
  return { certificate, key: readAuthorityKey(key) };
}

async function open(gate: string): Promise<Socket> {
  const socket = connect(gate);
  await once(socket, 'connect');
  socket.on('error', () => socket.destroy());
  return socket;
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

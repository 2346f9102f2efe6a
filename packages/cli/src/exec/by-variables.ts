// Runs a command whose programs are led to Hallpass by variables: a proxy on a loopback port, files to trust.
import { makeAuthority } from '@hallpass/emulator/front';
import type { Outside } from '../surroundings/outside.ts';
import { createExecWorld } from './exec-world.ts';
import { controlVariables, type ExecRequest } from './exec-request.ts';
import { listenLoopback, openLoopback } from './loopback.ts';
import { handSignalsOn } from './run-command.ts';
import { runSession, type SessionEnd } from './session.ts';
import type { SessionFolder } from './session-folder.ts';
import { trustFilesIn, writeTrustFiles } from '../trust/trust-files.ts';
import { trustFilesOptions } from '../trust/trust-files-options.ts';
import { upstreamTunnel } from './upstream.ts';
import { variables } from './variables.ts';

export async function runByVariables(
  request: ExecRequest,
  folder: SessionFolder,
  outside: Outside,
): Promise<SessionEnd & { notes: string[] }> {
  const authority = makeAuthority(request.scope, { now: outside.wall.now(), random: outside.random });
  const files = trustFilesIn(folder.path);
  writeTrustFiles(files, authority.certificate, trustFilesOptions(outside, files));
  const world = createExecWorld({
    authority,
    seed: request.seed,
    join: request.join,
    controlToken: request.controlToken,
    tunnel: request.passthrough ? upstreamTunnel(outside.env, openLoopback) : undefined,
    outside,
    log: request.log,
  });
  const door = await listenLoopback('127.0.0.1', 0, (connection) => world.accept(connection));
  const url = `http://127.0.0.1:${door.port}`;
  const { set, notes } = variables({ env: outside.env, files, certificate: authority.certificate, proxy: url });
  try {
    const end = await runSession({
      command: request.command,
      set: { ...set, ...controlVariables(request, url) },
      mark: request.mark,
      world,
      outside,
      signals: (hand) => handSignalsOn(outside, hand),
    });
    return { ...end, notes };
  } finally {
    door.close();
  }
}

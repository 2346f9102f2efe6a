// Runs a command whose programs are led to Hallpass by variables: a proxy on a loopback port, files to trust.
import { makeAuthority } from '@hallpass/emulator/front';
import type { Outside } from '../surroundings/outside.ts';
import { createExecWorld, seedOf } from './worlds/exec-world.ts';
import { controlVariables, drawNames, type ExecRequest } from './exec-request.ts';
import { listenLoopback, openLoopback } from './loopback.ts';
import { handSignalsOn } from './run-command.ts';
import { runSession, type SessionEnd } from './session.ts';
import type { SessionFolder } from './session-folder.ts';
import { scope } from '../trust/scope.ts';
import { trustFilesIn, writeTrustFiles } from '../trust/trust-files.ts';
import { trustFilesOptions } from '../trust/trust-files-options.ts';
import { upstreamTunnel } from './upstream.ts';
import { variables } from './variables.ts';

export async function runByVariables(
  request: ExecRequest,
  folder: SessionFolder,
  outside: Outside,
): Promise<SessionEnd & { notes: string[] }> {
  const seed = await seedOf(request.seed);
  const authority = makeAuthority(scope, { now: outside.wall.now(), random: outside.random });
  const names = drawNames(outside.random);
  const files = trustFilesIn(folder.path);
  await writeTrustFiles(files, authority.certificate, trustFilesOptions(outside, files));
  const world = createExecWorld({
    authority: async () => authority,
    seed,
    join: request.join,
    record: request.record,
    controlToken: names.controlToken,
    tunnel: request.passthrough ? upstreamTunnel(outside.env, openLoopback) : undefined,
    outside,
    logLevel: request.logLevel,
  });
  const door = await listenLoopback('127.0.0.1', 0, (connection) => world.accept(connection));
  const url = `http://127.0.0.1:${door.port}`;
  const { set, notes } = variables({ env: outside.env, files, certificate: authority.certificate, proxy: url });
  try {
    const end = await runSession({
      command: request.command,
      set: { ...set, ...controlVariables(request.join, names, url) },
      mark: names.mark,
      world,
      outside,
      signals: (hand) => handSignalsOn(outside, hand),
    });
    return { ...end, notes };
  } finally {
    door.close();
  }
}

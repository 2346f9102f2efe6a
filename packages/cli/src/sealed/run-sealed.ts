// The sealed mode: user, mount, network and process namespaces of the command's own, made without rights and without a
// proxy variable. Inside, the hosts' names lead to a loopback address where Hallpass listens; there is no other network.
// The process outside keeps the way to what was asked for: open ports, other hosts with --passthrough.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tunnel } from '@hallpass/emulator/front';
import type { Outside } from '../surroundings/outside.ts';
import { openLoopback } from '../exec/loopback.ts';
import { drawNames, type ExecRequest, portOf } from '../exec/exec-request.ts';
import { mountsFor } from './mounts.ts';
import { openGate, SEALED } from './gate.ts';
import { findProgram } from '../exec/find-program.ts';
import { handSignalsOn, numberOf } from '../exec/run-command.ts';
import type { SessionFolder } from '../exec/session-folder.ts';
import { scope } from '../trust/scope.ts';
import { hook, trustFilesIn, writeTrustFiles } from '../trust/trust-files.ts';
import { trustFilesOptions } from '../trust/trust-files-options.ts';

type Attempt =
  | { end: { code: number; signal: NodeJS.Signals | undefined }; reason?: undefined }
  | { end?: undefined; reason: string };

/** Options of unshare, the best first. Without a process namespace, processes left running are looked for. */
function waysFor(user: Outside['user']): string[][] {
  const spaces = ['--net', '--mount'];
  const processes = ['--pid', '--fork', '--kill-child', '--mount-proc'];
  const asUser = ['--user', '--map-root-user'];
  const ways = [
    [...asUser, ...spaces, ...processes],
    [...asUser, ...spaces],
  ];
  // Root keeps its users and groups where it may make namespaces without one of users.
  return user?.id === 0 ? [[...spaces, ...processes], spaces, ...ways] : ways;
}

/** Runs the command sealed; @returns a reason where this system does not let us, and nothing was run. */
export async function runSealed(request: ExecRequest, folder: SessionFolder, outside: Outside): Promise<Attempt> {
  if (outside.platform !== 'linux') return { reason: `${outside.platform} has no namespaces` };
  if (findProgram('unshare', outside.env['PATH'], outside.platform) !== 'found')
    return { reason: 'there is no program unshare (package util-linux)' };
  const files = trustFilesIn(folder.path);
  mkdirSync(files.phpIni);
  writeFileSync(join(folder.path, 'mounts'), mountsFor(folder.path, outside.env['JAVA_HOME']));
  let reason = '';
  for (const way of waysFor(outside.user)) {
    const gate = await openGate(join(folder.path, 'gate'), {
      ports: [
        ...request.open,
        ...[request.join?.url, request.record?.service].flatMap((url) => (url ? [portOf(url)] : [])),
      ],
      tunnel: request.passthrough || request.record ? await wayOut(outside) : undefined,
      connect: openLoopback,
    });
    try {
      const ended = run(way, folder, outside);
      // This is done while the namespaces are made and the process in them starts.
      const { makeAuthority } = await import('@hallpass/emulator/front');
      const authority = makeAuthority(scope, { now: outside.wall.now(), random: outside.random });
      await writeTrustFiles(files, authority.certificate, trustFilesOptions(outside, files));
      const started = await Promise.race([gate.entered, ended]);
      if (started === undefined) {
        gate.begin({
          request,
          names: drawNames(outside.random),
          certificate: authority.certificate,
          key: authority.key.export({ type: 'pkcs8', format: 'pem' }).toString(),
          user: outside.user,
        });
        const stop = handSignalsOn(outside, gate.signalInside);
        const code = await ended;
        await gate.left;
        stop();
        return { end: gate.ended() ?? { code, signal: undefined } };
      }
      reason = errorsIn(folder.path);
    } finally {
      gate.close();
    }
  }
  return { reason: `this system does not allow namespaces (${reason})` };
}

/** The way to other hosts that this process has. */
async function wayOut({ env }: Outside): Promise<Tunnel> {
  const { upstreamTunnel } = await import('../exec/upstream.ts');
  return upstreamTunnel(env, openLoopback);
}

/** Starts a process of ours inside; @returns its exit code */
function run(way: readonly string[], folder: SessionFolder, outside: Outside): Promise<number> {
  const child = spawn(
    'sh',
    [
      '-c',
      'exec 3>&2 2>"$0"; exec "$@"',
      join(folder.path, 'errors'),
      'unshare',
      ...way,
      'sh',
      hook('sealed.sh'),
      folder.path,
      ...outside.startOf('sealed'),
    ],
    { stdio: 'inherit', env: { ...outside.env, [SEALED]: folder.path } },
  );
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + numberOf(signal)));
  });
}

/** The last line of what was said while the namespaces were made. */
function errorsIn(folder: string): string {
  const lines = readFileSync(join(folder, 'errors'), 'utf8').trim().split('\n');
  return lines.at(-1) || 'no reason was given';
}

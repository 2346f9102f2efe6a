// This run measures what `hallpass exec` adds: to a command that does nothing, in both of its ways, and to a call that
// goes through its front in place of a direct one. Every kind is measured in turns, so that all meet the same machine.
import { spawnSync } from 'node:child_process';
import { Agent as PlainAgent, type ClientRequest, get as getPlain, type IncomingMessage, request } from 'node:http';
import { Agent as SecureAgent, get as getSecure } from 'node:https';
import { loadavg } from 'node:os';
import type { Duplex } from 'node:stream';
import { connect } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { createEmulator } from '@hallpass/emulator';
import { makeAuthority } from '@hallpass/emulator/front';
import { nodeWorld } from '@hallpass/world';

export const EXEC_HEADING = '## A command below hallpass exec';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const cli = [process.execPath, '--disable-sigusr1', '--conditions=source', `${root}packages/cli/src/main.ts`];
const commands = {
  'the command alone (`true`)': ['true'],
  'Node.js alone (`node -e 0`)': [process.execPath, '-e', '0'],
  'by variables': [...cli, 'exec', '--quiet', '--env-only', '--', 'true'],
  sealed: [...cli, 'exec', '--quiet', '--', 'true'],
} as const;
type CommandName = keyof typeof commands;
const names = Object.keys(commands) as CommandName[];

const ROUNDS = 15;
const CALLS = 300;

interface ExecCost {
  commands: Record<CommandName, number[]>;
  /** Milliseconds for each call, sorted. */
  direct: number[];
  proxied: number[];
  load: number;
}

const sorted = (values: readonly number[]): number[] => values.toSorted((a, b) => a - b);
const median = (values: readonly number[]): number => values[Math.floor(values.length / 2)] ?? 0;

export async function measureExec(): Promise<ExecCost> {
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<CommandName, number[]>;
  const env = { ...process.env, NODE_COMPILE_CACHE: `${root}node_modules/.cache/hallpass-compiled` };
  for (let round = 0; round < ROUNDS; round++)
    for (const name of names) {
      const [program, ...args] = commands[name];
      const began = performance.now();
      spawnSync(program, args, { stdio: 'ignore', env });
      times[name].push(performance.now() - began);
    }
  const calls = await measureCalls();
  return {
    commands: Object.fromEntries(names.map((name) => [name, sorted(times[name])])) as Record<CommandName, number[]>,
    ...calls,
    load: loadavg()[0] ?? 0,
  };
}

/** One kept connection each: directly to the port, and through the proxy with TLS under the name of Meta. */
async function measureCalls(): Promise<Pick<ExecCost, 'direct' | 'proxied'>> {
  const { random, wall } = nodeWorld();
  const authority = makeAuthority(['facebook.com', 'connect.facebook.net', 'graph.fb.gg'], { now: wall.now(), random });
  const emulator = await createEmulator({ front: { authority: () => authority } });
  const [app] = emulator.seed.world.apps;
  const path = `/v25.0/app?access_token=${app?.id}%7C${app?.secret}`;
  const plain = new PlainAgent({ keepAlive: true, maxSockets: 1 });
  const socket = await new Promise<Duplex>((resolve) => {
    request({
      port: emulator.port,
      method: 'CONNECT',
      path: 'graph.facebook.com:443',
      headers: { host: 'graph.facebook.com:443' },
    })
      .on('connect', (_response, connected) => resolve(connected))
      .end();
  });
  const [servername, ca] = ['graph.facebook.com', authority.certificate];
  const secure = Object.assign(new SecureAgent({ keepAlive: true, maxSockets: 1 }), {
    createConnection: () => connect({ socket, servername, ca }),
  });
  const directly = () => timed((done) => getPlain({ agent: plain, port: emulator.port, path }, done));
  const throughFront = () => timed((done) => getSecure({ agent: secure, host: servername, path }, done));
  const direct: number[] = [];
  const proxied: number[] = [];
  for (let call = 0; call < CALLS; call++) {
    direct.push(await directly());
    proxied.push(await throughFront());
  }
  plain.destroy();
  secure.destroy();
  await emulator.close();
  // The first ones warm up what both use.
  return { direct: sorted(direct.slice(CALLS / 3)), proxied: sorted(proxied.slice(CALLS / 3)) };
}

function timed(ask: (done: (response: IncomingMessage) => void) => ClientRequest): Promise<number> {
  const began = performance.now();
  return new Promise((resolve, reject) => {
    ask((response) => {
      response.resume().on('end', () => resolve(performance.now() - began));
    }).on('error', reject);
  });
}

export function execTable({ commands: times, direct, proxied, load }: ExecCost): string {
  const alone = times['the command alone (`true`)'];
  const added = (name: CommandName, of: (values: readonly number[]) => number): string =>
    `${(of(times[name]) - of(alone)).toFixed(0)} ms`;
  const fastest = (values: readonly number[]): number => values[0] ?? 0;
  return [
    `| added to the command | fastest of ${ROUNDS} | median |`,
    '|---|---|---|',
    ...names.slice(1).map((name) => `| ${name} | ${added(name, fastest)} | ${added(name, median)} |`),
    '',
    '| a call | value |',
    '|---|---|',
    `| directly: fastest, median | ${fastest(direct).toFixed(2)} ms, ${median(direct).toFixed(2)} ms |`,
    `| through the proxy, with TLS: fastest, median | ${fastest(proxied).toFixed(2)} ms, ${median(proxied).toFixed(2)} ms |`,
    `| times as long: fastest, median | ${(fastest(proxied) / fastest(direct)).toFixed(2)}, ${(median(proxied) / median(direct)).toFixed(2)} |`,
    `| load of the machine, of everything that ran on it | ${load.toFixed(1)} |`,
  ].join('\n');
}

/** The part of the page. */
export const execPart = (measured: ExecCost, node: string): string => `${EXEC_HEADING}

Made by \`npm run bench -- --exec --write\` on Node ${node} with two shared cores, from the sources: the time that a command takes more than
alone. Starting Node.js itself is the second line; the sealed way starts it twice. The world is opened beside the command, at the first
call or after 150 ms, so a command that asks nothing does not wait for it. Where others use the machine, the fastest run shows Hallpass
and the median of them.

${execTable(measured)}
`;

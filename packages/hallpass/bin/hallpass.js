#!/usr/bin/env node
// The command `hallpass`: finds a Node that is new enough and starts the command line with it. It runs under old Nodes too,
// so it is plain JavaScript and uses little of it.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isatty } from 'node:tty';
import { fileURLToPath } from 'node:url';

// Without a listener Node.js opens a debugger at this signal. A Node that is new enough is told so from its first moment.
if (process.platform !== 'win32') process.on('SIGUSR1', () => {});

const here = fileURLToPath(new URL('.', import.meta.url));
const source = join(here, '..', '..', 'cli', 'src', 'main.ts');
const fromSource = existsSync(source);
/** The start file of the installed command line. */
const builtStart = () => import.meta.resolve('@hallpass/cli/main');

const isNewEnough = (version) => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 24 || (major === 24 && minor >= 5);
};

/** The Node that came with the packages for this machine. */
function nodeOfPackages() {
  for (const modules of [
    join(here, '..', '..', '..', 'node_modules'),
    join(here, '..', '..', '..'),
    join(here, '..', 'node_modules'),
  ]) {
    if (!existsSync(modules)) continue;
    for (const name of readdirSync(modules).filter((one) => one.startsWith('node-'))) {
      const program = join(modules, name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
      const manifest = join(modules, name, 'package.json');
      if (!existsSync(program) || !existsSync(manifest)) continue;
      // The package has the version of what is in it; asking the program would take as long as starting it.
      if (isNewEnough(JSON.parse(readFileSync(manifest, 'utf8')).version)) return program;
    }
  }
  return undefined;
}

/** Signals that the child gets as we do; Windows knows the first three. */
const handedOn = [
  'SIGINT',
  'SIGTERM',
  'SIGHUP',
  ...(process.platform === 'win32' ? [] : ['SIGQUIT', 'SIGUSR1', 'SIGUSR2']),
];

const ready = isNewEnough(process.versions.node);
const node = ready ? process.execPath : nodeOfPackages();

if (node === undefined) {
  console.error(
    `Hallpass needs Node 24.5 or newer, and this is ${process.versions.node}: install one from nodejs.org.`,
  );
  process.exitCode = 3;
} else if (ready && !fromSource) {
  await import(builtStart());
} else {
  // In the repository the sources are run as they are, and packages find each other's sources. Stripped types and compiled
  // code are kept beside the packages: with them a start takes half the time.
  const start = fromSource ? ['--conditions=source', source] : [fileURLToPath(builtStart())];
  const kept = fromSource
    ? { NODE_COMPILE_CACHE: join(here, '..', '..', '..', 'node_modules', '.cache', 'hallpass-compiled') }
    : {};
  const children = [];
  // A signal that is typed at a terminal reaches the child by itself.
  const typed = isatty(0) ? ['SIGINT', 'SIGQUIT'] : [];
  for (const signal of handedOn)
    process.on(signal, () => typed.includes(signal) || children.forEach((one) => one.kill(signal)));
  const child = spawn(node, ['--disable-sigusr1', ...start, ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, ...kept },
  });
  children.push(child);
  child.on('exit', (code, signal) => {
    if (signal === null) {
      process.exitCode = code ?? 1;
      return;
    }
    // Whoever started us learns what ended the child.
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

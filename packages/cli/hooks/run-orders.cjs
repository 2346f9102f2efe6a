// Is started once by `hallpass check`, below `hallpass exec`, and runs a command as often as it is told: each line of standard
// input is an order, each line of standard output says how one ended. Standard error stays free for `hallpass exec`.
'use strict';

const { spawn } = require('node:child_process');
const { createInterface } = require('node:readline');

/** The end of what a command prints is kept, up to so many characters. */
const MOST_OUTPUT = 1024 * 1024;

createInterface({ input: process.stdin })
  .on('line', (line) => {
    const { id, command, env, timeout } = JSON.parse(line);
    void run(command, env, timeout).then((end) => process.stdout.write(`${JSON.stringify({ id, ...end })}\n`));
  })
  .once('close', () => process.exit(0));

function run([program, ...args], env, timeout) {
  return new Promise((resolve) => {
    const began = performance.now();
    let output = '';
    let timedOut = false;
    const add = (part) => {
      output = (output + part).slice(-MOST_OUTPUT);
    };
    // A group of its own, so that what the command leaves running ends with it.
    const child = spawn(program, args, {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
      shell: process.platform === 'win32',
    });
    const kill = () => {
      const { pid } = child;
      if (pid === undefined) return;
      try {
        process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
      } catch {
        // Nothing of it is left.
      }
    };
    const cut = setTimeout(() => {
      timedOut = true;
      kill();
    }, timeout);
    let ended = false;
    const end = (code, signal) => {
      if (ended) return;
      ended = true;
      clearTimeout(cut);
      kill();
      resolve({ code: code ?? 1, signal: signal ?? undefined, timedOut, ms: performance.now() - began, output });
    };
    child.stdout.setEncoding('utf8').on('data', add);
    child.stderr.setEncoding('utf8').on('data', add);
    child.once('error', (error) => {
      add(String(error.message));
      end(1, null);
    });
    child.once('exit', (code, signal) => {
      // What it left running may hold its streams open: that ends now, and what was printed arrives.
      kill();
      child.once('close', () => end(code, signal));
    });
  });
}

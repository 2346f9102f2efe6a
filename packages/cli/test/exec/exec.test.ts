// A command below `hallpass exec` is answered, its streams, exit code and signals are its own, and nothing
// of it stays.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { metaHosts } from '@hallpass/protocol';
import { commandLine } from '../command-line.ts';
import { hallpass, start, temporary } from '../command.ts';
import { modes } from './exec-modes.ts';

const app = '1384720956120447';
const appToken = `${app}|8f1c5be29d7340a6b1e7c45d02f9a36b`;
const graph = 'https://graph.facebook.com/v25.0';

/** Runs a line of the shell below `hallpass exec`; TMPDIR shows what stays behind. */
async function exec(t: Parameters<typeof temporary>[0], options: readonly string[], line: string, env = {}) {
  const folder = temporary(t);
  const ended = await hallpass(['exec', ...options, '--json', '--', 'sh', '-c', line], {
    env: { TMPDIR: folder, ...env },
  });
  assert.deepEqual(readdirSync(folder), [], 'nothing is left in the folder for temporary files');
  const lines = ended.err.trim().split('\n');
  // oxlint-disable-next-line typescript/no-explicit-any -- tests read whatever came
  return { ...ended, said: lines.slice(0, -1).join('\n'), summary: JSON.parse(lines.at(-1) ?? '') as any };
}

for (const { name, options, skip } of modes)
  describe(`a command in the ${name} mode`, { skip, concurrency: 2 }, () => {
    test('gets its answers from Hallpass, and the summary says what was asked', async (t) => {
      // A proxy that was set before is not asked.
      const { code, out, said, summary } = await exec(
        t,
        options,
        `curl -sS '${graph}/app?access_token=${appToken}'; curl -sS '${graph}/me'; curl -sS https://graph.facebook.com/v18.0/me`,
        {
          HTTPS_PROXY: 'http://192.0.2.1:3128',
          https_proxy: 'http://192.0.2.1:3128',
          ALL_PROXY: 'socks5://192.0.2.1:1',
        },
      );
      assert.deepEqual([code, said, summary.mode], [0, '', name]);
      assert.match(out, new RegExp(`"id":"${app}"`));
      assert.equal(summary.calls, 3);
      assert.deepEqual(
        summary.endpoints.map(({ method, host, path, calls }: Record<string, unknown>) => [method, host, path, calls]),
        [
          ['GET', 'graph.facebook.com', '/app', 1],
          ['GET', 'graph.facebook.com', '/me', 2],
        ],
      );
      assert.deepEqual(
        summary.tokens.map(({ token, type, valid }: Record<string, unknown>) => [token, type, valid]),
        [[`${app}|…`, 'APP', true]],
      );
      assert.deepEqual(
        summary.versions.map(({ version, ends, ended }: Record<string, unknown>) => [version, ends, ended]),
        [
          ['v25.0', '2028-07-29', false],
          ['v18.0', '2026-05-21', true],
        ],
      );
      assert.deepEqual(
        summary.errors.map(({ code: number, calls }: Record<string, unknown>) => [number, calls]),
        [[2500, 2]],
      );
    });

    test('meets every host of Meta, by https and by http', async (t) => {
      const { out } = await exec(
        t,
        options,
        `for host in ${metaHosts.join(' ')}; do for scheme in http https; do curl -sS -o /dev/null -w '%{http_code}\\n' $scheme://$host/_/health; done; done`,
      );
      assert.deepEqual(
        out.trim().split('\n'),
        Array.from({ length: 2 * metaHosts.length }, () => '200'),
      );
    });

    test('EM-02: other hosts, other ports and addresses are refused, and told of', async (t) => {
      const other = createServer((_request, response) => response.end('reached'));
      await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
      t.after(() => {
        other.close();
        other.closeAllConnections();
      });
      const { port } = other.address() as AddressInfo;
      const { out, summary } = await exec(
        t,
        options,
        [
          'curl -s https://example.org/ || echo "refused 1"',
          'curl -s http://example.org/ | grep -q "does not open" || echo "refused 2"',
          'curl -s https://graph.facebook.com:8443/ || echo "refused 3"',
          `curl -s --noproxy '' http://127.0.0.1:${port}/ | grep -q reached || echo "refused 4"`,
        ].join('; '),
      );
      assert.doesNotMatch(out, /reached/);
      assert.match(out, /refused 1[\s\S]*refused 3[\s\S]*refused 4/);
      assert.ok(
        summary.hosts.some(
          (one: { host: string; what: string }) => one.host === 'example.org' && one.what === 'refused_host',
        ),
      );
    });

    test('reads what is piped to it, and its standard output holds nothing else', async () => {
      const { code, out } = await hallpass(['exec', ...options, '--quiet', '--', 'cat'], { input: 'one\ntwo\n' });
      assert.deepEqual([code, out], [0, 'one\ntwo\n']);
    });

    test('ends with its own exit code, and by its own signal', async () => {
      const seven = await hallpass(['exec', ...options, '--quiet', '--', 'sh', '-c', 'exit 7']);
      assert.deepEqual([seven.code, seven.err], [7, '']);
      const killed = await hallpass(['exec', ...options, '--quiet', '--', 'sh', '-c', 'kill -KILL $$']);
      assert.deepEqual([killed.code, killed.signal], [null, 'SIGKILL']);
    });

    test('gets the signals that hallpass exec gets', async () => {
      const line = "trap 'echo asked; exit 5' TERM; echo ready; while :; do sleep 0.05; done";
      const running = start(['exec', ...options, '--quiet', '--', 'sh', '-c', line]);
      await running.said(/ready/);
      running.child.kill('SIGTERM');
      const { code, out } = await running.ended;
      assert.deepEqual([code, out], [5, 'ready\nasked\n']);
    });

    test('leaves no process behind that it started in the background', async (t) => {
      const file = join(temporary(t), 'alive');
      const line = `(trap '' HUP; while :; do date >${file}; sleep 0.02; done) >/dev/null 2>&1 & until [ -s ${file} ]; do sleep 0.02; done`;
      const { code } = await exec(t, options, line);
      assert.equal(code, 0);
      // A process that still writes would make the file anew.
      writeFileSync(file, '');
      const later = await hallpass(['exec', ...options, '--quiet', '--', 'cat', file]);
      assert.equal(later.out, '');
    });

    test('may close its streams', async (t) => {
      const { code, summary } = await exec(t, options, `exec >&- 2>&- <&-; curl -sS '${graph}/me'; exit 3`);
      assert.deepEqual([code, summary.calls], [3, 1]);
    });

    test('finds the emulator itself, and moves its clock', async (t) => {
      const { out } = await exec(
        t,
        options,
        'curl -sS -H "Authorization: Bearer $HALLPASS_CONTROL_TOKEN" "$HALLPASS_EMULATOR_URL/_/emulator/clock" -d advance=61d',
      );
      assert.match(out, /"frozen":false/);
    });

    test('EM-01: has no key of an authority in its files or its environment', async (t) => {
      const { out } = await exec(
        t,
        options,
        'grep -rlE "PRIVATE KEY|BEGIN EC" "$(dirname "$NODE_EXTRA_CA_CERTS")"; tr "\\0" "\\n" </proc/self/environ | grep -c "PRIVATE"; ls -ld "$(dirname "$NODE_EXTRA_CA_CERTS")" | cut -c1-10',
      );
      assert.equal(out, '0\ndrwx------\n');
    });

    test('reaches a port of this machine, and other hosts, when it was opened', async (t) => {
      const other = createServer((request, response) => response.end(`reached ${request.headers.host}`));
      await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
      t.after(() => {
        other.close();
        other.closeAllConnections();
      });
      const { port } = other.address() as AddressInfo;
      const { out } = await exec(t, [...options, '--open', String(port)], `curl -sS http://127.0.0.1:${port}/`);
      assert.equal(out, `reached 127.0.0.1:${port}`);
    });

    test('starts a world of its own from a seed file, and none at all where the file is wrong', async (t) => {
      const file = join(temporary(t), 'seed.yaml');
      writeFileSync(
        file,
        "name: mine\napps:\n  - { id: 42, name: Shop, mode: live, secret: '0123456789abcdef0123456789abcdef' }\n",
      );
      const ask = `curl -sS '${graph}/42?access_token=42|0123456789abcdef0123456789abcdef'`;
      const { out } = await exec(t, [...options, '--seed', file], ask);
      assert.match(out, /"id":"42"/);
      writeFileSync(file, 'name: mine\napps:\n  - name: Shop\n    mode: livee\n');
      const wrong = await hallpass(['exec', ...options, '--seed', file, '--', 'echo', 'started']);
      assert.deepEqual([wrong.code, wrong.out], [3, '']);
      assert.match(wrong.err, /mode: must be live or development/);
    });

    test('joins an emulator that runs already', async (t) => {
      const emulator = start(['dev', '--port', '0', '--json']);
      t.after(async () => {
        emulator.child.kill('SIGTERM');
        await emulator.ended;
      });
      const { url } = JSON.parse(await emulator.said(/\n/)) as { url: string };
      const { out, summary } = await exec(
        t,
        [...options, '--join', url],
        `curl -sS '${graph}/app?access_token=${appToken}'`,
      );
      assert.match(out, new RegExp(`"id":"${app}"`));
      assert.equal(summary.calls, 1);
    });

    test('inside another hallpass exec is answered by that one', async (t) => {
      const inner = [...commandLine, 'exec', '--quiet', '--'];
      const line = [process.execPath, ...inner, 'curl', '-sS', `'${graph}/me'`].join(' ');
      const { out, summary } = await exec(t, options, line);
      assert.match(out, /2500/);
      assert.equal(summary.calls, 1);
    });
  });

describe('hallpass exec', () => {
  test('a command that is not there, or may not be run, is told in a sentence', async (t) => {
    const missing = await hallpass(['exec', '--', 'no-such-program-here']);
    assert.deepEqual([missing.code, missing.err], [127, 'There is no program no-such-program-here.\n']);
    const file = join(temporary(t), 'plain');
    writeFileSync(file, 'echo', { mode: 0o644 });
    const plain = await hallpass(['exec', '--', file]);
    assert.deepEqual([plain.code, plain.err], [126, `${file} can't be executed: check its permissions.\n`]);
  });

  test('EM-03: it does not run in production', async () => {
    const { code, err } = await hallpass(['exec', '--', 'true'], { env: { NODE_ENV: 'production' } });
    assert.equal(code, 3);
    assert.match(err, /^hallpass exec doesn't run with NODE_ENV=production[^\n]*\n$/);
  });

  test('a system that allows no namespaces is said, and the command runs by variables', async (t) => {
    const folder = temporary(t);
    writeFileSync(join(folder, 'unshare'), '#!/bin/sh\necho "unshare failed: Operation not permitted" >&2\nexit 1\n', {
      mode: 0o755,
    });
    const { code, out, summary } = await exec(t, [], `curl -sS '${graph}/me'`, {
      PATH: `${folder}:${process.env['PATH']}`,
    });
    assert.equal(code, 0);
    assert.match(out, /2500/);
    assert.equal(summary.mode, 'variables');
    assert.match(
      summary.notes[0],
      /^Not sealed, because this system does not allow namespaces \(unshare failed: Operation not permitted\)\.$/,
    );
  });

  test('a folder that a killed run left is removed by the next', async (t) => {
    const folder = temporary(t);
    const space = Number(/\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0]).toString(36);
    const stale = join(folder, `hallpass-exec-${space}-4194303-abcdef`);
    const elsewhere = join(folder, 'hallpass-exec-zz-4194303-abcdef');
    for (const path of [stale, elsewhere]) mkdirSync(path);
    writeFileSync(join(stale, 'authority.pem'), 'old');
    const { code } = await hallpass(['exec', '--env-only', '--quiet', '--', 'true'], { env: { TMPDIR: folder } });
    assert.deepEqual([code, existsSync(stale)], [0, false]);
    assert.ok(existsSync(elsewhere), 'a process of another namespace cannot be seen, and may be alive');
  });

  test('when it is killed itself, everything sealed ends with it', { skip: modes[0]?.skip }, async (t) => {
    const file = join(temporary(t), 'pid');
    const running = start(['exec', '--quiet', '--', 'sh', '-c', `echo ready; sleep 600 & wait`], {
      env: { MARKED: file },
    });
    await running.said(/ready/);
    running.child.kill('SIGKILL');
    // Standard output is held open by the command: that it closes shows that the command is gone.
    const { signal } = await running.ended;
    assert.equal(signal, 'SIGKILL');
  });

  test('with --passthrough other hosts are tunnelled blindly, by the proxy that was set before', async (t) => {
    const asked: string[] = [];
    const sockets = new Set<Socket>();
    const upstream = createTcpServer((socket) => {
      sockets.add(socket);
      socket.once('data', (chunk) => {
        asked.push(chunk.toString().split('\r\n')[0] ?? '');
        socket.end('HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nthere');
      });
      socket.on('error', () => undefined);
    });
    await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
    t.after(() => {
      upstream.close();
      for (const socket of sockets) socket.destroy();
    });
    const { port } = upstream.address() as AddressInfo;
    for (const { options } of modes.filter(({ skip }) => skip === false)) {
      const { out, summary } = await exec(t, [...options, '--passthrough'], 'curl -sS http://other.example/', {
        HTTPS_PROXY: `http://127.0.0.1:${port}`,
      });
      assert.equal(out, 'there');
      assert.equal(summary.hosts[0].what, 'tunnelled_host');
    }
    assert.ok(asked.length > 0 && asked.every((line) => line === 'CONNECT other.example:80 HTTP/1.1'), asked.join());
  });

  test('without a command, and with two worlds, wrong use is told', async () => {
    const none = await hallpass(['exec']);
    assert.equal(none.code, 2);
    const two = await hallpass(['exec', '--seed', 'x.yaml', '--join', 'http://localhost:4000', '--', 'true']);
    assert.equal(two.code, 2);
    const far = await hallpass(['exec', '--join', 'https://example.org', '--', 'true']);
    assert.equal(far.code, 2);
  });

  test('a folder for temporary files that cannot be written to is told', async () => {
    const { code, err } = await hallpass(['exec', '--env-only', '--', 'true'], {
      env: { TMPDIR: join(mkdtempSync(join(tmpdir(), 'hallpass-')), 'none') },
    });
    assert.equal(code, 3);
    assert.match(err, /can't be written to: name another folder in TMPDIR\.\n$/);
  });
});

// These tests install Hallpass as a newcomer does: the packages are built, packed, and installed in an empty folder
// outside of the repository, and used from there as a new user would.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { commands } from '@hallpass/cli';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { root } from '../guards/files.ts';
import { environment } from '../test/process.ts';
import { manifestOf, packageFolders } from './folders.ts';

const folder = mkdtempSync(join(tmpdir(), 'hallpass-installed-'));
const env = environment();

function run(program: string, args: readonly string[], cwd: string): string {
  const ended = spawnSync(program, args, {
    cwd,
    encoding: 'utf8',
    env,
    timeout: 120_000,
    shell: process.platform === 'win32',
  });
  assert.equal(ended.status, 0, `${program} ${args.join(' ')}\n${ended.stdout}\n${ended.stderr}`);
  return ended.stdout;
}

before(() => {
  run(process.execPath, ['--conditions=source', 'scripts/build.ts'], root);
  run('npm', ['pack', '--silent', '--pack-destination', folder, ...packageFolders().map((one) => `./${one}`)], root);
  const packed = packageFolders().map(
    (one) => `./${manifestOf(one).name.replace('@', '').replace('/', '-')}-${String(manifestOf(one)['version'])}.tgz`,
  );
  writeFileSync(join(folder, 'package.json'), '{ "name": "newcomer", "private": true, "type": "module" }');
  run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', ...packed], folder);
});

after(() => rmSync(folder, { recursive: true, force: true }));

test('`npx hallpass dev` starts the emulator from the installed packages, and a token can be had', async () => {
  // A group of its own: npx starts a shell, which starts the command, and all of them have to end.
  const child = spawn('npx', ['hallpass', 'dev', '--port', '0', '--json'], { cwd: folder, env, detached: true });
  try {
    const line = await new Promise<string>((resolve, reject) => {
      let out = '';
      let errors = '';
      child.stdout.on('data', (chunk: Buffer) => {
        out += chunk.toString();
        if (out.includes('\n')) resolve(out.slice(0, out.indexOf('\n')));
      });
      child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
      child.once('exit', (code) => reject(new Error(`ended with ${code}: ${out}${errors}`)));
    });
    const { url } = JSON.parse(line) as { url: string };
    const asked = await fetch(`${url}/v25.0/me`);
    assert.equal(asked.status, 400);
    assert.equal(((await asked.json()) as { error: { type: string } }).error.type, 'OAuthException');
  } finally {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
  }
});

test('an emulator starts without an argument in a program of a few lines', () => {
  const program = `
    import { createEmulator } from '@hallpass/emulator';
    const emulator = await createEmulator();
    const app = emulator.seed.world.apps[0];
    const asked = await fetch(\`\${emulator.url}/oauth/access_token?client_id=\${app.id}&client_secret=\${app.secret}&grant_type=client_credentials\`);
    console.log(Object.keys(await asked.json()).join(' '));
    await emulator.close();
  `;
  writeFileSync(join(folder, 'program.js'), program);
  assert.equal(run(process.execPath, ['program.js'], folder), 'access_token token_type\n');
});

for (const options of [[], ['--env-only']])
  test(`\`npx hallpass exec ${options.join(' ')}\` answers a program of a few lines under the names of Meta`, () => {
    writeFileSync(
      join(folder, 'app.mjs'),
      "console.log((await (await fetch('https://graph.facebook.com/me')).json()).error.code);",
    );
    const command = [process.execPath, 'app.mjs'];
    assert.equal(run('npx', ['hallpass', 'exec', ...options, '--quiet', '--', ...command], folder), '2500\n');
  });

test('`npx hallpass vault mcp` speaks to an agent where its package is installed, and says what is missing where it is not', () => {
  const key = `hpv_${'0'.repeat(16)}_${'A'.repeat(43)}`;
  const params = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'newcomer', version: '1' } };
  const start = () =>
    spawnSync('npx', ['hallpass', 'vault', 'mcp', '--url', 'http://127.0.0.1:1'], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...env, HALLPASS_VAULT_API_KEY: key },
      input: `${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params })}\n`,
    });
  const { stdout } = start();
  assert.match(stdout, /"serverInfo":\{"name":"hallpass-vault"/);
  const [there, away] = [join(folder, 'node_modules/@hallpass/mcp'), join(folder, 'mcp-away')];
  renameSync(there, away);
  try {
    const { status, stderr } = start();
    assert.deepEqual([status, /npm install @hallpass\/mcp/.test(stderr)], [3, true], stderr);
  } finally {
    renameSync(away, there);
  }
});

test('types of the packages are found by a program that is compiled with them', () => {
  writeFileSync(
    join(folder, 'typed.ts'),
    "import { createEmulator, type Emulator } from '@hallpass/emulator';\nexport const emulator: Promise<Emulator> = createEmulator({ port: 0 });\n",
  );
  const options = [
    '--noEmit',
    '--strict',
    '--skipLibCheck',
    '--module',
    'NodeNext',
    '--target',
    'ES2024',
    '--types',
    '',
    'typed.ts',
  ];
  run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), ...options], folder);
});

test('each command is loaded from the bundle and tells how it is used', () => {
  const program = `
    import { commands, run } from '@hallpass/cli';
    for (const { name } of commands) {
      const said = [];
      const say = (text) => said.push(text);
      const code = await run([name, '--help'], { out: say, err: say });
      console.log(code, said.join('').split(/ (?=[[<])|\\n/, 1)[0]);
    }`;
  writeFileSync(join(folder, 'helps.js'), program);
  const said = run(process.execPath, ['helps.js'], folder);
  assert.equal(said, commands.map(({ name }) => `0 Usage: hallpass ${name}\n`).join(''));
});

test('each file of the bundle can be loaded, also one that is loaded when it is first needed', () => {
  const program = `
    import { readdirSync } from 'node:fs';
    const files = new URL('node_modules/@hallpass/cli/dist/command/', import.meta.url);
    // These two start a process of ours.
    const started = ['main.js', 'sealed.js'];
    for (const name of readdirSync(files).filter((one) => one.endsWith('.js') && !started.includes(one)))
      await import(new URL(name, files)).catch((error) => console.log(name, error));
    process.exit();`;
  writeFileSync(join(folder, 'files.js'), program);
  assert.equal(run(process.execPath, ['files.js'], folder), '');
});

test('a command loads the parts of the bundle that it needs, and no other', () => {
  const spy = `
    import { registerHooks } from 'node:module';
    import { existsSync, readFileSync } from 'node:fs';
    import { fileURLToPath } from 'node:url';
    const sources = new Set();
    registerHooks({
      load(url, context, next) {
        const map = url.startsWith('file:') ? fileURLToPath(url) + '.map' : '';
        if (existsSync(map)) for (const source of JSON.parse(readFileSync(map, 'utf8')).sources) sources.add(source);
        return next(url, context);
      },
    });
    process.on('exit', () => console.log('loaded', [...sources].join(' ')));
  `;
  writeFileSync(join(folder, 'loads.js'), spy);
  const main = join(folder, 'node_modules/@hallpass/cli/dist/command/main.js');
  const loadedBy = (...words: string[]): string =>
    run(process.execPath, ['--import', './loads.js', main, ...words, '--help'], folder).split('\nloaded ')[1] ?? '';
  for (const words of [[], ['token'], ['api'], ['exec'], ['dev']])
    assert.doesNotMatch(loadedBy(...words), /@hallpass\/(?:server|vault|emulator|pages)\/|kysely/, words.join(' '));
  const platform = loadedBy('serve');
  assert.match(platform, /@hallpass\/server\/src\/index\.ts/);
  assert.doesNotMatch(platform, /@hallpass\/(?:vault|emulator\/src\/index)|nodemailer|undici|@peculiar|\bpg\//);
});

test('a stack of the bundled command names the sources', () => {
  const spy = `
    const { write } = process.stdout;
    process.stdout.write = (text) => write.call(process.stdout, new Error('seen').stack + text);
  `;
  writeFileSync(join(folder, 'spy.js'), spy);
  const main = join(folder, 'node_modules/@hallpass/cli/dist/command/main.js');
  const said = run(process.execPath, ['--import', './spy.js', main, '--version'], folder);
  assert.match(
    said,
    /^Error: seen\n.*spy\.js:.*\n {4}at .*\(@hallpass\/cli\/src\/surroundings\/outside\.ts:\d+:\d+\)\n/,
  );
});

test('a Node that is too old is told which one is needed', () => {
  const program =
    "Object.defineProperty(process.versions, 'node', { value: '20.20.0' }); await import('hallpass/bin/hallpass.js');";
  writeFileSync(join(folder, 'old.js'), program.replace("'hallpass/", `'./node_modules/hallpass/`));
  const ended = spawnSync(process.execPath, ['old.js'], { cwd: folder, encoding: 'utf8', env });
  assert.equal(ended.status, 3);
  assert.match(
    ended.stderr,
    /^Hallpass needs Node 24\.5 or newer, and this is 20\.20\.0: install one from nodejs\.org\.\n$/,
  );
});

for (const one of packageFolders()) {
  test(`${one} is packed as publint wants it`, async () => {
    const { messages, pkg } = await publint({ pkgDir: join(root, one), strict: true });
    assert.deepEqual(
      messages.map((message) => formatMessage(message, pkg)),
      [],
    );
    for (const field of ['description', 'keywords', 'license', 'engines'])
      assert.ok(manifestOf(one)[field], `${one}: ${field}`);
    // The project has no public address yet. Tools want one, so the package.json of the root names a host that RFC 2606
    // reserves: it leads nobody to a site that is not ours. The first to publish writes the true one there and here.
    assert.deepEqual(manifestOf(one)['repository'], { ...(manifestOf('.')['repository'] as object), directory: one });
  });
}

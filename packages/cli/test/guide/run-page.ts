// Runs the commands of a page word for word, in a network of its own: every page has the ports that it names, such as 4000
// for the emulator, and nothing of it is seen by others.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { commandLine } from '../command-line.ts';
import { FILE_NAME, type PageStep } from './read-page.ts';

const root = fileURLToPath(new URL('../../../..', import.meta.url));

const rights = process.getuid?.() === 0 ? [] : ['--user', '--map-root-user'];
const spaces = [...rights, '--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'];
const needed = 'ip link set lo up && command -v bash curl jq timeout';
/** The reason for which pages cannot be run on this machine; false where they can. */
export const cannotRun: string | false =
  spawnSync('unshare', [...spaces, 'sh', '-c', needed]).status === 0
    ? false
    : 'not tried: this system does not allow namespaces, or has no ip, curl or jq';

/** Longer than all pages take, in seconds. */
const LIMIT = '600';
const MARK = '<<<<step ';

/** The steps of pages, by their names. */
export type Pages = Readonly<Record<string, readonly PageStep[]>>;

/**
 * Runs the pages one after another, each in a folder of its own and a world that was planted anew.
 * @returns what each step printed, on both streams, by page
 */
export async function runPages(pages: Pages): Promise<Record<string, string[]>> {
  const folder = mkdtempSync(join(tmpdir(), 'hallpass-guide-'));
  try {
    for (const [name, steps] of Object.entries(pages)) writePage(join(folder, name), name, steps);
    writeCommand(join(folder, 'bin'));
    writeFileSync(join(folder, 'run.sh'), sessionOf(Object.keys(pages)));
    const printed = await outputOf(['unshare', ...spaces, 'timeout', LIMIT, 'bash', 'run.sh'], folder);
    const parts = printed.split(MARK).slice(1);
    return Object.fromEntries(
      Object.entries(pages).map(([name, steps]) => [
        name,
        steps.map((_step, at) => {
          const head = `${name} ${at}\n`;
          return parts.find((part) => part.startsWith(head))?.slice(head.length) ?? '';
        }),
      ]),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The program `hallpass` as a reader has it: bundled, so that it starts quickly. */
function writeCommand(folder: string): void {
  mkdirSync(folder);
  const words = [process.execPath, '--disable-sigusr1', ...commandLine].map((word) => `'${word}'`);
  writeFileSync(join(folder, 'hallpass'), `#!/bin/sh\nexec ${words.join(' ')} "$@"\n`, { mode: 0o755 });
}

/** The folder in which a reader tries a page: the repository, with a project of their own. */
function writePage(folder: string, name: string, steps: readonly PageStep[]): void {
  mkdirSync(folder);
  for (const entry of readdirSync(root))
    if (!entry.startsWith('.') && entry !== 'package.json') symlinkSync(join(root, entry), join(folder, entry));
  writeReaderProject(folder);
  const parts = steps.map((step, at) => {
    const { language, commands } = step;
    if (language === 'sh') return `echo '${MARK}${name} ${at}'\n${filledIn(step)}`;
    const file = language === 'file' ? (FILE_NAME.exec(commands)?.[1] ?? '') : `block-${at}.mjs`;
    writeFileSync(join(folder, file), commands);
    if (language === 'file') return '';
    return `echo '${MARK}${name} ${at}'\nnode --conditions=source --test ${file} && echo PASSED`;
  });
  // Programs that a page leaves running in the background end with it.
  writeFileSync(join(folder, '.page.sh'), ["trap 'kill $(jobs -p) 2>/dev/null' EXIT", ...parts, ''].join('\n'));
}

/** The reader's own project, with a test that calls the Graph: a test user is made, and asks for their own name. */
function writeReaderProject(folder: string): void {
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ type: 'module', scripts: { test: 'node .own-test.js' } }),
  );
  writeFileSync(
    join(folder, '.own-test.js'),
    `const app = '1384720956120447';
const token = encodeURIComponent(app + '|8f1c5be29d7340a6b1e7c45d02f9a36b');
const graph = 'https://graph.facebook.com/v25.0';
const made = await fetch(\`\${graph}/\${app}/accounts/test-users?access_token=\${token}\`, { method: 'POST' });
const { access_token: theirs } = await made.json();
const me = await fetch(\`\${graph}/me?access_token=\${theirs}\`);
process.exitCode = me.ok ? 0 : 1;
`,
  );
}

/** A shell session with an emulator on port 4000: what `hallpass dev` in another terminal is for a reader. */
const sessionOf = (names: readonly string[]): string =>
  [
    'exec 2>&1',
    'ip link set lo up',
    `export PATH="$PWD/bin:${root}node_modules/.bin:$PATH" XDG_DATA_HOME="$PWD/data" TMPDIR="$PWD"`,
    // A terminal shows no progress of curl.
    'echo silent >.curlrc && export CURL_HOME="$PWD"',
    'hallpass dev --json >ready &',
    'until [ -s ready ]; do sleep 0.1; done',
    'export CONTROL=$(jq -r .control.token ready)',
    ...names.flatMap((name) => [
      'curl -s -H "Authorization: Bearer $CONTROL" -X POST http://localhost:4000/_/emulator/reset >/dev/null',
      `(cd ${name} && bash .page.sh)`,
    ]),
    '',
  ].join('\n');

/** The form behind the link that a new platform prints, filled in as `ana@example.com`. */
const FIRST_ADMINISTRATOR = `SETUP=$(grep -o 'http://[^ ]*/setup?key=.*' served)
FORM=$(curl -c admin "$SETUP")
hidden() { echo "$FORM" | grep -o "name=\\"$1\\" value=\\"[^\\"]*" | cut -d'"' -f4; }
curl -b admin -c admin -H "Origin: \${SETUP%/setup*}" "\${SETUP%\\?*}" -d "csrf=$(hidden csrf)" -d "key=\${SETUP#*key=}" \\
  -d name=Ana -d email=ana@example.com -d password=ana-in-the-demo >/dev/null`;

/** The link of a vault, opened by Ana: she goes through the dialog, and her browser on to the page that it leads to. */
const CONNECTED = `curl -s -H "Authorization: Bearer $CONTROL" http://localhost:4000/_/emulator/log-in -d person=Ana \\
  --data-urlencode url="$(cat link)" | jq -r .url | xargs curl -s >/dev/null`;

/**
 * `NAME=…` in a page stands for a value that the reader has: the control token, or what came back from a dialog. The
 * person who goes through it is driven by the emulator.
 */
function filledIn({ commands, dialog }: PageStep): string {
  const comesBack = (field: string): string => {
    const decisions = (dialog?.decisions ?? []).map((one) => `-d '${one}'`).join(' ');
    return `$(curl -s -H "Authorization: Bearer $CONTROL" http://localhost:4000/_/emulator/log-in ${decisions} --data-urlencode url=${dialog?.address ?? ''} | jq -r .${field})`;
  };
  return commands
    .replace(
      /^hallpass serve --data data --port (\d+)$/m,
      (command, port) =>
        `${command} 2>server.log | tee served &\nhallpass wait --url http://localhost:${port} --timeout 60 >/dev/null`,
    )
    .replace(
      /^hallpass vault serve --port (\d+).*$/m,
      (command, port) =>
        `${command} 2>vault.log | tee served &\nuntil curl -sf http://localhost:${port}/health >/dev/null; do sleep 0.1; done`,
    )
    .replace(/^hallpass vault connect (?:.*\\\n)*.*$/m, (command) => `${command} | tee link\n${CONNECTED}`)
    .replace(/^hallpass page create/m, (command) => `${FIRST_ADMINISTRATOR}\n${command}`)
    .replace(/^CONTROL=…$/m, '')
    .replace(/^CODE=AQ…$/m, () => `CODE=${comesBack('code')}`)
    .replace(/^TOKEN=EAA…$/m, () => `TOKEN=${comesBack('access_token')}`)
    .replace(/^ID_TOKEN=eyJ…$/m, () => `ID_TOKEN=$(echo ${comesBack('url')} | grep -o 'id_token=[^&]*' | cut -d= -f2)`);
}

function outputOf([program = '', ...args]: readonly string[], cwd: string): Promise<string> {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('HALLPASS_') && !name.startsWith('NODE_TEST')),
  );
  const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'inherit'] });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    out += part;
  });
  return new Promise((resolve) => child.on('close', () => resolve(out)));
}

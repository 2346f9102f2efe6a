// `hallpass vault backup` and `restore`: everything but the master key, into a file of its owner's and back.
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { Command } from 'commander';
import { CommandError } from '../command-error.ts';
import { example } from '../printing/example.ts';
import { counted, momentInWords } from '../printing/print.ts';
import { progressBar } from '../printing/progress.ts';
import type { Outside } from '../surroundings/outside.ts';
import { inNewFile } from '../surroundings/new-file.ts';
import { openVault, vaultOptions } from './open-vault.ts';
import type { VaultPlace } from './vault-place.ts';
import { operatorDoor, operatorPaths } from './operator-door.ts';

interface BackupOptions extends VaultPlace {
  json?: boolean;
}

export const backupCommand = (outside: Outside): Command =>
  vaultOptions(new Command('backup'))
    .description(
      'Write everything to a file (mode 0600). Sealed values stay sealed: keep the master key elsewhere, because a backup is useless without it.',
    )
    .argument('<file>', "the file; an existing file isn't overwritten")
    .option('--json', 'print JSON')
    .addHelpText('after', example('hallpass vault backup vault-2026-11-29.jsonl --data vault'))
    .action((file: string, options: BackupOptions) => backup(outside, file, options));

async function backup(outside: Outside, file: string, options: BackupOptions): Promise<void> {
  if (existsSync(file)) throw new CommandError('wrongUse', `${file} already exists: name another file.`);
  const { lines, close } = await linesOf(outside, options);
  let written = 0;
  try {
    await inNewFile(file, async (write) => {
      for await (const line of lines) {
        await write(line);
        written++;
      }
    });
  } finally {
    await close();
  }
  const rows = written - 2;
  outside.out(
    options.json
      ? JSON.stringify({ file, rows })
      : `${file} holds ${counted(rows, 'row')}. The master key isn't in it: keep it elsewhere.`,
  );
}

interface BackupLines {
  lines: AsyncIterable<string>;
  close(): Promise<void>;
}

/** The lines of a backup: of the running service, or of the vault itself where none runs. */
async function linesOf(outside: Outside, options: BackupOptions): Promise<BackupLines> {
  const running = await operatorDoor(outside, options);
  if (running) {
    const { body, ok } = await running(operatorPaths.backup);
    if (!ok || body === null) throw new CommandError('failed', 'The running service refused the backup: see its log.');
    return { lines: withEnds(body), close: async () => {} };
  }
  const { log, flush } = outside.log('warn');
  const vault = await openVault(outside, options, { log, create: false });
  const bar = progressBar(outside);
  return {
    lines: vault.backup({ progress: bar.show }),
    async close() {
      bar.end();
      await vault.close();
      await flush();
    },
  };
}

/** Gives each line its end back. One that broke off in the middle is refused when the backup is restored. */
async function* withEnds(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  for await (const line of createInterface({ input: Readable.fromWeb(body), crlfDelay: Infinity })) yield `${line}\n`;
}

export const restoreCommand = (outside: Outside): Command =>
  vaultOptions(new Command('restore'))
    .description(
      'Restore a backup into an empty data directory or database. The vault opens with the master key it was created with.',
    )
    .argument('<file>', 'the backup')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      example('hallpass vault restore vault-2026-11-29.jsonl --data restored --key-file master.key'),
    )
    .action((file: string, options: BackupOptions) => restore(outside, file, options));

async function restore(outside: Outside, file: string, options: BackupOptions): Promise<void> {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat === undefined) throw new CommandError('wrongUse', `There is no file ${file}.`);
  if (stat.isDirectory()) throw new CommandError('wrongUse', `${file} is a directory: name a file in it.`);
  const { log, flush } = outside.log('error');
  const vault = await openVault(outside, options, { log, create: true });
  const bar = progressBar(outside);
  let read = 0;
  async function* lines(): AsyncGenerator<string> {
    for await (const line of createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity })) {
      if (++read % 1000 === 0) bar.show(read);
      yield line;
    }
  }
  try {
    const { rows, made } = await vault.restore(lines);
    bar.end();
    outside.out(
      options.json
        ? JSON.stringify({ rows, made })
        : `Restored ${counted(rows, 'row')} of ${momentInWords(made)}. Every connection will be checked soon.`,
    );
  } finally {
    bar.end();
    await vault.close();
    await flush();
  }
}

// The mark is what this node has last seen of its database, kept in a file beside it. A database that is older than
// that (a restored backup) is not served: what was ended or used up since would live again (threats ST-05). Leave the
// file out of backups.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { replaceFile } from '@hallpass/db/files';
import type { Server } from '@hallpass/server';
import { type FenceMark, markOf, standsAt } from '@hallpass/server/operator';
import { CommandError } from '../command-error.ts';
import type { Outside } from './outside.ts';

const FILE = 'last-seen';
/** The milliseconds between two updates of the file. */
const EVERY = 5000;

const form = /^(\d{1,16}) ([\w-]{0,64}) (\d{1,12})\n$/;

/** @throws Stop when the database is not the one that this node has last seen, or an older state of it */
export async function refuseOlderState({ installation }: Server, directory: string): Promise<void> {
  const mark = readMark(join(directory, FILE));
  if (mark === undefined || (await standsAt(installation, mark))) return;
  const before = 'tokens and codes that were revoked or used since then would work again';
  throw new CommandError(
    'cannotStart',
    `The database is older than this node last saw it, as after restoring a backup: ${before}. Run \`hallpass fence\` to end every earlier token, code and session, then start again.`,
  );
}

function readMark(file: string): FenceMark | undefined {
  if (!existsSync(file)) return undefined;
  const [, seq, chain, at] = form.exec(readFileSync(file, 'utf8')) ?? [];
  if (seq === undefined || chain === undefined || at === undefined)
    throw new CommandError(
      'cannotStart',
      `The file ${file} is damaged: run \`hallpass fence\` if a backup was restored, then delete the file.`,
    );
  return { seq: Number(seq), chain, at: Number(at) };
}

/** Keeps the file up to date until it is stopped. Does nothing for a node without a directory of its own. */
export function keepMark(outside: Outside, { installation }: Server, directory: string): { stop(): Promise<void> } {
  if (!existsSync(directory)) return { stop: async () => {} };
  const file = join(directory, FILE);
  let written: string | undefined;
  const write = async (): Promise<void> => {
    try {
      if (installation.freshness.lost()) return;
      const { seq, chain, at } = await markOf(installation);
      if (chain === written) return;
      replaceFile(file, `${seq} ${chain} ${at}\n`);
      written = chain;
    } catch (error) {
      // The next round tries again: an older mark is as good as it can be.
      installation.world.log('warn', 'mark.failed', { error: error instanceof Error ? error.message : String(error) });
    }
  };
  let last = write();
  const timer = outside.wall.every(EVERY, () => {
    last = last.then(write);
  });
  return {
    async stop() {
      timer.cancel();
      await last.then(write);
    },
  };
}

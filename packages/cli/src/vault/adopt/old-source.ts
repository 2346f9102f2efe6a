// The rows of another product are read from a file, from its database, or from the API of Nango; nothing is written there.
import { closeSync, createReadStream, existsSync, openSync, readSync, statSync } from 'node:fs';
import type { ForeignDatabase } from '@hallpass/db';
import { readSecretFile } from '@hallpass/db/files';
import { isHttpsOrLocal } from '@hallpass/protocol';
import {
  type OldRow,
  type ProductName,
  products,
  rowsOfDatabase,
  rowsOfNango,
  rowsOfText,
  UnreadableSource,
} from '@hallpass/vault/adopt';
import { CommandError } from '../../command-error.ts';
import type { Outside } from '../../surroundings/outside.ts';

export interface OldSource {
  rows: AsyncIterable<OldRow>;
  close(): Promise<void>;
}

export const SOURCE =
  'a file (CSV, JSON or a dump of PostgreSQL; SQLite; or one that holds the address of a PostgreSQL), postgres://user@host/database with PGPASSWORD, the address of a Nango with NANGO_SECRET_KEY, or - for standard input';

const wrongUse = (words: string): never => {
  throw new CommandError('wrongUse', words);
};

/** Begins to read. @throws CommandError, StorageRefused, StorageUnavailable where nothing can be read */
export async function openOldSource(
  outside: Outside,
  product: ProductName,
  source: string,
  { forceRefresh }: { forceRefresh?: boolean | undefined } = {},
): Promise<OldSource> {
  if (/^https?:\/\//.test(source)) return fromNango(outside, product, source, forceRefresh);
  if (forceRefresh) wrongUse('--force-refresh is for the address of a Nango.');
  if (isPostgres(source)) {
    if (URL.parse(source)?.password)
      wrongUse(
        'Other users can read arguments: leave the password out and set PGPASSWORD, or name a file with the address.',
      );
    return fromDatabase(product, await openPostgres(source));
  }
  if (source === '-') return fromText(product, one(await outside.stdin()));
  if (!existsSync(source)) return wrongUse(`There is no file ${source}.`);
  if (!statSync(source).isFile()) return wrongUse(`${source} is not a file: name a file in it.`);
  const beginning = beginningOf(source);
  if (beginning.startsWith('SQLite format 3\0')) {
    const { openForeignSqlite } = await import('@hallpass/db');
    return fromDatabase(product, openForeignSqlite(source));
  }
  if (isPostgres(beginning))
    return fromDatabase(product, await openPostgres(readSecretFile(source, 'address of the database')));
  return fromText(product, createReadStream(source, 'utf8'));
}

async function openPostgres(address: string): Promise<ForeignDatabase> {
  const { openForeignPostgres } = await import('@hallpass/db');
  return openForeignPostgres(address);
}

const isPostgres = (text: string): boolean => /^postgres(?:ql)?:\/\//.test(text);

function beginningOf(file: string): string {
  const handle = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(16);
    return bytes.subarray(0, readSync(handle, bytes)).toString('latin1');
  } finally {
    closeSync(handle);
  }
}

async function* one(text: string): AsyncGenerator<string> {
  yield text;
}

/** Rows that can't be read end the command with their sentence. */
async function* readable(rows: AsyncIterable<OldRow>): AsyncGenerator<OldRow> {
  try {
    yield* rows;
  } catch (error) {
    throw error instanceof UnreadableSource ? new CommandError('failed', error.message) : error;
  }
}

const fromText = (product: ProductName, pieces: AsyncIterable<string>): OldSource => ({
  rows: readable(rowsOfText(pieces, products[product])),
  close: async () => undefined,
});

const fromDatabase = (product: ProductName, database: ForeignDatabase): OldSource => ({
  rows: readable(rowsOfDatabase(database, products[product])),
  close: () => database.close(),
});

function fromNango(
  outside: Outside,
  product: ProductName,
  address: string,
  forceRefresh: boolean | undefined,
): OldSource {
  const url = URL.parse(address);
  if (product !== 'nango')
    wrongUse(`Only Nango is read by an address: give a file or a database of ${products[product].label}.`);
  if (!url || !isHttpsOrLocal(url) || url.username || url.search)
    return wrongUse('Write an https address without a user.');
  const secretKey = outside.takeSecret('NANGO_SECRET_KEY') ?? '';
  if (secretKey === '') wrongUse('Set NANGO_SECRET_KEY to the secret key of the environment.');
  const base = url.href.endsWith('/') ? url.href.slice(0, -1) : url.href;
  return {
    rows: readable(rowsOfNango({ base, secretKey, fetch: outside.fetch, forceRefresh })),
    close: async () => undefined,
  };
}

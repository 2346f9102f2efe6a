// A backup is a text of one line for each row, the same for both databases. What is sealed stays sealed, by keys that are
// wrapped by the master key: without that the text is of no use to anybody. Its last line proves that it is whole.
import { type Kysely, sql } from 'kysely';
import type { VaultParts } from '../parts.ts';
import { migrations } from '../store/migrations/index.ts';
import type { VaultSchema } from '../store/schema.ts';
import { FORMAT, type Header, type Row, tables, type Value } from './backup-format.ts';

type Parts = Pick<VaultParts, 'db' | 'keys' | 'world'>;

const BATCH = 500;

export interface BackupOptions {
  progress?: (rows: number) => void;
}

/**
 * Writes a backup, line by line, while the vault is in use. Rows are read in parts, so it needs no more memory for more of
 * them.
 *
 * @throws VaultSealed, StorageUnavailable
 */
export async function* backup({ db, keys, world }: Parts, { progress }: BackupOptions = {}): AsyncGenerator<string> {
  keys.requireOpen();
  const proof = keys.backupProof();
  const line = (content: object): string => {
    const text = JSON.stringify(content);
    proof.update(text);
    return `${text}\n`;
  };
  const begin: Header = { format: FORMAT, migrations: migrations.map(({ name }) => name), made: world.clock.now() };
  yield line(begin);
  let rows = 0;
  for (const [table, key] of Object.entries(tables)) {
    let after: Value[] | undefined;
    for (;;) {
      const part = await rowsAfter(db.read, table, key, after);
      for (const row of part) yield line({ table, row });
      rows += part.length;
      if (part.length > 0) progress?.(rows);
      const last = part.at(-1);
      if (part.length < BATCH || last === undefined) break;
      after = key.map((column) => last[column] ?? null);
    }
  }
  yield `${JSON.stringify({ rows, proof: proof.digest('base64url') })}\n`;
}

async function rowsAfter(
  q: Kysely<VaultSchema>,
  table: string,
  key: readonly string[],
  after: readonly Value[] | undefined,
): Promise<Row[]> {
  const columns = sql.join(key.map((column) => sql.ref(column)));
  const beyond = after === undefined ? sql`` : sql` where (${columns}) > (${sql.join(after)})`;
  const found = sql<Row>`select * from ${sql.table(table)}${beyond} order by ${columns} limit ${BATCH}`;
  return (await found.execute(q)).rows;
}

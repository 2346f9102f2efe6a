// A backup is a text of lines of JSON: every row as it is stored, so what is sealed stays sealed, and only the master key
// opens it. It is taken while everything goes on, and may be put into either kind of database.
import { createHash } from 'node:crypto';
import { type Database, migrate, StorageRefused } from '@hallpass/db';
import { isIn, parseJson, shape } from '@hallpass/protocol';
import type { BaseWorld } from '@hallpass/world';
import { sql } from 'kysely';
import { migrations } from '../store/migrations/index.ts';
import type { VaultSchema } from '../store/schema.ts';

type Row = Record<string, string | number | null>;

/**
 * Tables with the columns that order their rows. Keys come first and last: one that is made or deleted meanwhile is in the
 * backup all the same. Trips through the dialog are over before anybody restores them.
 */
const tables = [
  ['keys', ['id']],
  ['apps', ['tenant', 'app_id']],
  ['connections', ['tenant', 'id']],
  ['events', ['id']],
  ['deliveries', ['id']],
  ['webhooks', ['tenant', 'id']],
  ['settings', ['tenant', 'key']],
  ['mail_opt_outs', ['tenant', 'address']],
  ['api_keys', ['id']],
  ['keys', ['id']],
] as const;

type TableName = (typeof tables)[number][0];

const PAGE = 500;
const FORMAT = 'hallpass-vault-1';

type Progress = (done: number, total?: number) => void;

/** Yields the lines of a backup, without line ends. @throws StorageUnavailable */
export async function* backupLines(
  db: Database<VaultSchema>,
  now: number,
  progress: Progress = () => undefined,
): AsyncGenerator<string> {
  const hash = createHash('sha256');
  const line = (value: object): string => {
    const text = JSON.stringify(value);
    hash.update(`${text}\n`);
    return text;
  };
  yield line({ format: FORMAT, at: now, migrations: migrations.map(({ name }) => name) });
  let rows = 0;
  for (const [table, keys] of tables) {
    let after: Row | undefined;
    for (;;) {
      const page: Row[] = await pageOf(db, table, keys, after);
      for (const row of page) yield line({ table, row });
      rows += page.length;
      progress(rows);
      after = page.at(-1);
      if (page.length < PAGE) break;
    }
  }
  yield JSON.stringify({ rows, sha256: hash.digest('hex') });
}

async function pageOf(
  db: Database<VaultSchema>,
  table: TableName,
  keys: readonly string[],
  after: Row | undefined,
): Promise<Row[]> {
  const columns = sql.join(keys.map((key) => sql.ref(key)));
  const beyond =
    after === undefined
      ? sql``
      : sql` where (${columns}) > (${sql.join(keys.map((key) => sql`${after[key] ?? null}`))})`;
  return (await sql<Row>`select * from ${sql.table(table)}${beyond} order by ${columns} limit ${PAGE}`.execute(db.read))
    .rows;
}

const cell = shape.either(shape.either(shape.text, shape.number), shape.nothing);
const headShape = shape.object<{ format: string; migrations: string[] }>({
  format: shape.text,
  migrations: shape.listOf(shape.text),
});
const rowShape = shape.object<{ table: string; row: Row }>({ table: shape.text, row: shape.mapOf(cell) });
const endShape = shape.object<{ rows: number; sha256: string }>({ rows: shape.number, sha256: shape.text });

const refused = (why: string): StorageRefused => new StorageRefused(`The backup can’t be restored: ${why}`);

/** Reads a backup and checks that it is whole. @throws StorageRefused for a text that was cut, doubled or changed */
function rowsOf(text: string): { table: TableName; row: Row }[] {
  const lines = text.split('\n').filter((line) => line !== '');
  const [first = '', ...rest] = lines;
  const last = rest.pop() ?? '';
  const head = parseJson(headShape, first);
  if (head?.format !== FORMAT) throw refused('the file is none of a vault.');
  const end = parseJson(endShape, last);
  const hash = createHash('sha256')
    .update([first, ...rest].map((line) => `${line}\n`).join(''))
    .digest('hex');
  if (end === undefined || end.rows !== rest.length || end.sha256 !== hash)
    throw refused('it is not whole, or was changed.');
  if (head.migrations.some((name) => !migrations.some((known) => known.name === name)))
    throw refused('a newer version has made it.');
  const names = tables.map(([name]) => name);
  return rest.map((line) => {
    const read = parseJson(rowShape, line);
    const table = names.find((name) => name === read?.table);
    if (read === undefined || table === undefined || !isIn(names, table)) throw refused('a line of it can’t be read.');
    return { table, row: read.row };
  });
}

/**
 * Puts a backup into a database that holds no vault yet. Every connection is looked at soon, because much may have
 * happened since. Answers the number of rows.
 *
 * @throws StorageRefused, StorageUnavailable
 */
export async function restoreBackup(
  db: Database<VaultSchema>,
  text: string,
  world: Pick<BaseWorld, 'wall' | 'clock'>,
  progress: Progress = () => undefined,
): Promise<number> {
  const rows = rowsOf(text);
  await migrate(db, migrations, world.wall);
  const held = await db.read.selectFrom('keys').select('id').limit(1).execute();
  if (held.length > 0) throw refused('there is a vault in this database already. Name an empty one.');
  const now = world.clock.now();
  // Keys go in last: a restore that was stopped leaves a database that is no vault, and can be made again.
  const isKey = ({ table }: { table: TableName }): boolean => table === 'keys';
  const ordered = [...rows.filter((one) => !isKey(one)), ...rows.filter(isKey)];
  for (let from = 0; from < ordered.length; from += PAGE) {
    const some = ordered.slice(from, from + PAGE);
    await db.act(async ({ tx }) => {
      for (const { table, row } of some) {
        const given = table === 'connections' && row['due_at'] !== null ? { ...row, due_at: now } : row;
        // A number that counts up is given anew, in the same order.
        const entries = Object.entries(given).filter(([column]) => table !== 'events' || column !== 'id');
        const columns = sql.join(entries.map(([column]) => sql.ref(column)));
        const values = sql.join(entries.map(([column, value]) => sql`${column.startsWith('lease_') ? null : value}`));
        await sql`insert into ${sql.table(table)} (${columns}) values (${values}) on conflict do nothing`.execute(tx);
      }
    });
    progress(Math.min(from + PAGE, ordered.length), ordered.length);
  }
  return rows.length;
}

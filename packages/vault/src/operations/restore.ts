// A backup is restored wholly or not at all. Nothing of it is believed before its last line has proved that it is whole,
// and of a vault with this master key.
import { timingSafeEqual } from 'node:crypto';
import { givenBack, StorageRefused } from '@hallpass/db';
import { isKeyOf, parseJson } from '@hallpass/protocol';
import { type Kysely, sql } from 'kysely';
import { backupProof, type Keyring, SHARED } from '../keys/keyring.ts';
import { MasterKeyUnavailable } from '../keys/master-key.ts';
import type { VaultParts } from '../parts.ts';
import { split } from '../store/looks.ts';
import { migrations } from '../store/migrations/index.ts';
import type { VaultSchema } from '../store/schema.ts';
import {
  type BackedUpKey,
  FORMAT,
  type Header,
  header,
  keyRow,
  type LastLine,
  lastLine,
  type Row,
  rowLine,
  type TableName,
  tables,
} from './backup-format.ts';

type Parts = Pick<VaultParts, 'db' | 'keys' | 'world'>;
type Proof = ReturnType<typeof backupProof>;

export interface RestoreResult {
  rows: number;
  /** The time when the backup was made, epoch seconds. */
  made: number;
}

/**
 * Fills an empty vault from a backup, wholly or not at all. The text is looked at first: nothing is written of one that is
 * cut, changed, or of another master key. Afterwards every connection is looked at anew, because its token may be another
 * one by now.
 *
 * @param lines gives the lines anew at each call, without their ends, because they are read twice
 * @throws StorageRefused with the reason, StorageUnavailable
 */
export async function restore(parts: Parts, lines: () => AsyncIterable<string>): Promise<RestoreResult> {
  const { db, keys, world } = parts;
  const counted = await sql<{ n: number }>`select count(*) as n from connections`.execute(db.read);
  if (Number(counted.rows[0]?.n ?? 0) > 0)
    throw new StorageRefused('This vault holds connections: a backup is restored into an empty one.');
  const checked = await check(parts, lines);
  await db.alone((step) =>
    step(async (tx) => {
      // Nothing is sealed yet with the keys that the empty vault made for itself.
      for (const table of Object.keys(tables)) await sql`delete from ${sql.table(table)}`.execute(tx);
      for await (const text of lines()) {
        const line = parseJson(rowLine, text);
        if (line !== undefined && isKeyOf(tables, line.table))
          for (const [table, row] of restored(line.table, line.row)) await insertRow(tx, table, row, db.kind);
      }
      await lookAtAll(tx, world.clock.now());
      if (db.kind === 'postgres')
        await sql`select setval(pg_get_serial_sequence('events', 'id'), coalesce((select max(id) from events), 0) + 1)`.execute(
          tx,
        );
    }),
  );
  await keys.reload();
  world.log('warn', 'vault restored from a backup', { rows: checked.rows, made: checked.made });
  return checked;
}

/** The rows that a row of a backup becomes. A worker that had it is gone. */
function restored(table: TableName, row: Row): [TableName, Row][] {
  const free = 'lease_owner' in row ? { ...row, ...givenBack } : row;
  if (table !== 'connections' || !('due_at' in row)) return [[table, free]];
  // In a backup of before looks had a table of their own they stand in the rows of connections.
  const { columns, look } = split<Row>(free);
  return [
    [table, columns],
    ['looks', { tenant: row['tenant'] ?? null, id: row['id'] ?? null, ...look }],
  ];
}

/**
 * Has every connection with a token looked at: whatever was known of it is as old as the backup. The vault was in use while
 * its tables were read one after the other, so a connection may stand in one of them alone.
 */
async function lookAtAll(tx: Kysely<VaultSchema>, now: number): Promise<void> {
  const same = sql`connections.tenant = looks.tenant and connections.id = looks.id`;
  await sql`delete from looks where not exists (select 1 from connections where ${same})`.execute(tx);
  await sql`insert into looks (tenant, id) select tenant, id from connections
    where not exists (select 1 from looks where ${same})`.execute(tx);
  await sql`update looks set due_at = ${now}
    where exists (select 1 from connections where ${same} and token is not null)`.execute(tx);
}

async function insertRow(
  tx: Kysely<VaultSchema>,
  table: TableName,
  row: Row,
  kind: 'sqlite' | 'postgres',
): Promise<void> {
  const entries = Object.entries(row).filter(([column]) => /^[a-z_]{1,40}$/.test(column));
  const columns = sql.join(entries.map(([column]) => sql.ref(column)));
  const values = sql.join(entries.map(([, one]) => one));
  // PostgreSQL numbers events itself unless it is told not to.
  const given = table === 'events' && kind === 'postgres' ? sql`overriding system value ` : sql``;
  await sql`insert into ${sql.table(table)} (${columns}) ${given}values (${values})`.execute(tx);
}

/** Reads a whole backup and believes nothing of it before its last line has proved it. */
async function check({ keys }: Parts, lines: () => AsyncIterable<string>): Promise<RestoreResult> {
  const damaged = (): StorageRefused =>
    new StorageRefused('This is no whole backup of a vault: take another copy of it.');
  let begin: Header | undefined;
  let end: LastLine | undefined;
  let rows = 0;
  const wrapped: BackedUpKey[] = [];
  /** The first lines, until the key of the proof is known. */
  const early: string[] = [];
  let proof: Proof | undefined;
  const proofOfEarly = async (): Promise<Proof> => {
    const made = backupProof(await hashKeyIn(keys, wrapped));
    for (const text of early) made.update(text);
    return made;
  };
  for await (const text of lines()) {
    if (end !== undefined) throw damaged();
    if (begin === undefined) {
      begin = parseJson(header, text);
      if (begin?.format !== FORMAT) throw damaged();
      if (begin.migrations.some((name, at) => migrations[at]?.name !== name))
        throw new StorageRefused('The backup is from a newer version of the vault: use that version.');
      early.push(text);
      continue;
    }
    const line = parseJson(rowLine, text);
    if (line === undefined) {
      end = parseJson(lastLine, text);
      if (end === undefined) throw damaged();
      continue;
    }
    rows++;
    if (line.table === 'keys' && proof === undefined) {
      if (!keyRow(line.row)) throw damaged();
      wrapped.push(line.row);
      early.push(text);
      continue;
    }
    proof ??= await proofOfEarly();
    proof.update(text);
  }
  if (begin === undefined || end?.rows !== rows) throw damaged();
  const right = (proof ?? (await proofOfEarly())).digest();
  const given = Buffer.from(end.proof, 'base64url');
  if (given.length !== right.length || !timingSafeEqual(given, right)) throw damaged();
  return { rows, made: begin.made };
}

/**
 * Unwraps the shared keys of a backup with the master key of this vault, and gives the one for hashes. A tenant with a
 * master key of its own is sealed after the restore, until that key is there.
 */
async function hashKeyIn(keys: Keyring, rows: readonly BackedUpKey[]): Promise<Uint8Array> {
  try {
    let hashKey: Uint8Array | undefined;
    for (const { tenant = SHARED, ...row } of rows) {
      if (tenant !== SHARED) continue;
      const plain = await keys.unwrap({ ...row, tenant });
      if (row.purpose === 'hash') hashKey = plain;
    }
    if (hashKey) return hashKey;
  } catch (error) {
    if (!(error instanceof MasterKeyUnavailable)) throw error;
    throw new StorageRefused(`The keys of the backup can’t be opened. ${error.message}`);
  }
  throw new StorageRefused('The backup holds no keys: take another copy of it.');
}

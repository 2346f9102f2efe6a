// These types of columns say what they mean. They mean the same on both databases: text compares byte by byte, numbers
// are whole numbers that JavaScript can hold, and nothing of another type gets in.
import { sql } from 'kysely';
import type { CreateTableBuilder, Kysely, RawBuilder } from 'kysely';

export interface Columns {
  readonly kind: 'sqlite' | 'postgres';
  /** Names a thing: digits mostly. */
  readonly id: RawBuilder<unknown>;
  readonly text: RawBuilder<unknown>;
  /** Seconds since 1970. */
  readonly moment: RawBuilder<unknown>;
  /** A whole number below 2^53. */
  readonly whole: RawBuilder<unknown>;
  /** 0 or 1. */
  readonly flag: RawBuilder<unknown>;
  /** JSON, read and written by the code only. */
  readonly record: RawBuilder<unknown>;
  /** Text sealed by sealing.ts. */
  readonly sealed: RawBuilder<unknown>;
  /** The primary key that counts up. A number that was once seen is never given again, also after its row is gone. */
  readonly sequence: RawBuilder<unknown>;
  /** Begins a table; use it in place of `db.schema.createTable`. */
  table<N extends string>(db: Kysely<any>, name: N): CreateTableBuilder<N>;
}

// Strict tables take only what the column says, as PostgreSQL does.
const sqlite: Columns = {
  kind: 'sqlite',
  id: sql`text`,
  text: sql`text`,
  moment: sql`integer`,
  whole: sql`integer`,
  flag: sql`integer`,
  record: sql`text`,
  sealed: sql`text`,
  sequence: sql`integer primary key autoincrement`,
  table: (db, name) => db.schema.createTable(name).modifyEnd(sql`strict`),
};

// The collation "C" orders text by its bytes, as SQLite does, so that paging by key gives the same pages.
const postgres: Columns = {
  kind: 'postgres',
  id: sql`text collate "C"`,
  text: sql`text collate "C"`,
  moment: sql`bigint`,
  whole: sql`bigint`,
  flag: sql`smallint`,
  record: sql`text collate "C"`,
  sealed: sql`text collate "C"`,
  sequence: sql`bigint generated always as identity primary key`,
  table: (db, name) => db.schema.createTable(name),
};

export const COLUMNS: Readonly<Record<'sqlite' | 'postgres', Columns>> = { sqlite, postgres };

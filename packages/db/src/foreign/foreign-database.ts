// The database of another program is read here and never written: SQLite is opened read only, and PostgreSQL is asked in one
// read-only transaction that sees the state of one moment.

export interface ForeignTable {
  /** Absent in SQLite. */
  schema: string | undefined;
  name: string;
  columns: readonly string[];
}

export interface ForeignDatabase {
  /** The tables with these names, in any schema that may be read. */
  tables(names: readonly string[]): Promise<ForeignTable[]>;
  /** The rows of a query, some at a time, however many there are. @throws StorageUnavailable */
  rows(sql: string): AsyncGenerator<Record<string, unknown>>;
  close(): Promise<void>;
}

/** A name as both databases read it, whatever letters it has. */
export const quotedName = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** A table with its schema, as both databases read it. */
export const quotedTable = ({ schema, name }: Pick<ForeignTable, 'schema' | 'name'>): string =>
  schema === undefined ? quotedName(name) : `${quotedName(schema)}.${quotedName(name)}`;

// A reader of another product names the tables it reads and the keys its columns are encrypted with, and tells which
// tokens a row holds.
import type { Random } from '@hallpass/protocol';
import type { TokenKindName } from '../kinds.ts';

/** A row of a table of another product, as it was read from a file or a database. */
export interface OldRow {
  /** The schema of the table, where there are schemas. */
  schema?: string | undefined;
  table: string;
  /** The place in the file, for messages: `line 3`. */
  where: string;
  values: Readonly<Record<string, unknown>>;
  /** The reason why the row could not be read. */
  problem?: string | undefined;
}

/** The keys of the other product, by the names of its variables. */
export type OldKeys = Readonly<Record<string, string | undefined>>;

/** One token in a row of another product, or the reason why there is none. */
export interface OldToken {
  /** Table, row and column, each as it is written in a path: the same at every run. */
  path: readonly string[];
  name?: string | undefined;
  /** Absent where it can't be read, or isn't of Meta. */
  token?: string | undefined;
  /** The kind that this column should hold. */
  kind?: TokenKindName | undefined;
  appId?: string | undefined;
  /** The Page that the row is about. */
  pageId?: string | undefined;
  ownerName?: string | undefined;
  ownerEmail?: string | undefined;
  scopes?: string | undefined;
  /** The end that the other product has noted, epoch seconds; null where it says that there is none. */
  believedEnd?: number | null | undefined;
  problem?: string | undefined;
  /** The row is not about a token to take over: the reason, in a word or two. */
  leftOut?: string | undefined;
  notes?: readonly string[];
}

/** A token that goes back into a row. */
export interface ReturnedToken {
  token: string;
  /** Its end, epoch seconds; undefined for none. */
  until: number | undefined;
}

/** Values of columns, as SQL takes them. */
export type ColumnValues = Readonly<Record<string, string | null>>;

/** A table of another product that is read beside, for names: it is used where it is there. */
export interface JoinedTable {
  table: string;
  /** The condition, with `t` for the table that is read and `j` for this one. */
  on: string;
  /** Its columns, and the names that they get. */
  columns: Readonly<Record<string, string>>;
}

export interface Product {
  label: string;
  /** The source of the facts about its tables. */
  source: string;
  /** The variables that hold the keys of its encrypted columns. */
  keys: readonly string[];
  /** The tables that are read, with columns by which a file without names is recognised. */
  tables: Readonly<Record<string, { columns: readonly string[]; joined?: readonly JoinedTable[] }>>;
  /** One sentence: what it does about the ends of these tokens. */
  renewal: string;
  read(row: OldRow, keys: OldKeys): OldToken[];
  /**
   * The columns of a row with other tokens in them, by the last part of their paths. What was encrypted is encrypted.
   *
   * @throws StaysEncrypted where a key is missing
   */
  put(row: OldRow, tokens: ReadonlyMap<string, ReturnedToken>, keys: OldKeys, random: Random): ColumnValues;
}

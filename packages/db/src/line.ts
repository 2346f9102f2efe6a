// A line is one way to ask a database: the reading side, or the inside of one change. Kysely is put on top of a line,
// and compiled questions (compiled.ts) go down it directly.
import { UnstorableValue } from './database.ts';
import { DefaultQueryExecutor, Kysely, Transaction } from 'kysely';
import type {
  CompiledQuery,
  DatabaseConnection,
  Dialect,
  DialectAdapter,
  Driver,
  QueryCompiler,
  QueryResult,
} from 'kysely';

export interface SqlResult {
  readonly rows: unknown[];
  /** The number of rows that were written; undefined for statements that return rows. */
  readonly changed: number | undefined;
}

export interface SqlConnection {
  /** `name` is given for questions asked often: the database may keep their plan. */
  ask(sql: string, values: readonly unknown[], name?: string): Promise<SqlResult>;
}

/** The parts that Kysely must know of one kind of database. */
export type SqlDialect = Pick<Dialect, 'createAdapter' | 'createIntrospector' | 'createQueryCompiler'>;

const lines = new WeakMap<object, SqlConnection>();

/** The line under a Kysely that was made here. */
export function lineOf(db: object): SqlConnection {
  const line = lines.get(db);
  if (line === undefined) throw new TypeError('Ask through database.read or the tx of a change.');
  return line;
}

const QUERIES = new Set(['SelectQueryNode', 'RawNode']);

/**
 * Lets only such values through to a database as both of them can hold: anything else would be stored as something else
 * by one driver and refused by the other. @throws TypeError for a mistake of the code, UnstorableValue for text or a
 * number
 */
export function checkValues(values: readonly unknown[]): void {
  for (const value of values) {
    if (value === undefined || typeof value === 'boolean')
      throw new TypeError(`A value that is ${value} cannot be stored: give null, or 0 and 1.`);
    if (
      typeof value === 'string'
        ? value.includes('\0') || !value.isWellFormed()
        : typeof value === 'number' && !Number.isSafeInteger(value)
    )
      throw new UnstorableValue();
  }
}

class LineConnection implements DatabaseConnection {
  readonly #line: SqlConnection;
  readonly #mayWrite: boolean;

  constructor(line: SqlConnection, mayWrite: boolean) {
    this.#line = line;
    this.#mayWrite = mayWrite;
  }

  async executeQuery<R>(compiled: CompiledQuery): Promise<QueryResult<R>> {
    if (!this.#mayWrite && !QUERIES.has(compiled.query.kind))
      throw new TypeError('database.read only reads: write in a change, through its tx.');
    checkValues(compiled.parameters);
    const { rows, changed } = await this.#line.ask(compiled.sql, compiled.parameters);
    return changed === undefined ? { rows: rows as R[] } : { rows: rows as R[], numAffectedRows: BigInt(changed) };
  }

  // Rows are few (pages of at most some hundred), so they come in one piece.
  async *streamQuery<R>(compiled: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    yield await this.executeQuery<R>(compiled);
  }
}

const throughAct = async (): Promise<never> => {
  throw new TypeError('Transactions are begun by database.act only.');
};

function dialectOn(language: SqlDialect, connection: DatabaseConnection): Dialect {
  const driver: Driver = {
    init: async () => {},
    acquireConnection: async () => connection,
    releaseConnection: async () => {},
    beginTransaction: throughAct,
    commitTransaction: throughAct,
    rollbackTransaction: throughAct,
    // The database is closed by its owner, not through Kysely.
    destroy: async () => {},
  };
  return {
    createDriver: () => driver,
    createAdapter: () => language.createAdapter(),
    createQueryCompiler: () => language.createQueryCompiler(),
    createIntrospector: (db) => language.createIntrospector(db),
  };
}

/** A Kysely that reads through `line`. */
export function reader<S>(language: SqlDialect, line: SqlConnection): Kysely<S> {
  const db = new Kysely<S>({ dialect: dialectOn(language, new LineConnection(line, false)) });
  lines.set(db, line);
  return db;
}

/** Makes the Kysely of one change after another; what is alike in all of them is made once. */
export function transactions<S>(language: SqlDialect): (line: SqlConnection) => Kysely<S> {
  const compiler: QueryCompiler = language.createQueryCompiler();
  const adapter: DialectAdapter = language.createAdapter();
  // A transaction asks through its executor only; its dialect is for what does not ask.
  const dialect = dialectOn(language, new LineConnection({ ask: throughAct }, false));
  const alike = { config: { dialect }, driver: dialect.createDriver(), dialect };
  return (line) => {
    const connection = new LineConnection(line, true);
    const executor = new DefaultQueryExecutor(compiler, adapter, {
      provideConnection: (consumer) => consumer(connection),
    });
    const tx = new Transaction<S>({ ...alike, executor });
    lines.set(tx, line);
    return tx;
  };
}

// Prepared queries save time: Kysely builds each once, and it is run many times without Kysely. What differs from run
// to run is written as a property of `params`:
//   const personById = compiled(database, (db, params: { id: string }) => db.selectFrom('people').selectAll().where('id', '=', params.id));
//   const person = await personById.first({ id: '100' });
import type { Compilable, Kysely, QueryExecutorProvider } from 'kysely';
import type { Database } from './database.ts';
import { checkValues, lineOf } from './line.ts';
import type { SqlConnection, SqlResult } from './line.ts';

/** One query or statement, ready to be run. Without `tx` it goes to `database.read`. */
export interface PreparedQuery<S, Params extends object, Row> {
  all(params: Params, tx?: Kysely<S>): Promise<Row[]>;
  first(params: Params, tx?: Kysely<S>): Promise<Row | undefined>;
  /** Runs a statement that writes, and gives the number of rows written. */
  run(params: Params, tx: Kysely<S>): Promise<number>;
}

/**
 * A query of a module that is handed its Kysely with each call: it is compiled at the first use for each kind of
 * database.
 */
export interface SharedPreparedQuery<Q extends QueryExecutorProvider, Params extends object, Row> {
  all(q: Q, params: Params): Promise<Row[]>;
  first(q: Q, params: Params): Promise<Row | undefined>;
  /** Runs a statement that writes, and gives the number of rows written. `q` must be the `tx` of a change. */
  run(q: Q, params: Params): Promise<number>;
}

/** Declares a query of a module, e.g. `const byId = prepare((db, params: { id: string }) => db.selectFrom(…))`. */
export function prepare<Q extends QueryExecutorProvider, Params extends object, Row>(
  build: (db: Q, params: Params) => Compilable<Row>,
): SharedPreparedQuery<Q, Params, Row> {
  const plans = new Map<unknown, CompiledQuery>();
  const ask = (q: Q, params: Params): Promise<SqlResult> => {
    const kind = q.getExecutor().adapter.constructor;
    let plan = plans.get(kind);
    if (plan === undefined) {
      plan = planOf(build, q);
      plans.set(kind, plan);
    }
    return lineOf(q).ask(plan.sql, valuesOf(plan, params), plan.name);
  };
  return {
    all: async (q, params) => (await ask(q, params)).rows as Row[],
    first: async (q, params) => (await ask(q, params)).rows[0] as Row | undefined,
    run: async (q, params) => (await ask(q, params)).changed ?? 0,
  };
}

/** Stands where a value will be bound. */
class Placeholder {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/**
 * Compiles what `build` makes, once. The text of the statement is fixed then: `params` may stand for single values
 * only, not for lists, names of columns or parts of the statement.
 */
export function compiled<S, Params extends object, Row>(
  database: Database<S>,
  build: (db: Kysely<S>, params: Params) => Compilable<Row>,
): PreparedQuery<S, Params, Row> {
  const plan = planOf(build, database.read);
  const reading = lineOf(database.read);
  const ask = (line: SqlConnection, params: Params): Promise<SqlResult> =>
    line.ask(plan.sql, valuesOf(plan, params), plan.name);
  return {
    all: async (params, tx) => (await ask(tx === undefined ? reading : lineOf(tx), params)).rows as Row[],
    first: async (params, tx) =>
      (await ask(tx === undefined ? reading : lineOf(tx), params)).rows[0] as Row | undefined,
    run: async (params, tx) => (await ask(lineOf(tx), params)).changed ?? 0,
  };
}

interface CompiledQuery {
  sql: string;
  name: string;
  parameters: readonly unknown[];
}

function planOf<Q, Params extends object, Row>(build: (db: Q, params: Params) => Compilable<Row>, q: Q): CompiledQuery {
  const placeholders = new Proxy({}, { get: (_, name) => new Placeholder(String(name)) }) as Params;
  const { sql, parameters } = build(q, placeholders).compile();
  return { sql, name: planName(sql), parameters };
}

function valuesOf<Params extends object>({ parameters }: CompiledQuery, params: Params): unknown[] {
  const values = new Array<unknown>(parameters.length);
  for (let at = 0; at < parameters.length; at++) {
    const parameter = parameters[at];
    values[at] = parameter instanceof Placeholder ? params[parameter.name as keyof Params] : parameter;
  }
  checkValues(values);
  return values;
}

const plans = new Map<string, string>();

// The same text has the same name everywhere, so that a connection keeps one plan for it.
function planName(sql: string): string {
  let name = plans.get(sql);
  if (name === undefined) {
    name = `q${plans.size + 1}`;
    plans.set(sql, name);
  }
  return name;
}

// Questions asked often: built by Kysely once, asked many times without it. What changes from one asking to the next is
// written as a property of `given`:
//   const personById = compiled(database, (db, given: { id: string }) => db.selectFrom('people').selectAll().where('id', '=', given.id));
//   const person = await personById.first({ id: '100' });
import type { Compilable, Kysely } from 'kysely';
import type { Database } from './database.ts';
import { checkValues, lineOf } from './line.ts';
import type { SqlConnection, SqlResult } from './line.ts';

/** One question or statement, ready to be asked. Without `tx` it goes to `database.read`. */
export interface PreparedQuery<S, Given extends object, Row> {
  all(given: Given, tx?: Kysely<S>): Promise<Row[]>;
  first(given: Given, tx?: Kysely<S>): Promise<Row | undefined>;
  /** For statements that write: the number of rows written. */
  run(given: Given, tx: Kysely<S>): Promise<number>;
}

/**
 * The same for a module that is handed its Kysely with each call: compiled at the first use for each kind of database.
 */
export interface SharedPreparedQuery<S, Given extends object, Row> {
  all(q: Kysely<S>, given: Given): Promise<Row[]>;
  first(q: Kysely<S>, given: Given): Promise<Row | undefined>;
  /** For statements that write: the number of rows written. `q` must be the `tx` of a change. */
  run(q: Kysely<S>, given: Given): Promise<number>;
}

/** Declares a question of a module, e.g. `const byId = asked((db, given: { id: string }) => db.selectFrom(…))`. */
export function prepare<S, Given extends object, Row>(
  build: (db: Kysely<S>, given: Given) => Compilable<Row>,
): SharedPreparedQuery<S, Given, Row> {
  const plans = new Map<unknown, CompiledQuery>();
  const ask = (q: Kysely<S>, given: Given): Promise<SqlResult> => {
    const kind = q.getExecutor().adapter.constructor;
    let plan = plans.get(kind);
    if (plan === undefined) {
      plan = planOf(build, q);
      plans.set(kind, plan);
    }
    return lineOf(q).ask(plan.sql, valuesOf(plan, given), plan.name);
  };
  return {
    all: async (q, given) => (await ask(q, given)).rows as Row[],
    first: async (q, given) => (await ask(q, given)).rows[0] as Row | undefined,
    run: async (q, given) => (await ask(q, given)).changed ?? 0,
  };
}

/** Stands where a value will be given. */
class Placeholder {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/**
 * Compiles what `build` makes, once. The text of the statement is fixed then: `given` may stand for single values only,
 * not
 * for lists, names of columns or parts of the statement.
 */
export function compiled<S, Given extends object, Row>(
  database: Database<S>,
  build: (db: Kysely<S>, given: Given) => Compilable<Row>,
): PreparedQuery<S, Given, Row> {
  const plan = planOf(build, database.read);
  const reading = lineOf(database.read);
  const ask = (line: SqlConnection, given: Given): Promise<SqlResult> =>
    line.ask(plan.sql, valuesOf(plan, given), plan.name);
  return {
    all: async (given, tx) => (await ask(tx === undefined ? reading : lineOf(tx), given)).rows as Row[],
    first: async (given, tx) => (await ask(tx === undefined ? reading : lineOf(tx), given)).rows[0] as Row | undefined,
    run: async (given, tx) => (await ask(lineOf(tx), given)).changed ?? 0,
  };
}

interface CompiledQuery {
  sql: string;
  name: string;
  parameters: readonly unknown[];
}

function planOf<S, Given extends object, Row>(
  build: (db: Kysely<S>, given: Given) => Compilable<Row>,
  q: Kysely<S>,
): CompiledQuery {
  const placeholders = new Proxy({}, { get: (_, name) => new Placeholder(String(name)) }) as Given;
  const { sql, parameters } = build(q, placeholders).compile();
  return { sql, name: planName(sql), parameters };
}

function valuesOf<Given extends object>({ parameters }: CompiledQuery, given: Given): unknown[] {
  const values = new Array<unknown>(parameters.length);
  for (let at = 0; at < parameters.length; at++) {
    const parameter = parameters[at];
    values[at] = parameter instanceof Placeholder ? given[parameter.name as keyof Given] : parameter;
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

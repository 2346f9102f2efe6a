// Questions asked often: built by Kysely once, asked many times without it. What changes from one asking to the next is
// written as a property of `given`:
//   const personById = compiled(database, (db, given: { id: string }) => db.selectFrom('people').selectAll().where('id', '=', given.id));
//   const person = await personById.first({ id: '100' });
import type { Compilable, Kysely } from 'kysely';
import type { Database } from './database.ts';
import { checkValues, lineOf } from './line.ts';
import type { Line, Rows } from './line.ts';

/** One question or statement, ready to be asked. Without `tx` it goes to `database.read`. */
export interface Compiled<S, Given extends object, Row> {
  all(given: Given, tx?: Kysely<S>): Promise<Row[]>;
  first(given: Given, tx?: Kysely<S>): Promise<Row | undefined>;
  /** For statements that write: the number of rows written. */
  run(given: Given, tx: Kysely<S>): Promise<number>;
}

/** Stands where a value will be given. */
class Placeholder {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/**
 * Compiles what `build` makes, once. The text of the statement is fixed then: `given` may stand for single values only, not
 * for lists, names of columns or parts of the statement.
 */
export function compiled<S, Given extends object, Row>(
  database: Database<S>,
  build: (db: Kysely<S>, given: Given) => Compilable<Row>,
): Compiled<S, Given, Row> {
  const placeholders = new Proxy({}, { get: (_, name) => new Placeholder(String(name)) }) as Given;
  const { sql, parameters } = build(database.read, placeholders).compile();
  const reading = lineOf(database.read);
  const plan = planName(sql);
  const ask = async (line: Line, given: Given): Promise<Rows> => {
    const values = new Array<unknown>(parameters.length);
    for (let at = 0; at < parameters.length; at++) {
      const parameter = parameters[at];
      values[at] = parameter instanceof Placeholder ? given[parameter.name as keyof Given] : parameter;
    }
    checkValues(values);
    return line.ask(sql, values, plan);
  };
  return {
    all: async (given, tx) => (await ask(tx === undefined ? reading : lineOf(tx), given)).rows as Row[],
    first: async (given, tx) => (await ask(tx === undefined ? reading : lineOf(tx), given)).rows[0] as Row | undefined,
    run: async (given, tx) => (await ask(lineOf(tx), given)).changed ?? 0,
  };
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

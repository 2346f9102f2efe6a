// Rows of another product from its database, with names from the tables beside that are there.
import { type ForeignDatabase, type ForeignTable, quotedName, quotedTable } from '@hallpass/db';
import type { JoinedTable, OldRow, Product } from './product.ts';
import { UnreadableSource } from './unreadable-source.ts';
import { textOf } from './values.ts';

/**
 * Reads the tables of a product, one after another. Of tables in several schemas the first counts.
 *
 * @throws UnreadableSource where none of its tables is there
 */
export async function* rowsOfDatabase(database: ForeignDatabase, product: Product): AsyncGenerator<OldRow> {
  const names = Object.keys(product.tables);
  const beside = Object.values(product.tables).flatMap(({ joined = [] }) => joined.map(({ table }) => table));
  const found = await database.tables([...new Set([...names, ...beside])]);
  const read = Object.entries(product.tables).flatMap(([name, { columns, joined = [] }]) => {
    const table = found.find((one) => one.name === name && columns.every((column) => one.columns.includes(column)));
    return table === undefined ? [] : [{ table, joined }];
  });
  if (read.length === 0)
    throw new UnreadableSource(`This database has none of the tables of ${product.label}: ${names.join(', ')}.`);
  for (const { table, joined } of read)
    for await (const values of database.rows(queryOf(table, joined, found))) {
      const id = textOf(values, 'id');
      yield {
        schema: table.schema,
        table: table.name,
        where: id === undefined ? table.name : `${table.name} ${id}`,
        values,
      };
    }
}

function queryOf(table: ForeignTable, joined: readonly JoinedTable[], found: readonly ForeignTable[]): string {
  const parts = joined.flatMap(({ table: name, on, columns }, at) => {
    const known = found.find((one) => one.name === name && one.schema === table.schema);
    if (known === undefined || !Object.keys(columns).every((column) => known.columns.includes(column))) return [];
    const alias = `j${at}`;
    return [
      {
        select: Object.entries(columns).map(([column, as]) => `${alias}.${quotedName(column)} as ${quotedName(as)}`),
        join: `left join ${quotedTable(known)} ${alias} on ${on.replaceAll(/\bj\./g, `${alias}.`)}`,
      },
    ];
  });
  const select = ['t.*', ...parts.flatMap((part) => part.select)].join(', ');
  const order = table.columns.includes('id') ? ' order by t.id' : '';
  return `select ${select} from ${quotedTable(table)} t ${parts.map(({ join }) => join).join(' ')}${order}`;
}

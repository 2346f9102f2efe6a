// The products whose tables are read, and what their readers make of a row.
import { entriesOf, keysOf } from '@hallpass/protocol';
import { activepieces } from './products/activepieces.ts';
import { chatwoot } from './products/chatwoot.ts';
import { n8n } from './products/n8n.ts';
import { nango } from './products/nango.ts';
import { StaysEncrypted } from './old-ciphers.ts';
import { postiz } from './products/postiz.ts';
import type { OldKeys, OldRow, OldToken, Product } from './product.ts';
import { textOf } from './values.ts';

export const products = { nango, chatwoot, postiz, n8n, activepieces } satisfies Readonly<Record<string, Product>>;

export type ProductName = keyof typeof products;

export const productNames = keysOf(products);

/** The table of a product whose columns these are; undefined where they are of none of them. */
export function tableWith(product: Product, columns: readonly string[]): string | undefined {
  const known = new Set(columns);
  return entriesOf(product.tables).find(([, table]) => table.columns.every((column) => known.has(column)))?.[0];
}

/** The tokens in a row. A row that can't be read, and one that stays encrypted, is told with the reason. */
export function tokensIn(product: Product, row: OldRow, keys: OldKeys): OldToken[] {
  const path = [row.table, textOf(row.values, 'id') ?? row.where];
  if (row.problem !== undefined) return [{ path, problem: row.problem }];
  try {
    return product.read(row, keys);
  } catch (error) {
    if (error instanceof StaysEncrypted)
      return [{ path, name: textOf(row.values, 'name') ?? textOf(row.values, 'displayName'), problem: error.message }];
    throw error;
  }
}

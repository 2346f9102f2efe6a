// Tables of other products are read from whatever a database or program writes, also where it is hostile, long or cut off.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OldRow } from '../product.ts';
import { type ProductName, products } from '../products.ts';
import { UnreadableSource } from '../unreadable-source.ts';
import { rowsOfText } from './rows-of-text.ts';

/** A text in pieces of a size at which every sign is torn from its neighbour somewhere. */
async function* inPieces(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}

async function rowsOf(product: ProductName, text: string, size = 7): Promise<OldRow[]> {
  const rows: OldRow[] = [];
  for await (const row of rowsOfText(inPieces(text, size), products[product])) rows.push(row);
  return rows;
}

test('CSV with quotes, separators, line ends and other alphabets within its fields', async () => {
  const csv =
    '\uFEFF"id","page_id","name","page_access_token","user_access_token"\r\n' +
    '1,77,"Café ""Ü"", Öl\nand more",EAApage,EAAuser\r\n' +
    '2,78,,"",EAAuser2\r\n';
  for (const size of [1, 5, 10_000]) {
    const rows = await rowsOf('chatwoot', csv, size);
    assert.deepEqual(
      rows.map(({ table, where, values, problem }) => [
        table,
        where,
        values['name'],
        values['page_access_token'],
        problem,
      ]),
      [
        ['channel_facebook_pages', 'line 2', 'Café "Ü", Öl\nand more', 'EAApage', undefined],
        ['channel_facebook_pages', 'line 4', '', '', undefined],
      ],
    );
  }
  const [row] = await rowsOf('n8n', 'id;name;type;data\n1;a;facebookGraphApi;x');
  assert.equal(row?.values['type'], 'facebookGraphApi');
});

test('a dump of PostgreSQL: the tables of the product alone, with escapes, nulls and names in quotes', async () => {
  const dump = String.raw`--
-- PostgreSQL database dump
--
SET client_encoding = 'UTF8';
COPY public."Posts" (id, token) FROM stdin;
1	EAAnot
\.

COPY public."Integration" (id, "internalId", name, "providerIdentifier", token, "deletedAt") FROM stdin;
a1	77	Tab\there \\ and\nline	facebook	EAAtoken	\N
\.
`;
  const rows = await rowsOf('postiz', dump);
  assert.equal(rows.length, 1);
  assert.deepEqual(
    [rows[0]?.table, rows[0]?.values['name'], rows[0]?.values['deletedAt']],
    ['Integration', 'Tab\there \\ and\nline', null],
  );
  const cut = await rowsOf('postiz', dump.slice(0, dump.indexOf('EAAtoken') + 4));
  assert.deepEqual(
    cut.map(({ problem }) => problem),
    ['It has 5 of 6 columns: it was cut off.', 'The dump ends in the middle of this table: make it again.'],
  );
});

test('JSON as a list, in an object, as one row and line by line', async () => {
  const row = { id: 7, name: 'x', type: 'facebookGraphApi', data: { accessToken: 'EAA' } };
  for (const text of [
    JSON.stringify([row]),
    JSON.stringify({ data: [row] }),
    JSON.stringify(row),
    `${JSON.stringify(row)}\n${JSON.stringify(row)}\n`,
  ]) {
    const rows = await rowsOf('n8n', text);
    assert.deepEqual([rows[0]?.table, rows[0]?.values], ['credentials_entity', row]);
  }
  const [good, bad] = await rowsOf('n8n', `${JSON.stringify(row)}\n${JSON.stringify(row).slice(0, 30)}`);
  assert.deepEqual([good?.problem, bad?.problem], [undefined, "It isn't a row: it may be cut off."]);
  const [other] = await rowsOf('n8n', '[{"x":1}]');
  assert.match(other?.problem ?? '', /has no columns name, type, data/);
});

test('a text that is no table is refused as a whole, and says which columns it lacks', async () => {
  const refused = (product: ProductName, text: string, words: RegExp) =>
    assert.rejects(rowsOf(product, text), (error) => error instanceof UnreadableSource && words.test(error.message));
  await refused('chatwoot', 'a,b\n1,2\n', /page_access_token, user_access_token, page_id; or access_token/);
  await refused('n8n', '  \n', /empty/);
  await refused('nango', '[{"connection_id": "a", "provider', /may be cut off/);
});

test('VT-12: endless rows and rows that were cut off are told, and the others are read with little memory', async () => {
  async function* endless(): AsyncGenerator<string> {
    yield 'id,name,type,data\n1,a,facebookGraphApi,"';
    for (let at = 0; at < 40; at++) yield 'x'.repeat(100_000);
    yield '"\n2,b,facebookGraphApi,y\n3,c\n4,d,facebookGraphApi,"cut';
  }
  const rows: OldRow[] = [];
  for await (const row of rowsOfText(endless(), products.n8n)) rows.push(row);
  assert.deepEqual(
    rows.map(({ problem, values }) => problem ?? values['name']),
    [
      'The row is longer than 1 MiB.',
      'b',
      'It has 2 of 4 columns: it was cut off.',
      'It has 3 of 4 columns: it was cut off.',
    ],
  );
  async function* dump(): AsyncGenerator<string> {
    yield '--\n-- PostgreSQL database dump\nCOPY public.credentials_entity (id, name, type, data) FROM stdin;\n';
    for (let at = 0; at < 40; at++) yield 'x'.repeat(100_000);
    yield '\n2\tb\tt\ty\n\\.\n';
  }
  const dumped: OldRow[] = [];
  for await (const row of rowsOfText(dump(), products.n8n)) dumped.push(row);
  assert.deepEqual(
    dumped.map(({ problem, values }) => problem ?? values['name']),
    ['The row is longer than 1 MiB.', 'b'],
  );
});

// The way back: tokens of the vault as texts that another place reads. A list for anybody, what Nango's API takes, or
// statements that put them into the rows of another product that they came from.
import type { Random } from '@hallpass/protocol';
import type { ExportedToken } from '../client/answers/tokens.ts';
import { StaysEncrypted } from './old-ciphers.ts';
import type { OldKeys, OldRow, ReturnedToken } from './product.ts';
import { type ProductName, products, tokensIn } from './products.ts';
import { momentText, textOf } from './values.ts';

/** Columns of a list; `hallpass vault import` reads them. */
const columns = {
  name: ({ name }) => name,
  token: ({ token }) => token,
  kind: ({ kind }) => kind,
  app_id: ({ appId }) => appId,
  subject: ({ subject }) => subject.id ?? undefined,
  state: ({ state }) => state,
  until: ({ until }) => momentText(until) ?? undefined,
  owner: ({ ownerName }) => ownerName,
  owner_email: ({ ownerEmail }) => ownerEmail,
  language: ({ language }) => language,
  scopes: ({ wantedScopes }) => (wantedScopes.length === 0 ? undefined : wantedScopes.join(' ')),
} as const satisfies Readonly<Record<string, (one: ExportedToken) => string | undefined>>;

const listed = (one: ExportedToken): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(columns).map(([name, read]) => [name, read(one)]));

/** A field of CSV. A program for tables takes a text that begins with one of these signs for a formula. */
function csvField(text = ''): string {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

/** A list as CSV; connections without a token are in it, so that nobody is forgotten. */
export const csvOf = (tokens: readonly ExportedToken[]): string =>
  [Object.keys(columns), ...tokens.map((one) => Object.values(listed(one)))]
    .map((fields) => fields.map(csvField).join(','))
    .join('\r\n')
    .concat('\r\n');

export const jsonOf = (tokens: readonly ExportedToken[]): string => `${JSON.stringify(tokens.map(listed), null, 2)}\n`;

/**
 * Bodies for `POST /connections` of Nango, as a list. Connections that came from there keep their names; others go to
 * the integration of their service.
 */
export function nangoOf(tokens: readonly ExportedToken[]): string {
  const bodies = tokens.flatMap((one) => {
    if (one.token === undefined) return [];
    const from = sourcesIn(one, 'nango', undefined)[0];
    const [, integration = usualIntegration(one), id = one.id] = from ?? [];
    const credentials =
      one.subject.type === 'system_user'
        ? { type: 'API_KEY', apiKey: one.token }
        : { type: 'OAUTH2', access_token: one.token, expires_at: momentText(one.until) ?? undefined };
    return [{ provider_config_key: integration, connection_id: id, credentials }];
  });
  return `${JSON.stringify(bodies, null, 2)}\n`;
}

const usualIntegration = ({ kind, subject }: ExportedToken): string =>
  kind?.startsWith('instagram')
    ? 'instagram'
    : kind?.startsWith('threads')
      ? 'threads'
      : subject.type === 'system_user'
        ? 'facebook-system-user'
        : 'facebook';

/** The paths of the rows of one product that a token was taken over from. */
function sourcesIn(
  { adoptedFrom }: Pick<ExportedToken, 'adoptedFrom'>,
  product: ProductName,
  instance: string | undefined,
): string[][] {
  const place = instance === undefined ? product : `${product}@${encodeURIComponent(instance)}`;
  return adoptedFrom.flatMap((source) => {
    const [from, ...path] = source.split('/');
    return from === place ? [path.map(decodeURIComponent)] : [];
  });
}

interface ReturnOptions {
  product: ProductName;
  instance?: string | undefined;
  keys: OldKeys;
  random: Random;
}

/** One statement for a row, or the reason why there is none. */
export interface WayBack {
  where: string;
  statement?: string;
  problem?: string;
}

const literal = (value: string | null): string => (value === null ? 'NULL' : `'${value.replaceAll("'", "''")}'`);
const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/**
 * Statements of SQL that put the tokens of the vault into the rows that they came from. A row whose tokens are the same
 * needs none.
 *
 * @param rows the rows as they are in the other product now
 */
export async function* statementsFor(
  rows: AsyncIterable<OldRow>,
  tokens: readonly ExportedToken[],
  { product: name, instance, keys, random }: ReturnOptions,
): AsyncGenerator<WayBack> {
  const product = products[name];
  const returning = new Map<string, ReturnedToken>();
  for (const one of tokens)
    if (one.token !== undefined)
      for (const path of sourcesIn(one, name, instance))
        returning.set(JSON.stringify(path), { token: one.token, until: one.until });
  for await (const row of rows) {
    const parts = new Map<string, ReturnedToken>();
    for (const { path, token } of tokensIn(product, row, keys)) {
      const returned = returning.get(JSON.stringify(path));
      if (returned !== undefined && returned.token !== token) parts.set(path.at(-1) ?? '', returned);
    }
    const id = textOf(row.values, 'id');
    if (parts.size === 0 || id === undefined) continue;
    try {
      const set = Object.entries(product.put(row, parts, keys, random)).map(
        ([column, value]) => `${quoted(column)} = ${literal(value)}`,
      );
      if (set.length === 0) continue;
      const table = [row.schema, row.table].flatMap((part) => (part === undefined ? [] : [quoted(part)])).join('.');
      yield { where: row.where, statement: `UPDATE ${table} SET ${set.join(', ')} WHERE "id" = ${literal(id)};` };
    } catch (error) {
      if (!(error instanceof StaysEncrypted)) throw error;
      yield { where: row.where, problem: error.message };
    }
  }
}

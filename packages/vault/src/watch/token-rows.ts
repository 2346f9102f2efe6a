// Rows with tokens are read from what their owner has anyway: CSV, the variables of a .env file, JSON, or tokens one below
// the other. A row that can't be read says so and the others are read. No message quotes a value: it may be a token.
import { classify, isIn, keysOf, parseJson, shape } from '@hallpass/protocol';

/** Names of columns and keys, in the spellings that exports of other products use. */
const columns = {
  name: ['name', 'id', 'label', 'page', 'page_id', 'account', 'connection_id'],
  token: ['token', 'access_token', 'accesstoken', 'page_access_token', 'user_access_token', 'long_lived_token'],
  kind: ['kind'],
  app: ['app', 'app_id', 'client_id'],
  owner: ['owner', 'owner_name', 'person'],
  email: ['email', 'mail', 'owner_email', 'e-mail'],
  language: ['language', 'locale', 'lang'],
  scopes: ['scopes', 'scope', 'permissions'],
  role: ['role'],
  subject: ['subject_id'],
  adoptedFrom: ['adopted_from'],
} as const;

type Column = keyof typeof columns;

export interface TokenRow {
  /** The place in the file, for messages: `line 3`. */
  where: string;
  fields: Partial<Record<Column, string>>;
  /** It is an entry of a list of Pages, as /me/accounts answers. */
  isPage?: boolean;
  /** The reason why the row could not be read. */
  problem?: string;
}

/** The file is no list of tokens; the message says where and why. */
export class BadWatchList extends Error {
  override readonly name = 'BadWatchList';
}

const MOST_ROWS = 100_000;
/** Characters of a file. */
const LONGEST_TEXT = 64 * 1024 * 1024;

const columnOf = (written: string): Column | undefined => {
  const plain = written.trim().toLowerCase();
  return keysOf(columns).find((column) => isIn(columns[column], plain));
};

/** Splits a line of CSV; a field in quotes may hold separators, and quotes written twice. Undefined for an open quote. */
function fieldsOf(line: string, separator: string): string[] | undefined {
  // Most lines have none, and putting letters one to the other leaves a hundred times what a field takes.
  if (!line.includes('"')) return line.split(separator).map((field) => field.trim());
  const fields: string[] = [];
  let field = '';
  let quoted = false;
  for (let at = 0; at < line.length; at++) {
    const letter = line.charAt(at);
    if (quoted && letter === '"' && line.charAt(at + 1) === '"') {
      field += '"';
      at++;
    } else if (letter === '"') quoted = !quoted;
    else if (letter === separator && !quoted) {
      fields.push(field.trim());
      field = '';
    } else field += letter;
  }
  return quoted ? undefined : [...fields, field.trim()];
}

const openQuote = (where: string): string => `A quote in ${where} is never closed.`;

/** Programs for tables write other separators in some countries: the first line tells which. */
const separatorOf = (head: string): string =>
  [',', ';', '\t'].find(
    (one) => (fieldsOf(head, one) ?? []).some((name) => columnOf(name) !== undefined) && head.includes(one),
  ) ?? ',';

function readCsv(lines: readonly string[]): TokenRow[] {
  const [head = '', ...rows] = lines;
  const separator = separatorOf(head);
  const header = (fieldsOf(head, separator) ?? []).map(columnOf);
  if (!header.includes('token'))
    throw new BadWatchList(`The first line has no column for tokens: call one column token, and one name.`);
  return rows.flatMap((row, index): TokenRow[] => {
    if (row.trim() === '') return [];
    const where = `line ${index + 2}`;
    const values = fieldsOf(row, separator);
    if (values === undefined) return [{ where, fields: {}, problem: openQuote(where) }];
    const fields: TokenRow['fields'] = {};
    for (const [at, value] of values.entries()) {
      const column = header[at];
      if (column !== undefined) fields[column] ??= value;
    }
    return [{ where, fields }];
  });
}

/** Lines `NAME=value`; a `NAME` alone stands for the variable of the environment. Other variables are left out. */
function readVariables(lines: readonly string[], env: Readonly<Record<string, string | undefined>>): TokenRow[] {
  return lines.flatMap((line, index): TokenRow[] => {
    const where = `line ${index + 1}`;
    const plain = line.trim().replace(/^export\s+/, '');
    if (plain === '' || plain.startsWith('#')) return [];
    const at = plain.indexOf('=');
    const name = at < 0 ? plain : plain.slice(0, at).trim();
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
      return [{ where, fields: {}, problem: `${where} isn't a variable: write NAME=value.` }];
    if (at < 0) return [{ where: `${name}, named in ${where},`, fields: { name, token: env[name] ?? '' } }];
    const value = plain
      .slice(at + 1)
      .trim()
      .replace(/^(["'])(.*)\1$/, '$2');
    const isToken = /TOKEN/i.test(name) || classify(value).shape === 'sealed';
    return isToken ? [{ where, fields: { name, token: value } }] : [];
  });
}

const list = shape.listOf((_value): _value is unknown => true);

function readJsonRows(text: string): TokenRow[] {
  const value = parseJson(shape.either(list, shape.anyObject), text);
  if (value === undefined) throw new BadWatchList("The file looks like JSON but isn't valid.");
  // The answer of /me/accounts, as it was saved, has its rows in `data`.
  const rows = !list(value) && list(value['data']) ? value['data'] : value;
  return Object.entries(rows).map(([key, item]): TokenRow => {
    const fields: TokenRow['fields'] = list(rows) ? {} : { name: key };
    const where = list(rows) ? `entry ${Number(key) + 1}` : key;
    if (typeof item === 'string') return { where, fields: { ...fields, token: item } };
    if (!shape.anyObject(item)) return { where, fields, problem: `${where} is neither a token nor an object.` };
    for (const [written, field] of Object.entries(item)) {
      const column = columnOf(written);
      if (column !== undefined && (typeof field === 'string' || typeof field === 'number'))
        fields[column] ??= String(field);
    }
    return { where, fields, isPage: 'tasks' in item || 'category' in item };
  });
}

/** Longer than the name of a variable, and in one piece: this is how a token looks that somebody pastes. */
const isPasted = (line: string): boolean => /^[^\s=,;"]{40,}$/.test(line) || /^\d+\|[^\s=,;"]+$/.test(line);

/**
 * Reads rows with tokens; how they are written is seen by how the text begins.
 *
 * @throws BadWatchList where the text as a whole is no such list
 */
export function readTokenRows(text: string, env: Readonly<Record<string, string | undefined>> = {}): TokenRow[] {
  if (text.length > LONGEST_TEXT) throw new BadWatchList('The file is larger than 64 MiB.');
  const plain = text.replace(/^\uFEFF/, '').trimStart();
  const lines = plain.split(/\r?\n/);
  const filled = lines.filter((line) => line.trim() !== '');
  const head = lines[0] ?? '';
  let rows: TokenRow[];
  if (plain.startsWith('{') || plain.startsWith('[')) rows = readJsonRows(plain);
  else if (filled.length > 0 && filled.every((line) => isPasted(line.trim())))
    rows = filled.map((line, at) => ({ where: `line ${at + 1}`, fields: { token: line.trim() } }));
  else if ((fieldsOf(head, separatorOf(head)) ?? []).length > 1 && !/^[A-Z_]+=/.test(plain)) rows = readCsv(lines);
  else rows = columnOf(head) === 'token' ? readCsv(lines) : readVariables(lines, env);
  if (rows.length === 0) throw new BadWatchList('The file contains no tokens.');
  if (rows.length > MOST_ROWS) throw new BadWatchList(`The file contains more than ${MOST_ROWS} tokens.`);
  return rows;
}

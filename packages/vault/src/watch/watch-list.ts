// A list of tokens is read from a file that its owner has anyway: CSV, the variables of a .env file, or JSON. Nothing is
// stored, and no message quotes a value: it may be a token.
import { classify, isIn, keysOf, Secret } from '@hallpass/protocol';
import { type TokenKindName, tokenKinds } from '../kinds.ts';

export interface WatchedToken {
  name: string;
  token: Secret;
  /** The kind that it is held for: another one is told. */
  kind?: TokenKindName;
  /** The app that it is held for, by id. */
  app?: string;
}

/** The file is no list of tokens; the message says where and why. */
export class BadWatchList extends Error {
  override readonly name = 'BadWatchList';
}

const LONGEST_LIST = 100_000;

/** Names of columns and keys, in the spellings that exports of other products use. */
const columns = {
  name: ['name', 'id', 'label', 'page', 'page_id', 'account', 'connection_id'],
  token: ['token', 'access_token', 'accesstoken', 'page_access_token', 'user_access_token', 'long_lived_token'],
  kind: ['kind'],
  app: ['app', 'app_id', 'client_id'],
} as const;

type Column = keyof typeof columns;

const columnOf = (written: string): Column | undefined => {
  const plain = written.trim().toLowerCase();
  return keysOf(columns).find((column) => isIn(columns[column], plain));
};

const isKind = (text: string): text is TokenKindName => Object.hasOwn(tokenKinds, text);

/** Makes one entry of its fields. @param where the place in the file, for messages */
function entryOf(fields: Partial<Record<Column, string>>, where: string): WatchedToken {
  const { name = '', token = '', kind = '', app = '' } = fields;
  if (token === '') throw new BadWatchList(`${where} has no token.`);
  if (kind !== '' && !isKind(kind))
    throw new BadWatchList(`${where} names a kind that does not exist: write ${keysOf(tokenKinds).join(', ')}.`);
  return {
    name: name === '' ? where : name,
    token: new Secret(token),
    ...(isKind(kind) && { kind }),
    ...(app !== '' && { app }),
  };
}

/** Splits a line of CSV; a field in quotes may hold commas, and quotes written twice. */
function fieldsOf(line: string): string[] {
  const fields: string[] = [];
  let field = '';
  let quoted = false;
  for (let at = 0; at < line.length; at++) {
    const letter = line.charAt(at);
    if (quoted && letter === '"' && line.charAt(at + 1) === '"') {
      field += '"';
      at++;
    } else if (letter === '"') quoted = !quoted;
    else if (letter === ',' && !quoted) {
      fields.push(field.trim());
      field = '';
    } else field += letter;
  }
  if (quoted) throw new BadWatchList('A quote is opened in a line of the file and never closed.');
  return [...fields, field.trim()];
}

function readCsv(lines: readonly string[]): WatchedToken[] {
  const [head = '', ...rows] = lines;
  const header = fieldsOf(head).map(columnOf);
  if (!header.includes('token'))
    throw new BadWatchList(`The first line names no column of tokens: call one of them token, and one name.`);
  return rows.flatMap((row, index) => {
    if (row.trim() === '') return [];
    const fields: Partial<Record<Column, string>> = {};
    for (const [at, value] of fieldsOf(row).entries()) {
      const column = header[at];
      if (column !== undefined) fields[column] ??= value;
    }
    return entryOf(fields, `line ${index + 2}`);
  });
}

/** Lines `NAME=value`; a `NAME` alone stands for the variable of the environment. Other variables are left out. */
function readVariables(lines: readonly string[], env: Readonly<Record<string, string | undefined>>): WatchedToken[] {
  return lines.flatMap((line, index) => {
    const where = `line ${index + 1}`;
    const plain = line.trim().replace(/^export\s+/, '');
    if (plain === '' || plain.startsWith('#')) return [];
    const at = plain.indexOf('=');
    const name = at < 0 ? plain : plain.slice(0, at).trim();
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) throw new BadWatchList(`${where} is no variable: write NAME=value.`);
    if (at < 0) return entryOf({ name, token: env[name] ?? '' }, `${name}, named in ${where},`);
    const value = plain
      .slice(at + 1)
      .trim()
      .replace(/^(["'])(.*)\1$/, '$2');
    return /TOKEN/i.test(name) || classify(value).shape === 'sealed' ? entryOf({ name, token: value }, where) : [];
  });
}

function readJson(text: string): WatchedToken[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new BadWatchList('The file begins like JSON and is none.');
  }
  const listed = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return listed.map(([key, item]: [string, unknown]) => {
    const named = Array.isArray(value) ? {} : { name: key };
    const where = Array.isArray(value) ? `entry ${Number(key) + 1}` : key;
    if (typeof item === 'string') return entryOf({ ...named, token: item }, where);
    if (typeof item !== 'object' || item === null) throw new BadWatchList(`${where} is no token and no object.`);
    const fields: Partial<Record<Column, string>> = { ...named };
    for (const [written, field] of Object.entries(item)) {
      const column = columnOf(written);
      if (column !== undefined && (typeof field === 'string' || typeof field === 'number'))
        fields[column] ??= String(field);
    }
    return entryOf(fields, where);
  });
}

/**
 * Reads a list of tokens; how it is written is seen by how it begins. Names are unique afterwards.
 *
 * @throws BadWatchList
 */
export function readWatchList(text: string, env: Readonly<Record<string, string | undefined>> = {}): WatchedToken[] {
  const plain = text.replace(/^\uFEFF/, '').trimStart();
  const lines = plain.split(/\r?\n/);
  let tokens: WatchedToken[];
  if (plain.startsWith('{') || plain.startsWith('[')) tokens = readJson(plain);
  else if (fieldsOf(lines[0] ?? '').length > 1 && !/^[A-Z_]+=/.test(plain)) tokens = readCsv(lines);
  else tokens = columnOf(lines[0] ?? '') === 'token' ? readCsv(lines) : readVariables(lines, env);
  if (tokens.length === 0) throw new BadWatchList('The file holds no token.');
  if (tokens.length > LONGEST_LIST) throw new BadWatchList(`The file holds more than ${LONGEST_LIST} tokens.`);
  const taken = new Set<string>();
  return tokens.map((token) => {
    let name = token.name;
    for (let times = 2; taken.has(name); times++) name = `${token.name} (${times})`;
    taken.add(name);
    return { ...token, name };
  });
}

// The directory holds everybody and everything that a seed file describes, and by which words its parts name each
// other: id, key, e-mail address or name.
import { createHash } from 'node:crypto';
import { oncePer } from '@hallpass/protocol';
import type { Path } from './problems.ts';

export type Kind = 'people' | 'apps' | 'pages' | 'businesses' | 'system_users' | 'ad_accounts' | 'login_configurations';

export interface Entry {
  id: string;
  path: Path;
  /** The words that name it, the surest first. */
  words: { key: string; word: string }[];
}

const wordKeys: Readonly<Record<Kind, readonly string[]>> = {
  people: ['id', 'key', 'email', 'name'],
  apps: ['id', 'key', 'name'],
  pages: ['id', 'key', 'username', 'name'],
  businesses: ['id', 'key', 'name'],
  system_users: ['id', 'key', 'name'],
  ad_accounts: ['id', 'key', 'name'],
  login_configurations: ['id', 'key', 'name'],
};

export const kinds = Object.keys(wordKeys) as Kind[];
export const oneOfKind: Readonly<Record<Kind, string>> = {
  people: 'person',
  apps: 'app',
  pages: 'Page',
  businesses: 'business',
  system_users: 'system user',
  ad_accounts: 'ad account',
  login_configurations: 'configuration',
};

export type Directory = Readonly<Record<Kind, readonly Entry[]>>;

/** Lists the entries of a file that need not be right in every part. */
export function directoryOf(file: unknown): Directory {
  const world = textOf(valueOf(file, 'name')) ?? '';
  const entryOf = (kind: Kind, item: unknown, path: Path, label: string): Entry => {
    const words = wordKeys[kind].flatMap((key) => {
      const word = wordOf(key, valueOf(item, key));
      return word === undefined ? [] : [{ key, word }];
    });
    const ownId = words.find(({ key }) => key === 'id')?.word;
    return { id: ownId ?? madeUpId(`${world}/${kind}/${words[0]?.word ?? label}`), path, words };
  };
  const list = (kind: Kind): Entry[] =>
    itemsOf(valueOf(file, kind)).map((item, at) => entryOf(kind, item, [kind, at], String(at)));
  // System users stand inside their businesses, ad accounts inside their owners, configurations inside their apps; two
  // of those may use one name.
  const within = (holder: Kind, kind: 'system_users' | 'ad_accounts' | 'login_configurations'): Entry[] =>
    itemsOf(valueOf(file, holder)).flatMap((one, at) =>
      itemsOf(valueOf(one, kind)).map((item, n) => {
        const label = kind === 'ad_accounts' ? `${holder}/${at}` : String(at);
        const entry = entryOf(kind, item, [holder, at, kind, n], `${label}/${n}`);
        return textOf(valueOf(item, 'id'))
          ? entry
          : { ...entry, id: madeUpId(`${world}/${kind}/${label}/${entry.words[0]?.word ?? n}`) };
      }),
    );
  return {
    people: list('people'),
    apps: list('apps'),
    pages: list('pages'),
    businesses: list('businesses'),
    system_users: within('businesses', 'system_users'),
    ad_accounts: [...within('people', 'ad_accounts'), ...within('businesses', 'ad_accounts')],
    login_configurations: within('apps', 'login_configurations'),
  };
}

/** The entries of one kind by the sort of a word and the word: a file has as many references as entries. */
const indexOf = oncePer((entries: readonly Entry[]): ReadonlyMap<string, readonly Entry[]> => {
  const index = new Map<string, Entry[]>();
  for (const entry of entries)
    for (const { key, word } of entry.words) {
      const list = index.get(`${key} ${word}`) ?? [];
      list.push(entry);
      index.set(`${key} ${word}`, list);
    }
  return index;
});

/** All entries of a kind that `word` may mean: those of the surest sort of word first. */
export function named(directory: Directory, kind: Kind, word: string): readonly Entry[] {
  const index = indexOf(directory[kind]);
  for (const key of wordKeys[kind]) {
    const found = index.get(`${key} ${wordOf(key, word)}`);
    if (found) return found;
  }
  return [];
}

const byHolder = oncePer((entries: readonly Entry[]) => Map.groupBy(entries, ({ path }) => `${path[0]} ${path[1]}`));

/**
 * The entries of a kind that stand inside one other: the ad accounts of the third person, the system users of the first
 * business.
 */
export function heldBy(entries: readonly Entry[], holder: Kind, at: number): readonly Entry[] {
  return byHolder(entries).get(`${holder} ${at}`) ?? [];
}

/** 16 digits that are the same at every start. */
export function madeUpId(label: string): string {
  const number = BigInt(`0x${digest(label).slice(0, 13)}`) % 1_000_000_000_000_000n;
  return `1${number.toString().padStart(15, '0')}`;
}

/** 32 hex digits that are the same at every start: for worlds that never leave this machine. */
export const madeUpSecret = (label: string): string => digest(label).slice(0, 32);

const digest = (label: string): string => createHash('sha256').update(`hallpass seed/${label}`).digest('hex');

const wordOf = (key: string, value: unknown): string | undefined => {
  const word = textOf(value);
  if (key === 'id') return word?.replace(/^act_/, '');
  return key === 'email' ? word?.normalize('NFC').toLowerCase() : word;
};

export function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function valueOf(mapping: unknown, key: string): unknown {
  return mapping !== null && typeof mapping === 'object' && Object.hasOwn(mapping, key)
    ? (mapping as Record<string, unknown>)[key]
    : undefined;
}

export const itemsOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
export const keysOf = (value: unknown): readonly string[] =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? Object.keys(value) : [];

// The list of tokens for a watch: every row of it must be right, because one that is left out is one that nobody looks at.
import { keysOf, Secret } from '@hallpass/protocol';
import { isTokenKind, type TokenKindName, tokenKinds } from '../kinds.ts';
import { BadWatchList, readTokenRows, type TokenRow } from './token-rows.ts';

export { BadWatchList } from './token-rows.ts';

export interface WatchedToken {
  name: string;
  token: Secret;
  /** The kind that it is held for: another one is told. */
  kind?: TokenKindName;
  /** The app that it is held for, by id. */
  app?: string;
}

function entryOf({ where, fields, problem }: TokenRow): WatchedToken {
  if (problem !== undefined) throw new BadWatchList(problem);
  const { name = '', token = '', kind = '', app = '' } = fields;
  if (token === '') throw new BadWatchList(`${where} has no token.`);
  if (kind !== '' && !isTokenKind(kind))
    throw new BadWatchList(`${where} has an unknown kind: write ${keysOf(tokenKinds).join(', ')}.`);
  return {
    name: name === '' ? where : name,
    token: new Secret(token),
    ...(isTokenKind(kind) && { kind }),
    ...(app !== '' && { app }),
  };
}

/**
 * Reads a list of tokens; how it is written is seen by how it begins. Names are unique afterwards.
 *
 * @throws BadWatchList
 */
export function readWatchList(text: string, env: Readonly<Record<string, string | undefined>> = {}): WatchedToken[] {
  const taken = new Set<string>();
  // Many rows may have one name: counting begins where it ended, so that time grows with their number alone.
  const counts = new Map<string, number>();
  return readTokenRows(text, env).map((row) => {
    const token = entryOf(row);
    let name = token.name;
    let times = counts.get(token.name) ?? 1;
    while (taken.has(name)) name = `${token.name} (${++times})`;
    counts.set(token.name, times);
    taken.add(name);
    return { ...token, name };
  });
}

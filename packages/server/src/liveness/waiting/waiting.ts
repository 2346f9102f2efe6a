// Things that wait for somebody's answer are worth what the right of their maker is worth now: it is asked for when the
// thing is made and again when it is used, and a change that takes the right away withdraws the thing for good (threats
// PR-13). The kinds are a table, waiting-kinds.ts. Changes say by the keys of facts what they touched, so no act can
// forget it.
import { graphError } from '@hallpass/protocol';
import type { Query } from '../../store/query.ts';
import { type TouchedRights, waitingOn, type WaitingTable } from '../../store/waiting-rows.ts';
import type { AuditEvent } from '../../installation/events.ts';
import { type FactName, factKey, idsInKey, type IdsOf } from '../../store/facts/fact-key.ts';
import type { Installation } from '../../installation/installation.ts';
import { holdsRight, type MakerRight } from './maker-rights.ts';
import type { PersonId } from '../../store/ids.ts';

/** The part of a change that withdrawing needs. */
export interface Withdrawing {
  tx: Query;
  event(event: AuditEvent): void;
}

/** One kind of thing that waits. */
export interface WaitingKind<Row> {
  /** One sentence: what waits, and for whom. */
  doc: string;
  /** The table with the rows, and the columns that hold what the right hangs on. */
  rows: WaitingTable;
  find(q: Query, key: string): Promise<Row | undefined>;
  /** Platform-wide id of the maker; null where the installation made it by itself, as an operator or a seed does. */
  maker(row: Row): PersonId | null;
  /** All that the maker must hold. */
  needs(row: Row): readonly MakerRight[];
  /** Checks what else must be as it was when the thing was made. */
  unchanged?(installation: Pick<Installation, 'keys' | 'sealer' | 'world'>, q: Query, row: Row): Promise<boolean>;
  /** Ends it, with its audit line. */
  withdraw(change: Withdrawing, row: Row, now: number): Promise<void>;
}

/** True when the thing still counts, by what its maker may do now. */
export async function stands<Row>(
  installation: Pick<Installation, 'keys' | 'sealer' | 'world'>,
  q: Query,
  kind: WaitingKind<Row>,
  row: Row,
): Promise<boolean> {
  const maker = kind.maker(row);
  if (maker !== null)
    for (const right of kind.needs(row)) if (!(await holdsRight(installation, q, maker, right))) return false;
  return kind.unchanged === undefined || kind.unchanged(installation, q, row);
}

/**
 * For the change that made it: whoever lost the right at the same moment has made nothing. @throws GraphError
 * permission.denied
 */
export async function mustStand<Row>(
  installation: Pick<Installation, 'keys' | 'sealer' | 'world'>,
  tx: Query,
  kind: WaitingKind<Row>,
  row: Row,
): Promise<void> {
  if (!(await stands(installation, tx, kind, row))) throw graphError('permission.denied');
}

/** Withdraws what waits and hangs on any of these, unless its maker may still make it. */
export async function withdrawEnded<Row>(
  installation: Pick<Installation, 'keys' | 'sealer' | 'world'>,
  change: Withdrawing,
  kind: WaitingKind<Row>,
  touched: TouchedRights,
): Promise<void> {
  for (const key of await waitingOn(change.tx, kind.rows, touched)) {
    const row = await kind.find(change.tx, key);
    if (row && !(await stands(installation, change.tx, kind, row)))
      await kind.withdraw(change, row, installation.world.clock.now());
  }
}

/** Withdraws what waits and was made by this person. */
export async function withdrawAllOf<Row>(
  change: Withdrawing,
  kind: WaitingKind<Row>,
  personId: PersonId,
  now: number,
): Promise<void> {
  const none: ReadonlySet<string> = new Set();
  const touched = { people: new Set([personId]), callers: none, apps: none, businesses: none, pages: none };
  for (const key of await waitingOn(change.tx, kind.rows, touched)) {
    const row = await kind.find(change.tx, key);
    if (row) await kind.withdraw(change, row, now);
  }
}

type Touch = readonly [keyof TouchedRights, string];

/** Reads whose right a key of this fact is about; nobody's for keys of other facts. */
const right =
  <N extends FactName>(name: N, whose: (...ids: IdsOf<N>) => Touch) =>
  (key: string): Touch | undefined => {
    const ids = idsInKey(name, key);
    return ids && whose(...ids);
  };

/** The epoch of a grant moves on when the grant is taken away. */
const grantEpoch = (key: string): Touch | undefined => {
  const beginning = factKey.epoch('grant:');
  const [, personId] = key.startsWith(beginning) ? key.slice(beginning.length).split(':') : [];
  return personId === undefined ? undefined : ['callers', personId];
};

/** The facts that are about rights, by the names of the table of facts. */
const aboutRights: readonly ((key: string) => Touch | undefined)[] = [
  right('person', (person) => ['people', person]),
  right('secondFactor', (person) => ['people', person]),
  right('appRoles', (_app, person) => ['people', person]),
  right('businessRole', (_business, person) => ['people', person]),
  right('grant', (_app, person) => ['callers', person]),
  grantEpoch,
  right('app', (app) => ['apps', app]),
  right('twoFactorRule', (business) => ['businesses', business]),
  right('ownerOfPage', (page) => ['pages', page]),
];

/** Names the holders of rights that a change has touched. Most changes touch none and give undefined. */
export function rightsTouched(keys: Iterable<string>): TouchedRights | undefined {
  const touched = {
    people: new Set<string>(),
    callers: new Set<string>(),
    apps: new Set<string>(),
    businesses: new Set<string>(),
    pages: new Set<string>(),
  };
  let any = false;
  for (const key of keys)
    for (const touches of aboutRights) {
      const whose = touches(key);
      if (whose === undefined) continue;
      any = true;
      touched[whose[0]].add(whose[1]);
    }
  return any ? touched : undefined;
}

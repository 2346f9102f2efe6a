// Things that wait for somebody's answer are worth what the right of their maker is worth now: it is asked for when the
// thing is made and again when it is used, and a change that takes the right away withdraws the thing for good (threats
// PR-13). The kinds are a table, waiting-kinds.ts. Changes say by the keys of facts what they touched, so no act can
// forget it.
import { graphError } from '@hallpass/protocol';
import type { Kysely } from 'kysely';
import type { Schema } from '../../store/schema.ts';
import { type RightsTouched, waitingOn, type WaitingTable } from '../../store/waiting-rows.ts';
import type { AuditEvent } from '../../installation/events.ts';
import type { Installation } from '../../installation/installation.ts';
import { holdsRight, type MakerRight } from './maker-rights.ts';
import type { PersonId } from '../../store/ids.ts';

type Query = Kysely<Schema>;

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
  touched: RightsTouched,
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

/** Keys of facts (`factKey`) that are about rights, and whose right it is. */
const aboutRights: readonly (readonly [
  form: RegExp,
  touches: (first: string, second: string) => readonly (readonly [keyof RightsTouched, string])[],
])[] = [
  [/^person:(\d+)$/, (person) => [['people', person]]],
  [/^second_factor:(\d+)$/, (person) => [['people', person]]],
  [/^app_roles:(\d+):(\d+)$/, (_app, person) => [['people', person]]],
  [/^business_role:(\d+):(\d+)$/, (_business, person) => [['people', person]]],
  [/^(?:epoch:)?grant:(\d+):(\d+)$/, (_app, person) => [['callers', person]]],
  [/^app:(\d+)$/, (app) => [['apps', app]]],
  [/^two_factor_rule:(\d+)$/, (business) => [['businesses', business]]],
  [/^owner_of_page:(\d+)$/, (page) => [['pages', page]]],
];

/** Names the holders of rights that a change has touched. Most changes touch none and give undefined. */
export function rightsTouched(keys: Iterable<string>): RightsTouched | undefined {
  const touched = {
    people: new Set<string>(),
    callers: new Set<string>(),
    apps: new Set<string>(),
    businesses: new Set<string>(),
    pages: new Set<string>(),
  };
  let any = false;
  for (const key of keys)
    for (const [form, touches] of aboutRights) {
      const [, first = '', second = ''] = form.exec(key) ?? [];
      if (first === '') continue;
      any = true;
      for (const [kind, id] of touches(first, second)) touched[kind].add(id);
    }
  return any ? touched : undefined;
}

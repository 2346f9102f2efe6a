// Tells which connections an act would end, before somebody does it: a person changes the password, an app is removed,
// its secret is reset. Which act ends which kind of token comes from the tables of the protocol; who hangs on what, from
// what is known of the connections.
import {
  type Anchor,
  endsTogether,
  invalidations,
  isKeyOf,
  refusingStates,
  tokenKinds as protocolKinds,
} from '@hallpass/protocol';
import type { ActName } from '../client/acts.ts';
import type { WouldEnd } from '../client/answers/overview.ts';
import { kindOf } from '../kinds.ts';
import type { VaultParts } from '../parts.ts';
import { VaultRefusal } from '../refusals.ts';
import { isWorking } from '../states.ts';
import { connectionById, type ConnectionKey, type ConnectionRow } from '../store/connections.ts';
import { type Relation, relatedConnections } from '../store/related-connections.ts';
import { stateAt, viewOf } from '../connections/view.ts';

type Parts = Pick<VaultParts, 'db' | 'keys' | 'world'>;

/** Connections that are read of each relation, and shown of each list. */
const MOST_READ = 1000;
const MOST_SHOWN = 200;

/** The kinds of the protocol by `type` of debug_token. */
const kindOfType = { USER: 'user', PAGE: 'page', APP: 'app', SYSTEM_USER: 'system_user' } as const;

/** A token hangs on these; nothing where the tables of the protocol know no such token, as of an Instagram account. */
function anchorsOf({ kind }: Pick<ConnectionRow, 'kind'>): readonly Anchor[] {
  const type = kind === null ? undefined : kindOf(kind).type;
  return type === undefined ? [] : protocolKinds[kindOfType[type]].hangsOn;
}

interface Act {
  words: string;
  together: string;
  /** The act hits this; `page` where it is the Page itself. */
  hits: Anchor | 'page';
}

const whileItHolds = 'Tokens that hang on it are refused for as long as it holds, and work again afterwards.';

function actOf(name: ActName): Act {
  if (isKeyOf(invalidations, name)) {
    const { doc, hits } = invalidations[name];
    return { words: doc, together: endsTogether[hits], hits };
  }
  const { doc, of } = refusingStates[name];
  return { words: doc, together: whileItHolds, hits: of };
}

const hangsOn = (row: ConnectionRow, hits: Act['hits']): boolean =>
  hits === 'page' ? row.subject_type === 'page' : anchorsOf(row).includes(hits);

/** The person or system user behind a token. */
const personOf = ({ person_id, subject_type, subject_id }: ConnectionRow): string | null =>
  person_id ?? (subject_type === 'user' || subject_type === 'system_user' ? subject_id : null);

/** The connections that end for sure, and those of which it isn't known, each with the reason. */
interface Relations {
  sure: Relation[];
  maybe: { relation: Relation; because: string }[];
}

const otherApp = 'It has the same owner. People have another id in each app, so it can’t be told by that.';
const unknownPerson = 'It isn’t known whose log-in is behind this Page token.';
const otherLogIn = 'It is of the same person, and ends if it came from the same log-in or web session.';

function relationsOf(row: ConnectionRow, hits: Act['hits']): Relations {
  const { app_id, subject_id, owner_email } = row;
  if (hits === 'app' || hits === 'app_secret') return { sure: [{ app_id }], maybe: [] };
  if (hits === 'page') return { sure: subject_id === null ? [] : [{ page_id: subject_id }], maybe: [] };
  const person_id = personOf(row);
  if (person_id === null)
    throw new VaultRefusal('not_this_kind', {
      what: `It isn’t known which person is behind the connection ${row.id}: check it, and ask again.`,
    });
  const page_id = subject_id ?? '';
  switch (hits) {
    case 'page_role':
    case 'page_token':
      return { sure: [{ app_id, person_id, page_id }], maybe: [] };
    case 'session':
    case 'login':
      return { sure: [], maybe: [{ relation: { app_id, person_id }, because: otherLogIn }] };
    case 'grant':
      return {
        sure: [{ app_id, person_id }],
        maybe: [{ relation: { app_id, unknown_person: true }, because: unknownPerson }],
      };
    case 'user':
      return {
        sure: [{ app_id, person_id }],
        maybe: [
          { relation: { app_id, unknown_person: true }, because: unknownPerson },
          ...(owner_email === null ? [] : [{ relation: { not_app_id: app_id, owner_email }, because: otherApp }]),
        ],
      };
  }
}

/**
 * Tells which of the connections that work now an act would end, about what one connection hangs on.
 *
 * @throws VaultSealed, VaultRefusal `unknown_connection`; `not_this_kind` where the act says nothing of such a token
 */
export async function wouldEnd({ db, keys, world }: Parts, key: ConnectionKey, name: ActName): Promise<WouldEnd> {
  keys.requireOpen(key.tenant);
  const row = await connectionById(db.read, key);
  if (row === undefined) throw new VaultRefusal('unknown_connection', { id: key.id });
  const { words, together, hits } = actOf(name);
  if (!hangsOn(row, hits)) throw new VaultRefusal('not_this_kind', { what: notHit(row, words) });
  const now = world.clock.now();
  const { sure, maybe } = relationsOf(row, hits);
  let complete = true;
  const read = async (relation: Relation): Promise<ConnectionRow[]> => {
    const rows = await relatedConnections(db.read, key.tenant, relation, MOST_READ);
    complete &&= rows.length < MOST_READ;
    return rows.filter((one) => hangsOn(one, hits) && isWorking(stateAt(one, now)));
  };
  const ends = new Map<string, ConnectionRow>();
  if (isWorking(stateAt(row, now))) ends.set(row.id, row);
  for (const relation of sure) for (const one of await read(relation)) ends.set(one.id, one);
  const mayEnd = new Map<string, { row: ConnectionRow; because: string }>();
  for (const { relation, because } of maybe)
    for (const one of await read(relation)) {
      if (ends.has(one.id)) continue;
      // The person behind a Page token is known by the token that it was read with. That token need not be of the same
      // log-in: the one above may have been renewed since.
      if (relation.unknown_person && one.parent_id !== null && ends.has(one.parent_id)) ends.set(one.id, one);
      else if (!mayEnd.has(one.id)) mayEnd.set(one.id, { row: one, because });
    }
  const view = (one: ConnectionRow) => viewOf(one, now, () => undefined);
  return {
    act: { name, words, together },
    ends: [...ends.values()].slice(0, MOST_SHOWN).map(view),
    mayEnd: [...mayEnd.values()]
      .slice(0, MOST_SHOWN)
      .map(({ row: one, because }) => ({ connection: view(one), because })),
    complete: complete && ends.size <= MOST_SHOWN && mayEnd.size <= MOST_SHOWN,
  };
}

function notHit(row: ConnectionRow, words: string): string {
  const label = row.kind === null ? 'token of an unknown kind' : kindOf(row.kind).label;
  return `The connection ${row.id} holds a ${label}. No such token is known to end by this: ${words}`;
}

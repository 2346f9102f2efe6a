// A seed may name people, apps, Pages, businesses and ad accounts that a platform has already: the new things of the seed
// refer to them, and they themselves stay as they are.
import { shape } from '@hallpass/protocol';
import type { Installation } from '../installation/installation.ts';
import * as adAccounts from '../store/ads/ad-accounts.ts';
import * as apps from '../store/apps/apps.ts';
import * as businesses from '../store/businesses/businesses.ts';
import * as pages from '../store/pages/pages.ts';
import * as people from '../store/people/people.ts';
import { AdAccountId, AppId, BusinessId, PageId, PersonId } from '../store/ids.ts';
import type { WorldSeed } from './seed-world.ts';

/** The part of a seed that is new, and the things that are there already and stay as they are, in words. */
interface NewPart {
  seed: WorldSeed;
  left: string[];
}

/**
 * People are found by their e-mail address or id, everything else by its id. A grant of somebody who is there to an app
 * that is there is theirs, and stays as well.
 */
export async function newPartOf({ db: { read } }: Pick<Installation, 'db'>, seed: WorldSeed): Promise<NewPart> {
  const left: string[] = [];
  /** The id in the seed, and the one that the person has. */
  const known = new Map<string, string>();
  for (const { id, email, name } of seed.people) {
    const found =
      (email === undefined ? undefined : await people.byEmail(read, email)) ??
      (await people.byId(read, PersonId.of(id)));
    if (!found || found.state === 'deleted') continue;
    known.set(id, found.id);
    left.push(`person ${name}`);
  }
  const existing = new Set<string>();
  const look = async <Row extends { id: string }>(
    rows: readonly Row[],
    isThere: (id: string) => Promise<unknown>,
    words: (row: Row) => string,
  ): Promise<Row[]> => {
    const fresh: Row[] = [];
    for (const row of rows)
      if (await isThere(row.id)) {
        existing.add(row.id);
        left.push(words(row));
      } else fresh.push(row);
    return fresh;
  };
  const part: WorldSeed = {
    ...seed,
    people: seed.people.filter(({ id }) => !known.has(id)),
    apps: await look(
      seed.apps,
      async (id) => (await apps.exists(read, AppId.of(id))) || undefined,
      ({ name }) => `app ${name}`,
    ),
    pages: await look(
      seed.pages,
      (id) => pages.byId(read, PageId.of(id)),
      ({ name }) => `Page ${name}`,
    ),
    businesses: await look(
      seed.businesses ?? [],
      (id) => businesses.byId(read, BusinessId.of(id)),
      ({ name }) => `business ${name}`,
    ),
    adAccounts: await look(
      seed.adAccounts ?? [],
      (id) => adAccounts.byId(read, AdAccountId.of(id)),
      ({ id }) => `ad account act_${id}`,
    ),
    grants: seed.grants.filter(({ person, app }) => !(known.has(person) && existing.has(app))),
  };
  const kept = seed.grants.length - part.grants.length;
  if (kept > 0) left.push(kept === 1 ? '1 grant' : `${kept} grants`);
  return { seed: renamed(part, known), left };
}

/** The same seed with the ids that people have in place of those that it gave them. */
function renamed<Value>(value: Value, ids: ReadonlyMap<string, string>): Value {
  const rename = (one: unknown): unknown => {
    if (typeof one === 'string') return ids.get(one) ?? one;
    if (Array.isArray(one)) return one.map(rename);
    if (!shape.anyObject(one)) return one;
    return Object.fromEntries(Object.entries(one).map(([key, inner]) => [ids.get(key) ?? key, rename(inner)]));
  };
  return rename(value) as Value;
}

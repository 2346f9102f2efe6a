// These checks follow what the parts of a seed file say about each other: every reference leads to exactly one thing,
// nothing is there twice. It works on files that are wrong elsewhere too, so that all problems come out at once.
import { limitedLoginPermissions } from '@hallpass/protocol';
import {
  type Directory,
  type Entry,
  heldBy,
  itemsOf,
  keysOf,
  type Kind,
  kinds,
  named,
  oneOfKind,
  textOf,
  valueOf,
} from './directory.ts';
import { type Path, pathInWords } from './problems.ts';
import { didYouMean } from './suggest.ts';

/** So many references get a word that was probably meant: each is compared with every name there is. */
const MOST_GUESSES = 20;

export type Report = (path: Path, message: string) => void;

export function checkReferences(file: unknown, directory: Directory, report: Report): void {
  let guesses = 0;
  for (const { kind, word, path } of references(file)) {
    const found = named(directory, kind, word);
    const what = `${oneOfKind[kind]} ${JSON.stringify(word)}`;
    if (found.length === 0)
      report(path, `there is no ${what}${guesses++ < MOST_GUESSES ? didYouMean(word, wordsOf(directory, kind)) : ''}`);
    if (found.length > 1)
      report(path, `${found.length} of the ${kind} are called ${JSON.stringify(word)}: use the id or the key`);
  }
  checkTwice(directory, report);
  checkGrants(file, directory, report);
  checkBusinesses(file, directory, report);
  checkAdAccounts(file, directory, report);
  for (const [at, person] of itemsOf(valueOf(file, 'people')).entries()) {
    const own = directory.people[at]?.id;
    for (const [n, friend] of itemsOf(valueOf(person, 'friends')).entries())
      if (oneNamed(directory, 'people', friend)?.id === own)
        report(['people', at, 'friends', n], "a person can't be their own friend");
  }
}

const wordsOf = (directory: Directory, kind: Kind): string[] =>
  directory[kind].flatMap((entry) => entry.words.map(({ word }) => word));

export function oneNamed(directory: Directory, kind: Kind, word: unknown): Entry | undefined {
  const plain = textOf(word);
  return plain === undefined ? undefined : named(directory, kind, plain)[0];
}

/** Keys that name the app whose test world something is of. */
const ofApps = { people: 'test_user_of', pages: 'test_of', businesses: 'test_of' } as const;

function* references(file: unknown): Generator<{ kind: Kind; word: string; path: Path }> {
  for (const [holder, key] of Object.entries(ofApps))
    for (const [at, item] of itemsOf(valueOf(file, holder)).entries()) {
      const word = textOf(valueOf(item, key));
      if (word !== undefined) yield { kind: 'apps', word, path: [holder, at, key] };
    }
  const each = function* (kind: Kind, list: unknown, path: Path): Generator<{ kind: Kind; word: string; path: Path }> {
    for (const [at, item] of itemsOf(list).entries()) {
      const word = textOf(item);
      if (word !== undefined) yield { kind, word, path: [...path, at] };
    }
  };
  for (const [at, person] of itemsOf(valueOf(file, 'people')).entries())
    yield* each('people', valueOf(person, 'friends'), ['people', at, 'friends']);
  for (const holder of ['apps', 'pages'])
    for (const [at, item] of itemsOf(valueOf(file, holder)).entries())
      for (const word of keysOf(valueOf(item, 'roles')))
        yield { kind: 'people', word, path: [holder, at, 'roles', word] };
  for (const [at, page] of itemsOf(valueOf(file, 'pages')).entries())
    for (const word of keysOf(valueOf(page, 'subscribed_apps')))
      yield { kind: 'apps', word, path: ['pages', at, 'subscribed_apps', word] };
  for (const [at, business] of itemsOf(valueOf(file, 'businesses')).entries()) {
    const path: Path = ['businesses', at];
    for (const word of keysOf(valueOf(business, 'people')))
      yield { kind: 'people', word, path: [...path, 'people', word] };
    yield* each('pages', valueOf(business, 'pages'), [...path, 'pages']);
    for (const page of keysOf(valueOf(business, 'assigned_pages'))) {
      yield { kind: 'pages', word: page, path: [...path, 'assigned_pages', page] };
      for (const word of keysOf(valueOf(valueOf(business, 'assigned_pages'), page)))
        yield { kind: 'people', word, path: [...path, 'assigned_pages', page, word] };
    }
    for (const word of keysOf(valueOf(business, 'page_requests')))
      yield { kind: 'pages', word, path: [...path, 'page_requests', word] };
    yield* each('apps', valueOf(business, 'apps'), [...path, 'apps']);
    for (const [n, user] of itemsOf(valueOf(business, 'system_users')).entries()) {
      yield* each('apps', valueOf(user, 'apps'), [...path, 'system_users', n, 'apps']);
      for (const kind of ['pages', 'ad_accounts'] as const)
        for (const word of keysOf(valueOf(user, kind)))
          yield { kind, word, path: [...path, 'system_users', n, kind, word] };
    }
  }
  for (const { account, path } of adAccountsIn(file)) {
    for (const word of keysOf(valueOf(account, 'roles')))
      yield { kind: 'people', word, path: [...path, 'roles', word] };
    for (const word of keysOf(valueOf(account, 'agencies')))
      yield { kind: 'businesses', word, path: [...path, 'agencies', word] };
  }
  for (const holder of ['grants', 'faults'])
    for (const [at, item] of itemsOf(valueOf(file, holder)).entries())
      for (const [key, kind] of [
        ['person', 'people'],
        ['app', 'apps'],
        ['page', 'pages'],
      ] as const) {
        const word = textOf(valueOf(item, key));
        if (word !== undefined) yield { kind, word, path: [holder, at, key] };
      }
  for (const [at, grant] of itemsOf(valueOf(file, 'grants')).entries())
    yield* each('pages', valueOf(grant, 'pages'), ['grants', at, 'pages']);
}

/** Every ad account with its owner: a person or a business. */
function* adAccountsIn(
  file: unknown,
): Generator<{ account: unknown; owner: 'people' | 'businesses'; at: number; path: Path }> {
  for (const owner of ['people', 'businesses'] as const)
    for (const [at, one] of itemsOf(valueOf(file, owner)).entries())
      for (const [n, account] of itemsOf(valueOf(one, 'ad_accounts')).entries())
        yield { account, owner, at, path: [owner, at, 'ad_accounts', n] };
}

/** Tasks on the ad account of a business are for its own people, and another business works on it, not the owner. */
function checkAdAccounts(file: unknown, directory: Directory, report: Report): void {
  const ids = new Set(kinds.flatMap((kind) => directory[kind].map((entry) => entry.id)));
  for (const { account, owner, at, path } of adAccountsIn(file)) {
    for (const [n, campaign] of itemsOf(valueOf(account, 'campaigns')).entries()) {
      const id = textOf(valueOf(campaign, 'id'));
      if (id !== undefined && ids.has(id))
        report([...path, 'campaigns', n, 'id'], `${JSON.stringify(id)} is already used`);
      else if (id !== undefined) ids.add(id);
    }
    if (owner === 'people') continue;
    const people = keysOf(valueOf(itemsOf(valueOf(file, 'businesses'))[at], 'people')).map(
      (word) => oneNamed(directory, 'people', word)?.id,
    );
    for (const word of keysOf(valueOf(account, 'roles'))) {
      const person = oneNamed(directory, 'people', word);
      if (person && !people.includes(person.id)) report([...path, 'roles', word], `${word} isn't in the business`);
    }
    for (const word of keysOf(valueOf(account, 'agencies')))
      if (oneNamed(directory, 'businesses', word)?.id === directory.businesses[at]?.id)
        report([...path, 'agencies', word], 'the business owns the ad account');
  }
}

/** An id stands for one thing in the whole world; keys, e-mail addresses and user names for one of their kind. */
function checkTwice(directory: Directory, report: Report): void {
  const seen = new Map<string, Path>();
  for (const kind of kinds)
    for (const entry of directory[kind]) {
      const unique = [
        ...entry.words
          .filter(({ key }) => key !== 'id' && key !== 'name')
          .map(({ key, word }) => ({ mark: `${kind} ${key} ${word}`, key, word })),
      ];
      for (const { mark, key, word } of [{ mark: `id ${entry.id}`, key: 'id', word: entry.id }, ...unique]) {
        const before = seen.get(mark);
        if (before)
          report(
            [...entry.path, key],
            `${JSON.stringify(word)} is also the ${key === 'email' ? 'e-mail address' : key} of ${pathInWords(before)}`,
          );
        else seen.set(mark, entry.path);
      }
    }
}

/** A Page or an app belongs to one business; what is assigned or installed belongs to the same one. */
function checkBusinesses(file: unknown, directory: Directory, report: Report): void {
  const owners = new Map<string, Path>();
  for (const [at, business] of itemsOf(valueOf(file, 'businesses')).entries()) {
    const own = new Set<string>();
    for (const kind of ['pages', 'apps'] as const)
      for (const [n, word] of itemsOf(valueOf(business, kind)).entries()) {
        const found = oneNamed(directory, kind, word);
        if (!found) continue;
        const before = owners.get(found.id);
        if (before)
          report(['businesses', at, kind, n], `${String(word)} belongs to ${before[0]}[${before[1]}] already`);
        else owners.set(found.id, ['businesses', at]);
        own.add(found.id);
      }
    for (const entry of heldBy(directory.ad_accounts, 'businesses', at)) own.add(entry.id);
    for (const [n, user] of itemsOf(valueOf(business, 'system_users')).entries()) {
      const used = [
        ...itemsOf(valueOf(user, 'apps')).map((word, m) => ({
          kind: 'apps' as const,
          word,
          last: m as number | string,
        })),
        ...(['pages', 'ad_accounts'] as const).flatMap((kind) =>
          keysOf(valueOf(user, kind)).map((word) => ({ kind, word, last: word as number | string })),
        ),
      ];
      for (const { kind, word, last } of used) {
        const found = oneNamed(directory, kind, word);
        if (found && !own.has(found.id))
          report(['businesses', at, 'system_users', n, kind, last], `${String(word)} doesn't belong to the business`);
      }
    }
  }
  for (const [at, business] of itemsOf(valueOf(file, 'businesses')).entries())
    for (const word of keysOf(valueOf(business, 'page_requests'))) {
      const page = oneNamed(directory, 'pages', word);
      const owner = page && owners.get(page.id);
      if (page && (!owner || owner[1] === at))
        report(
          ['businesses', at, 'page_requests', word],
          `${word} ${owner ? 'belongs to the business itself' : 'belongs to no business that could answer'}`,
        );
    }
}

function checkGrants(file: unknown, directory: Directory, report: Report): void {
  const seen = new Set<string>();
  for (const [at, grant] of itemsOf(valueOf(file, 'grants')).entries()) {
    const person = oneNamed(directory, 'people', valueOf(grant, 'person'));
    const app = oneNamed(directory, 'apps', valueOf(grant, 'app'));
    const limited = valueOf(grant, 'limited') === true;
    if (person && app) {
      const key = `${person.id} ${app.id} ${limited}`;
      if (seen.has(key)) report(['grants', at], 'this person and app already have a grant: combine both');
      seen.add(key);
    }
    if (limited)
      for (const [n, name] of itemsOf(valueOf(grant, 'permissions')).entries())
        if (!(limitedLoginPermissions as ReadonlySet<unknown>).has(name))
          report(['grants', at, 'permissions', n], `Limited Login can't ask for ${String(name)}`);
    const granted = itemsOf(valueOf(grant, 'permissions'));
    for (const [n, name] of itemsOf(valueOf(grant, 'declined')).entries()) {
      if (name === 'public_profile') report(['grants', at, 'declined', n], "public_profile can't be declined");
      else if (granted.includes(name))
        report(['grants', at, 'declined', n], `${String(name)} is both granted and declined`);
    }
  }
}

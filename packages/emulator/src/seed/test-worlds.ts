// Test users have to do with nothing but what is of their app: a file that says otherwise plants what no call could
// make.
import { type Directory, itemsOf, keysOf, type Kind, textOf, valueOf } from './directory.ts';
import { oneNamed, type Report } from './references.ts';

const homes = { people: 'test_user_of', pages: 'test_of', businesses: 'test_of' } as const;

type WorldMember = keyof typeof homes;

/** Reports friends, roles and Pages that would bring two worlds together. */
export function checkTestWorlds(file: unknown, directory: Directory, report: Report): void {
  const worldAt = (kind: WorldMember, at: number): string | undefined => {
    const word = textOf(valueOf(itemsOf(valueOf(file, kind))[at], homes[kind]));
    return word === undefined ? undefined : oneNamed(directory, 'apps', word)?.id;
  };
  const meet = (
    kind: WorldMember,
    at: number,
    key: string,
    other: Extract<Kind, WorldMember>,
    words: readonly unknown[],
  ): void => {
    for (const [n, word] of words.entries()) {
      const found = oneNamed(directory, other, word);
      const there = found?.path[1];
      if (typeof there !== 'number' || worldAt(kind, at) === worldAt(other, there)) continue;
      const last = Array.isArray(valueOf(itemsOf(valueOf(file, kind))[at], key)) ? n : String(word);
      report(
        [kind, at, key, last],
        'test users, and the Pages and businesses of test users, have to do with those of the same app only',
      );
    }
  };
  for (const [at, person] of itemsOf(valueOf(file, 'people')).entries())
    meet('people', at, 'friends', 'people', itemsOf(valueOf(person, 'friends')));
  for (const [at, page] of itemsOf(valueOf(file, 'pages')).entries())
    meet('pages', at, 'roles', 'people', keysOf(valueOf(page, 'roles')));
  for (const [at, business] of itemsOf(valueOf(file, 'businesses')).entries()) {
    meet('businesses', at, 'people', 'people', keysOf(valueOf(business, 'people')));
    meet('businesses', at, 'pages', 'pages', itemsOf(valueOf(business, 'pages')));
    meet('businesses', at, 'page_requests', 'pages', keysOf(valueOf(business, 'page_requests')));
  }
}

// In these worlds Dan has the Pages that a document prints, so that its sample answers can be compared value by value.
import type { SeedPage, WorldSeed } from '@hallpass/server/testing';
import { people, world } from './cast.ts';

type Roles = NonNullable<SeedPage['roles']>;
type Tasks = Roles[number]['tasks'];

/** The cast, where Dan has these Pages besides. */
export const worldWithPages = (pages: readonly SeedPage[]): WorldSeed => ({
  ...world,
  pages: [...world.pages, ...pages],
});

const ofDan = (tasks: Tasks): Roles => [{ person: people.dan.id, tasks }];

/**
 * "Ash Cat Page" and "Unofficial: Tigger the Cat", with their ids, categories and tasks; the tasks are given in another
 * order than the printed one.
 */
export const catPages: readonly SeedPage[] = [
  {
    id: '1353269864728879',
    name: 'Ash Cat Page',
    category: 'Brand',
    categories: [{ id: '1605186416478696', name: 'Brand' }],
    roles: ofDan(['MANAGE', 'MODERATE', 'ADVERTISE', 'CREATE_CONTENT', 'ANALYZE']),
  },
  {
    id: '1755847768034402',
    name: 'Unofficial: Tigger the Cat',
    category: 'Pet Groomer',
    categories: [
      { id: '163003840417682', name: 'Pet Groomer' },
      { id: '2632', name: 'Pet' },
    ],
    roles: ofDan(['CREATE_CONTENT', 'ANALYZE', 'MODERATE', 'ADVERTISE']),
  },
];

/** "Facebook Page 1" to "Facebook Page 3". */
export const numberedPages: readonly SeedPage[] = [1, 2, 3].map((number) => ({
  id: `35000000000010${number}`,
  name: `Facebook Page ${number}`,
  category: 'Brand',
  categories: [{ id: '1605186416478696', name: 'Brand' }],
  roles: ofDan(['MANAGE']),
}));

// In this world one person has a hundred Pages with posts, and the requests ask for as much of it as they can.
import type { WorldSeed } from '../../src/entries/testing.ts';
import { cast, seed } from '../world.ts';

const { ana, shop } = cast;
export const PAGES = 100;
export const POSTS = 100;

export const pageIds: readonly string[] = Array.from({ length: PAGES }, (_, i) => String(700_000 + i));

export const wideSeed: WorldSeed = {
  ...seed,
  pages: [
    ...seed.pages,
    ...pageIds.map((id) => ({
      id,
      name: `Page ${id}`,
      category: 'Shop',
      roles: [
        {
          person: ana.id,
          tasks: ['MANAGE', 'CREATE_CONTENT', 'MODERATE', 'MESSAGING', 'ADVERTISE', 'ANALYZE'] as const,
        },
      ],
    })),
  ],
} as WorldSeed;

export const widePermissions = [
  'pages_show_list',
  'pages_read_engagement',
  'pages_manage_posts',
  'pages_manage_metadata',
  'read_insights',
  'user_friends',
  'email',
];

export interface Heavy {
  name: string;
  /** True when it asks for more than a request may cost. */
  refused: boolean;
  method?: 'GET' | 'POST';
  path: string;
  /** The kind of token that it is asked with; that of the person by default. */
  as?: 'page';
  /** Query, or body of a POST. */
  params: Record<string, unknown>;
}

const batchOf = (items: readonly object[]): Heavy['params'] => ({ batch: items });
const repeated = (text: string, length: number): string =>
  text.repeat(Math.ceil(length / text.length)).slice(0, length);
const body = (text: string) => ({ method: 'POST', relative_url: 'me', body: text });

/** Requests that ask for as much as a request can; `token` is that of a person with many Pages. */
export function heavyRequests(): Heavy[] {
  const many = pageIds.slice(0, 50).join(',');
  const names = Array.from({ length: 950 }, () => 'id').join(',');
  const aliases = Array.from({ length: 900 }, (_, i) => `message.as(a${i})`).join(',');
  const left = Array.from({ length: 900 }, (_, i) => `access_token.as(a${i})`).join(',');
  const unknown = Array.from({ length: 50 }, (_, i) => String(9_000_000 + i)).join(',');
  const named = { name: 'a', relative_url: `?ids=${many}&metadata=1` };
  const pathsFor = (path: string): object[] => [
    named,
    ...Array.from({ length: 14 }, () => body(`x=${repeated(`{result=a:${path}}`, 64_000)}`)),
  ];
  return [
    {
      name: 'references that walk a whole answer and find nothing',
      refused: true,
      method: 'POST',
      path: '/',
      params: batchOf(pathsFor('$..z')),
    },
    {
      name: 'references that walk it again and again',
      refused: true,
      method: 'POST',
      path: '/',
      params: batchOf(pathsFor('$.*.*.*.*..z')),
    },
    { name: 'references to all of it', refused: true, method: 'POST', path: '/', params: batchOf(pathsFor('$')) },
    {
      name: 'references of many descents',
      refused: true,
      method: 'POST',
      path: '/',
      params: batchOf(pathsFor(`$${'..fields'.repeat(20)}`)),
    },
    {
      name: 'broken references',
      refused: false,
      method: 'POST',
      path: '/',
      params: batchOf(Array.from({ length: 15 }, () => body(repeated('{result=:$:$:$', 64_000)))),
    },
    {
      name: 'encoded broken references',
      refused: false,
      method: 'POST',
      path: '/',
      params: batchOf(Array.from({ length: 15 }, () => body(repeated('%7Bresult%3D%3A$', 64_000)))),
    },
    {
      name: 'a list of lists of long rows',
      refused: true,
      path: '/me',
      params: { fields: `accounts.limit(100){feed.limit(100){${names}}}` },
    },
    {
      name: 'a list of lists, each message under many names',
      refused: true,
      path: '/me',
      params: { fields: `accounts.limit(100){feed.limit(100){${aliases}}}` },
    },
    {
      name: 'fields that are left out of many rows',
      refused: true,
      path: '/me',
      params: { fields: `accounts.limit(100){${left}}`, debug: 'all' },
    },
    {
      name: 'lists under many names',
      refused: true,
      path: '/me',
      params: { fields: Array.from({ length: 490 }, (_, i) => `accounts.as(a${i}).limit(100){id}`).join(',') },
    },
    {
      name: 'long links of many lists',
      refused: true,
      path: '/me',
      params: { fields: `accounts.limit(100){feed.limit(1){${names}},posts.limit(1){id}}` },
    },
    {
      name: 'four lists of each of a hundred Pages',
      refused: false,
      path: '/me',
      params: {
        fields:
          'accounts.limit(100){id,name,feed{id,message},posts{id,message},published_posts{id,message},roles{name,tasks}}',
      },
    },
    {
      name: 'many ids with descriptions, fifty times',
      refused: true,
      method: 'POST',
      path: '/',
      params: batchOf(Array.from({ length: 50 }, () => ({ relative_url: `?ids=${many}&metadata=1` }))),
    },
    {
      name: 'many unknown ids, fifty times',
      refused: false,
      method: 'POST',
      path: '/',
      params: batchOf(Array.from({ length: 50 }, () => ({ relative_url: `?ids=${unknown}` }))),
    },
    {
      name: 'the same wide read fifty times',
      refused: true,
      method: 'POST',
      path: '/',
      params: batchOf(
        Array.from({ length: 50 }, () => ({
          relative_url: 'me?fields=accounts.limit(100){id,name,access_token,feed.limit(100)}',
        })),
      ),
    },
    {
      name: 'figures of many names',
      refused: true,
      as: 'page',
      path: `/${pageIds[0]}/insights`,
      params: { metric: Array.from({ length: 900 }, (_, i) => `m${i}`).join(','), date_preset: 'last_90d' },
    },
    {
      name: 'figures of many posts',
      refused: false,
      as: 'page',
      method: 'POST',
      path: '/',
      params: batchOf(
        Array.from({ length: 50 }, () => ({
          relative_url: `${pageIds[0]}/insights?metric=page_posts_impressions,page_post_engagements&date_preset=last_90d`,
        })),
      ),
    },
    {
      name: 'test users with passwords',
      refused: true,
      method: 'POST',
      path: '/',
      params: {
        ...batchOf(
          Array.from({ length: 50 }, () => ({ method: 'POST', relative_url: `${shop.id}/accounts/test-users` })),
        ),
        access_token: `${shop.id}|${shop.secret}`,
      },
    },
    {
      name: 'fifty tokens, each inspected',
      refused: false,
      method: 'POST',
      path: '/',
      params: batchOf(
        Array.from({ length: 50 }, () => ({ relative_url: `debug_token?input_token=${shop.id}%7C${shop.secret}` })),
      ),
    },
    {
      name: 'parameters that nobody reads',
      refused: false,
      method: 'POST',
      path: '/me',
      params: Object.fromEntries(Array.from({ length: 990 }, (_, i) => [`p${i}[a][b]`, 'x'.repeat(1000)])),
    },
  ];
}

// These queries are about posts of Pages. Rows go with the post, and with its Page (pages.ts).
import type { Selectable } from 'kysely';
import type { PostsTable } from './tables.ts';
import { insertInto } from '../facts/fact-writes.ts';
import type { ChangeTransaction, Query } from '../query.ts';
import type { AppId, PageId, PersonId } from '../ids.ts';

/** Characters. */
export const LONGEST_MESSAGE = 63_206;

export interface Post {
  id: string;
  pageId: PageId;
  message: string | null;
  link: string | null;
  published: boolean;
  publishAt: number | null;
  authorId: PersonId | null;
  appId: AppId | null;
  /** Lists leave it out; it can be read by its id. */
  hidden: boolean;
  createdAt: number;
  updatedAt: number;
}

const readPost = (row: Selectable<PostsTable>): Post => ({
  id: row.id,
  pageId: row.page_id,
  message: row.message,
  link: row.link,
  published: row.published === 1,
  publishAt: row.publish_at,
  authorId: row.author_id,
  appId: row.app_id,
  hidden: row.hidden === 1,
  createdAt: row.created_at,
  updatedAt: row.updated_at ?? row.created_at,
});

/** Shown to everybody at this moment. */
export const isOut = (post: Pick<Post, 'published' | 'publishAt'>, now: number): boolean =>
  post.published || (post.publishAt !== null && post.publishAt <= now);

export async function insert(tx: ChangeTransaction, post: Post): Promise<void> {
  await insertInto(tx, 'posts', (rows) =>
    rows.values({
      id: post.id,
      page_id: post.pageId,
      message: post.message,
      link: post.link,
      published: post.published ? 1 : 0,
      publish_at: post.publishAt,
      author_id: post.authorId,
      app_id: post.appId,
      hidden: post.hidden ? 1 : 0,
      created_at: post.createdAt,
      updated_at: post.updatedAt,
    }),
  );
}

export async function byId(q: Query, id: string): Promise<Post | undefined> {
  const row = await q.selectFrom('posts').selectAll().where('id', '=', id).executeTakeFirst();
  return row && readPost(row);
}

/** Writes what can be changed of a post. */
export async function change(q: Query, post: Post): Promise<void> {
  await q
    .updateTable('posts')
    .set({
      message: post.message,
      published: post.published ? 1 : 0,
      publish_at: post.publishAt,
      hidden: post.hidden ? 1 : 0,
      created_at: post.createdAt,
      updated_at: post.updatedAt,
    })
    .where('id', '=', post.id)
    .execute();
}

/** Removes a post with its comments and its photo. */
export async function remove(q: Query, id: string): Promise<void> {
  await q.deleteFrom('comments').where('post_id', '=', id).execute();
  await q.deleteFrom('photos').where('post_id', '=', id).execute();
  await q.deleteFrom('posts').where('id', '=', id).execute();
}

/**
 * Newest first. `after` and `before` are post ids; what is scheduled for later than `now` is left out, and hidden ones
 * unless `hidden`.
 */
export async function ofPage(
  q: Query,
  pageId: PageId,
  now: number,
  page: { after?: string; before?: string; since?: number; until?: number; hidden?: boolean; limit: number },
): Promise<Post[]> {
  const backwards = page.before !== undefined;
  let query = q
    .selectFrom('posts')
    .selectAll()
    .where('page_id', '=', pageId)
    .where((e) => e.or([e('published', '=', 1), e('publish_at', '<=', now)]))
    .limit(page.limit);
  if (!page.hidden) query = query.where('hidden', '=', 0);
  const edge = page.after ?? page.before;
  if (edge !== undefined) {
    const from = await byId(q, edge);
    if (from) {
      const side = backwards ? '>' : '<';
      query = query.where((e) => e(e.refTuple('created_at', 'id'), side, e.tuple(from.createdAt, from.id)));
    }
  }
  if (page.since !== undefined) query = query.where('created_at', '>=', page.since);
  if (page.until !== undefined) query = query.where('created_at', '<=', page.until);
  const direction = backwards ? 'asc' : 'desc';
  const rows = await query.orderBy('created_at', direction).orderBy('id', direction).execute();
  return (backwards ? rows.reverse() : rows).map(readPost);
}

/** Counts the posts that `ofPage` would go through. @param now epoch seconds */
export async function countOfPage(
  q: Query,
  pageId: PageId,
  now: number,
  span: { since?: number | undefined; until?: number | undefined; hidden?: boolean | undefined },
): Promise<number> {
  let query = q
    .selectFrom('posts')
    .select((e) => e.fn.countAll<number>().as('n'))
    .where('page_id', '=', pageId)
    .where((e) => e.or([e('published', '=', 1), e('publish_at', '<=', now)]));
  if (!span.hidden) query = query.where('hidden', '=', 0);
  if (span.since !== undefined) query = query.where('created_at', '>=', span.since);
  if (span.until !== undefined) query = query.where('created_at', '<=', span.until);
  return Number((await query.executeTakeFirstOrThrow()).n);
}

/** When the posts of a span of time were made, oldest first. */
export async function moments(q: Query, pageId: PageId, from: number, to: number): Promise<number[]> {
  const rows = await q
    .selectFrom('posts')
    .select('created_at')
    .where('page_id', '=', pageId)
    .where('published', '=', 1)
    .where('created_at', '>=', from)
    .where('created_at', '<=', to)
    .orderBy('created_at')
    .execute();
  return rows.map((row) => row.created_at);
}

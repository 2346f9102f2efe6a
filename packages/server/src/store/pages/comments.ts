// These queries are about comments of a Page under its posts. Rows go with their post (posts.ts) and with the Page
// (pages.ts).
import type { Selectable } from 'kysely';
import type { CommentsTable } from './tables.ts';
import { insertInto } from '../facts/fact-writes.ts';
import type { ChangeTransaction, Query } from '../query.ts';
import type { AppId, PageId } from '../ids.ts';

/** Characters. */
export const LONGEST_COMMENT = 8000;

export interface Comment {
  id: string;
  postId: string;
  pageId: PageId;
  message: string;
  /** Shown to nobody but those who work on the Page. */
  hidden: boolean;
  /** The app that it was written through. */
  appId: AppId | null;
  createdAt: number;
}

const readComment = (row: Selectable<CommentsTable>): Comment => ({
  id: row.id,
  postId: row.post_id,
  pageId: row.page_id,
  message: row.message,
  hidden: row.hidden === 1,
  appId: row.app_id,
  createdAt: row.created_at,
});

export async function insert(tx: ChangeTransaction, comment: Comment): Promise<void> {
  await insertInto(tx, 'comments', (rows) =>
    rows.values({
      id: comment.id,
      post_id: comment.postId,
      page_id: comment.pageId,
      message: comment.message,
      hidden: comment.hidden ? 1 : 0,
      app_id: comment.appId,
      created_at: comment.createdAt,
    }),
  );
}

export async function byId(q: Query, id: string): Promise<Comment | undefined> {
  const row = await q.selectFrom('comments').selectAll().where('id', '=', id).executeTakeFirst();
  return row && readComment(row);
}

/** Writes the text and whether it is hidden. */
export async function change(q: Query, { id, message, hidden }: Comment): Promise<void> {
  await q
    .updateTable('comments')
    .set({ message, hidden: hidden ? 1 : 0 })
    .where('id', '=', id)
    .execute();
}

export async function remove(q: Query, id: string): Promise<void> {
  await q.deleteFrom('comments').where('id', '=', id).execute();
}

/** Comments under a post, oldest first, hidden ones too. `after` and `before` are ids of comments. */
export async function ofPost(
  q: Query,
  postId: string,
  { after, before, limit }: { after?: string | undefined; before?: string | undefined; limit: number },
): Promise<Comment[]> {
  const backwards = before !== undefined;
  const edge = after ?? before;
  const from = edge === undefined ? undefined : await byId(q, edge);
  const side = backwards ? '<' : '>';
  const direction = backwards ? 'desc' : 'asc';
  const rows = await q
    .selectFrom('comments')
    .selectAll()
    .where('post_id', '=', postId)
    .$if(from !== undefined, (query) =>
      query.where((e) => e(e.refTuple('created_at', 'id'), side, e.tuple(from?.createdAt ?? 0, from?.id ?? ''))),
    )
    .orderBy('created_at', direction)
    .orderBy('id', direction)
    .limit(limit)
    .execute();
  return (backwards ? rows.reverse() : rows).map(readComment);
}

export async function newestOfPost(q: Query, postId: string): Promise<Comment | undefined> {
  const row = await q
    .selectFrom('comments')
    .selectAll()
    .where('post_id', '=', postId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && readComment(row);
}

export async function countOfPost(q: Query, postId: string): Promise<number> {
  const { n } = await q
    .selectFrom('comments')
    .select((e) => e.fn.countAll<number>().as('n'))
    .where('post_id', '=', postId)
    .executeTakeFirstOrThrow();
  return Number(n);
}

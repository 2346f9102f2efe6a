// These queries are about photos of Pages: where the picture is, what is said about it, and the post that shows it.
// Rows go with that post (posts.ts) and with the Page (pages.ts).
import type { Selectable } from 'kysely';
import type { PhotosTable } from './tables.ts';
import { insertInto } from '../facts/fact-writes.ts';
import type { ChangeTransaction, Query } from '../query.ts';
import type { AppId, PageId } from '../ids.ts';

export interface Photo {
  id: string;
  pageId: PageId;
  url: string;
  caption: string | null;
  /** Null where it was not published. */
  postId: string | null;
  appId: AppId | null;
  createdAt: number;
}

const readPhoto = (row: Selectable<PhotosTable>): Photo => ({
  id: row.id,
  pageId: row.page_id,
  url: row.url,
  caption: row.caption,
  postId: row.post_id,
  appId: row.app_id,
  createdAt: row.created_at,
});

export async function insert(tx: ChangeTransaction, photo: Photo): Promise<void> {
  await insertInto(tx, 'photos', (rows) =>
    rows.values({
      id: photo.id,
      page_id: photo.pageId,
      url: photo.url,
      caption: photo.caption,
      post_id: photo.postId,
      app_id: photo.appId,
      created_at: photo.createdAt,
    }),
  );
}

export async function byId(q: Query, id: string): Promise<Photo | undefined> {
  const row = await q.selectFrom('photos').selectAll().where('id', '=', id).executeTakeFirst();
  return row && readPhoto(row);
}

export async function remove(q: Query, id: string): Promise<void> {
  await q.deleteFrom('photos').where('id', '=', id).execute();
}

/** The photos that posts show, by the ids of the posts; one post shows one. */
export async function ofPosts(q: Query, postIds: readonly string[]): Promise<Map<string, Photo>> {
  if (postIds.length === 0) return new Map();
  const rows = await q.selectFrom('photos').selectAll().where('post_id', 'in', postIds).execute();
  return new Map(
    rows.map(readPhoto).flatMap((photo) => (photo.postId === null ? [] : [[photo.postId, photo] as const])),
  );
}

/** True when this post shows a photo. */
export async function isOfPhoto(q: Query, postId: string): Promise<boolean> {
  const row = await q.selectFrom('photos').select('id').where('post_id', '=', postId).executeTakeFirst();
  return row !== undefined;
}

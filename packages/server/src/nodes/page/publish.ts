// This module publishes as a Page, within a change: the one way a post comes into being, whether it is a text, a link
// or a photo.
import { graphError } from '@hallpass/protocol';
import { notifyFeed } from '../../callbacks/notify-page.ts';
import type { Context } from '../../graph/language/context.ts';
import type { ViewerOf } from '../../graph/authentication/viewer.ts';
import type { Change } from '../../liveness/change.ts';
import * as pages from '../../store/pages/pages.ts';
import * as photos from '../../store/pages/photos.ts';
import * as posts from '../../store/pages/posts.ts';

const MINUTE = 60;
/** For so long a post is refused after one that says the same. No document gives the time: it is ours. */
const DUPLICATE_WITHIN = 60 * MINUTE;
/**
 * An app makes so many posts on one Page in an hour, and may go on after so long when that was refused. Figures of
 * ours.
 */
export const publishingRate = { calls: 100, seconds: 60 * MINUTE, error: 'limit.feed', blockedAfter: 20 } as const;
/** Numbers of posts begin with the second they were made in and leave so much room for others of the same second. */
const PER_SECOND = 10n ** 8n;

/**
 * A number above that of the newest one, so that what was made in one second keeps its order.
 * @param newest id of the newest post or comment, `…_{number}`
 */
export function nextNumber({ installation, now }: Context, newest: string | undefined): bigint {
  const last = BigInt(newest?.split('_')[1] ?? 0);
  const first = BigInt(now) * PER_SECOND;
  const step = Buffer.from(installation.world.random.bytes(3)).readUIntBE(0, 3) + 1;
  return (last > first ? last : first) + BigInt(step);
}

interface NewPost {
  message: string | null;
  link: string | null;
  /** False keeps it from being shown, until `publishAt` where that is set. */
  published: boolean;
  /** Epoch seconds. */
  publishAt: number | null;
}

/** True when everybody would see the same text twice in a row. */
const repeats = (newest: posts.Post | undefined, now: number, { message, link }: NewPost): newest is posts.Post =>
  newest !== undefined &&
  newest.published &&
  newest.createdAt > now - DUPLICATE_WITHIN &&
  newest.message === message &&
  newest.link === link;

/**
 * Makes the post, with its photo where it shows one, and tells apps that listen.
 * @param photo the photo that the post shows
 * @returns the id of the post
 * @throws GraphError status.duplicate for the same text and link twice in a row; a photo is never the same
 */
export async function publish(
  context: Context<ViewerOf<'page'>>,
  making: Change,
  page: pages.Page,
  wanted: NewPost,
  photo?: { id: string; url: string },
): Promise<string> {
  const { viewer, now } = context;
  const { tx } = making;
  // Two posts at once come one after the other, so that each sees the newest.
  await pages.holdForChange(tx, page.id);
  const [newest] = await posts.ofPage(tx, page.id, now, { until: now, hidden: true, limit: 1 });
  if (!photo && wanted.published && repeats(newest, now, wanted) && !(await photos.isOfPhoto(tx, newest.id)))
    throw graphError('status.duplicate');
  const moment = wanted.publishAt ?? now;
  const post = {
    ...wanted,
    id: `${page.id}_${nextNumber(context, newest?.id)}`,
    pageId: page.id,
    authorId: viewer.person.id,
    appId: viewer.app.id,
    hidden: false,
    createdAt: moment,
    updatedAt: moment,
  };
  await posts.insert(tx, post);
  if (photo)
    await photos.insert(tx, {
      ...photo,
      pageId: page.id,
      caption: wanted.message,
      postId: post.id,
      appId: post.appId,
      createdAt: now,
    });
  if (wanted.published) await notifyFeed(making, page, post, 'add', now, photo);
  return post.id;
}

// What apps are told of a Page: posts and comments that it publishes, changes or deletes, as notices about the field
// `feed`. An app hears of it when it subscribed to the object `page` and was installed on this very Page
// (subscribed_apps). Source: webhooks for Pages.
import type { Change } from '../liveness/change.ts';
import type { Comment } from '../store/pages/comments.ts';
import type { Page } from '../store/pages/pages.ts';
import type { Post } from '../store/pages/posts.ts';
import * as subscriptions from '../store/apps/subscriptions.ts';
import { queueNotice } from './notify-app.ts';

type PageName = Pick<Page, 'id' | 'name'>;

/** @param photo the photo that the post shows */
export async function notifyFeed(
  making: Change,
  page: PageName,
  post: Post,
  verb: 'add' | 'edited' | 'remove',
  now: number,
  photo?: { id: string; url: string },
): Promise<void> {
  const link = photo?.url ?? post.link;
  const shown = photo ? 'photo' : post.link === null ? 'status' : 'share';
  await queueFeed(making, page, now, {
    item: verb === 'remove' ? 'post' : shown,
    post_id: post.id,
    verb,
    created_time: post.createdAt,
    ...(verb !== 'remove'
      ? {
          published: 1,
          ...(post.message === null ? {} : { message: post.message }),
          ...(link === null ? {} : { link }),
          ...(photo ? { photo_id: photo.id } : {}),
        }
      : {}),
  });
}

export async function notifyComment(
  making: Change,
  page: PageName,
  comment: Comment,
  verb: 'add' | 'edited' | 'remove' | 'hide' | 'unhide',
  now: number,
): Promise<void> {
  await queueFeed(making, page, now, {
    item: 'comment',
    post_id: comment.postId,
    comment_id: comment.id,
    parent_id: comment.postId,
    verb,
    created_time: comment.createdAt,
    ...(verb === 'remove' ? {} : { message: comment.message }),
  });
}

async function queueFeed(making: Change, page: PageName, now: number, what: Record<string, unknown>): Promise<void> {
  for (const installed of await subscriptions.onPage(making.tx, page.id)) {
    if (!installed.fields.includes('feed')) continue;
    const subscription = await subscriptions.of(making.tx, installed.appId, 'page');
    if (!subscription) continue;
    const value = { from: { id: page.id, name: page.name }, ...what };
    queueNotice(making, subscription, { id: page.id, time: now, changes: [{ field: 'feed', value }] });
  }
}

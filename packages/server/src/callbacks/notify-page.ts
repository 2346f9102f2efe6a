// These calls tell apps what happened on a Page: posts and comments that it publishes, changes or deletes, as notices
// about the field `feed`, and new values of what it says about itself, each under its own field. An app hears of it
// when it subscribed to the object `page` and was installed on this very Page (subscribed_apps), for this field in
// both. Source: webhooks for Pages.
import { isDeepStrictEqual } from 'node:util';
import type { Change } from '../liveness/change.ts';
import type { Comment } from '../store/pages/comments.ts';
import type { Page, PageProfile } from '../store/pages/pages.ts';
import type { Post } from '../store/pages/posts.ts';
import * as subscriptions from '../store/apps/subscriptions.ts';
import { type NotificationPair, queueNotice } from './notify-app.ts';
import type { PageId } from '../store/ids.ts';

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
  const value = { from: { id: page.id, name: page.name }, ...what };
  await queueForPage(making, page.id, [{ field: 'feed', value }], now);
}

/**
 * The fields of notices that values of a Page's profile belong to. There are none for `about` and `impressum` in the
 * list of fields.
 */
const profileFields = {
  bio: 'bio',
  company_overview: 'company_overview',
  description: 'description',
  emails: 'email',
  general_info: 'general_info',
  mission: 'mission',
  phone: 'phone',
  website: 'website',
} as const satisfies Partial<Record<keyof PageProfile, string>>;

/** Tells of what is new in the profile of a Page: each with its new value, which is empty where it was taken away. */
export async function notifyProfile(
  making: Change,
  pageId: PageId,
  before: Partial<PageProfile>,
  after: Partial<PageProfile>,
  now: number,
): Promise<void> {
  const changes = (Object.keys(profileFields) as (keyof typeof profileFields)[]).flatMap((name) =>
    isDeepStrictEqual(before[name], after[name]) ? [] : [{ field: profileFields[name], value: after[name] ?? '' }],
  );
  await queueForPage(making, pageId, changes, now);
}

async function queueForPage(making: Change, pageId: PageId, changes: NotificationPair[], now: number): Promise<void> {
  if (changes.length === 0) return;
  for (const installed of await subscriptions.onPage(making.tx, pageId)) {
    const wanted = changes.filter(({ field }) => installed.fields.includes(field));
    const subscription = wanted.length > 0 && (await subscriptions.of(making.tx, installed.appId, 'page'));
    if (subscription) queueNotice(making, subscription, { id: pageId, time: now, changes: wanted });
  }
}

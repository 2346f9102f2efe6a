// What apps are told of a Page: posts that it publishes, changes or deletes, as notices about the field `feed`. An app
// hears of it when it subscribed to the object `page` and was installed on this very Page (subscribed_apps). Source:
// webhooks for Pages.
import type { Change } from '../liveness/change.ts';
import type { Page } from '../store/pages/pages.ts';
import type { Post } from '../store/pages/posts.ts';
import * as subscriptions from '../store/apps/subscriptions.ts';
import { queueNotice } from './notify-app.ts';

export async function notifyFeed(
  making: Change,
  page: Pick<Page, 'id' | 'name'>,
  post: Post,
  verb: 'add' | 'edited' | 'remove',
  now: number,
): Promise<void> {
  for (const installed of await subscriptions.onPage(making.tx, page.id)) {
    if (!installed.fields.includes('feed')) continue;
    const subscription = await subscriptions.of(making.tx, installed.appId, 'page');
    if (!subscription) continue;
    const value = {
      from: { id: page.id, name: page.name },
      item: verb === 'remove' ? 'post' : post.link === null ? 'status' : 'share',
      post_id: post.id,
      verb,
      created_time: post.createdAt,
      ...(verb !== 'remove'
        ? {
            published: 1,
            ...(post.message === null ? {} : { message: post.message }),
            ...(post.link === null ? {} : { link: post.link }),
          }
        : {}),
    };
    queueNotice(making, subscription, { id: page.id, time: now, changes: [{ field: 'feed', value }] });
  }
}

// These edges change and delete a post, as the Page. Source: the page post reference, "Updating" and "Deleting"; the
// guide to posts.
import { all, permission, graphError, task, token, where } from '@hallpass/protocol';
import { checkSchedule } from '../../pages/post-schedule.ts';
import { notifyFeed } from '../../callbacks/notify-page.ts';
import { changeIn } from '../../graph/language/context.ts';
import { missing } from '../../graph/find.ts';
import { param } from '../../graph/language/params.ts';
import { type Edge, edge } from '../../graph/language/schema.ts';
import * as pages from '../../store/pages/pages.ts';
import * as posts from '../../store/pages/posts.ts';

const needs = all(
  token('page'),
  permission('pages_manage_posts'),
  permission('pages_read_engagement'),
  task('CREATE_CONTENT'),
);

interface Given {
  message: string | undefined;
  is_published: boolean | undefined;
  scheduled_publish_time: number | undefined;
  is_hidden: boolean | undefined;
}

/** The post as it is afterwards. @throws GraphError param.* for what this post cannot become */
function changed(
  post: posts.Post,
  { message, is_published, scheduled_publish_time: at, is_hidden }: Given,
  now: number,
): posts.Post {
  if (message?.includes('\0')) throw graphError('param.invalid', { name: 'message' });
  if (message === '' && post.link === null) throw graphError('param.required', { name: 'message' });
  const out = posts.isOut(post, now);
  if (out && is_published === false)
    throw graphError('param.must_be', { name: 'is_published', what: 'true: the post has been published' });
  if (at !== undefined) {
    if (out || is_published)
      throw graphError('param.must_be', {
        name: 'scheduled_publish_time',
        what: 'left out for a post that is published',
      });
    checkSchedule(at, now);
  }
  const next = {
    ...post,
    message: message === '' ? null : (message ?? post.message),
    hidden: is_hidden ?? post.hidden,
    updatedAt: now,
  };
  if (is_published && !out) return { ...next, published: true, publishAt: null, createdAt: now };
  return at === undefined ? next : { ...next, publishAt: at, createdAt: at };
}

export const postChanges: Edge<posts.Post>[] = [
  edge('POST', '', {
    doc: 'Changes a post of the Page, publishes one that was not shown yet, or moves its time.',
    needs: all(needs, where('app_made_post')),
    params: {
      message: param.text('The text.', { max: posts.LONGEST_MESSAGE, clears: true }),
      is_published: param.bool('true publishes it now.'),
      scheduled_publish_time: param.moment(
        'When it is shown, ten minutes to 180 days ahead, where it is not published yet.',
      ),
      is_hidden: param.bool('Whether lists leave it out.'),
    },
    async run(context, { id, pageId }: posts.Post, input) {
      const { now, installation } = context;
      if (Object.values(input).every((value) => value === undefined))
        throw graphError('param.required', { name: 'message' });
      const page = await installation.facts.page(pageId);
      await changeIn(context, async (making) => {
        await pages.holdForChange(making.tx, pageId);
        const before = await posts.byId(making.tx, id);
        if (!page || !before) throw missing(context, id);
        const after = changed(before, input, now);
        await posts.change(making.tx, after);
        const out = posts.isOut(before, now);
        if (after.published && !out) await notifyFeed(making, page, after, 'add', now);
        else if (out && after.message !== before.message) await notifyFeed(making, page, after, 'edited', now);
      });
      return { success: true };
    },
  }),
  edge('DELETE', '', {
    doc: 'Deletes a post of the Page.',
    needs,
    async run(context, row: posts.Post) {
      const page = await context.installation.facts.page(row.pageId);
      await changeIn(context, async (making) => {
        await posts.remove(making.tx, row.id);
        if (page && row.published) await notifyFeed(making, page, row, 'remove', context.now);
      });
      return { success: true };
    },
  }),
];

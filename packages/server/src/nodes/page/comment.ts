// This node is a comment that a Page writes under its posts. People have no timeline here, so only Pages comment.
// Sources: the comments edge of the page post reference, the comment reference.
import { graphError } from '@hallpass/protocol';
import { notifyComment } from '../../callbacks/notify-page.ts';
import { changeIn, type Context } from '../../graph/language/context.ts';
import { partOf } from '../../graph/rendering/cursors.ts';
import { missing } from '../../graph/find.ts';
import { param } from '../../graph/language/params.ts';
import { type Edge, edge, fieldsOf, listEdge, node, type PageRequest } from '../../graph/language/schema.ts';
import { nextNumber, publishingRate } from './publish.ts';
import * as comments from '../../store/pages/comments.ts';
import type { Comment } from '../../store/pages/comments.ts';
import * as pages from '../../store/pages/pages.ts';
import * as posts from '../../store/pages/posts.ts';
import type { Post } from '../../store/pages/posts.ts';
import { isoMoment } from '../shared/moment.ts';
import { engagesAsPage, readsPageContent } from '../shared/requirements.ts';
import { ofPage, pageObject, seesContent } from './page-content.ts';

const field = fieldsOf<Comment>();
const reads = readsPageContent('pages_read_engagement', 'pages_read_user_content');
const text = param.text('The text.', { max: comments.LONGEST_COMMENT });

/** @throws GraphError param.* for an empty text, and for one that no database can hold */
function checkText(message: string | undefined): asserts message is string {
  if (message === undefined || message.trim() === '') throw graphError('param.required', { name: 'message' });
  if (message.includes('\0')) throw graphError('param.invalid', { name: 'message' });
}

export const postComments: Edge<Post>[] = [
  listEdge('comments', {
    doc: 'Comments under the post, oldest first.',
    of: 'comment',
    shows: ['created_time', 'from', 'message', 'id'],
    needs: reads,
    async run({ q }: Context, post: Post, _params, at: PageRequest) {
      const read = await comments.ofPost(q, post.id, { after: at.after, before: at.before, limit: at.limit + 1 });
      return partOf(
        read,
        (comment) => comment.id,
        at,
        () => comments.countOfPost(q, post.id),
      );
    },
  }),
  edge('POST', 'comments', {
    doc: 'Comments on the post as the Page.',
    needs: engagesAsPage,
    rate: publishingRate,
    params: { message: text },
    async run(context, post: Post, { message }) {
      checkText(message);
      const { viewer, now, installation } = context;
      const page = await installation.facts.page(post.pageId);
      return changeIn(context, async (making) => {
        // The post cannot go meanwhile, and two comments at once come one after the other.
        await pages.holdForChange(making.tx, post.pageId);
        if (!page || !(await posts.byId(making.tx, post.id))) throw missing(context, post.id);
        const newest = await comments.newestOfPost(making.tx, post.id);
        const comment = {
          id: `${post.id.split('_')[1]}_${nextNumber(context, newest?.id)}`,
          postId: post.id,
          pageId: post.pageId,
          message,
          hidden: false,
          appId: viewer.app.id,
          createdAt: now,
        };
        await comments.insert(making.tx, comment);
        await notifyComment(making, page, comment, 'add', now);
        return { id: comment.id };
      });
    },
  }),
];

export const comment = node<Comment>({
  name: 'comment',
  type: 'Comment',
  doc: 'A comment of a Page under one of its posts.',
  needs: reads,
  countsTo: (row) => ({ useCase: 'pages', id: row.pageId }),
  target: ofPage,
  tables: ['comments'],
  async find(context, id) {
    const row = id.includes('_') ? await comments.byId(context.q, id) : undefined;
    const post = row && (await posts.byId(context.q, row.postId));
    if (!row || !post) return undefined;
    const isOut = posts.isOut(post, context.now) && !row.hidden;
    return (await seesContent(context, row.pageId, isOut)) ? row : undefined;
  },
  fields: {
    created_time: field.moment('When it was written.', { show: 'default', from: (c) => isoMoment(c.createdAt) }),
    from: field.object('Page', 'Who wrote it.', { show: 'default', ...pageObject }),
    message: field.text('The text.', { show: 'default', from: (c) => c.message }),
    id: field.id('The id of the comment.', { show: 'always', from: (c) => c.id }),
    is_hidden: field.bool('Whether only people who work on the Page see it.', { from: (c) => c.hidden }),
  },
  edges: [],
});

export const commentChanges: Edge<Comment>[] = [
  edge('POST', '', {
    doc: 'Changes a comment, hides it, or shows it again.',
    needs: engagesAsPage,
    params: { message: text, is_hidden: param.bool('true hides it, false shows it again.') },
    async run(context, { id, pageId }: Comment, { message, is_hidden: hidden }) {
      if (message !== undefined || hidden === undefined) checkText(message);
      const page = await context.installation.facts.page(pageId);
      await changeIn(context, async (making) => {
        await pages.holdForChange(making.tx, pageId);
        const before = await comments.byId(making.tx, id);
        if (!page || !before) throw missing(context, id);
        const after = { ...before, message: message ?? before.message, hidden: hidden ?? before.hidden };
        await comments.change(making.tx, after);
        if (after.message !== before.message) await notifyComment(making, page, after, 'edited', context.now);
        if (after.hidden !== before.hidden)
          await notifyComment(making, page, after, after.hidden ? 'hide' : 'unhide', context.now);
      });
      return { success: true };
    },
  }),
  edge('DELETE', '', {
    doc: 'Deletes a comment.',
    needs: engagesAsPage,
    async run(context, row: Comment) {
      const page = await context.installation.facts.page(row.pageId);
      await changeIn(context, async (making) => {
        await comments.remove(making.tx, row.id);
        if (page) await notifyComment(making, page, row, 'remove', context.now);
      });
      return { success: true };
    },
  }),
];

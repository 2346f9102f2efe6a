// These edges are about what a Page publishes: reading it, and posting as the Page. Sources: the feed edge of the page
// reference, "Page tasks".
import { graphError } from '@hallpass/protocol';
import { checkSchedule } from '../../pages/post-schedule.ts';
import { publish, publishingRate } from './publish.ts';
import { changeIn, type Context } from '../../graph/language/context.ts';
import { partOf } from '../../graph/rendering/cursors.ts';
import { param } from '../../graph/language/params.ts';
import { publishesAsPage, readsPageContent } from '../shared/requirements.ts';
import { type Edge, edge, listEdge, type PageRequest } from '../../graph/language/schema.ts';
import { checkWebAddress } from '../shared/web-address.ts';
import type * as pages from '../../store/pages/pages.ts';
import * as posts from '../../store/pages/posts.ts';

interface Span {
  since: number | undefined;
  until: number | undefined;
  include_hidden: boolean | undefined;
}

const reading = {
  of: 'post',
  shows: ['created_time', 'message', 'id'],
  params: {
    since: param.moment('Only posts from then on.'),
    until: param.moment('Only posts up to then.'),
    include_hidden: param.bool('Hidden posts too.'),
  },
  async run({ q, now }: Context, page: pages.Page, { since, until, include_hidden: hidden }: Span, at: PageRequest) {
    const read = await posts.ofPage(q, page.id, now, {
      since,
      until,
      hidden,
      after: at.after,
      before: at.before,
      limit: at.limit + 1,
    });
    return partOf(
      read,
      (post) => post.id,
      at,
      () => posts.countOfPage(q, page.id, now, { since, until, hidden }),
    );
  },
};

export const pageFeed: Edge<pages.Page>[] = [
  listEdge('feed', {
    doc: 'Posts of the Page, newest first.',
    ...reading,
    needs: readsPageContent('pages_read_engagement'),
  }),
  listEdge('posts', {
    doc: 'Posts the Page published itself, newest first.',
    ...reading,
    needs: readsPageContent('pages_read_user_content', 'pages_read_engagement'),
  }),
  listEdge('published_posts', {
    doc: 'Published posts of the Page, newest first.',
    ...reading,
    needs: readsPageContent('pages_read_engagement'),
  }),
  edge('POST', 'feed', {
    doc: 'Publishes as the Page, at once or at a set time.',
    needs: publishesAsPage,
    rate: publishingRate,
    refuses: ['status.duplicate'],
    params: {
      message: param.text('The text.', { max: posts.LONGEST_MESSAGE }),
      link: param.text('A web address to show; the text may then be left out.', { max: 2000 }),
      published: param.bool('false keeps it from being shown.'),
      scheduled_publish_time: param.moment('When it is shown, ten minutes to 180 days ahead; needs published=false.'),
    },
    async run(context, page: pages.Page, { message, link, published = true, scheduled_publish_time: publishAt }) {
      if (message === undefined && link === undefined) throw graphError('param.required', { name: 'message' });
      if (message?.includes('\0')) throw graphError('param.invalid', { name: 'message' });
      if (publishAt !== undefined && published)
        throw graphError('param.must_be', { name: 'published', what: 'false with scheduled_publish_time' });
      if (publishAt !== undefined) checkSchedule(publishAt, context.now);
      if (link !== undefined) checkWebAddress('link', link);
      const wanted = { message: message ?? null, link: link ?? null, published, publishAt: publishAt ?? null };
      return changeIn(context, async (making) => ({ id: await publish(context, making, page, wanted) }));
    },
  }),
];

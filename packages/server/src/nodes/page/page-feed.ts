// What a Page publishes: reading it, and posting as the Page. Sources: the feed edge of the page reference, "Page
// tasks".
import { all, permissionOr, graphError, task, tokenOr } from '@hallpass/protocol';
import { checkSchedule } from '../../pages/post-schedule.ts';
import { tellFeed } from '../../callbacks/tell-page.ts';
import { changeIn, type Context } from '../../graph/context.ts';
import { partOf } from '../../graph/cursors.ts';
import { param } from '../../graph/params.ts';
import { readsPageContent } from '../shared/requirements.ts';
import { type Edge, edge, listEdge, type PageRequest } from '../../graph/schema.ts';
import { checkWebAddress } from '../shared/web-address.ts';
import * as pages from '../../store/pages/pages.ts';
import * as posts from '../../store/pages/posts.ts';

const MINUTE = 60;
/** So long the same post is refused after itself. No document says how long it is: ours. */
const DUPLICATE_WITHIN = 60 * MINUTE;
/**
 * How many posts an app makes on one Page in an hour, and how often it may go on after that was refused. Figures of
 * ours.
 */
const POSTS = { calls: 100, seconds: 60 * MINUTE, error: 'limit.feed', blockedAfter: 20 } as const;
/** Numbers of posts begin with the second they were made in and leave so much room for others of the same second. */
const PER_SECOND = 10n ** 8n;

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

/** A number above that of the newest post, so that posts of one second keep their order. */
function nextPostId({ installation, now }: Context, pageId: string, newest: posts.Post | undefined): string {
  const last = BigInt(newest?.id.split('_')[1] ?? 0);
  const first = BigInt(now) * PER_SECOND;
  const step = Buffer.from(installation.world.random.bytes(3)).readUIntBE(0, 3) + 1;
  return `${pageId}_${(last > first ? last : first) + BigInt(step)}`;
}

/** Whether everybody would see the same twice in a row. */
const repeats = (
  newest: posts.Post | undefined,
  now: number,
  message: string | undefined,
  link: string | null,
): boolean =>
  newest !== undefined &&
  newest.published &&
  newest.createdAt > now - DUPLICATE_WITHIN &&
  newest.message === (message ?? null) &&
  newest.link === link;

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
    needs: all(
      tokenOr('permission.page_posting', 'page'),
      permissionOr('permission.page_posting', 'pages_manage_posts'),
      permissionOr('permission.object', 'pages_read_engagement'),
      task('CREATE_CONTENT'),
    ),
    rate: POSTS,
    refuses: ['status.duplicate'],
    params: {
      message: param.text('The text.', { max: posts.LONGEST_MESSAGE }),
      link: param.text('A web address to show; the text may then be left out.', { max: 2000 }),
      published: param.bool('false keeps it from being shown.'),
      scheduled_publish_time: param.moment('When it is shown, ten minutes to 180 days ahead; needs published=false.'),
    },
    async run(context, page: pages.Page, { message, link, published = true, scheduled_publish_time: publishAt }) {
      const { viewer, now } = context;
      if (message === undefined && link === undefined) throw graphError('param.required', { name: 'message' });
      if (message?.includes('\0')) throw graphError('param.invalid', { name: 'message' });
      if (publishAt !== undefined && published)
        throw graphError('param.must_be', { name: 'published', what: 'false with scheduled_publish_time' });
      if (publishAt !== undefined) checkSchedule(publishAt, now);
      if (link !== undefined) checkWebAddress('link', link);
      const shown = link ?? null;
      return changeIn(context, async (making) => {
        // Two posts at once come one after the other, so that each sees the newest.
        await pages.holdForChange(making.tx, page.id);
        const [newest] = await posts.ofPage(making.tx, page.id, now, { until: now, hidden: true, limit: 1 });
        if (published && repeats(newest, now, message, shown)) throw graphError('status.duplicate');
        const id = nextPostId(context, page.id, newest);
        const post = {
          id,
          pageId: page.id,
          message: message ?? null,
          link: shown,
          published,
          publishAt: publishAt ?? null,
          authorId: viewer.person?.id ?? null,
          appId: viewer.app?.id ?? null,
          hidden: false,
          createdAt: publishAt ?? now,
          updatedAt: publishAt ?? now,
        };
        await posts.insert(making.tx, post);
        if (published) await tellFeed(making, page, post, 'add', now);
        return { id };
      });
    },
  }),
];

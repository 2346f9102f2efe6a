// These edges are figures about a Page: those that were recorded day by day, and those that follow from what is stored.
// At most 90 days in one call. Source: the insights edge of the page reference; which figures there are beyond the
// names is ours.
import { all, DAY, graphError, keysOf, permission, task, tokenOr } from '@hallpass/protocol';
import type { Context } from '../../graph/language/context.ts';
import { isoMoment } from '../shared/moment.ts';
import { param } from '../../graph/language/params.ts';
import { paginate } from '../../graph/rendering/cursors.ts';
import { type Edge, listEdge } from '../../graph/language/schema.ts';
import * as pages from '../../store/pages/pages.ts';
import * as posts from '../../store/pages/posts.ts';

const MOST_DAYS = 90;
/** A figure can have such a name, recorded ones too. */
const metricForm = /[\w.:-]{1,100}/y;

interface Metric {
  title: string;
  doc: string;
  /** The source of the figure, if it is not recorded: as it is now, or counted. */
  from?: 'fans' | 'followers' | 'posts';
}

// biome-ignore format: it is read as a table
const metrics: Readonly<Record<string, Metric>> = {
  page_actions_post_reactions_total: { title: 'Total reactions', doc: 'Reactions to posts of the Page.' },
  page_daily_follows: { title: 'New follows', doc: 'People who began to follow the Page.' },
  page_daily_unfollows: { title: 'Unfollows', doc: 'People who stopped following the Page.' },
  page_fan_adds: { title: 'New likes', doc: 'People who began to like the Page.' },
  page_fan_removes: { title: 'Unlikes', doc: 'People who stopped liking the Page.' },
  page_fans: { title: 'Likes', doc: 'People who like the Page, as it is now.', from: 'fans' },
  page_follows: { title: 'Follows', doc: 'People who follow the Page, as it is now.', from: 'followers' },
  page_impressions: { title: 'Impressions', doc: 'How often anything of the Page was shown.' },
  page_impressions_unique: { title: 'Reach', doc: 'People to whom anything of the Page was shown.' },
  page_post_engagements: { title: 'Post engagements', doc: 'What people did with posts of the Page.' },
  page_posts: { title: 'Posts', doc: 'Posts the Page published.', from: 'posts' },
  page_posts_impressions: { title: 'Post impressions', doc: 'How often posts of the Page were shown.' },
  page_video_views: { title: 'Video views', doc: 'How often videos of the Page were seen.' },
  page_views_total: { title: 'Views', doc: 'How often the Page was opened.' },
};

/** Days of a value that is counted, by period. */
const windows: Readonly<Record<string, number>> = { day: 1, week: 7, days_28: 28, month: 30 };

const periodTitles = {
  day: 'Daily',
  week: 'Weekly',
  days_28: '28 days',
  month: 'Monthly',
  lifetime: 'Lifetime',
  total_over_range: 'In the range:',
} as const;
type Period = keyof typeof periodTitles;

interface Span {
  since: number;
  until: number;
}

const midnight = (moment: number): number => Math.floor(moment / DAY) * DAY;
const lastDays = (days: number) => (now: number) => ({ since: midnight(now) - days * DAY, until: midnight(now) });
const monthStart = (now: number, months: number): number => {
  const date = new Date(now * 1000);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1) / 1000;
};

const presets: Readonly<Record<string, (now: number) => Span>> = {
  today: (now) => ({ since: midnight(now), until: midnight(now) + DAY }),
  yesterday: lastDays(1),
  last_3d: lastDays(3),
  last_7d: lastDays(7),
  last_14d: lastDays(14),
  last_28d: lastDays(28),
  last_30d: lastDays(30),
  last_90d: lastDays(90),
  this_month: (now) => ({ since: monthStart(now, 0), until: midnight(now) + DAY }),
  last_month: (now) => ({ since: monthStart(now, -1), until: monthStart(now, 0) }),
};

/** @throws GraphError param.* for a span that is turned round or longer than 90 days */
function spanOf(now: number, range: { since?: number; until?: number; date_preset?: string }): Span {
  const preset = range.date_preset === undefined ? undefined : presets[range.date_preset]?.(now);
  const until = range.until ?? preset?.until ?? now;
  const since = range.since ?? preset?.since ?? until - 2 * DAY;
  if (since > until) throw graphError('param.invalid', { name: 'since' });
  if (until - since > MOST_DAYS * DAY)
    throw graphError('param.must_be', { name: 'since', what: `at most ${MOST_DAYS} days before until` });
  return { since, until };
}

/** Ends of the days of a span: a day's figure stands at the midnight it ends with. */
function dayEnds({ since, until }: Span): number[] {
  const ends: number[] = [];
  for (let end = midnight(since) + DAY; end <= until; end += DAY) ends.push(end);
  return ends;
}

/** Lists what is known of one figure, by the midnight it stands at. */
async function recorded(
  { q }: Context,
  page: pages.Page,
  name: string,
  period: Period,
  span: Span,
): Promise<Map<number, number>> {
  if (titleOf(name).from === 'posts') {
    const length = (windows[period] ?? 1) * DAY;
    const made = await posts.moments(q, page.id, midnight(span.since) + DAY - length, span.until);
    return new Map(dayEnds(span).map((end) => [end, made.filter((at) => at >= end - length && at < end).length]));
  }
  const rows = await pages.metrics(q, page.id, [name], period, span.since, span.until);
  return new Map(rows.map((row) => [row.end_time, row.value]));
}

/** A figure that was recorded under a name of its own is called by that name. */
const titleOf = (name: string): Metric =>
  Object.hasOwn(metrics, name) ? (metrics[name] as Metric) : { title: name, doc: name };

type Value = { value: number; end_time?: string };

const valuesAt = (ends: readonly number[], known: ReadonlyMap<number, number>): Value[] =>
  ends.map((end) => ({ value: known.get(end) ?? 0, end_time: isoMoment(end) }));

/** @throws GraphError param.metric for a name that stands for nothing here */
async function valuesOf(
  context: Context,
  page: pages.Page,
  name: string,
  period: Period,
  span: Span,
): Promise<Value[]> {
  const metric = Object.hasOwn(metrics, name) ? metrics[name] : undefined;
  const whole = period === 'total_over_range' || period === 'lifetime';
  const known = await recorded(context, page, name, whole ? 'day' : period, span);
  if (metric === undefined && known.size === 0) throw graphError('param.metric');
  if (metric?.from === 'fans' || metric?.from === 'followers') {
    const { fan_count = 0, followers_count = fan_count } = page.profile;
    const value = metric.from === 'fans' ? fan_count : followers_count;
    if (whole) return [{ value }];
    return known.size > 0
      ? valuesAt([...known.keys()], known)
      : [{ value, end_time: isoMoment(midnight(context.now) + DAY) }];
  }
  if (whole) return [{ value: dayEnds(span).reduce((sum, end) => sum + (known.get(end) ?? 0), 0) }];
  return valuesAt(dayEnds(span), known);
}

export const pageInsights: Edge<pages.Page>[] = [
  listEdge('insights', {
    cursorFault: 'param.cursor',
    doc: 'Figures about the Page, of at most 90 days in one call.',
    needs: all(
      tokenOr('token.page_token_needed', 'page'),
      permission('read_insights'),
      permission('pages_read_engagement'),
      task('ANALYZE'),
    ),
    tail: 'metric',
    params: {
      metric: param.names(`Which figures: ${Object.keys(metrics).join(', ')}, and whatever was recorded.`, {
        required: true,
        form: metricForm,
      }),
      period: param.text('Over how long each value is.', { oneOf: keysOf(periodTitles) }),
      since: param.moment('From when; two days before until by default.'),
      until: param.moment('Until when; now by default.'),
      date_preset: param.text('A named span in place of since and until.', { oneOf: keysOf(presets) }),
    },
    async run(context, page: pages.Page, { metric, period = 'day', ...range }, at) {
      if (metric.length === 0) throw graphError('param.required', { name: 'metric' });
      const span = spanOf(context.now, range);
      const names = [...new Set(metric)];
      context.call.work.spend('read', names.length);
      const rows = await Promise.all(
        names.map(async (name) => ({
          name,
          period,
          values: await valuesOf(context, page, name, period, span),
          title: `${periodTitles[period]} ${titleOf(name).title}`,
          description: titleOf(name).doc,
          id: `${page.id}/insights/${name}/${period}`,
        })),
      );
      return paginate(rows, ({ id }) => id, at);
    },
  }),
];

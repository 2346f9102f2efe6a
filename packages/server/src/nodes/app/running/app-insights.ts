// This edge shows how an app is used: people, calls, errors. app_insights is named in the access-token guides ("read
// your app's insights") and not in the reference any more: its figures and their form are ours.
import { all, any, appRole, DAY, keysOf, ownApp, permission, rolesThatMay, token } from '@hallpass/protocol';
import { actsInDashboard } from '../../shared/app-requirements.ts';
import type { Context } from '../../../graph/language/context.ts';
import { isoMoment } from '../../shared/moment.ts';
import { param } from '../../../graph/language/params.ts';
import { daysOfSpan, type SpanRequest } from './day-span.ts';
import { appItself } from '../../shared/requirements.ts';
import { paginate } from '../../../graph/rendering/cursors.ts';
import { type Edge, type Field, fieldsOf, listEdge } from '../../../graph/language/schema.ts';
import type { App } from '../../../store/apps/apps.ts';
import * as grants from '../../../store/grants/grants.ts';
import * as people from '../../../store/people/people.ts';
import { activePeople, type DayOfUse, daysOf, marketingCallsOf, rankOf } from '../../../usage/figures.ts';
import type { AppId } from '../../../store/ids.ts';

interface Figure {
  title: string;
  doc: string;
  period: 'day' | 'week' | 'days_28' | 'lifetime';
  /** The figure as it is now. */
  value?(context: Context, appId: AppId): Promise<number>;
  /** The figure of one day. */
  ofDay?(day: DayOfUse): number;
}

/** People who logged in to the app or for whom it made calls: whichever is known of more. */
async function activeWithin({ q, now, installation }: Context, appId: AppId, days: number): Promise<number> {
  const [loggedIn, calledFor] = [
    await grants.countOfApp(q, appId, now - days * DAY),
    await activePeople(installation.usage, appId, days),
  ];
  return Math.max(loggedIn, calledFor);
}

const tenths = (part: number, whole: number): number => (whole === 0 ? 0 : Math.round((1000 * part) / whole) / 10);

// biome-ignore format: it is read as a table
const figures: Readonly<Record<string, Figure>> = {
  daily_active_users: { title: 'Daily active people', doc: 'People who logged in to the app, or for whom it made calls, within a day.', period: 'day', value: (context, id) => activeWithin(context, id, 1) },
  weekly_active_users: { title: 'Weekly active people', doc: 'The same within a week.', period: 'week', value: (context, id) => activeWithin(context, id, 7) },
  monthly_active_users: { title: '28 days active people', doc: 'The same within 28 days.', period: 'days_28', value: (context, id) => activeWithin(context, id, 28) },
  installs: { title: 'Installs', doc: 'People who have added the app.', period: 'lifetime', value: ({ q }, id) => grants.countOfApp(q, id) },
  test_users: { title: 'Test users', doc: 'Test users of the app.', period: 'lifetime', value: ({ q }, id) => people.countTestUsers(q, id) },
  api_calls: { title: 'Calls', doc: 'Calls of the app, refused ones too; each member of a batch is one.', period: 'day', ofDay: (day) => day.calls },
  api_errors: { title: 'Errors', doc: 'Calls that were answered with an error.', period: 'day', ofDay: (day) => day.errors },
  api_error_rate: { title: 'Error rate', doc: 'Errors in percent of the calls.', period: 'day', ofDay: (day) => tenths(day.errors, day.calls) },
  api_calls_limited: { title: 'Calls beyond a limit', doc: 'Calls that were refused because of a rate limit.', period: 'day', ofDay: (day) => day.limited },
  marketing_api_calls: { title: 'Marketing API calls', doc: 'Calls on ad accounts and what is in them.', period: 'day', ofDay: (day) => day.marketing_calls },
};

/** One value for each day of a span that ends with today, days without calls too. */
async function byDay(
  { installation, now }: Context,
  appId: AppId,
  asked: SpanRequest,
  ofDay: (day: DayOfUse) => number,
) {
  const { first, last } = daysOfSpan(now, asked);
  const used = new Map((await daysOf(installation.usage, appId, first)).map((day) => [day.day, day]));
  return Array.from({ length: last - first + 1 }, (_, i) => {
    const day = used.get(first + i);
    return { value: day ? ofDay(day) : 0, end_time: isoMoment((first + i + 1) * DAY) };
  });
}

const field = fieldsOf<App>();

const active = (days: number, doc: string, needs: Field<App>['needs']): Field<App> =>
  field.text(doc, {
    ...(needs ? { needs } : {}),
    load: (context, apps) => Promise.all(apps.map(async ({ id }) => String(await activeWithin(context, id, days)))),
  });

const rank = (days: number, doc: string, needs: Field<App>['needs']): Field<App> =>
  field.number(doc, {
    ...(needs ? { needs } : {}),
    load: ({ installation }, apps) => Promise.all(apps.map(({ id }) => rankOf(installation.usage, id, days))),
  });

const insiders = any(
  actsInDashboard('see_insights'),
  all(token('user'), ownApp, appRole(...rolesThatMay('see_insights'))),
  appItself,
);

/** Fields of the app about its use. */
export const appUsageFields: Readonly<Record<string, Field<App>>> = {
  daily_active_users: active(1, 'People who logged in to it, or for whom it made calls, within a day.', insiders),
  weekly_active_users: active(7, 'The same within a week.', insiders),
  monthly_active_users: active(30, 'The same within 30 days.', insiders),
  daily_active_users_rank: rank(1, 'Its place among all apps by the people of today.', insiders),
  weekly_active_users_rank: rank(7, 'Its place among all apps by the people of each of seven days.', insiders),
  monthly_active_users_rank: rank(30, 'Its place among all apps by the people of each of 30 days.', insiders),
  marketing_api_calls: field.object(
    'MarketingApiCalls',
    'How near it is to the higher tier of the Marketing API. A field of ours.',
    {
      needs: insiders,
      load: ({ installation }, apps) =>
        Promise.all(
          apps.map(async ({ id, settings }) => {
            const { calls, errorRate, qualifies } = await marketingCallsOf(installation.usage, id);
            return {
              tier: settings.marketingTier,
              calls_in_15_days: calls,
              error_rate_of_last_500: errorRate,
              qualifies,
            };
          }),
        ),
    },
  ),
};

export const appInsights: Edge<App>[] = [
  listEdge('app_insights', {
    doc: 'One figure about how the app is used; figures of calls have one value for each day.',
    source: 'ours',
    needs: any(
      actsInDashboard('see_insights'),
      all(token('user'), ownApp, appRole(...rolesThatMay('see_insights')), permission('read_insights')),
      appItself,
    ),
    tail: 'metric',
    params: {
      metric: param.text('Which figure.', { required: true, oneOf: keysOf(figures) }),
      since: param.moment('The first day of figures by day; a week ago by default.'),
      until: param.moment('The last day; today by default.'),
    },
    async run(context, app: App, { metric, ...asked }, at) {
      const { title, doc, period, value, ofDay } = figures[metric] as Figure;
      const id = `${app.id}/app_insights/${metric}/${period}`;
      const values = ofDay ? await byDay(context, app.id, asked, ofDay) : [{ value: await value?.(context, app.id) }];
      return paginate([{ name: metric, period, values, title, description: doc, id }], (row) => row.id, at);
    },
  }),
];

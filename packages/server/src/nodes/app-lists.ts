// What an app can read about how it is used. app_insights is named in the access-token guides ("read your app's insights"); its
// figures are ours.
import { all, any, appRole, DAY, ownApp, permission, rolesThatMay, token } from '@hallpass/protocol';
import { actsInDashboard } from '../graph/app-dashboard.ts';
import type { Context } from '../graph/context.ts';
import { param } from '../graph/params.ts';
import { appItself } from '../graph/requirements.ts';
import { type Edge, listEdge } from '../graph/schema.ts';
import type { App } from '../store/apps.ts';
import * as grants from '../store/grants.ts';
import * as people from '../store/people.ts';

interface Figure {
  title: string;
  doc: string;
  period: 'day' | 'week' | 'days_28' | 'lifetime';
  value(context: Context, appId: string): Promise<number>;
}

const activeWithin = (days: number) => (context: Context, appId: string) => grants.countOfApp(context.q, appId, context.now - days * DAY);

const figures: Readonly<Record<string, Figure>> = {
  daily_active_users: { title: 'Daily active people', doc: 'People who logged in to the app within a day.', period: 'day', value: activeWithin(1) },
  weekly_active_users: {
    title: 'Weekly active people',
    doc: 'People who logged in to the app within a week.',
    period: 'week',
    value: activeWithin(7),
  },
  monthly_active_users: {
    title: '28 days active people',
    doc: 'People who logged in to the app within 28 days.',
    period: 'days_28',
    value: activeWithin(28),
  },
  installs: { title: 'Installs', doc: 'People who have added the app.', period: 'lifetime', value: ({ q }, appId) => grants.countOfApp(q, appId) },
  test_users: { title: 'Test users', doc: 'Test users of the app.', period: 'lifetime', value: ({ q }, appId) => people.countTestUsers(q, appId) },
};

export const appLists: Edge<App>[] = [
  listEdge('app_insights', {
    doc: 'One figure about how the app is used.',
    needs: any(
      actsInDashboard('see_insights'),
      all(token('user'), ownApp, appRole(...rolesThatMay('see_insights')), permission('read_insights')),
      appItself,
    ),
    tail: 'metric',
    params: { metric: param.text('Which figure.', { required: true, oneOf: Object.keys(figures) }) },
    async run(context, app: App, { metric }) {
      const { title, doc, period, value } = figures[metric] as Figure;
      const id = `${app.id}/app_insights/${metric}/${period}`;
      return {
        rows: [{ name: metric, period, values: [{ value: await value(context, app.id) }], title, description: doc, id }],
        hasNext: false,
        hasPrevious: false,
      };
    },
  }),
];

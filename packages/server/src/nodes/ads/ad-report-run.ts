// This node is a report that is made in the background: how far it is, and its rows when it is completed. It takes a
// few seconds of the clock. Sources: the ad report run reference, "Asynchronous jobs";
// facebook/facebook-php-business-sdk#288 (a recorded answer).
import { graphError } from '@hallpass/protocol';
import { parseFields } from '@hallpass/protocol/request';
import { onAdAccount, readsAdAccount } from '../shared/ad-requirements.ts';
import { speaksForPerson } from '../../graph/authentication/viewer.ts';
import { adAccountTasksOn } from '../../graph/authorisation/judge.ts';
import type { Context } from '../../graph/language/context.ts';
import { argsOfRun, partOfReport, rowsOf } from './insight-edges.ts';
import { dateText, spanOf, stepsOf } from './report-days.ts';
import { fieldsOf, listEdge, node } from '../../graph/language/schema.ts';
import { withoutValue } from '../shared/without-value.ts';
import type { AdAccount } from '../../store/ads/ad-accounts.ts';
import * as runs from '../../store/ads/ad-report-runs.ts';
import * as campaigns from '../../store/ads/campaigns.ts';

type Run = runs.AdReportRun;

/** Seconds after which a run has begun, and after which it is completed. */
const BEGINS = 1;
const COMPLETES = 5;

const field = fieldsOf<Run>();

function progress(run: Run, now: number): { status: string; percent: number; done: boolean } {
  const age = now - run.createdAt;
  if (age >= COMPLETES) return { status: 'Job Completed', percent: 100, done: true };
  if (age < BEGINS) return { status: 'Job Not Started', percent: 0, done: false };
  return { status: 'Job Running', percent: Math.floor((100 * age) / COMPLETES), done: false };
}

/** The first and the last day of the report. */
function daysOf(run: Run): { first: number; last: number } {
  const args = argsOfRun(run);
  if (args.time_ranges === undefined) return spanOf(run.createdAt, args);
  const steps = stepsOf(run.createdAt, args);
  return { first: Math.min(...steps.map(({ first }) => first)), last: Math.max(...steps.map(({ last }) => last)) };
}

export const adReportRun = node<Run>({
  name: 'ad_report_run',
  type: 'AdReportRun',
  doc: 'A report about advertisements that is made in the background. Only the app that asked for it may know of it, for thirty days.',
  needs: readsAdAccount,
  countsTo: (row) => ({ useCase: 'ads_insights', id: row.accountId }),
  target: (_context, row) => onAdAccount(row.accountId),
  tables: ['ad_report_runs'],
  async find(context: Context, id) {
    const { viewer, q } = context;
    if (!speaksForPerson(viewer)) return undefined;
    const run = await runs.byId(q, id);
    return run?.appId === viewer.app.id && (await adAccountTasksOn(context, run.accountId)).size > 0 ? run : undefined;
  },
  fields: [
    {
      id: field.id('The id of the run.', { show: 'always', from: (run) => run.id }),
      account_id: field.id('The ad account, without act_.', { show: 'default', from: (run) => run.accountId }),
      time_ref: field.number('When it was asked for, epoch seconds.', {
        show: 'default',
        from: (run) => run.createdAt,
      }),
      time_completed: field.number('When it was completed, epoch seconds.', {
        show: 'default',
        from: (run, { now }) => (progress(run, now).done ? run.createdAt + COMPLETES : undefined),
      }),
      async_status: field.text('Job Not Started, Job Running or Job Completed.', {
        show: 'default',
        from: (run, { now }) => progress(run, now).status,
      }),
      async_percent_completion: field.number('How far it is.', {
        show: 'default',
        from: (run, { now }) => progress(run, now).percent,
      }),
      is_running: field.bool('Whether it is being made.', {
        from: (run, { now }) => progress(run, now).status === 'Job Running',
      }),
      date_start: field.text('The first day.', { show: 'default', from: (run) => dateText(daysOf(run).first) }),
      date_stop: field.text('The last day.', { show: 'default', from: (run) => dateText(daysOf(run).last) }),
    },
    withoutValue<Run>(
      [
        'async_report_url',
        'emails',
        'error_code',
        'error_message',
        'error_subcode',
        'error_user_msg',
        'error_user_title',
        'friendly_name',
        'is_async_export',
        'is_bookmarked',
        'schedule_id',
      ],
      'Nothing of this happens here.',
    ),
  ],
  edges: [
    listEdge('insights', {
      cursorFault: 'param.cursor',
      doc: 'The rows of the report, as of the moment it was completed. Fields that were asked with the report are shown unless others are asked here.',
      needs: readsAdAccount,
      of: 'ads_insights',
      counts: 'ads_insights',
      async run(context, run: Run, _args, page) {
        if (!progress(run, context.now).done) throw graphError('ads.report_not_ready');
        const account = (await context.installation.facts.adAccount(run.accountId)) as AdAccount;
        const campaign = run.campaignId === undefined ? undefined : await campaigns.byId(context.q, run.campaignId);
        const args = argsOfRun(run);
        const rows = await rowsOf(context, { account, campaign }, args, run.createdAt + COMPLETES);
        const { fields } = run.wanted;
        return {
          ...partOfReport(context, rows, args, page),
          ...(typeof fields === 'string' ? { fields: parseFields(fields) } : {}),
        };
      },
    }),
  ],
});

// Ad accounts and campaigns have `insights` edges: asked at once, or made in the background and fetched later. Sources:
// the insights edges of the Marketing API, "Asynchronous jobs"; facebook/facebook-php-business-sdk#288 for what a run
// looks like.
import { graphError } from '@hallpass/protocol';
import { type ParamValue, parseFields, printFields } from '@hallpass/protocol/request';
import { newId } from '../../installation/mint.ts';
import type { AdAccount } from '../../store/ads/ad-accounts.ts';
import * as runs from '../../store/ads/ad-report-runs.ts';
import * as campaigns from '../../store/ads/campaigns.ts';
import { insightParams, positionOfRow, report, type InsightRow, totalOf } from './ad-insights.ts';
import { readsAdAccount } from '../shared/ad-requirements.ts';
import { changeIn, type Context } from '../../graph/language/context.ts';
import { paginate } from '../../graph/rendering/cursors.ts';
import { refuseUnknownNarrowing } from '../../graph/language/narrowing.ts';
import { param, type Args, type Params, readParams } from '../../graph/language/params.ts';
import { renderRows } from '../../graph/rendering/render.ts';
import {
  type AnyNode,
  type Edge,
  edge,
  type ListPart,
  listEdge,
  type PageRequest,
} from '../../graph/language/schema.ts';

/** The subject of a report: a whole account, or one campaign of it. */
interface Subject {
  account: AdAccount;
  campaign: campaigns.Campaign | undefined;
}

const levels = {
  account: param.text('A row for the account (the default) or for each campaign.', {
    oneOf: ['account', 'campaign'],
    ofReports: true,
  }),
  campaign: param.text('A row for the campaign.', { oneOf: ['campaign'], ofReports: true }),
};

/** The parameters of reports about one of the two. */
const reportParams = (about: keyof typeof levels) => ({ ...insightParams, level: levels[about] });

type ReportArgs = Args<ReturnType<typeof reportParams>>;

/** All rows of a report, as of a moment. @throws GraphError param.* | ads.* | work.too_much */
export async function rowsOf(
  { q, call }: Context,
  { account, campaign }: Subject,
  args: ReportArgs,
  now: number,
): Promise<InsightRow[]> {
  const of = campaign
    ? { campaigns: [campaign], runs: await campaigns.runs(q, { campaignId: campaign.id }), level: 'campaign' as const }
    : {
        campaigns: await campaigns.allOfAccount(q, account.id),
        runs: await campaigns.runs(q, { accountId: account.id }),
        level: args.level === 'campaign' ? ('campaign' as const) : ('account' as const),
      };
  call.work.spend('row', of.campaigns.length + of.runs.length);
  return report(account, of, args, now, call.work);
}

const insightsNode = (context: Context): AnyNode => context.graph.nodes.get('ads_insights') as AnyNode;

/** A report was asked to give these totals with it, if the call that reads it asks for none. */
interface UsualSummary {
  summary?: ParamValue | undefined;
  default_summary?: boolean | undefined;
}

/** The part of a report that was asked for, with its summary. */
export function partOfReport(
  context: Context,
  rows: readonly InsightRow[],
  usual: UsualSummary,
  page: PageRequest,
): ListPart<InsightRow> {
  return {
    ...paginate(rows, positionOfRow, page),
    summarise: (asked) => summaryOf(context, rows, asked ?? usual.summary, usual.default_summary ?? false),
  };
}

/**
 * The total of the rows in the fields that `summary` names. They are checked also where there is nothing to add up.
 * @throws GraphError ads.fields
 */
async function summaryOf(
  context: Context,
  rows: readonly InsightRow[],
  asked: ParamValue | undefined,
  byDefault: boolean,
) {
  const total = totalOf(rows);
  const chosen = isNames(asked) ? parseFields(asked).filter(({ name }) => name !== 'total_count') : [];
  if (chosen.length === 0 && !byDefault && !isYes(asked)) return undefined;
  const [summary] = await renderRows(
    context,
    insightsNode(context),
    total ? [total] : [],
    chosen.length > 0 ? chosen : undefined,
  );
  return summary;
}

const isYes = (asked: ParamValue | undefined): boolean =>
  asked === true || asked === 'true' || asked === '1' || asked === 1;
const isNames = (asked: ParamValue | undefined): asked is ParamValue =>
  (typeof asked === 'string' && asked !== '' && asked !== 'false' && asked !== '0' && !isYes(asked)) ||
  Array.isArray(asked);

/** Reports are made so many at a time for one app and account or campaign. A figure of ours. */
const RATE = { calls: 500, seconds: 3600 };

/** The edge that answers at once, and the one that makes a report in the background. */
export function insightEdges<Row>(
  about: keyof typeof levels,
  subjectOf: (context: Context, row: Row) => Promise<Subject>,
): Edge<Row>[] {
  const params = reportParams(about);
  return [
    listEdge('insights', {
      cursorFault: 'param.cursor',
      doc: `A report: what ${about === 'account' ? 'the campaigns of the account' : 'the campaign'} did. Days without an impression are left out.`,
      needs: readsAdAccount,
      of: 'ads_insights',
      counts: 'ads_insights',
      params,
      async run(context, row: Row, args, page) {
        const rows = await rowsOf(context, await subjectOf(context, row), args, context.now);
        return partOfReport(context, rows, args, page);
      },
    }),
    edge('POST', 'insights', {
      doc: 'Makes the same report in the background: gives the id of the run, which says how far it is and leads to the rows.',
      needs: readsAdAccount,
      counts: 'ads_insights',
      rate: RATE,
      params,
      async run(context, row: Row, args) {
        const { call, viewer, installation, now } = context;
        refuseUnknownNarrowing(params, call.params);
        const subject = await subjectOf(context, row);
        // A report that could not be answered later is refused now.
        await rowsOf(context, subject, args, now);
        await summaryOf(context, [], call.envelope.summary, false);
        if (call.fields) await renderRows(context, insightsNode(context), [], call.fields);
        if (!viewer.app) throw graphError('token.missing');
        const run: runs.AdReportRun = {
          id: newId(installation),
          appId: viewer.app.id,
          accountId: subject.account.id,
          campaignId: subject.campaign?.id,
          wanted: {
            ...asSent(params, call.params),
            ...(call.envelope.summary === undefined ? {} : { summary: call.envelope.summary }),
            ...(call.fields ? { fields: printFields(call.fields) } : {}),
          },
          createdAt: now,
        };
        await changeIn(context, ({ tx }) => runs.insert(tx, run));
        return { report_run_id: run.id };
      },
    }),
  ];
}

/** The parameters of a report that were sent, and no others: what is unknown might be a secret. */
const asSent = (params: Params, values: Record<string, ParamValue>): Record<string, ParamValue> =>
  Object.fromEntries(
    Object.keys(params).flatMap((name) => (values[name] === undefined ? [] : [[name, values[name] as ParamValue]])),
  );

/** Reads again what a stored run was asked for. */
export const argsOfRun = (run: runs.AdReportRun): ReportArgs =>
  readParams(
    reportParams(run.campaignId === undefined ? 'account' : 'campaign'),
    run.wanted as Record<string, ParamValue>,
  );

// These edges tell the people of an app how it uses the Graph: calls by use case and errors by code, day by day, and how
// near each limit is. Ours: the real dashboard shows the same without a call.
import { appRole, dashboard, all, DAY, errors, rolesThatMay, type UsageLimit } from '@hallpass/protocol';
import type { Context } from '../../../graph/language/context.ts';
import { param } from '../../../graph/language/params.ts';
import { type Edge, listEdge, type PageRequest } from '../../../graph/language/schema.ts';
import { paginate } from '../../../graph/rendering/cursors.ts';
import type { App } from '../../../store/apps/apps.ts';
import { kindsOf } from '../../../usage/figures.ts';
import { limitsOfApp } from '../../../usage/limits-of-app.ts';
import { useCases } from '../../../usage/use-cases.ts';
import { isoMoment } from '../../shared/moment.ts';
import { daysOfSpan, type SpanRequest } from './day-span.ts';

const needs = all(dashboard, appRole(...rolesThatMay('see_insights')));

const params = {
  since: param.moment('The first day; a week ago by default.'),
  until: param.moment('The last day; today by default.'),
};

/** The calls of each kind that begins with `prefix`, one value for each day of the span. @throws GraphError param.must_be */
async function byKind({ installation, now }: Context, app: App, prefix: string, asked: SpanRequest) {
  const { first, last } = daysOfSpan(now, asked);
  const kinds = await kindsOf(installation.usage, app.id, first);
  return [...kinds]
    .filter(([kind]) => kind.startsWith(prefix))
    .map(([kind, days]) => {
      const values = Array.from({ length: last - first + 1 }, (_, i) => ({
        value: days.get(first + i) ?? 0,
        end_time: isoMoment((first + i + 1) * DAY),
      }));
      return { name: kind.slice(prefix.length), values, calls: values.reduce((sum, { value }) => sum + value, 0) };
    })
    .filter(({ calls }) => calls > 0)
    .sort((a, b) => b.calls - a.calls || (a.name < b.name ? -1 : 1));
}

const docs: Readonly<Record<string, { doc: string }>> = useCases;

const SEVERAL = 'Several errors have these numbers; the message of an answer tells which it is.';

/** The sentence of the catalogue for these numbers. */
function messageOf(code: number | undefined, subcode: number | undefined): string | undefined {
  const found = Object.values(errors).filter(
    (entry: { code?: number; subcode?: number }) => entry.code === code && entry.subcode === subcode,
  );
  return found.length > 1 ? SEVERAL : found[0]?.doc;
}

/** `190/463` as its numbers; what has none is an answer of the OAuth standards. */
function numbersOf(name: string) {
  const [code, subcode] = name.split('/').map(Number);
  if (code === undefined || Number.isNaN(code)) return { doc: 'An error in the words of the OAuth standards.' };
  const doc = messageOf(code, subcode);
  return {
    code,
    ...(subcode === undefined ? {} : { error_subcode: subcode }),
    ...(doc === undefined ? {} : { doc }),
  };
}

const named = <Row extends { name: string }>(rows: readonly Row[], page: PageRequest) => ({
  ...paginate(rows, (row) => row.name, page),
  position: (row: Row) => row.name,
});

export const appUse: Edge<App>[] = [
  listEdge('calls_by_use_case', {
    doc: 'Calls of the app day by day, for each use case that limits are counted by; `app` stands for all others.',
    source: 'ours',
    needs,
    params,
    run: async (context, app: App, span, page) =>
      named(
        (await byKind(context, app, 'use:', span)).map((row) => ({
          ...row,
          ...(docs[row.name] && { doc: docs[row.name]?.doc }),
        })),
        page,
      ),
  }),
  listEdge('errors_by_code', {
    doc: 'Calls of the app that were answered with an error, day by day, by code and subcode.',
    source: 'ours',
    needs,
    params,
    run: async (context, app: App, span, page) =>
      named(
        (await byKind(context, app, 'error:', span)).map((row) => ({ ...row, ...numbersOf(row.name) })),
        page,
      ),
  }),
  listEdge('usage_limits', {
    doc: 'How much of each limit is used up: the app itself, and Pages and ad accounts that it called lately. Some seconds behind the calls.',
    source: 'ours',
    needs,
    async run({ installation }, app: App, _args, page) {
      const rows = (await limitsOfApp(installation.usage, app)).map(
        (row): UsageLimit => ({ name: `${row.use_case}:${row.object_id ?? ''}`, ...row }),
      );
      return named(rows, page);
    },
  }),
];

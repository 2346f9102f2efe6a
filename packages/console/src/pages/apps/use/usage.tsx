// Usage: people, calls by use case over time, and how much of each limit is used up.
import { Badge, Group, Progress, SegmentedControl, SimpleGrid, Skeleton, Stack, Text } from '@mantine/core';
import { useQueries, useQuery } from '@tanstack/react-query';
import { Gauge } from 'lucide-react';
import { useState } from 'react';
import type { UsageLimit } from '@hallpass/protocol';
import { serverNow } from '../../../graph/clock.ts';
import { call } from '../../../graph/door.ts';
import { Card } from '../../../parts/card.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { FailureBox } from '../../../parts/failure.tsx';
import { Plot } from '../../../parts/plot/plot.tsx';
import { type RecordColumn, RecordTable } from '../../../parts/records/record-table.tsx';
import { useRecords } from '../../../parts/records/use-records.ts';
import { type App, may, seconds } from '../app.ts';
import { AppPage } from '../frame.tsx';
import { sinceOf, spans, useFigures } from './figures.ts';

/** Names of the use cases by which limits are counted. */
const useCaseNames: Readonly<Record<string, string>> = {
  app: 'The app itself',
  page: 'Pages, with tokens of people',
  pages: 'Pages, with Page and system-user tokens',
  ads_management: 'Ads management',
  ads_insights: 'Ads insights',
};

const nameOf = (useCase: string): string => useCaseNames[useCase] ?? useCase;

export function UsagePage() {
  return (
    <AppPage section="/usage" title="Usage">
      {(app) =>
        may(app, 'see_insights') ? (
          <>
            <People app={app} />
            <Calls app={app} />
            <Limits app={app} />
          </>
        ) : (
          <Text>Your role may not see the app’s figures.</Text>
        )
      }
    </AppPage>
  );
}

const tiles = [
  { metric: 'daily_active_users', label: 'People today' },
  { metric: 'weekly_active_users', label: 'People this week' },
  { metric: 'monthly_active_users', label: 'People in 28 days' },
  { metric: 'installs', label: 'Have added the app' },
] as const;

interface Insight {
  data: readonly { values: readonly { value: number; end_time?: string }[] }[];
}

function People({ app: { id: appId } }: { app: App }) {
  const answers = useQueries({
    queries: tiles.map(({ metric }) => ({
      queryKey: ['app-insights', appId, metric],
      queryFn: () => call<Insight>('GET', `/${appId}/app_insights/${metric}`),
    })),
  });
  return (
    <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="sm">
      {tiles.map(({ metric, label }, index) => {
        const value = answers[index]?.data?.data[0]?.values[0]?.value;
        return (
          <Card key={metric}>
            <Text size="sm" c="dimmed">
              {label}
            </Text>
            {value === undefined ? (
              <Skeleton h={30} w={60} aria-label={label} />
            ) : (
              <Text fz={26} fw={650}>
                {value.toLocaleString('en')}
              </Text>
            )}
          </Card>
        );
      })}
    </SimpleGrid>
  );
}

function Calls({ app: { id: appId } }: { app: App }) {
  const [span, setSpan] = useState('7');
  const { data, error, refetch } = useFigures(appId, 'calls_by_use_case', sinceOf(span), () =>
    call('GET', `/${appId}/calls_by_use_case`, { since: sinceOf(span), limit: 100 }),
  );
  return (
    <Card
      title="Calls by use case"
      actions={<SegmentedControl aria-label="Span" size="xs" data={spans} value={span} onChange={setSpan} />}
    >
      {error ? <FailureBox error={error} onRetry={() => void refetch()} /> : null}
      {!data && !error ? <Skeleton h={220} aria-label="Calls" /> : null}
      {data?.length === 0 && (
        <Empty icon={Gauge} title="No calls in this period">
          Calls with the app’s tokens are counted here after a few seconds.
        </Empty>
      )}
      <Stack gap="lg">
        {data?.map(({ name, values, calls }) => (
          <Plot
            key={name}
            label={`${nameOf(name)}: ${calls.toLocaleString('en')} ${calls === 1 ? 'call' : 'calls'}`}
            times={values.map(({ end_time: end }) => seconds(end) - 86_400)}
            series={[{ name: 'Calls', values: values.map(({ value }) => value) }]}
            kind="bars"
            height={150}
          />
        ))}
      </Stack>
    </Card>
  );
}

const NEAR = 80;
const FULL = 100;
const most = ({ call_count: calls, total_cputime: cpu, total_time: time }: UsageLimit): number =>
  Math.max(calls, cpu, time);
const colourOf = (percent: number): string => (percent >= FULL ? 'danger' : percent >= NEAR ? 'warn' : 'brand');

const limitColumns: readonly RecordColumn<UsageLimit>[] = [
  { id: 'limit', header: 'Limit', value: ({ use_case: name, object_id: id }) => [nameOf(name), id ?? ''].join(' ') },
  {
    id: 'used',
    header: 'Used up',
    value: most,
    cell: (row) => (
      <Group gap="xs" wrap="nowrap">
        <Progress
          value={Math.min(FULL, most(row))}
          color={colourOf(most(row))}
          className="grows"
          miw={80}
          aria-label={`${nameOf(row.use_case)}: ${most(row)} %`}
        />
        <Badge variant="light" color={colourOf(most(row))}>
          {most(row)} %
        </Badge>
      </Group>
    ),
  },
  {
    id: 'calls',
    header: 'Calls',
    value: ({ calls }) => calls,
    cell: ({ calls, allowance, span }) =>
      `${calls.toLocaleString('en')} of ${Math.round(allowance).toLocaleString('en')} in ${span >= 86_400 ? 'a day' : 'an hour'}`,
  },
  {
    id: 'state',
    header: 'State',
    value: ({ regain_seconds: wait }) => wait,
    cell: ({ regain_seconds: wait }) =>
      wait > 0 ? `refused; again in ${Math.ceil(wait / 60)} min` : 'calls are allowed',
  },
];

function Limits({ app: { id: appId } }: { app: App }) {
  const records = useRecords<UsageLimit>({ queryKey: ['usage-limits', appId], path: `/${appId}/usage_limits` });
  const { data: tier } = useQuery({
    queryKey: ['marketing-tier', appId],
    queryFn: () =>
      call<{
        marketing_api_calls?: {
          tier: string;
          calls_in_15_days: number;
          error_rate_of_last_500: number;
          qualifies: boolean;
        };
      }>('GET', `/${appId}`, { fields: 'marketing_api_calls' }),
  });
  const marketing = tier?.marketing_api_calls;
  return (
    <Card title="Limits">
      <RecordTable
        records={records}
        columns={limitColumns}
        rowId={({ name }) => name}
        label="Limits"
        empty={<Empty icon={Gauge} title="Nothing is limited" />}
      />
      {marketing && marketing.tier !== 'none' && (
        <Text size="sm" c="dimmed" mt="sm">
          Marketing API: tier {marketing.tier}, {marketing.calls_in_15_days.toLocaleString('en')} calls in 15 days,{' '}
          {marketing.error_rate_of_last_500} % errors; {marketing.qualifies ? 'enough' : 'not enough yet'} for the
          higher tier. It’s {new Date(serverNow() * 1000).toISOString().slice(0, 10)}.
        </Text>
      )}
    </Card>
  );
}

// Errors by code and subcode over time, and the last calls that were refused or came back empty, each with its reason.
import { Badge, Code, SegmentedControl, Skeleton, Stack, Text } from '@mantine/core';
import { FileWarning, SearchCheck } from 'lucide-react';
import { useState } from 'react';
import { serverNow } from '../../../graph/clock.ts';
import { call } from '../../../graph/door.ts';
import { about } from '../../../parts/about.ts';
import { Card } from '../../../parts/card.tsx';
import { CopyIcon } from '../../../parts/copy.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { FailureBox } from '../../../parts/failure.tsx';
import { Plot } from '../../../parts/plot/plot.tsx';
import { type RecordColumn, RecordTable } from '../../../parts/records/record-table.tsx';
import { recordsOf } from '../../../parts/records/records.ts';
import { useRecords } from '../../../parts/records/use-records.ts';
import { Sentence } from '../../../parts/sentence.tsx';
import { type App, may, seconds } from '../app.ts';
import { AppPage } from '../frame.tsx';
import { type Figure, sinceOf, spans, useFigures } from './figures.ts';
import { Breakable } from '../../../parts/breakable.tsx';

/** Series of one plot. */
const MOST_SERIES = 4;

export function ErrorsPage() {
  return (
    <AppPage section="/errors" title="Errors" lead="The app’s calls that were refused, how often, and why.">
      {(app) => (
        <>
          {may(app, 'see_insights') ? <ErrorsByCode app={app} /> : null}
          {may(app, 'change_settings') ? <LastCalls app={app} /> : null}
        </>
      )}
    </AppPage>
  );
}

const columns: readonly RecordColumn<Figure>[] = [
  { id: 'code', header: 'Code', value: ({ name }) => name, cell: ({ name }) => <Code>{name}</Code>, width: '8rem' },
  { id: 'calls', header: 'Calls', value: ({ calls }) => calls, width: '6rem' },
  {
    id: 'doc',
    header: 'When it occurs',
    value: ({ doc }) => doc ?? '',
    cell: ({ doc }) => <Sentence text={doc ?? ''} />,
  },
];

function ErrorsByCode({ app: { id: appId } }: { app: App }) {
  const [span, setSpan] = useState('7');
  const { data, error, refetch } = useFigures(appId, 'errors_by_code', sinceOf(span), () =>
    call('GET', `/${appId}/errors_by_code`, { since: sinceOf(span), limit: 200 }),
  );
  return (
    <Card
      title="Errors by code"
      actions={<SegmentedControl aria-label="Span" size="xs" data={spans} value={span} onChange={setSpan} />}
    >
      {error ? <FailureBox error={error} onRetry={() => void refetch()} /> : null}
      {!data && !error ? <Skeleton h={240} aria-label="Errors" /> : null}
      {data?.length === 0 && <Empty icon={FileWarning} title="No errors in this period" />}
      {data && data.length > 0 && (
        <Stack gap="md">
          <Plot
            label="The most frequent errors"
            times={(data[0]?.values ?? []).map(({ end_time: end }) => seconds(end) - 86_400)}
            series={data
              .slice(0, MOST_SERIES)
              .map(({ name, values }) => ({ name, values: values.map(({ value }) => value) }))}
          />
          <RecordTable
            records={recordsOf(data)}
            columns={columns}
            rowId={({ name }) => name}
            label="Errors by code"
            search="Search by code or words"
            empty={null}
          />
        </Stack>
      )}
    </Card>
  );
}

interface ExplainedCall {
  fbtrace_id: string;
  time: string;
  status: number;
  call: string;
  summary?: string;
  message?: string;
}

const callColumns: readonly RecordColumn<ExplainedCall>[] = [
  {
    id: 'time',
    header: 'When',
    value: ({ time }) => time,
    cell: ({ time }) => about(seconds(time), serverNow()),
    width: '10rem',
  },
  {
    id: 'call',
    header: 'Call',
    value: ({ call: name }) => name,
    cell: ({ call: name }) => (
      <Text size="sm" className="mono breaks">
        <Breakable text={name} />
      </Text>
    ),
  },
  {
    id: 'status',
    header: 'Status',
    value: ({ status }) => status,
    cell: ({ status }) => (
      <Badge variant="light" color={status >= 400 ? 'danger' : 'note'}>
        {status}
      </Badge>
    ),
    width: '6rem',
  },
  {
    id: 'trace',
    holds: 'token',
    header: 'fbtrace_id',
    value: ({ fbtrace_id: id }) => id,
    cell: ({ fbtrace_id: id }) => (
      <Text size="xs" className="mono breaks" component="div">
        {id} <CopyIcon value={id} what="fbtrace_id" />
      </Text>
    ),
  },
];

function LastCalls({ app: { id: appId } }: { app: App }) {
  const records = useRecords<ExplainedCall>({
    queryKey: ['explained-calls', appId],
    path: `/${appId}/explained_calls`,
  });
  return (
    <Card title="Recent calls with reasons">
      <RecordTable
        records={records}
        columns={callColumns}
        rowId={({ fbtrace_id: id }) => id}
        label="Calls with their reasons"
        search="Search by call or fbtrace_id"
        empty={
          <Empty icon={SearchCheck} title="Nothing to explain">
            Calls that are refused, or answered with an empty list, appear here with their reason.
          </Empty>
        }
      />
    </Card>
  );
}

// The ends that lie ahead: how many on which day, which connections they are, and whom the vault cannot do without.
import { Badge, SegmentedControl, Skeleton, Switch, Text } from '@mantine/core';
import type { Timeline, TimelineEnd } from '@hallpass/vault/client';
import { CalendarCheck } from 'lucide-react';
import { useMemo, useState } from 'react';
import { heardNow, serverNow } from '../../../graph/clock.ts';
import { about } from '../../../parts/about.ts';
import { Card } from '../../../parts/card.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { FailureBox } from '../../../parts/failure.tsx';
import { dated } from '../../../parts/moment.tsx';
import { Page } from '../../../parts/page.tsx';
import { Plot } from '../../../parts/plot/plot.tsx';
import { type RecordColumn, RecordTable } from '../../../parts/records/record-table.tsx';
import { recordsOf } from '../../../parts/records/records.ts';
import { useRight } from '../../../vault/session.ts';
import { useVault } from '../../../vault/use-vault.ts';
import { type Choice, ChoiceBar, nameColumn } from '../choice.tsx';
import { EndsPicture } from './ends-picture.tsx';
import { renewals } from './renewals.ts';

const DAY = 86_400;
const spans = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: '1 year' },
];

export function TimelinePage() {
  const [days, setDays] = useState<string>('90');
  const { data, error, refetch } = useVault(['timeline', days], async (vault) => {
    const timeline = await vault.timeline({ days: Number(days) });
    heardNow(timeline.now);
    return timeline;
  });
  return (
    <Page
      title="Timeline"
      lead="What ends in the next days: the tokens, and their access to data."
      actions={<SegmentedControl aria-label="How far ahead" data={spans} value={days} onChange={setDays} />}
    >
      {error && !data ? <FailureBox error={error} onRetry={() => void refetch()} /> : null}
      {!data && !error ? <Skeleton h={300} aria-label="Loading: Timeline" /> : null}
      {data && data.total === 0 ? (
        <Card>
          <Empty icon={CalendarCheck} title={`Nothing ends in the next ${days} days`} />
        </Card>
      ) : null}
      {data && data.total > 0 ? <Ends timeline={data} /> : null}
    </Page>
  );
}

function Ends({ timeline }: { timeline: Timeline }) {
  const { now, until, ends, total } = timeline;
  const [needyOnly, setNeedyOnly] = useState(false);
  const shown = useMemo(() => ends.filter(({ renewal }) => !needyOnly || renewal === 'person'), [ends, needyOnly]);
  const mayConnect = useRight('connect');
  const [chosen, choose] = useState<ReadonlySet<string>>(new Set());
  const choice = useMemo((): Choice => ({ chosen, choose }), [chosen]);
  const columns = useMemo(
    () => [nameColumn<TimelineEnd>(mayConnect ? choice : undefined), ...columnsOfEnds],
    [choice, mayConnect],
  );
  return (
    <>
      <Card title="By day">
        <ByDay timeline={timeline} />
      </Card>
      <Card
        title="One by one"
        actions={
          <Switch
            label="Only those that need a person"
            checked={needyOnly}
            onChange={(event) => setNeedyOnly(event.currentTarget.checked)}
          />
        }
      >
        {shown.length === 0 ? (
          <Empty icon={CalendarCheck} title="No person is needed">
            The vault renews everything that ends in this time.
          </Empty>
        ) : (
          <EndsPicture ends={shown} now={now} until={until} />
        )}
      </Card>
      <Card title="As a table">
        <ChoiceBar choice={choice} shown={[...new Set(shown.map(({ id }) => id))]} />
        <RecordTable
          records={recordsOf(shown)}
          columns={columns}
          rowId={({ id, of }) => `${id} ${of}`}
          label="Ends"
          search="Search by name, owner or renewal"
          empty={<Empty icon={CalendarCheck} title="No person is needed" />}
        />
        {total > ends.length && (
          <Text size="xs" c="dimmed">
            {ends.length.toLocaleString('en')} of {total.toLocaleString('en')} are listed; all are counted by day.
          </Text>
        )}
      </Card>
    </>
  );
}

/** A bar for each day of a month or quarter, for each week of a year. */
function ByDay({ timeline: { now, until, days } }: { timeline: Timeline }) {
  const step = until - now > 100 * DAY ? 7 * DAY : DAY;
  const times = Array.from({ length: Math.ceil((until - now) / step) }, (_, index) => now + index * step);
  const sum = (of: 'person' | 'automatic') =>
    times.map((time) =>
      days.reduce((total, day) => (day.at >= time && day.at < time + step ? total + day[of] : total), 0),
    );
  return (
    <Plot
      label={step === DAY ? 'Ends on each day' : 'Ends in each week'}
      times={times}
      kind="bars"
      series={[
        { name: 'renewed by the vault', values: sum('automatic') },
        { name: 'need a person', values: sum('person'), colour: 'var(--danger)' },
      ]}
    />
  );
}

const columnsOfEnds: readonly RecordColumn<TimelineEnd>[] = [
  {
    id: 'end',
    header: 'Ends',
    value: ({ until }) => until,
    cell: ({ until, of }) => (
      <span className="row-title">
        <Text span size="sm">
          {about(until, serverNow())}
        </Text>
        <Text span size="xs" c="dimmed">
          {of === 'data_access' ? 'access to data: ' : ''}
          {dated(until)}
        </Text>
      </span>
    ),
  },
  {
    id: 'renewal',
    header: 'Renewal',
    value: ({ renewal }) => renewals[renewal].words,
    cell: ({ renewal }) => (
      <Badge variant="light" color={renewals[renewal].badge} className="wraps">
        {renewals[renewal].words}
      </Badge>
    ),
  },
  { id: 'owner', header: 'Owner', value: ({ ownerName }) => ownerName ?? 'the team' },
];

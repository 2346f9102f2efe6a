// The clock of the world: what time it is, the ways to move it, and what fell due on the way.
import { Badge, Button, Group, Stack, Table, Text, TextInput } from '@mantine/core';
import { CalendarClock, Snowflake, StepForward } from 'lucide-react';
import { useEffect, useState } from 'react';
import { heardNow, serverNow } from '../../graph/clock.ts';
import { Card } from '../../parts/card.tsx';
import { Empty } from '../../parts/empty.tsx';
import { FailureBox } from '../../parts/failure.tsx';
import { dated } from '../../parts/moment.tsx';
import { WideTable } from '../../parts/wide-table.tsx';
import { useControl, useOrder } from './control/use-control.ts';
import { EmulatorPage } from './frame.tsx';
import { Breakable } from '../../parts/breakable.tsx';

interface Happening {
  time: string;
  what: string;
  [fact: string]: unknown;
}

interface ClockState {
  now: number;
  time: string;
  frozen: boolean;
  happened?: readonly Happening[];
}

const steps = [
  { label: '1 hour', length: '1h' },
  { label: '1 day', length: '1d' },
  { label: '61 days', length: '61d' },
  { label: '91 days', length: '91d' },
] as const;

export function ClockPage() {
  return (
    <EmulatorPage
      title="Clock"
      lead="Tokens, codes, sessions, limits and API versions follow this clock. When you move it, everything that falls due on the way runs first."
    >
      <Clock />
    </EmulatorPage>
  );
}

function Clock() {
  const { data, error, refetch } = useControl<ClockState>('clock');
  const [happened, setHappened] = useState<readonly Happening[]>();
  const move = useOrder<ClockState>((state) => {
    heardNow(state.now);
    setHappened(state.happened ?? []);
  });
  const order = (params: Readonly<Record<string, string | boolean>>) => move.mutate({ path: 'clock', params });
  useEffect(() => {
    if (data) heardNow(data.now);
  }, [data]);
  if (error) return <FailureBox error={error} onRetry={() => void refetch()} />;
  const busy = move.isPending;
  return (
    <>
      <Card title="Now">
        <Stack gap="md">
          <Time state={data} />
          <Group gap="xs" role="group" aria-label="Move forward by">
            <Text size="sm" c="dimmed">
              Move forward by
            </Text>
            {steps.map(({ label, length }) => (
              <Button key={length} variant="default" disabled={busy} onClick={() => order({ advance: length })}>
                {label}
              </Button>
            ))}
          </Group>
          <Group gap="xs">
            <Button
              leftSection={<StepForward size={16} />}
              loading={busy}
              onClick={() => order({ run_to: 'next-expiry' })}
            >
              Run to the next expiry
            </Button>
            <Button
              variant="default"
              leftSection={<Snowflake size={16} />}
              disabled={busy || !data}
              onClick={() => order({ freeze: !data?.frozen })}
            >
              {data?.frozen ? 'Unfreeze' : 'Freeze'}
            </Button>
          </Group>
          <Moves busy={busy} order={order} />
        </Stack>
      </Card>
      <Happened list={happened} />
    </>
  );
}

function Time({ state }: { state: ClockState | undefined }) {
  const [, tick] = useState(0);
  useEffect(() => {
    if (!state || state.frozen) return;
    const timer = setInterval(() => tick((times) => times + 1), 1000);
    return () => clearInterval(timer);
  }, [state]);
  const now = state?.frozen ? state.now : serverNow();
  return (
    <Group gap="sm">
      <Text fz={26} fw={650} className="mono">
        {state ? <time dateTime={new Date(now * 1000).toISOString()}>{utc(now)}</time> : '…'}
      </Text>
      <Badge variant="light" color={state?.frozen ? 'note' : 'brand'}>
        {state?.frozen ? 'Stopped' : 'Running'}
      </Badge>
      <Text size="sm" c="dimmed">
        {state ? `${dated(now)} here` : ''}
      </Text>
    </Group>
  );
}

const utc = (seconds: number): string =>
  new Date(seconds * 1000)
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replace('T', ' ');

interface MovesProps {
  busy: boolean;
  order(params: Readonly<Record<string, string>>): void;
}

const Moves = ({ busy, order }: MovesProps) => (
  <div className="setting-fields">
    <Move
      label="Move forward by another amount"
      description="Seconds, or 90m, 2h, 61d"
      verb="Move"
      busy={busy}
      onMove={(advance) => order({ advance })}
    />
    <Move
      label="Set the time"
      description="Such as 2027-06-01T08:00:00Z, can be earlier"
      verb="Set"
      busy={busy}
      onMove={(set) => order({ set })}
    />
  </div>
);

interface MoveProps {
  label: string;
  description: string;
  verb: string;
  busy: boolean;
  onMove(text: string): void;
}

function Move({ label, description, verb, busy, onMove }: MoveProps) {
  const [text, setText] = useState('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onMove(text.trim());
      }}
    >
      <TextInput
        label={label}
        description={description}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        rightSectionWidth={90}
        rightSection={
          <Button type="submit" size="compact-sm" variant="light" disabled={busy || text.trim() === ''}>
            {verb}
          </Button>
        }
      />
    </form>
  );
}

function Happened({ list }: { list: readonly Happening[] | undefined }) {
  return (
    <Card title="Events in that time">
      {list === undefined || list.length === 0 ? (
        <Empty
          icon={CalendarClock}
          title={list === undefined ? 'You haven’t moved the clock yet' : 'Nothing was due in that time'}
        >
          {list === undefined
            ? 'When you move it, what fell due is listed here: tokens that expired, data access that ended, calls that were retried.'
            : 'The emulator knows the tokens it has seen in calls and answers: get one, and run to its expiry.'}
        </Empty>
      ) : (
        <WideTable label="What happened" minWidth={480}>
          <Table className="records-table" verticalSpacing="xs" aria-label="Events in that time">
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">At</Table.Th>
                <Table.Th scope="col">What happened</Table.Th>
                <Table.Th scope="col">About</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {list.map(({ time, what, ...facts }, index) => (
                // oxlint-disable-next-line react/no-array-index-key -- a happening has no identity but its place
                <Table.Tr key={index}>
                  <Table.Td data-label="At" className="nowrap mono">
                    {utc(Date.parse(time) / 1000)}
                  </Table.Td>
                  <Table.Td data-label="What happened" className="mono">
                    <Breakable text={what} />
                  </Table.Td>
                  <Table.Td data-label="About">
                    <Breakable text={factsInWords(facts)} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </WideTable>
      )}
    </Card>
  );
}

const factsInWords = (facts: Readonly<Record<string, unknown>>): string =>
  Object.entries(facts)
    .flatMap(([name, value]) => (typeof value === 'string' || typeof value === 'number' ? [`${name} ${value}`] : []))
    .join(', ');

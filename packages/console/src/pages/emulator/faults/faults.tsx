// Faults of the world: those in force with how often each struck, those that are used up, and the form for another.
import { Badge, Button, Group, Text } from '@mantine/core';
import { Zap } from 'lucide-react';
import { useMemo } from 'react';
import { Card } from '../../../parts/card.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { FailureBox } from '../../../parts/failure.tsx';
import { type RecordColumn, RecordTable } from '../../../parts/records/record-table.tsx';
import { recordsOf } from '../../../parts/records/records.ts';
import { useControl, useOrder } from '../control/use-control.ts';
import { EmulatorPage } from '../frame.tsx';
import { AddFault } from './add-fault.tsx';

interface Fault {
  id: string;
  given: number;
  left?: number;
  step?: string;
  error?: string;
  status?: number;
  connection?: string;
  attributes?: Readonly<Record<string, number>>;
  for_one_token?: boolean;
  person?: string;
  app?: string;
  page?: string;
  method?: string;
  path?: string;
  header?: string;
  share?: number;
  after?: string;
}

/** Milliseconds between two looks at how often each struck. */
const ROUND = 1500;

export function FaultsPage() {
  return (
    <EmulatorPage
      title="Faults"
      lead="A fault replaces the answers to the requests you choose. It never hides a real refusal."
    >
      <Faults />
      <AddFault />
    </EmulatorPage>
  );
}

function Faults() {
  const { data, error, refetch } = useControl<{ faults: readonly Fault[]; spent: readonly Fault[] }>('faults', {
    every: ROUND,
  });
  const { mutate: act, isPending: busy } = useOrder();
  const columns = useMemo(
    (): readonly RecordColumn<Fault>[] => [
      {
        id: 'fault',
        header: 'Fault',
        value: nameOf,
        cell: (fault) => (
          <span className="row-title">
            <Text span size="sm" fw={600} className="mono breaks">
              {nameOf(fault)}
            </Text>
            <Text span size="xs" c="dimmed">
              {fault.id} {fault.step === undefined ? '' : `at ${fault.step}`}
            </Text>
          </span>
        ),
      },
      { id: 'for', header: 'For', value: selectorsOf },
      { id: 'given', header: 'Struck', value: ({ given }) => given, width: '6rem' },
      {
        id: 'left',
        header: 'Left',
        value: ({ left }) => left ?? Number.POSITIVE_INFINITY,
        cell: ({ left }) =>
          left === 0 ? (
            <Badge variant="light" color="note">
              used up
            </Badge>
          ) : (
            (left ?? 'no limit')
          ),
        width: '7rem',
      },
      {
        id: 'act',
        header: 'Actions',
        value: () => '',
        sorts: false,
        width: '8rem',
        cell: (fault) =>
          fault.left === 0 ? null : (
            <Button
              variant="default"
              size="compact-sm"
              disabled={busy}
              aria-label={`Remove ${fault.id}`}
              onClick={() => act({ method: 'DELETE', path: 'faults', params: { id: fault.id }, done: 'It’s removed.' })}
            >
              Remove
            </Button>
          ),
      },
    ],
    [act, busy],
  );
  if (error) return <FailureBox error={error} onRetry={() => void refetch()} />;
  const rows = data && [...data.faults, ...data.spent];
  return (
    <Card
      title="In force"
      actions={
        <Group gap="xs">
          <Button
            variant="light"
            color="danger"
            size="compact-sm"
            disabled={busy || rows === undefined || rows.length === 0}
            onClick={() => act({ method: 'DELETE', path: 'faults', done: 'All faults are removed.' })}
          >
            Clear all
          </Button>
        </Group>
      }
    >
      <RecordTable
        records={{ ...recordsOf(rows ?? []), rows }}
        columns={columns}
        rowId={({ id }) => id}
        label="Faults"
        empty={
          <Empty icon={Zap} title="No active faults">
            Every call gets its real answer. Add a fault below and make a call: the live log marks the answers it
            replaced.
          </Empty>
        }
      />
    </Card>
  );
}

function nameOf({ error, connection, attributes, status }: Fault): string {
  if (connection === undefined) return `${error ?? ''}${status === undefined ? '' : `, status ${status}`}`;
  return [connection, ...Object.entries(attributes ?? {}).map(([name, value]) => `${name}=${value}`)].join(' ');
}

const selectors = ['for_one_token', 'person', 'app', 'page', 'method', 'path', 'header', 'share', 'after'] as const;

function selectorsOf(fault: Fault): string {
  const chosen = selectors.flatMap((name) => {
    const value = fault[name];
    if (value === undefined) return [];
    return name === 'for_one_token' ? ['one token'] : [`${name} ${value}`];
  });
  return chosen.join(', ') || 'everybody';
}

// The live log: each call of a program against the world as it comes, with who made it and how it was answered. A press
// opens it with the command to make it again and the reason of its answer.
import { Badge, Button, Group, Switch, Text, UnstyledButton } from '@mantine/core';
import { Pause, Play, RadioTower } from 'lucide-react';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useStart } from '../../../graph/start.ts';
import { Breakable } from '../../../parts/breakable.tsx';
import { Card } from '../../../parts/card.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { FailureBox } from '../../../parts/failure.tsx';
import { type RecordColumn, RecordTable } from '../../../parts/records/record-table.tsx';
import { recordsOf } from '../../../parts/records/records.ts';
import { useLive } from '../control/use-live.ts';
import { EmulatorPage } from '../frame.tsx';
import { failed, type LoggedCall } from './logged-call.ts';

const CallDrawer = lazy(async () => ({ default: (await import('./call-drawer.tsx')).CallDrawer }));

export function CallsPage() {
  const [paused, setPaused] = useState(false);
  return (
    <EmulatorPage
      title="Live calls"
      lead="Every call that programs make to this world’s Graph, as it comes in. Tokens and secrets aren’t shown."
      actions={
        <Button
          variant="default"
          leftSection={paused ? <Play size={16} /> : <Pause size={16} />}
          onClick={() => setPaused(!paused)}
        >
          {paused ? 'Resume' : 'Pause'}
        </Button>
      }
    >
      <Calls paused={paused} />
    </EmulatorPage>
  );
}

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });

function Calls({ paused }: { paused: boolean }) {
  const { rows, error, clear } = useLive<LoggedCall>('calls', 'calls', paused);
  const { data: start } = useStart();
  const [refusedOnly, setRefusedOnly] = useState(false);
  const [opened, setOpened] = useState<LoggedCall>();
  const shown = useMemo(() => rows?.filter((call) => !refusedOnly || failed(call)), [rows, refusedOnly]);
  const columns = useMemo(
    (): readonly RecordColumn<LoggedCall>[] => [
      {
        id: 'call',
        header: 'Call',
        value: ({ method, path }) => `${method} ${path}`,
        cell: (call) => (
          <UnstyledButton className="call-open" onClick={() => setOpened(call)} aria-haspopup="dialog">
            <b>{call.method}</b> <Breakable text={call.path} />
          </UnstyledButton>
        ),
      },
      { id: 'time', header: 'Time', value: ({ time }) => clock.format(new Date(time)), width: '6rem', holds: 'time' },
      {
        id: 'status',
        header: 'Answer',
        value: ({ status, error: refusal, fault }) =>
          [status, refusal && codeOf(refusal), refusal?.message, fault].filter(Boolean).join(' '),
        cell: (call) => <Outcome call={call} />,
        width: '30%',
      },
      { id: 'app', header: 'App', value: ({ app }) => app?.name || app?.id || '', width: '9rem' },
      { id: 'person', header: 'Person', value: ({ person }) => person?.name || person?.id || '', width: '9rem' },
      { id: 'token', header: 'Token', value: ({ token }) => token ?? '', width: '5rem', holds: 'token' },
    ],
    [],
  );
  if (error) return <FailureBox error={error} />;
  return (
    <Card
      title="Calls"
      actions={
        <Group gap="sm">
          <Switch
            label="Refused only"
            checked={refusedOnly}
            onChange={(event) => setRefusedOnly(event.currentTarget.checked)}
          />
          <Button variant="subtle" size="compact-sm" onClick={clear}>
            Clear
          </Button>
        </Group>
      }
    >
      <RecordTable
        records={{ ...recordsOf(shown ?? []), rows: shown }}
        columns={columns}
        rowId={({ id }) => String(id)}
        label="Calls"
        search="Search by path, error, app or person"
        empty={
          <Empty icon={RadioTower} title={refusedOnly ? 'No refused calls' : paused ? 'Paused' : 'Waiting for calls'}>
            {refusedOnly ? (
              'Calls that were answered with an error are listed here.'
            ) : (
              <>
                Point a program at <span className="mono">{start?.graph ?? location.origin}</span>, or run it with{' '}
                <span className="mono">hallpass exec</span>: its calls appear here right away.
              </>
            )}
          </Empty>
        }
      />
      {opened && (
        <Suspense>
          <CallDrawer key={opened.id} call={opened} onClose={() => setOpened(undefined)} />
        </Suspense>
      )}
    </Card>
  );
}

const codeOf = ({ code, error_subcode: subcode }: NonNullable<LoggedCall['error']>): string =>
  subcode === undefined ? `${code}` : `${code}/${subcode}`;

function Outcome({ call }: { call: LoggedCall }) {
  const { status, error, batch, fault, ms } = call;
  return (
    <Group gap={6}>
      <Badge color={failed(call) ? 'danger' : 'brand'} variant="light">
        {status}
      </Badge>
      {fault !== undefined && (
        <Badge color="warn" variant="light">
          fault {fault}
        </Badge>
      )}
      <Text span size="sm" className="breaks" c={error ? undefined : 'dimmed'}>
        <Breakable
          text={
            error
              ? `${codeOf(error)} ${error.message}`
              : batch
                ? `${batch.calls} calls, ${batch.refused} refused`
                : `${ms} ms`
          }
        />
      </Text>
    </Group>
  );
}

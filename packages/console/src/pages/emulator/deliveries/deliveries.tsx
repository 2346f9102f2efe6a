// Calls of the world to the servers of apps: what was sent, what came back, and sending it again.
import { Badge, Button, Group, Select, Text, TextInput, UnstyledButton } from '@mantine/core';
import { RotateCw, Send } from 'lucide-react';
import { lazy, Suspense, useMemo, useState } from 'react';
import { Breakable } from '../../../parts/breakable.tsx';
import { Card } from '../../../parts/card.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { FailureBox, toastDone, toastFailure } from '../../../parts/failure.tsx';
import { dated } from '../../../parts/moment.tsx';
import { type RecordColumn, RecordTable } from '../../../parts/records/record-table.tsx';
import { recordsOf } from '../../../parts/records/records.ts';
import { useOrder } from '../control/use-control.ts';
import { WorldSelect } from '../control/world-select.tsx';
import { useLive } from '../control/use-live.ts';
import { EmulatorPage } from '../frame.tsx';
import type { Delivery } from './delivery.ts';

const DeliveryDrawer = lazy(async () => ({ default: (await import('./delivery-drawer.tsx')).DeliveryDrawer }));

export function DeliveriesPage() {
  return (
    <EmulatorPage
      title="Deliveries"
      lead="Calls to your apps’ servers: deauthorize, data deletion, notifications. You can send each again exactly as it was."
    >
      <Bring />
      <AllDeliveries />
    </EmulatorPage>
  );
}

const good = ({ status }: Delivery): boolean => status !== undefined && status < 300;

function AllDeliveries() {
  const { rows, error } = useLive<Delivery>('deliveries', 'deliveries');
  const [opened, setOpened] = useState<Delivery>();
  const { mutate: act, isPending: busy } = useOrder();
  const columns = useMemo((): readonly RecordColumn<Delivery>[] => {
    const replay = (id: number) => act({ path: 'deliveries', params: { replay: id }, done: 'It’s sent again.' });
    return [
      {
        id: 'call',
        header: 'Call',
        value: ({ method, to }) => `${method} ${to}`,
        cell: (delivery) => (
          <UnstyledButton className="call-open" onClick={() => setOpened(delivery)} aria-haspopup="dialog">
            <b>{delivery.method}</b> <Breakable text={delivery.to} />
          </UnstyledButton>
        ),
      },
      {
        id: 'time',
        header: 'Time',
        value: ({ time }) => time,
        cell: ({ time }) => dated(Date.parse(time) / 1000),
        holds: 'time',
      },
      {
        id: 'status',
        header: 'Answer',
        value: ({ status, error: fault }) => status ?? fault ?? '',
        cell: (delivery) => (
          <Group gap={6}>
            <Badge variant="light" color={good(delivery) ? 'brand' : 'danger'}>
              {delivery.status ?? delivery.error}
            </Badge>
            <Text span size="xs" c="dimmed">
              {delivery.ms} ms
            </Text>
          </Group>
        ),
        width: '11rem',
      },
      {
        id: 'act',
        header: 'Actions',
        value: () => '',
        sorts: false,
        width: '9rem',
        cell: ({ id }) => (
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<RotateCw size={14} />}
            disabled={busy}
            onClick={() => replay(id)}
            aria-label={`Send again: call ${id}`}
          >
            Send again
          </Button>
        ),
      },
    ];
  }, [act, busy]);
  if (error) return <FailureBox error={error} />;
  return (
    <Card title="Calls">
      <RecordTable
        records={{ ...recordsOf(rows ?? []), rows }}
        columns={columns}
        rowId={({ id }) => String(id)}
        label="Deliveries"
        search="Search by address or answer"
        empty={
          <Empty icon={Send} title="No deliveries yet">
            Trigger a call above, or remove the app in a person’s settings: it appears here right away.
          </Empty>
        }
      />
      {opened && (
        <Suspense>
          <DeliveryDrawer key={opened.id} delivery={opened} onClose={() => setOpened(undefined)} />
        </Suspense>
      )}
    </Card>
  );
}

const triggers = [
  { value: 'deauthorize', label: 'deauthorize: a person removes the app' },
  { value: 'data-deletion', label: 'data-deletion: and asks for their data to be deleted' },
  { value: 'permissions', label: 'permissions: a person revokes a permission' },
  { value: 'feed', label: 'feed: a Page publishes a post' },
] as const;

/** Brings a call about, and leads all of them to an address of this machine. */
function Bring() {
  const [name, setName] = useState<string | null>('deauthorize');
  const [person, setPerson] = useState<string | null>(null);
  const [app, setApp] = useState<string | null>(null);
  const [to, setTo] = useState('');
  const bring = useOrder<{ deliveries: readonly Delivery[]; missing?: string }>(({ missing }) => {
    if (missing === undefined) toastDone('It’s sent.');
    else toastFailure(new Error(missing), 'Nothing was sent');
  });
  const forward = useOrder();
  return (
    <Card title="Trigger a call">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          bring.mutate({
            path: 'trigger',
            params: { name: name ?? undefined, person: person ?? undefined, app: app ?? undefined },
          });
        }}
      >
        <div className="setting-fields">
          <Select label="Call" data={[...triggers]} value={name} onChange={setName} allowDeselect={false} />
          <WorldSelect label="App" of="apps" value={app} onChange={setApp} />
          <WorldSelect label="Person" of="people" value={person} onChange={setPerson} />
          <TextInput
            label="Forward every call to"
            description="An address on this machine, instead of each app’s own"
            placeholder="http://localhost:3000"
            value={to}
            onChange={(event) => setTo(event.currentTarget.value)}
          />
        </div>
        <Group mt="md" gap="xs">
          <Button type="submit" leftSection={<Send size={16} />} loading={bring.isPending}>
            Trigger it
          </Button>
          <Button
            variant="default"
            disabled={to.trim() === ''}
            loading={forward.isPending}
            onClick={() =>
              forward.mutate({ path: 'forward', params: { to: to.trim() }, done: `Calls go to ${to.trim()}.` })
            }
          >
            Forward calls
          </Button>
          <Button
            variant="subtle"
            onClick={() =>
              forward.mutate({ method: 'DELETE', path: 'forward', done: 'Calls go to the apps’ own addresses.' })
            }
          >
            Stop forwarding
          </Button>
        </Group>
      </form>
    </Card>
  );
}

// The log of mails and webhook calls: what was told, to whom, about which connection, and what came back.
import { Anchor, Badge, Button, Table, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type DeliveryAnswer, eventKinds } from '@hallpass/vault/client';
import { keysOf } from '@hallpass/protocol';
import { Mail } from 'lucide-react';
import { useState } from 'react';
import { serverNow } from '../../../graph/clock.ts';
import { about } from '../../../parts/about.ts';
import { Card } from '../../../parts/card.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { dated } from '../../../parts/moment.tsx';
import { Page } from '../../../parts/page.tsx';
import { RecordFilters } from '../../../parts/records/record-filters.tsx';
import { type RecordColumn, RecordTable } from '../../../parts/records/record-table.tsx';
import { WideTable } from '../../../parts/wide-table.tsx';
import { openWindow } from '../../../parts/windows/open-window.ts';
import { addressOfConnection } from '../../../vault/places.ts';
import { useVaultList } from '../../../vault/use-vault.ts';

/** Deliveries of one call. */
const LIMIT = 100;

const channels = { mail: 'Mails', webhook: 'Webhook calls' } as const;
const looks = {
  waiting: { label: 'Waiting', colour: 'warn' },
  sent: { label: 'Sent', colour: 'brand' },
  failed: { label: 'Failed', colour: 'danger' },
  dropped: { label: 'Not needed any more', colour: 'note' },
} as const;

const keyIn = <K extends string>(table: Readonly<Record<K, unknown>>, value: string | null): K | undefined =>
  keysOf(table).find((key) => key === value);

export function MailsPage() {
  const [channel, setChannel] = useState<string | null>('mail');
  const [state, setState] = useState<string | null>(null);
  const filter = { channel: keyIn(channels, channel), state: keyIn(looks, state) };
  const records = useVaultList(['deliveries', filter], async (vault, after) => {
    const { deliveries, next } = await vault.listDeliveries({ ...filter, limit: LIMIT, after });
    return { rows: deliveries, next };
  });
  return (
    <Page title="Mail log" lead="Who was told what, and whether it arrived. It’s kept for 90 days, without the texts.">
      <Card>
        <RecordFilters
          records={records}
          filters={[
            {
              label: 'Channel',
              placeholder: 'Mails and webhook calls',
              options: keysOf(channels).map((value) => ({ value, label: channels[value] })),
              value: channel,
              onChange: setChannel,
            },
            {
              label: 'State',
              placeholder: 'All states',
              options: keysOf(looks).map((value) => ({ value, label: looks[value].label })),
              value: state,
              onChange: setState,
            },
          ]}
        />
        <RecordTable
          records={records}
          columns={columns}
          rowId={({ id }) => id}
          label="Deliveries"
          empty={
            <Empty icon={Mail} title={state === null ? 'Nothing was sent yet' : 'Nothing in this state'}>
              People are told 14, 7 and 3 days, and one day, before an end that only they can prevent, and when a
              connection stops working.
            </Empty>
          }
        />
      </Card>
    </Page>
  );
}

const columns: readonly RecordColumn<DeliveryAnswer>[] = [
  {
    id: 'created',
    header: 'Made',
    width: '10rem',
    value: ({ createdAt }) => createdAt,
    cell: ({ createdAt }) => (
      <Text size="sm" title={dated(createdAt)}>
        {about(createdAt, serverNow())}
      </Text>
    ),
  },
  { id: 'to', header: 'To', width: '24%', value: ({ to }) => to },
  {
    id: 'about',
    header: 'About',
    width: '30%',
    value: ({ connectionName, event }) => `${connectionName ?? ''} ${eventKinds[event].label}`,
    cell: ({ connectionId, connectionName, event }) => (
      <span className="row-title">
        {connectionId !== undefined && connectionName !== undefined ? (
          <Anchor component={Link} to={addressOfConnection(connectionId)} size="sm">
            <bdi>{connectionName}</bdi>
          </Anchor>
        ) : (
          <Text span size="sm">
            a connection that was removed
          </Text>
        )}
        <Text span size="xs" c="dimmed">
          {eventKinds[event].label}
        </Text>
      </span>
    ),
  },
  {
    id: 'state',
    header: 'State',
    value: ({ state }) => looks[state].label,
    cell: ({ state, dueAt }) => (
      <span className="row-title">
        <Badge variant="light" color={looks[state].colour} miw="max-content">
          {looks[state].label}
        </Badge>
        {state === 'waiting' && (
          <Text span size="xs" c="dimmed" title={dated(dueAt)}>
            {dueAt > serverNow() ? `due ${about(dueAt, serverNow())}` : 'due now'}
          </Text>
        )}
      </span>
    ),
  },
  {
    id: 'tries',
    header: 'Tries',
    value: ({ tries }) => tries.length,
    cell: (delivery) =>
      delivery.tries.length === 0 ? (
        'none yet'
      ) : (
        <Button
          variant="default"
          size="compact-sm"
          aria-label={`${delivery.tries.length.toLocaleString('en')} tries: ${delivery.to}, ${delivery.id}`}
          onClick={() =>
            openWindow({ title: `To ${delivery.to}`, size: 'lg', children: <Tries delivery={delivery} /> })
          }
        >
          {delivery.tries.length.toLocaleString('en')}
        </Button>
      ),
  },
];

function Tries({ delivery: { tries, id } }: { delivery: DeliveryAnswer }) {
  return (
    <WideTable label="Tries" minWidth={380}>
      <Table className="records-table">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Tried</Table.Th>
            <Table.Th scope="col">Answer</Table.Th>
            <Table.Th scope="col">Took</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {tries.map(({ at, ms, status, error }, index) => (
            <Table.Tr key={`${id} ${at} ${index}`}>
              <Table.Td data-label="Tried">{dated(at)}</Table.Td>
              <Table.Td data-label="Answer">
                {[status, error?.replaceAll('_', ' ') ?? 'accepted'].filter(Boolean).join(' ')}
              </Table.Td>
              <Table.Td data-label="Took">{ms} ms</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </WideTable>
  );
}

// These are the webhooks of an app: what it is told of, object by object, and where.
import { Badge, Button, Group, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Plus, Webhook } from 'lucide-react';
import { call } from '../../../graph/door.ts';
import { Breakable } from '../../../parts/breakable.tsx';
import { Card } from '../../../parts/card.tsx';
import { confirmAct } from '../../../parts/confirm.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { type RecordColumn, RecordTable } from '../../../parts/records/record-table.tsx';
import { useRecords } from '../../../parts/records/use-records.ts';
import { openWindow } from '../../../parts/windows/open-window.ts';
import type { App } from '../app.ts';
import type { Subscription } from './subscription.ts';

/** Counts the calls about an object that wait to be sent, and are given up with the webhook. */
async function givenUp(appId: string, object: string): Promise<string[]> {
  const { summary } = await call<{ summary?: { total_count: number } }>('GET', `/${appId}/callback_deliveries`, {
    kind: object,
    state: 'waiting',
    summary: 'total_count',
    limit: 1,
  });
  const waiting = summary?.total_count ?? 0;
  return [
    waiting === 1
      ? 'Drops 1 call that is waiting to be sent.'
      : `Drops ${waiting.toLocaleString('en')} calls that are waiting to be sent.`,
    'Ends no token.',
  ];
}

/** Loads the form when it's wanted: most people look at the list alone. */
async function edit(app: App, subscription?: Subscription): Promise<void> {
  const { SubscriptionForm } = await import('./subscription-form.tsx');
  const close = openWindow({
    title: subscription ? `Webhook: ${subscription.object}` : 'New webhook',
    size: 'lg',
    children: <SubscriptionForm app={app} subscription={subscription} onDone={() => close()} />,
  });
}

export function Subscriptions({ app }: { app: App }) {
  const { id: appId } = app;
  const client = useQueryClient();
  const records = useRecords<Subscription>({ queryKey: ['subscriptions', appId], path: `/${appId}/subscriptions` });
  const end = async ({ object }: Subscription) => {
    await confirmAct({
      title: `End the webhook about ${object}?`,
      children: 'Your server is no longer notified. Calls that are waiting to be sent are dropped.',
      confirm: 'End it',
      reach: () => givenUp(appId, object),
      act: () => call('DELETE', `/${appId}/subscriptions`, { object }),
      done: 'Ended.',
    });
    await client.invalidateQueries({ queryKey: ['subscriptions', appId] });
  };
  const columns: readonly RecordColumn<Subscription>[] = [
    { id: 'object', header: 'Object', value: ({ object }) => object },
    {
      id: 'url',
      header: 'Callback URL',
      value: ({ callback_url: url }) => url,
      cell: ({ callback_url: url }) => (
        <Text size="sm" className="mono breaks">
          <Breakable text={url} />
        </Text>
      ),
    },
    {
      id: 'fields',
      header: 'Fields',
      value: ({ fields }) => fields.length,
      cell: ({ fields, include_values: values }) => (
        <Group gap={4}>
          <Text size="sm">
            {fields.length > 4 ? `${fields.length} fields` : fields.map(({ name }) => name).join(', ')}
          </Text>
          {values && (
            <Badge variant="light" color="note">
              with values
            </Badge>
          )}
        </Group>
      ),
    },
    {
      id: 'acts',
      header: 'Actions',
      sorts: false,
      value: () => '',
      cell: (one) => (
        <Group gap={4} wrap="nowrap">
          <Button
            variant="default"
            size="compact-sm"
            onClick={() => void edit(app, one)}
            aria-label={`Edit the webhook about ${one.object}`}
          >
            Edit
          </Button>
          <Button
            variant="subtle"
            color="danger"
            size="compact-sm"
            onClick={() => void end(one)}
            aria-label={`End the webhook about ${one.object}`}
          >
            End
          </Button>
        </Group>
      ),
    },
  ];
  return (
    <Card
      title="Webhooks"
      actions={
        <Button variant="default" size="compact-sm" leftSection={<Plus size={14} />} onClick={() => void edit(app)}>
          Add
        </Button>
      }
    >
      <RecordTable
        records={records}
        columns={columns}
        rowId={({ object }) => object}
        label="Webhooks"
        empty={
          <Empty icon={Webhook} title="No webhooks yet">
            Add one to notify your server when permissions, people or Pages change.
          </Empty>
        }
      />
    </Card>
  );
}

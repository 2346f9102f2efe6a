// Business integrations: the apps that were connected by the businesses which the person runs.
import { SegmentedControl, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Building2 } from 'lucide-react';
import { useMemo, useState } from 'react';
import { serverNow } from '../../graph/clock.ts';
import { ending } from '../../graph/would-end.ts';
import { Card } from '../../parts/card.tsx';
import { confirmAct } from '../../parts/confirm.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Moment } from '../../parts/moment.tsx';
import { endingColumn } from '../../parts/records/ending-column.tsx';
import { type RecordColumn, RecordTable } from '../../parts/records/record-table.tsx';
import { useRecords } from '../../parts/records/use-records.ts';
import { secondsOf } from './apps/connected-app.ts';
import { SettingsFrame } from './frame.tsx';

interface Integration {
  id: string;
  name: string;
  business: { id: string; name: string };
  permissions: readonly string[];
  pages: number;
  ad_accounts: number;
  connected_time: string;
  removed_time?: string;
}

type Status = 'active' | 'removed';

const columnsFor = (status: Status, remove: (one: Integration) => void): RecordColumn<Integration>[] => [
  {
    id: 'name',
    header: 'App',
    value: ({ name, business }) => `${name} ${business.name}`,
    cell: ({ name, business }) => (
      <span className="row-title">
        <Text span size="sm" fw={600}>
          <bdi>{name}</bdi>
        </Text>
        <Text span size="xs" c="dimmed">
          for{' '}
          <Link to="/console/business/$businessId/integrations" params={{ businessId: business.id }}>
            <bdi>{business.name}</bdi>
          </Link>
        </Text>
      </span>
    ),
  },
  ...(status === 'removed'
    ? [
        {
          id: 'removed',
          header: 'Removed',
          value: ({ removed_time: at = '' }: Integration) => at,
          cell: ({ removed_time: at }: Integration) =>
            at === undefined ? null : <Moment at={secondsOf(at)} now={serverNow()} />,
        },
      ]
    : [
        { id: 'permissions', header: 'Permissions', value: ({ permissions }: Integration) => permissions.join(', ') },
        {
          id: 'assets',
          header: 'Assets',
          value: ({ pages, ad_accounts }: Integration) =>
            `${pages} ${pages === 1 ? 'Page' : 'Pages'}, ${ad_accounts} ad ${ad_accounts === 1 ? 'account' : 'accounts'}`,
        },
        {
          id: 'connected',
          header: 'Connected',
          value: ({ connected_time: at }: Integration) => at,
          cell: ({ connected_time: at }: Integration) => <Moment at={secondsOf(at)} now={serverNow()} />,
        },
        endingColumn<Integration>({
          word: 'Remove',
          label: (one) => `Remove ${one.name} from ${one.business.name}`,
          act: remove,
        }),
      ]),
];

export function BusinessIntegrationsPage() {
  const client = useQueryClient();
  const [status, setStatus] = useState<Status>('active');
  const integrations = useRecords<Integration>({
    queryKey: ['my-integrations'],
    path: '/me/business_integrations',
    params: { status },
  });
  const columns = useMemo(
    () =>
      columnsFor(status, ({ id: app_id, name, business: { id: businessId, name: business } }) => {
        void confirmAct({
          title: `Remove ${name} from ${business}?`,
          children: `${name} can no longer act for ${business}.`,
          ...ending('DELETE', `/${businessId}/connected_apps`, { app_id }),
          confirm: 'Remove',
          isFinal: true,
          done: `${name} has been removed.`,
        }).then((done) => (done ? client.invalidateQueries({ queryKey: ['my-integrations'] }) : undefined));
      }),
    [client, status],
  );
  return (
    <SettingsFrame
      current="/console/settings/integrations"
      title="Business integrations"
      lead="Apps connected by businesses that you run."
      icon={Building2}
    >
      <Card>
        <SegmentedControl
          aria-label="Which integrations"
          data={[
            { value: 'active', label: 'Active' },
            { value: 'removed', label: 'Removed' },
          ]}
          value={status}
          onChange={(value) => setStatus(value === 'removed' ? 'removed' : 'active')}
          mb="sm"
        />
        <RecordTable
          key={status}
          records={integrations}
          columns={columns}
          rowId={({ id, business }) => `${business.id} ${id}`}
          label="Business integrations"
          search="Find an integration"
          empty={
            <Empty
              icon={Building2}
              title={status === 'active' ? 'None of your businesses has connected an app' : 'No removed integrations'}
            >
              {status === 'active' && 'You connect a business to an app when you log in to the app.'}
            </Empty>
          }
        />
      </Card>
    </SettingsFrame>
  );
}

// The apps that a business connected with Login for Business: what each was given, and removing it.
import { useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Blocks } from 'lucide-react';
import { useMemo } from 'react';
import { serverNow } from '../../graph/clock.ts';
import { ending } from '../../graph/would-end.ts';
import { Card } from '../../parts/card.tsx';
import { confirmAct } from '../../parts/confirm.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Moment } from '../../parts/moment.tsx';
import { endingColumn } from '../../parts/records/ending-column.tsx';
import { type RecordColumn, RecordTable } from '../../parts/records/record-table.tsx';
import { useRecords } from '../../parts/records/use-records.ts';
import { type Named, secondsOf, useBusiness, useManages } from './business.ts';
import { BusinessFrame } from './frame.tsx';
import { RowTitle } from '../../parts/records/row-title.tsx';

interface ConnectedApp extends Named {
  permissions: readonly string[];
  assets: readonly string[];
  connected_time: string;
}

const columnsFor = (remove: (app: ConnectedApp) => void): RecordColumn<ConnectedApp>[] => [
  {
    id: 'name',
    header: 'App',
    value: ({ name, id }) => `${name} ${id}`,
    cell: ({ name, id }) => <RowTitle name={name} id={id} />,
  },
  { id: 'permissions', header: 'Permissions', value: ({ permissions }) => permissions.join(', ') },
  { id: 'assets', header: 'Assets', width: '6rem', value: ({ assets }) => assets.length },
  {
    id: 'connected',
    header: 'Connected',
    value: ({ connected_time: at }) => at,
    cell: ({ connected_time: at }) => <Moment at={secondsOf(at)} now={serverNow()} />,
  },
  endingColumn({ word: 'Remove', label: (app) => `Remove ${app.name}`, act: remove }),
];

export function IntegrationsPage() {
  const { businessId } = useParams({ from: '/shell/console/business/$businessId/integrations' });
  const { data: business } = useBusiness(businessId);
  const manages = useManages(businessId);
  const client = useQueryClient();
  const connected = useRecords<ConnectedApp>({
    queryKey: ['connected-apps', businessId],
    path: `/${businessId}/connected_apps`,
    enabled: manages,
  });
  const columns = useMemo(
    () =>
      columnsFor(({ id: app_id, name }) => {
        void confirmAct({
          title: `Remove ${name}?`,
          children: `${name} can no longer act for ${business?.name ?? 'the business'}. If it is connected again, it gets new tokens.`,
          ...ending('DELETE', `/${businessId}/connected_apps`, { app_id }),
          confirm: 'Remove',
          isFinal: true,
          done: `${name} has been removed.`,
        }).then((done) => (done ? client.invalidateQueries({ queryKey: ['connected-apps', businessId] }) : undefined));
      }),
    [business?.name, businessId, client],
  );
  return (
    <BusinessFrame
      businessId={businessId}
      section="integrations"
      title="Connected apps"
      lead="Apps that an administrator connected for the business with Login for Business. They stay connected when that person leaves."
    >
      {manages && (
        <Card>
          <RecordTable
            records={connected}
            columns={columns}
            rowId={({ id }) => id}
            label="Connected apps"
            search="Find an app"
            empty={
              <Empty icon={Blocks} title="No connected apps">
                You connect an app when you log in to it, and choose there which Pages and ad accounts it may use.
              </Empty>
            }
          />
        </Card>
      )}
    </BusinessFrame>
  );
}

// Apps and websites: what each may do for the person, taking it back, and giving it anew.
import { Button, Group, Modal, SegmentedControl, Skeleton } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { LayoutGrid } from 'lucide-react';
import { lazy, Suspense, useMemo, useState } from 'react';
import { serverNow } from '../../../graph/clock.ts';
import { call } from '../../../graph/door.ts';
import { Card } from '../../../parts/card.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { toastDone, toastFailure } from '../../../parts/failure.tsx';
import { Moment } from '../../../parts/moment.tsx';
import { type RecordColumn, RecordTable } from '../../../parts/records/record-table.tsx';
import { useRecords } from '../../../parts/records/use-records.ts';
import { SettingsFrame } from '../frame.tsx';
import { type AppStatus, type ConnectedApp, secondsOf } from './connected-app.ts';
import { RemoveApp } from './remove-app.tsx';
import { RowTitle } from '../../../parts/records/row-title.tsx';

/** The form is loaded when an app is opened: most people look at the list alone. */
const ViewAndEdit = lazy(async () => ({ default: (await import('./view-and-edit.tsx')).ViewAndEdit }));

const filters: readonly { value: AppStatus; label: string; lead: string; empty: string; hint: string }[] = [
  {
    value: 'active',
    label: 'Active',
    lead: 'Apps you logged in to recently. They can use what you allowed.',
    empty: 'No active apps',
    hint: 'When you log in to an app with this account, it’s listed here.',
  },
  {
    value: 'expired',
    label: 'Expired',
    lead: 'Apps you haven’t used for 90 days. They can’t use your data until you renew them or log in again.',
    empty: 'No expired apps',
    hint: 'Apps you haven’t used for 90 days are listed here.',
  },
  {
    value: 'removed',
    label: 'Removed',
    lead: 'Apps you removed. They may still have the data they got before; you can ask them to delete it.',
    empty: 'No removed apps',
    hint: 'Apps you remove are listed here until you log in to them again.',
  },
];

const columnsFor = (
  status: AppStatus,
  acts: { edit(app: ConnectedApp): void; remove(app: ConnectedApp): void; renew(app: ConnectedApp): void },
): RecordColumn<ConnectedApp>[] => [
  {
    id: 'name',
    header: 'App',
    value: ({ name, id }) => `${name} ${id}`,
    cell: ({ name, id }) => <RowTitle name={name} id={id} />,
  },
  ...(status === 'removed'
    ? [
        {
          id: 'removed',
          header: 'Removed',
          value: ({ removed_time: at = '' }: ConnectedApp) => at,
          cell: ({ removed_time: at }: ConnectedApp) =>
            at === undefined ? null : <Moment at={secondsOf(at)} now={serverNow()} />,
        },
      ]
    : [
        {
          id: 'may',
          header: 'Permissions',
          width: '8rem',
          value: ({ permissions = [] }: ConnectedApp) => permissions.length,
        },
        {
          id: 'until',
          header: status === 'expired' ? 'Ended' : 'Data access until',
          value: ({ data_access_expires_at: at = 0 }: ConnectedApp) => at,
          cell: ({ data_access_expires_at: at = 0 }: ConnectedApp) =>
            at === 0 ? 'No end' : <Moment at={at} now={serverNow()} />,
        },
        {
          id: 'acts',
          header: 'Actions',
          sorts: false as const,
          width: '17rem',
          value: () => '',
          cell: (app: ConnectedApp) => (
            <Group gap={4}>
              {status === 'expired' && (
                <Button size="compact-sm" onClick={() => acts.renew(app)} aria-label={`Renew ${app.name}`}>
                  Renew
                </Button>
              )}
              <Button
                variant="default"
                size="compact-sm"
                onClick={() => acts.edit(app)}
                aria-label={`View and edit ${app.name}`}
              >
                View and edit
              </Button>
              <Button
                variant="subtle"
                color="danger"
                size="compact-sm"
                onClick={() => acts.remove(app)}
                aria-label={`Remove ${app.name}`}
              >
                Remove
              </Button>
            </Group>
          ),
        },
      ]),
];

export function AppsPage() {
  const { open } = useSearch({ from: '/shell/console/settings/apps' });
  const navigate = useNavigate();
  const client = useQueryClient();
  const [status, setStatus] = useState<AppStatus>('active');
  const [removing, setRemoving] = useState<ConnectedApp>();
  const apps = useRecords<ConnectedApp>({
    queryKey: ['my-connected-apps'],
    path: '/me/connected_apps',
    params: { status },
  });
  const { mutate: renew } = useMutation({
    mutationFn: ({ id: app_id }: ConnectedApp) => call('POST', '/me/app_access_renewal', { app_id }),
    onSuccess: (_answer, { name }) => {
      toastDone(`${name} can access your data for another 90 days.`);
      void client.invalidateQueries({ queryKey: ['my-connected-apps'] });
    },
    onError: (error) => toastFailure(error, 'It wasn’t renewed'),
  });
  const show = useMemo(
    () => (id: string | undefined) =>
      void navigate({ to: '/console/settings/apps', search: id === undefined ? {} : { open: id }, resetScroll: false }),
    [navigate],
  );
  const columns = useMemo(
    () => columnsFor(status, { edit: ({ id }) => show(id), remove: setRemoving, renew }),
    [status, show, renew],
  );
  const { lead, empty, hint } = filters.find(({ value }) => value === status) ??
    filters[0] ?? { lead: '', empty: '', hint: '' };
  const opened = open === undefined ? undefined : apps.rows?.find(({ id }) => id === open);
  return (
    <SettingsFrame current="/console/settings/apps" title="Apps and websites" lead={lead} icon={LayoutGrid}>
      {opened ? (
        <Card
          title={opened.name}
          actions={
            <Button variant="default" size="compact-sm" onClick={() => show(undefined)}>
              All apps
            </Button>
          }
        >
          <Suspense fallback={<Skeleton h={200} aria-label={`Loading: ${opened.name}`} />}>
            <ViewAndEdit
              app={opened}
              onClose={() => show(undefined)}
              onRemove={() => {
                show(undefined);
                setRemoving(opened);
              }}
            />
          </Suspense>
        </Card>
      ) : (
        <Card>
          <SegmentedControl
            aria-label="Which apps"
            data={filters.map(({ value, label }) => ({ value, label }))}
            value={status}
            onChange={(value) => setStatus(filters.find((one) => one.value === value)?.value ?? 'active')}
            mb="sm"
          />
          <RecordTable
            key={status}
            records={apps}
            columns={columns}
            rowId={({ id }) => id}
            label="Apps and websites"
            search="Find an app"
            empty={
              <Empty icon={LayoutGrid} title={empty}>
                {hint}
              </Empty>
            }
          />
        </Card>
      )}
      <Modal
        opened={removing !== undefined}
        onClose={() => setRemoving(undefined)}
        title={removing && `Remove ${removing.name}?`}
        size="lg"
      >
        {removing && <RemoveApp app={removing} onClose={() => setRemoving(undefined)} />}
      </Modal>
    </SettingsFrame>
  );
}

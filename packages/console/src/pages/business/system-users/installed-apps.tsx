// The apps that a system user has: for each of them it can have tokens.
import { Button, Group, Select, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { SquareStack } from 'lucide-react';
import { useMemo, useState } from 'react';
import { serverNow } from '../../../graph/clock.ts';
import { call } from '../../../graph/door.ts';
import { readList } from '../../../graph/read-list.ts';
import { ending } from '../../../graph/would-end.ts';
import { Card } from '../../../parts/card.tsx';
import { confirmAct } from '../../../parts/confirm.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { toastDone, toastFailure } from '../../../parts/failure.tsx';
import { Moment } from '../../../parts/moment.tsx';
import { endingColumn } from '../../../parts/records/ending-column.tsx';
import { type RecordColumn, RecordTable } from '../../../parts/records/record-table.tsx';
import { useRecords } from '../../../parts/records/use-records.ts';
import { type Named, secondsOf } from '../business.ts';
import { RowTitle } from '../../../parts/records/row-title.tsx';

export interface InstalledApp extends Named {
  installed_time: string;
  living_tokens: number;
}

/** The apps that system users of the business can have: its own, and those that it took up from others. */
export const appsForSystemUsers = async (businessId: string): Promise<Named[]> =>
  (
    await Promise.all([
      readList<Named>(`/${businessId}/owned_apps`, { fields: 'id,name' }),
      readList<Named>(`/${businessId}/client_apps`, { fields: 'id,name' }),
    ])
  ).flat();

interface InstalledAppsProps {
  businessId: string;
  systemUserId: string;
  name: string;
  manages: boolean;
}

const columnsFor = (remove: ((app: InstalledApp) => void) | undefined): RecordColumn<InstalledApp>[] => [
  {
    id: 'name',
    header: 'App',
    value: ({ name, id }) => `${name} ${id}`,
    cell: ({ id, name }) => <RowTitle name={name} id={id} />,
  },
  {
    id: 'installed',
    header: 'Installed',
    value: ({ installed_time: at }) => at,
    cell: ({ installed_time: at }) => <Moment at={secondsOf(at)} now={serverNow()} />,
  },
  { id: 'tokens', header: 'Tokens in use', width: '9rem', value: ({ living_tokens: count }) => count },
  ...(remove
    ? [endingColumn<InstalledApp>({ word: 'Remove', label: (app) => `Remove ${app.name}`, act: remove })]
    : []),
];

export function InstalledApps({ businessId, systemUserId, name, manages }: InstalledAppsProps) {
  const client = useQueryClient();
  const apps = useRecords<InstalledApp>({
    queryKey: ['installed-apps', systemUserId],
    path: `/${systemUserId}/installed_apps`,
  });
  const columns = useMemo(() => {
    const remove = async (app: InstalledApp) => {
      const done = await confirmAct({
        title: `Remove ${app.name} from ${name}?`,
        children: 'If you install it again, it needs new tokens.',
        ...ending('DELETE', `/${systemUserId}/applications`, { business_app: app.id }),
        confirm: 'Remove',
        isFinal: true,
        done: `${app.name} has been removed.`,
      });
      if (!done) return;
      void client.invalidateQueries({ queryKey: ['installed-apps', systemUserId] });
      void client.invalidateQueries({ queryKey: ['issued-tokens', systemUserId] });
    };
    return columnsFor(manages ? (app) => void remove(app) : undefined);
  }, [client, manages, name, systemUserId]);
  return (
    <Card title="Apps">
      <Stack gap="sm">
        <RecordTable
          records={apps}
          columns={columns}
          rowId={({ id }) => id}
          label="Installed apps"
          empty={
            <Empty icon={SquareStack} title="No installed apps">
              Install an app here before you generate a token for it.
            </Empty>
          }
        />
        {manages && apps.rows && (
          <InstallApp businessId={businessId} systemUserId={systemUserId} there={apps.rows.map(({ id }) => id)} />
        )}
      </Stack>
    </Card>
  );
}

function InstallApp({
  businessId,
  systemUserId,
  there,
}: {
  businessId: string;
  systemUserId: string;
  there: readonly string[];
}) {
  const client = useQueryClient();
  const [picked, setPicked] = useState<string | null>(null);
  const { data: apps } = useQuery({
    queryKey: ['apps-for-system-users', businessId],
    queryFn: () => appsForSystemUsers(businessId),
  });
  const install = useMutation({
    mutationFn: (business_app: string) => call('POST', `/${systemUserId}/applications`, { business_app }),
    onSuccess: () => {
      toastDone('The app is installed. You can now generate a token for it.');
      setPicked(null);
      void client.invalidateQueries({ queryKey: ['installed-apps', systemUserId] });
    },
    onError: (error) => toastFailure(error, 'The app wasn’t installed'),
  });
  const left = (apps ?? []).filter(({ id }) => !there.includes(id));
  if (apps && left.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {apps.length === 0
          ? 'The business has no apps yet: add one under Apps.'
          : 'Every app of the business is installed.'}
      </Text>
    );
  return (
    <Group gap="xs" align="flex-end">
      <Select
        label="Install an app"
        placeholder="Choose an app"
        data={left.map(({ id, name }) => ({ value: id, label: name }))}
        value={picked}
        onChange={setPicked}
        searchable
        className="grows"
        maw={360}
      />
      <Button
        variant="default"
        disabled={picked === null}
        loading={install.isPending}
        onClick={() => picked !== null && install.mutate(picked)}
      >
        Install app
      </Button>
    </Group>
  );
}

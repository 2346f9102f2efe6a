// Permissions and access levels: what the app may ask everybody for, requests for more, and the mode of the app.
import { Badge, Button, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ShieldCheck } from 'lucide-react';
import { useMemo } from 'react';
import { call } from '../../../graph/door.ts';
import { permissionWords } from '../../../graph/permission-words.ts';
import { ending, whatEnds } from '../../../graph/would-end.ts';
import { Card } from '../../../parts/card.tsx';
import { confirmAct } from '../../../parts/confirm.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { type RecordColumn, RecordTable } from '../../../parts/records/record-table.tsx';
import { useRecords } from '../../../parts/records/use-records.ts';
import { openWindow } from '../../../parts/windows/open-window.ts';
import { type App, appKey, may } from '../app.ts';
import { AppPage } from '../frame.tsx';
import { type AccessRequest, requestLook } from './access-request.ts';
import { RequestForm } from './request-form.tsx';
import { Requests } from './requests.tsx';

interface PermissionLevel {
  permission: string;
  status: 'live' | 'unapproved';
}

export function PermissionsPage() {
  return (
    <AppPage
      section="/permissions"
      title="Permissions"
      lead="With standard access a permission works for people with a role on the app; with advanced access, for everyone."
    >
      {(app) => (
        <>
          <Mode app={app} />
          <Levels app={app} />
          <Requests app={app} />
        </>
      )}
    </AppPage>
  );
}

function Mode({ app: { id: appId, name, mode, my_roles } }: { app: App }) {
  const client = useQueryClient();
  const change = async (wanted: string) => {
    if (wanted === mode) return;
    const live = wanted === 'live';
    await confirmAct({
      title: live ? `Make ${name} live?` : `Put ${name} back into development?`,
      children: live
        ? 'Everyone can use it. It may ask them for the permissions to which it has advanced access.'
        : 'Only people with a role on it can use it: everyone else’s tokens are refused until it is live again.',
      reach: () => whatEnds('POST', `/${appId}/mode`, { mode: wanted }),
      confirm: live ? 'Make it live' : 'Put it back',
      password: `To change the mode of ${name}, enter your password.`,
      act: () => call('POST', `/${appId}/mode`, { mode: wanted }),
      done: live ? `${name} is live.` : `${name} is in development.`,
    });
    await client.invalidateQueries({ queryKey: appKey(appId) });
    await client.invalidateQueries({ queryKey: ['app-health', appId] });
  };
  return (
    <Card title="App mode">
      <Stack gap="xs" align="flex-start">
        <SegmentedControl
          aria-label="App mode"
          value={mode}
          onChange={(value) => void change(value)}
          disabled={!may({ my_roles }, 'change_mode')}
          data={[
            { value: 'development', label: 'In development' },
            { value: 'live', label: 'Live' },
          ]}
        />
        <Text size="sm" c="dimmed">
          {mode === 'live' ? 'Everyone can use the app.' : 'Only people with a role on the app can use it.'}
        </Text>
      </Stack>
    </Card>
  );
}

const words: ReadonlyMap<string, string> = new Map(permissionWords.map(({ name, title }) => [name, title]));

function Levels({ app }: { app: App }) {
  const { id: appId, name: appName } = app;
  const client = useQueryClient();
  const records = useRecords<PermissionLevel>({ queryKey: ['app-permissions', appId], path: `/${appId}/permissions` });
  const { data: requests } = useQuery({
    queryKey: ['access-requests', appId],
    queryFn: () => call<{ data: readonly AccessRequest[] }>('GET', `/${appId}/access_requests`, { limit: 500 }),
    select: ({ data }) => data,
  });
  const asks = may(app, 'ask_access');
  const columns = useMemo((): readonly RecordColumn<PermissionLevel>[] => {
    const newest = (permission: string) => requests?.find((one) => one.permission === permission);
    const drop = async (permission: string) => {
      await confirmAct({
        title: `Go back to standard access to ${permission}?`,
        children: `Permissions granted by people without a role on ${appName} stop working at once. To get advanced access back, you have to request it again.`,
        confirm: 'Go back',
        password: `To give up access of ${appName}, enter your password.`,
        ...ending('DELETE', `/${appId}/permissions`, { permission }),
        done: `${permission} has standard access.`,
      });
      await client.invalidateQueries({ queryKey: ['app-permissions', appId] });
    };
    const ask = (permission: string) => {
      const close = openWindow({
        title: `Advanced access to ${permission}`,
        children: <RequestForm app={app} permission={permission} onDone={() => close()} />,
      });
    };
    return [
      {
        id: 'permission',
        header: 'Permission',
        value: ({ permission }) => `${permission} ${words.get(permission) ?? ''}`,
        cell: ({ permission }) => (
          <div>
            <Text size="sm" className="mono breaks">
              {permission}
            </Text>
            <Text size="xs" c="dimmed">
              {words.get(permission)}
            </Text>
          </div>
        ),
      },
      {
        id: 'level',
        header: 'Access',
        value: ({ status }) => status,
        cell: ({ status }) => (
          <Badge variant="light" color={status === 'live' ? 'brand' : 'note'}>
            {status === 'live' ? 'Advanced' : 'Standard'}
          </Badge>
        ),
        width: '9rem',
      },
      {
        id: 'request',
        header: 'Request',
        value: ({ permission }) => newest(permission)?.status ?? '',
        cell: ({ permission }) => {
          const request = newest(permission);
          return request ? (
            <Badge variant="light" color={requestLook[request.status].colour}>
              {requestLook[request.status].label}
            </Badge>
          ) : null;
        },
        width: '9rem',
      },
      {
        id: 'acts',
        header: 'Actions',
        sorts: false,
        value: () => '',
        cell: ({ permission, status }) => {
          if (!asks || permission === 'public_profile') return null;
          if (status === 'live')
            return (
              <Button
                variant="subtle"
                color="danger"
                size="compact-sm"
                onClick={() => void drop(permission)}
                aria-label={`Give up advanced access to ${permission}`}
              >
                Give up
              </Button>
            );
          if (newest(permission)?.status === 'pending') return null;
          return (
            <Button
              variant="default"
              size="compact-sm"
              onClick={() => ask(permission)}
              aria-label={`Request advanced access to ${permission}`}
            >
              Request
            </Button>
          );
        },
        width: '8rem',
      },
    ];
  }, [app, appId, appName, asks, client, requests]);
  return (
    <Card title="Access levels">
      <RecordTable
        records={records}
        columns={columns}
        rowId={({ permission }) => permission}
        label="Permissions"
        search="Search by name or by what it allows"
        empty={<Empty icon={ShieldCheck} title="No permission" />}
      />
      <Group mt="xs">
        <Text size="xs" c="dimmed">
          A reviewer of the platform decides on requests.
        </Text>
      </Group>
    </Card>
  );
}

// My Apps: every app on which the person has a role, the invitations that wait for an answer, and the way to a new one.
import { Anchor, Avatar, Button, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { LayoutGrid, Plus } from 'lucide-react';
import { useState } from 'react';
import { keysOf } from '@hallpass/protocol';
import { call } from '../../graph/door.ts';
import { ending } from '../../graph/would-end.ts';
import { roleNames } from '../../graph/my-apps.ts';
import { useSession } from '../../graph/session.ts';
import { Card } from '../../parts/card.tsx';
import { confirmAct } from '../../parts/confirm.tsx';
import { Id } from '../../parts/copy.tsx';
import { Empty } from '../../parts/empty.tsx';
import { toastDone, toastFailure } from '../../parts/failure.tsx';
import { Page } from '../../parts/page.tsx';
import { type RecordColumn, RecordTable } from '../../parts/records/record-table.tsx';
import { useRecords } from '../../parts/records/use-records.ts';
import { SignedIn } from '../../parts/signed-in.tsx';
import type { App } from './app.ts';
import { ModeBadge } from './frame.tsx';
import { addressOfApp } from '../../shell/app-sections.ts';

type ListedApp = Pick<App, 'id' | 'name' | 'mode' | 'archived' | 'my_roles'>;

const columns: readonly RecordColumn<ListedApp>[] = [
  {
    id: 'name',
    header: 'App',
    value: ({ name }) => name,
    cell: ({ id, name }) => (
      <Group gap="sm" wrap="nowrap">
        <Avatar name={name} color="note" size={32} radius="md" aria-hidden visibleFrom="xs" />
        <Anchor component={Link} to={addressOfApp(id)} fw={600}>
          <bdi>{name}</bdi>
        </Anchor>
      </Group>
    ),
  },
  {
    id: 'id',
    header: 'App ID',
    value: ({ id }) => id,
    cell: ({ id }) => <Id value={id} what="App ID" />,
    width: '15rem',
  },
  { id: 'role', header: 'Your role', value: ({ my_roles: roles }) => roleNames(roles), width: '11rem' },
  {
    id: 'mode',
    header: 'Mode',
    value: ({ mode }) => mode,
    cell: (app) => <ModeBadge {...app} />,
    width: '10rem',
  },
];

export function AppsPage() {
  const session = useSession();
  return (
    <Page
      title="My apps"
      lead="Apps on which you have a role."
      actions={
        session && (
          <Button component={Link} to="/console/apps/create" leftSection={<Plus size={16} />}>
            Create app
          </Button>
        )
      }
    >
      <SignedIn to="see your apps" icon={LayoutGrid}>
        <Invitations />
        <Reviews />
        <MyApps />
      </SignedIn>
    </Page>
  );
}

const lists = { active: 'Active', archived: 'Archived' } as const;

function MyApps() {
  const [shown, setShown] = useState<keyof typeof lists>('active');
  const archived = shown === 'archived';
  const records = useRecords<ListedApp>({
    queryKey: archived ? ['my-apps', shown] : ['my-apps'],
    path: '/me/apps',
    params: { fields: 'id,name,mode,archived,my_roles', ...(archived ? { archived } : {}) },
  });
  return (
    <Card>
      <SegmentedControl
        aria-label="Which apps"
        value={shown}
        onChange={setShown}
        data={keysOf(lists).map((value) => ({ value, label: lists[value] }))}
        mb="sm"
      />
      <RecordTable
        records={records}
        columns={columns}
        rowId={({ id }) => id}
        label="Your apps"
        search="Search by name or id"
        empty={
          archived ? (
            <Empty icon={LayoutGrid} title="No app is in the archive" />
          ) : (
            <Empty icon={LayoutGrid} title="You have no apps yet">
              <Anchor component={Link} to="/console/apps/create">
                Create your first app
              </Anchor>
              , or ask an administrator of an app to invite you.
            </Empty>
          )
        }
      />
    </Card>
  );
}

interface Invitation {
  id: string;
  role: string;
  app: { id: string; name: string };
  invited_by?: { name: string };
}

function Invitations() {
  const client = useQueryClient();
  const { data } = useQuery({
    queryKey: ['my-app-invitations'],
    queryFn: () => call<{ data: readonly Invitation[] }>('GET', '/me/app_invitations', { limit: 100 }),
  });
  const renew = () => client.invalidateQueries();
  const accept = async ({ id: appInvitationId, app }: Invitation) => {
    try {
      await call('POST', `/${appInvitationId}/accept`);
      toastDone(`You now have a role on ${app.name}.`);
      await renew();
    } catch (error) {
      toastFailure(error, 'The invitation can’t be accepted');
    }
  };
  const decline = async ({ id: appInvitationId, app }: Invitation) => {
    const done = await confirmAct({
      title: `Decline the invitation to ${app.name}?`,
      children: 'An administrator of the app can invite you again.',
      confirm: 'Decline',
      ...ending('DELETE', `/${appInvitationId}`),
      done: 'Declined.',
    });
    if (done) await renew();
  };
  if (!data || data.data.length === 0) return null;
  return (
    <Card title="Invitations">
      <Stack gap="sm">
        {data.data.map((one) => (
          <Group key={one.id} justify="space-between" gap="xs">
            <Text size="sm" className="breaks">
              <bdi>{one.invited_by?.name ?? 'Someone'}</bdi> invites you to <b>{one.app.name}</b> as{' '}
              {roleNames([one.role])}.
            </Text>
            <Group gap="xs">
              <Button size="compact-sm" onClick={() => void accept(one)}>
                Accept
              </Button>
              <Button size="compact-sm" variant="default" onClick={() => void decline(one)}>
                Decline
              </Button>
            </Group>
          </Group>
        ))}
      </Stack>
    </Card>
  );
}

/** Reviewers of the platform find their queue here; for everybody else the question is refused, and nothing is shown. */
function Reviews() {
  const session = useSession();
  const { data } = useQuery({
    queryKey: ['access-reviews', session?.id],
    queryFn: () => call<{ data: readonly unknown[] }>('GET', '/me/access_reviews', { limit: 100 }),
    retry: false,
    enabled: Boolean(session),
  });
  if (!data) return null;
  return (
    <Card title="Reviews">
      <Text size="sm">
        {data.data.length === 1
          ? '1 request for advanced access is waiting for you.'
          : `${data.data.length} requests for advanced access are waiting for you.`}{' '}
        <Anchor component={Link} to="/console/apps/reviews">
          Open the queue
        </Anchor>
      </Text>
    </Card>
  );
}

// Roles: the people who work on an app, the invitations that nobody has answered yet, and new ones.
import { appRoles, isAppRole } from '@hallpass/protocol';
import { Button, Stack, Table, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { UserPlus, Users } from 'lucide-react';
import { serverNow } from '../../../graph/clock.ts';
import { ending } from '../../../graph/would-end.ts';
import { about } from '../../../parts/about.ts';
import { Card } from '../../../parts/card.tsx';
import { confirmAct } from '../../../parts/confirm.tsx';
import { Id } from '../../../parts/copy.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { type RecordColumn, RecordTable } from '../../../parts/records/record-table.tsx';
import { useRecords } from '../../../parts/records/use-records.ts';
import { openWindow } from '../../../parts/windows/open-window.ts';
import { type App, may, seconds } from '../app.ts';
import { AppPage } from '../frame.tsx';
import { InviteForm } from './invite-form.tsx';

interface RoleOfPerson {
  user: string;
  name: string;
  role: string;
}

interface Invitation {
  id: string;
  role: string;
  email?: string;
  user?: { id: string; name: string };
  invited_by?: { name: string };
  created_time: string;
}

const title = (role: string): string => (isAppRole(role) ? appRoles[role].title : role);

export function RolesPage() {
  return (
    <AppPage
      section="/roles"
      title="Roles"
      lead="The people who work on the app, and what each may do."
      actions={(app) =>
        may(app, 'change_roles') ? (
          <Button leftSection={<UserPlus size={16} />} onClick={() => invite(app)}>
            Add people
          </Button>
        ) : null
      }
    >
      {(app) => (
        <>
          <People app={app} />
          {may(app, 'change_roles') && <Invitations app={app} />}
          <WhatRolesMay />
        </>
      )}
    </AppPage>
  );
}

function invite(app: App): void {
  const close = openWindow({
    title: 'Add people to the app',
    children: <InviteForm app={app} onDone={() => close()} />,
  });
}

function People({ app }: { app: App }) {
  const { id: appId, name: appName } = app;
  const client = useQueryClient();
  const records = useRecords<RoleOfPerson>({ queryKey: ['app-roles', appId], path: `/${appId}/roles` });
  const remove = async ({ user, name, role }: RoleOfPerson) => {
    await confirmAct({
      title: `Take the role ${title(role)} from ${name}?`,
      children: `${name} may no longer do what ${appName} allows this role. While the app is in development, a person who loses their last role also loses the app’s tokens.`,
      confirm: 'Take the role away',
      password: `To change roles on ${appName}, enter your password.`,
      ...ending('DELETE', `/${appId}/roles`, { user, role }),
      done: `${name} no longer has the role ${title(role)}.`,
    });
    await client.invalidateQueries({ queryKey: ['app-roles', appId] });
    await client.invalidateQueries({ queryKey: ['app', appId] });
  };
  const columns: readonly RecordColumn<RoleOfPerson>[] = [
    { id: 'name', header: 'Person', value: ({ name }) => name },
    { id: 'role', header: 'Role', value: ({ role }) => title(role) },
    {
      id: 'user',
      header: 'Id in the dashboard',
      value: ({ user }) => user,
      cell: ({ user, name }) => <Id value={user} what={`id of ${name}`} />,
    },
    ...(may(app, 'change_roles')
      ? [
          {
            id: 'acts',
            header: 'Actions',
            sorts: false as const,
            value: () => '',
            cell: (row: RoleOfPerson) => (
              <Button
                variant="subtle"
                color="danger"
                size="compact-sm"
                onClick={() => void remove(row)}
                aria-label={`Remove ${row.name} as ${title(row.role)}`}
              >
                Remove
              </Button>
            ),
          },
        ]
      : []),
  ];
  return (
    <Card title="People">
      <RecordTable
        records={records}
        columns={columns}
        rowId={({ user, role }) => `${user} ${role}`}
        label="People with a role"
        search="Search by name or role"
        empty={<Empty icon={Users} title="Nobody has a role" />}
      />
    </Card>
  );
}

function Invitations({ app: { id: appId } }: { app: App }) {
  const client = useQueryClient();
  const records = useRecords<Invitation>({
    queryKey: ['app-invitations', appId],
    path: `/${appId}/role_invitations`,
  });
  const whom = ({ email, user }: Invitation): string => user?.name ?? email ?? 'someone';
  const takeBack = async (one: Invitation) => {
    const { id: appInvitationId } = one;
    await confirmAct({
      title: `Withdraw the invitation of ${whom(one)}?`,
      children: 'It can no longer be accepted.',
      confirm: 'Withdraw',
      ...ending('DELETE', `/${appInvitationId}`),
      done: 'Withdrawn.',
    });
    await client.invalidateQueries({ queryKey: ['app-invitations', appId] });
  };
  const columns: readonly RecordColumn<Invitation>[] = [
    { id: 'whom', header: 'Invited', value: whom },
    { id: 'role', header: 'Role', value: ({ role }) => title(role) },
    { id: 'by', header: 'By', value: ({ invited_by: by }) => by?.name ?? '' },
    {
      id: 'when',
      header: 'When',
      value: ({ created_time: at }) => at,
      cell: ({ created_time: at }) => about(seconds(at), serverNow()),
    },
    {
      id: 'acts',
      header: 'Actions',
      sorts: false,
      value: () => '',
      cell: (one) => (
        <Button
          variant="subtle"
          color="danger"
          size="compact-sm"
          onClick={() => void takeBack(one)}
          aria-label={`Withdraw the invitation of ${whom(one)}`}
        >
          Withdraw
        </Button>
      ),
    },
  ];
  if (records.rows?.length === 0) return null;
  return (
    <Card title="Invitations">
      <RecordTable records={records} columns={columns} rowId={({ id }) => id} label="Open invitations" empty={null} />
    </Card>
  );
}

function WhatRolesMay() {
  return (
    <Card title="What each role may do">
      <Table className="facts" verticalSpacing="xs">
        <Table.Tbody>
          {Object.values(appRoles).map(({ title: name, doc }) => (
            <Table.Tr key={name}>
              <Table.Th scope="row">{name}</Table.Th>
              <Table.Td>
                <Stack gap={0}>
                  <Text size="sm">{doc}</Text>
                </Stack>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Card>
  );
}

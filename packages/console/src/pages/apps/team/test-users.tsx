// Test users: many are made at once, a browser can be logged in as one of them, and each says what it has granted.
import { Alert, Badge, Button, Group, List, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { KeyRound, LogIn, Plus, TestTubeDiagonal } from 'lucide-react';
import { call } from '../../../graph/door.ts';
import { ending } from '../../../graph/would-end.ts';
import { Card } from '../../../parts/card.tsx';
import { confirmAct } from '../../../parts/confirm.tsx';
import { Id } from '../../../parts/copy.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { toastFailure } from '../../../parts/failure.tsx';
import { type RecordColumn, RecordTable } from '../../../parts/records/record-table.tsx';
import { useRecords } from '../../../parts/records/use-records.ts';
import { openWindow } from '../../../parts/windows/open-window.ts';
import { type App, may } from '../app.ts';
import { AppPage } from '../frame.tsx';
import { TestUserTokens } from './test-user-tokens.tsx';

export interface TestUser {
  id: string;
  login_url: string;
}

export function TestUsersPage() {
  return (
    <AppPage
      section="/test-users"
      title="Test users"
      lead="People who exist only for testing this app, in a world of their own."
      actions={(app) =>
        may(app, 'create_test_users') ? (
          <Button leftSection={<Plus size={16} />} onClick={() => void create(app)}>
            Create test users
          </Button>
        ) : null
      }
    >
      {(app) =>
        may(app, 'create_test_users') ? (
          <TestUsers app={app} />
        ) : (
          <Text>Only administrators and developers of the app create and see its test users.</Text>
        )
      }
    </AppPage>
  );
}

/** Loads the form when it's wanted: most people look at the list alone. */
async function create(app: App): Promise<void> {
  const { NewTestUsers } = await import('./new-test-users.tsx');
  openWindow({ title: 'Create test users', size: 'lg', children: <NewTestUsers app={app} /> });
}

/** Opens a window that is logged in as a test user. The link works once, so it is asked for when it is wanted. */
async function logInAs(appId: string, id: string): Promise<void> {
  const opened = window.open('about:blank', '_blank');
  try {
    const { data } = await call<{ data: readonly TestUser[] }>('GET', `/${appId}/accounts`, { limit: 500 });
    const link = data.find((one) => one.id === id)?.login_url;
    if (link !== undefined && opened) opened.location.href = link;
  } catch (error) {
    opened?.close();
    toastFailure(error, 'You can’t be logged in as the test user');
  }
}

function TestUsers({ app }: { app: App }) {
  const { id: appId, name } = app;
  const client = useQueryClient();
  const records = useRecords<TestUser>({ queryKey: ['test-users', appId], path: `/${appId}/accounts` });
  const renew = () => client.invalidateQueries({ queryKey: ['test-users', appId] });
  const detach = async ({ id }: TestUser) => {
    await confirmAct({
      title: `Remove test user ${id} from ${name}?`,
      children:
        'All that the test user granted to this app is withdrawn, and the account stays. A test user that another app made leaves this list; one that this app made stays in it and can add the app again.',
      confirm: 'Remove from app',
      ...ending('DELETE', `/${appId}/accounts`, { uid: id }),
      done: 'Removed.',
    });
    await renew();
  };
  const remove = async ({ id }: TestUser) => {
    await confirmAct({
      title: `Delete the account of test user ${id}?`,
      children: 'The account is deleted with everything it created. If other apps use it too, it stays there.',
      isFinal: true,
      confirm: 'Delete account',
      ...ending('DELETE', `/${appId}/test_users`, { uid: id }),
      done: 'Deleted.',
    });
    await renew();
  };
  const { rows: connected } = useRecords<{ id: string; permissions: readonly string[] }>({
    queryKey: ['connected-people', appId],
    path: `/${appId}/connected_people`,
    limit: 500,
  });
  const grantedBy = (id: string): string =>
    connected?.find((one) => one.id === id)?.permissions.join(', ') ?? 'nothing';
  const columns: readonly RecordColumn<TestUser>[] = [
    {
      id: 'id',
      header: 'Id of the app',
      value: ({ id }) => id,
      cell: ({ id }) => <Id value={id} what="id of the test user" />,
    },
    { id: 'granted', header: 'Has granted', value: ({ id }) => grantedBy(id) },
    {
      id: 'acts',
      header: 'Actions',
      sorts: false,
      value: () => '',
      cell: (one) => (
        <Group gap={4}>
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<LogIn size={14} />}
            onClick={() => void logInAs(appId, one.id)}
            aria-label={`Log in as test user ${one.id}`}
          >
            Log in as
          </Button>
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<KeyRound size={14} />}
            onClick={() =>
              openWindow({ title: `Tokens of test user ${one.id}`, children: <TestUserTokens app={app} id={one.id} /> })
            }
            aria-label={`Tokens of test user ${one.id}`}
          >
            Tokens
          </Button>
          <Button
            variant="subtle"
            color="danger"
            size="compact-sm"
            onClick={() => void detach(one)}
            aria-label={`Remove from app: test user ${one.id}`}
          >
            Remove from app
          </Button>
          <Button
            variant="subtle"
            color="danger"
            size="compact-sm"
            onClick={() => void remove(one)}
            aria-label={`Delete account of test user ${one.id}`}
          >
            Delete account
          </Button>
        </Group>
      ),
    },
  ];
  return (
    <>
      <Alert color="note" variant="light" icon={<TestTubeDiagonal size={18} />} title="How they work">
        <List size="sm" spacing={2}>
          <List.Item>They see only other test users of the app, and only those see them.</List.Item>
          <List.Item>
            “Log in as” logs this browser out of your account: use a private window, or log in again afterwards.
          </List.Item>
          <List.Item>
            Their tokens come from the dialog, like everyone’s, from “Tokens” below, or from{' '}
            <Link to="/tools/explorer">GET /{'{app-id}'}/accounts</Link> with the app token.
          </List.Item>
        </List>
      </Alert>
      <Card
        title="Test users"
        actions={
          records.rows && (
            <Badge variant="light" color="note">
              {records.total ?? records.rows.length}
            </Badge>
          )
        }
      >
        <RecordTable
          records={records}
          columns={columns}
          rowId={({ id }) => id}
          label="Test users"
          search="Search by id"
          empty={
            <Empty icon={TestTubeDiagonal} title="No test users yet">
              Create some, and log in as one of them.
            </Empty>
          }
        />
      </Card>
    </>
  );
}

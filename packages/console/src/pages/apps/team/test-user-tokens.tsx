// The tokens of one test user: what it has allowed the app, a new token that is shown once, and the end of all of them.
import { Button, Group, Stack, Table, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../graph/door.ts';
import { ending } from '../../../graph/would-end.ts';
import { confirmAct } from '../../../parts/confirm.tsx';
import { FailureBox } from '../../../parts/failure.tsx';
import { RevealedSecret } from '../../../parts/revealed-secret.tsx';
import { Moment } from '../../../parts/moment.tsx';
import { serverNow } from '../../../graph/clock.ts';
import { type App, seconds } from '../app.ts';

interface ConnectedApp {
  id: string;
  permissions: readonly string[];
  last_login_time: string;
  data_access_expires_time: string;
}

export function TestUserTokens({ app: { id: appId, name }, id }: { app: App; id: string }) {
  const client = useQueryClient();
  const key = ['connected-people', appId, id];
  const { data, error, refetch } = useQuery({
    queryKey: key,
    queryFn: () => call<{ data: readonly ConnectedApp[] }>('GET', `/${appId}/connected_people`, { user: id }),
  });
  const end = async () => {
    const done = await confirmAct({
      title: `End the tokens of test user ${id}?`,
      children: 'The permissions it granted stay; you can create a new token at once.',
      confirm: 'End its tokens',
      password: `To end tokens of ${name}, enter your password.`,
      ...ending('DELETE', `/${appId}/connected_people`, { user: id }),
      done: 'Its tokens have ended.',
    });
    if (done) await client.invalidateQueries({ queryKey: ['connected-people', appId] });
  };
  if (error) return <FailureBox error={error} onRetry={() => void refetch()} />;
  if (!data) return <Text size="sm">Looking for its permissions…</Text>;
  const [connected] = data.data;
  if (!connected)
    return (
      <Text size="sm">
        It hasn’t added {name}, so it has no token. Log in as this test user and go through the dialog, or create one
        that has added the app.
      </Text>
    );
  const now = serverNow();
  return (
    <Stack gap="md">
      <Table className="facts" verticalSpacing="xs">
        <Table.Tbody>
          <Table.Tr>
            <Table.Th scope="row">Its tokens may</Table.Th>
            <Table.Td className="breaks">{connected.permissions.join(', ')}</Table.Td>
          </Table.Tr>
          <Table.Tr>
            <Table.Th scope="row">Last log-in</Table.Th>
            <Table.Td>
              <Moment at={seconds(connected.last_login_time)} now={now} />
            </Table.Td>
          </Table.Tr>
          <Table.Tr>
            <Table.Th scope="row">Data access ends</Table.Th>
            <Table.Td>
              <Moment at={seconds(connected.data_access_expires_time)} now={now} />
            </Table.Td>
          </Table.Tr>
        </Table.Tbody>
      </Table>
      <Group gap="xs">
        <Text size="sm">A new token for an hour or two:</Text>
        <RevealedSecret
          what={`token of test user ${id}`}
          why={`To create a token of test user ${id}, enter your password. The audit trail records it.`}
          read={async () =>
            (await call<{ access_token: string }>('POST', `/${appId}/test_user_token`, { uid: id })).access_token
          }
        />
      </Group>
      <Group justify="flex-end">
        <Button variant="light" color="danger" onClick={() => void end()}>
          End its tokens
        </Button>
      </Group>
    </Stack>
  );
}

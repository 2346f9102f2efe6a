// The last part of the advanced settings: the end of the app.
import { Button, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Trash2 } from 'lucide-react';
import { call } from '../../../graph/door.ts';
import { Card } from '../../../parts/card.tsx';
import { confirmAct } from '../../../parts/confirm.tsx';
import type { App } from '../app.ts';

async function reachOf(appId: string): Promise<string[]> {
  const count = async (metric: string): Promise<number> => {
    const { data } = await call<{ data: readonly { values: readonly { value: number }[] }[] }>(
      'GET',
      `/${appId}/app_insights/${metric}`,
    );
    return data[0]?.values[0]?.value ?? 0;
  };
  const [people, testUsers] = [await count('installs'), await count('test_users')];
  const tokens = await call<{ data: readonly { is_valid: boolean }[] }>('GET', `/${appId}/system_user_tokens`, {
    limit: 500,
  });
  const living = tokens.data.filter(({ is_valid: valid }) => valid).length;
  const many = (number: number, one: string, more: string) =>
    `${number.toLocaleString('en')} ${number === 1 ? one : more}`;
  return [
    `Ends every token of ${many(people, 'person', 'people')} who added the app, with the Page tokens that came from them.`,
    ...(living > 0 ? [`Ends ${many(living, 'token of a system user', 'tokens of system users')}.`] : []),
    ...(testUsers > 0 ? [`Removes the app from ${many(testUsers, 'test user', 'test users')}.`] : []),
    'Ends its webhooks, and withdraws its invitations and requests.',
    'The app id is never used again.',
  ];
}

export function DeleteApp({ app: { id: appId, name } }: { app: App }) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const remove = async () => {
    const gone = await confirmAct({
      title: `Delete ${name}?`,
      children: 'The app is refused everywhere from the next call on.',
      reach: () => reachOf(appId),
      isFinal: true,
      typed: name,
      confirm: 'Delete the app',
      password: `To delete ${name}, enter your password.`,
      act: () => call('DELETE', `/${appId}`),
      done: `${name} has been deleted.`,
    });
    if (!gone) return;
    await navigate({ to: '/console/apps' });
    client.removeQueries({ queryKey: ['app', appId] });
    await client.invalidateQueries();
  };
  return (
    <Card title="Delete App">
      <Stack gap="sm" align="flex-start">
        <Text size="sm" c="dimmed">
          This is permanent: its tokens are refused, and nobody can restore it.
        </Text>
        <Button color="danger" variant="light" leftSection={<Trash2 size={16} />} onClick={() => void remove()}>
          Delete this app
        </Button>
      </Stack>
    </Card>
  );
}

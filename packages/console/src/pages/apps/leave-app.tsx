// The person's own roles on an app, and the way out of it.
import { appRoles, isAppRole } from '@hallpass/protocol';
import { Button, List, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { ending } from '../../graph/would-end.ts';
import { confirmAct } from '../../parts/confirm.tsx';
import type { App } from './app.ts';

export function LeaveApp({ app: { id: appId, name, my_roles: roles } }: { app: App }) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const leave = async () => {
    const left = await confirmAct({
      title: `Leave ${name}?`,
      children: 'You give up all your roles on the app. An administrator of it can invite you again.',
      confirm: 'Leave the app',
      ...ending('POST', `/${appId}/leave`),
      done: `You no longer have a role on ${name}.`,
    });
    if (!left) return;
    await client.invalidateQueries();
    await navigate({ to: '/console/apps' });
  };
  return (
    <Stack gap="sm" align="flex-start">
      <List size="sm" spacing={4}>
        {roles.map((role) => (
          <List.Item key={role}>
            <b>{isAppRole(role) ? appRoles[role].title : role}</b>
            {isAppRole(role) && (
              <Text size="sm" c="dimmed">
                {appRoles[role].doc}
              </Text>
            )}
          </List.Item>
        ))}
      </List>
      <Button variant="default" size="compact-sm" onClick={() => void leave()}>
        Leave this app
      </Button>
    </Stack>
  );
}

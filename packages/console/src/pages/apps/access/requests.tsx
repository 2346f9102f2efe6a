// The requests of an app for advanced access, newest first, with what reviewers wrote.
import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { ending } from '../../../graph/would-end.ts';
import { Card } from '../../../parts/card.tsx';
import { confirmAct } from '../../../parts/confirm.tsx';
import { dated } from '../../../parts/moment.tsx';
import { useRecords } from '../../../parts/records/use-records.ts';
import { type App, may, seconds } from '../app.ts';
import { type AccessRequest, requestLook } from './access-request.ts';

/** More than that are in the Graph; the newest are what people look for. */
const SHOWN = 20;

export function Requests({ app }: { app: App }) {
  const { id: appId } = app;
  const client = useQueryClient();
  const { rows } = useRecords<AccessRequest>({
    queryKey: ['access-requests', appId, 'list'],
    path: `/${appId}/access_requests`,
    limit: SHOWN,
  });
  const withdraw = async ({ id: accessRequestId, permission }: AccessRequest) => {
    await confirmAct({
      title: `Withdraw the request for ${permission}?`,
      children: 'Reviewers won’t see it any more. You can request it again.',
      confirm: 'Withdraw',
      ...ending('DELETE', `/${accessRequestId}`),
      done: 'Withdrawn.',
    });
    await client.invalidateQueries({ queryKey: ['access-requests', appId] });
  };
  if (!rows || rows.length === 0) return null;
  return (
    <Card title="Requests">
      <Stack gap="md" component="ul" className="plain-list">
        {rows.map((one) => (
          <Stack key={one.id} component="li" gap={2}>
            <Group gap="xs">
              <Text size="sm" fw={600} className="mono">
                {one.permission}
              </Text>
              <Badge variant="light" color={requestLook[one.status].colour}>
                {requestLook[one.status].label}
              </Badge>
              <Text size="xs" c="dimmed">
                {dated(seconds(one.decided_time ?? one.created_time))}
              </Text>
              {one.status === 'pending' && may(app, 'ask_access') && (
                <Button variant="subtle" size="compact-sm" onClick={() => void withdraw(one)}>
                  Withdraw
                </Button>
              )}
            </Group>
            <Text size="sm" className="breaks" dir="auto">
              {one.use_case}
            </Text>
            {one.reason !== undefined && (
              <Text size="sm" c="dimmed" className="breaks" dir="auto">
                The reviewer wrote: {one.reason}
              </Text>
            )}
          </Stack>
        ))}
      </Stack>
    </Card>
  );
}

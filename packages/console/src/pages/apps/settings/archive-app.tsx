// The archive: a place for an app that isn't in use and may come back.
import { Button, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Archive, ArchiveRestore } from 'lucide-react';
import { call } from '../../../graph/door.ts';
import { ending } from '../../../graph/would-end.ts';
import { Card } from '../../../parts/card.tsx';
import { confirmAct } from '../../../parts/confirm.tsx';
import type { App } from '../app.ts';

export function ArchiveApp({ app: { id: appId, name, archived } }: { app: App }) {
  const client = useQueryClient();
  const archive = async () => {
    const done = await confirmAct({
      title: `Archive ${name}?`,
      children:
        'It only stays visible here: log-ins, calls and webhooks stop. Once you take it out of the archive, its tokens work again.',
      ...ending('POST', `/${appId}/archive`, { archived: true }),
      confirm: 'Archive',
      password: `To archive ${name}, enter your password.`,
      done: `${name} is in the archive.`,
    });
    if (done) await client.invalidateQueries();
  };
  const restore = async () => {
    const done = await confirmAct({
      title: `Take ${name} out of the archive?`,
      children: 'Everything is as it was before.',
      reach: ['Nothing ends. Log-ins, calls, webhooks and earlier tokens work again.'],
      confirm: 'Take it out',
      password: `To take ${name} out of the archive, enter your password.`,
      act: () => call('POST', `/${appId}/archive`, { archived: false }),
      done: `${name} is in use again.`,
    });
    if (done) await client.invalidateQueries();
  };
  return (
    <Card title="Archive">
      <Stack gap="sm" align="flex-start">
        <Text size="sm" c="dimmed">
          {archived
            ? 'This app is in the archive. It doesn’t work until you take it out.'
            : 'For an app that isn’t in use. It won’t work until you take it out again.'}
        </Text>
        <Button
          variant="default"
          leftSection={archived ? <ArchiveRestore size={16} /> : <Archive size={16} />}
          onClick={() => void (archived ? restore() : archive())}
        >
          {archived ? 'Take it out of the archive' : 'Archive this app'}
        </Button>
      </Stack>
    </Card>
  );
}

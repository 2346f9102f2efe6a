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
        'It’s refused everywhere but here: log-ins, calls and webhooks stop. Out of the archive, its tokens work again.',
      ...ending('POST', `/${appId}/archive`, { archived: true }),
      confirm: 'Archive',
      password: `Archiving ${name} takes your password.`,
      done: `${name} is in the archive.`,
    });
    if (done) await client.invalidateQueries();
  };
  const restore = async () => {
    const done = await confirmAct({
      title: `Take ${name} out of the archive?`,
      children: 'It is as it was before.',
      reach: ['Nothing ends. Log-ins, calls, webhooks and the tokens of before work again.'],
      confirm: 'Take it out',
      password: `Taking ${name} out of the archive takes your password.`,
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
            ? 'This app is in the archive: nothing of it works until it’s taken out.'
            : 'For an app that isn’t in use: nothing of it works until it’s taken out again.'}
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

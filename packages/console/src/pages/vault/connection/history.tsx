// The history of a connection, newest first: what happened, when, and the cause where its server gave one.
import { Button, Group, Skeleton, Text, Timeline } from '@mantine/core';
import type { ConnectionEvent } from '@hallpass/vault/client';
import { History as HistoryIcon } from 'lucide-react';
import { serverNow } from '../../../graph/clock.ts';
import { about } from '../../../parts/about.ts';
import { Card } from '../../../parts/card.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { FailureBox } from '../../../parts/failure.tsx';
import { dated } from '../../../parts/moment.tsx';
import { useVaultList } from '../../../vault/use-vault.ts';
import { CauseButton } from './cause.tsx';
import { errorOf, eventInWords } from './event-words.ts';

/** Events of one call. */
const LIMIT = 20;

const colours: Partial<Record<ConnectionEvent['kind'], string>> = {
  died: 'danger',
  blocked: 'danger',
  identity_mismatch: 'danger',
  warned: 'warn',
  drifted: 'warn',
  page_without_token: 'warn',
  revealed: 'warn',
  asked: 'note',
  removed: 'note',
};

export function History({ id }: { id: string }) {
  const records = useVaultList(['history', id], async (vault, before) => {
    const { events } = await vault.history({ id, limit: LIMIT, ...(before && { before: Number(before) }) });
    return { rows: events, next: events.length === LIMIT ? events.at(-1)?.id : undefined };
  });
  const { rows, error, reload, hasMore, reading, readMore } = records;
  return (
    <Card title="History">
      {error ? <FailureBox error={error} onRetry={reload} /> : null}
      {!rows && !error ? <Skeleton h={160} aria-label="Loading: History" /> : null}
      {rows?.length === 0 ? <Empty icon={HistoryIcon} title="Nothing has happened yet" /> : null}
      {rows && rows.length > 0 ? (
        <Timeline bulletSize={14} lineWidth={2} active={rows.length} className="history">
          {rows.map((event) => (
            <Timeline.Item key={event.id} color={colours[event.kind] ?? 'brand'}>
              <Happened event={event} />
            </Timeline.Item>
          ))}
        </Timeline>
      ) : null}
      {hasMore && (
        <Button variant="default" size="compact-sm" mt="sm" loading={reading} onClick={readMore}>
          Show earlier events
        </Button>
      )}
    </Card>
  );
}

function Happened({ event }: { event: ConnectionEvent }) {
  const error = errorOf(event);
  const words = eventInWords(event);
  return (
    <>
      <Group gap="xs" justify="space-between" wrap="wrap">
        <Text size="sm" className="breaks grows">
          {words}
        </Text>
        {error && <CauseButton error={error} what={words} />}
      </Group>
      <Text size="xs" c="dimmed">
        {dated(event.at)} ({about(event.at, serverNow())})
      </Text>
    </>
  );
}

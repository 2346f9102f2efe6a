// The queue of those who review for the platform: requests for advanced access, the oldest first, each with its decision.
import { Badge, Button, Group, Stack, Text, Textarea, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ClipboardCheck } from 'lucide-react';
import { useState } from 'react';
import { serverNow } from '../../../graph/clock.ts';
import { call } from '../../../graph/door.ts';
import { permissionWords } from '../../../graph/permission-words.ts';
import { about } from '../../../parts/about.ts';
import { Card } from '../../../parts/card.tsx';
import { Id } from '../../../parts/copy.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { FailureBox, toastDone } from '../../../parts/failure.tsx';
import { LogInAsOther } from '../../../parts/log-in/log-in-as-other.tsx';
import { Page } from '../../../parts/page.tsx';
import { useRecords } from '../../../parts/records/use-records.ts';
import { SignedIn } from '../../../parts/signed-in.tsx';
import { seconds } from '../app.ts';
import type { AccessRequest } from './access-request.ts';

export function ReviewsPage() {
  return (
    <Page title="Reviews" lead="Requests for advanced access that are waiting for a decision, oldest first.">
      <SignedIn to="see the queue" icon={ClipboardCheck}>
        <Queue />
      </SignedIn>
    </Page>
  );
}

function Queue() {
  const records = useRecords<AccessRequest>({
    queryKey: ['access-reviews', 'queue'],
    path: '/me/access_reviews',
    limit: 20,
  });
  const { rows, error, hasMore, reading, readMore, reload } = records;
  if (error)
    return (
      <Stack gap="sm" align="flex-start">
        <FailureBox error={error} onRetry={reload} />
        <LogInAsOther />
      </Stack>
    );
  if (!rows) return null;
  if (rows.length === 0)
    return (
      <Empty icon={ClipboardCheck} title="Nothing is waiting for you">
        New requests appear here.
      </Empty>
    );
  return (
    <>
      {rows.map((request) => (
        <Review key={request.id} request={request} />
      ))}
      {hasMore && (
        <div>
          <Button variant="default" loading={reading} onClick={readMore}>
            Show more
          </Button>
        </div>
      )}
    </>
  );
}

function Review({ request }: { request: AccessRequest }) {
  const { id: accessRequestId, app, permission, use_case: useCase, created_time: asked } = request;
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const deciding = useMutation({
    mutationFn: (approve: boolean) => call('POST', `/${accessRequestId}/decision`, { approve, reason }),
    async onSuccess(_answer, approve) {
      toastDone(approve ? `${app.name} has advanced access to ${permission}.` : 'Rejected.');
      await client.invalidateQueries({ queryKey: ['access-reviews'] });
    },
  });
  const words = permissionWords.find(({ name }) => name === permission);
  return (
    <Card>
      <Stack gap="sm">
        <Group gap="xs">
          <Title order={2} size="h4">
            <bdi>{app.name}</bdi>
          </Title>
          <Id value={app.id} what="App ID" />
          <Badge variant="light" color="warn" className="mono">
            {permission}
          </Badge>
          <Text size="xs" c="dimmed">
            asked {about(seconds(asked), serverNow())}
          </Text>
        </Group>
        <Text size="sm" c="dimmed">
          {words?.title}. {words?.words}
        </Text>
        <Text size="sm" className="breaks" dir="auto">
          {useCase}
        </Text>
        <Textarea
          label={
            <>
              What the people of <bdi>{app.name}</bdi> are told
            </>
          }
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          autosize
          minRows={2}
          maxRows={8}
          maxLength={2000}
          required
          dir="auto"
        />
        {deciding.error && <FailureBox error={deciding.error} />}
        <Group gap="xs" justify="flex-end">
          <Button
            variant="default"
            disabled={reason.trim() === '' || deciding.isPending}
            onClick={() => deciding.mutate(false)}
            aria-label={`Reject ${permission} for ${app.name}`}
          >
            Reject
          </Button>
          <Button
            disabled={reason.trim() === ''}
            loading={deciding.isPending}
            onClick={() => deciding.mutate(true)}
            aria-label={`Approve ${permission} for ${app.name}`}
          >
            Approve
          </Button>
        </Group>
      </Stack>
    </Card>
  );
}

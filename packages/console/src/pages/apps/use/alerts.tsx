// Alerts: what the people of an app should know without having asked, for 90 days.
import { Badge, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { BellOff } from 'lucide-react';
import { serverNow } from '../../../graph/clock.ts';
import { Card } from '../../../parts/card.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { FailureBox } from '../../../parts/failure.tsx';
import { Moment } from '../../../parts/moment.tsx';
import { type App, seconds } from '../app.ts';
import { AppPage } from '../frame.tsx';
import { useAlerts } from './alert-list.ts';

export function AlertsPage() {
  return (
    <AppPage
      section="/alerts"
      title="Alerts"
      lead="Each is also sent by mail to the administrators, the contact email and the notification email, where a mail server is set."
    >
      {(app) => <Alerts app={app} />}
    </AppPage>
  );
}

function Alerts({ app: { id: appId } }: { app: App }) {
  const { data, error, refetch } = useAlerts(appId);
  if (error) return <FailureBox error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton h={180} aria-label="Alerts" />;
  if (data.length === 0)
    return (
      <Empty icon={BellOff} title="No alerts">
        You’ll see here when tokens are withdrawn, a limit is near, a version ends or the secret changes.
      </Empty>
    );
  return (
    <Stack gap="sm">
      {data.map(({ id, title, message, about, created_time: at }) => (
        <Card key={id}>
          <Group gap="xs" mb={4}>
            <Title order={2} size="h5">
              {title}
            </Title>
            {about !== undefined && (
              <Badge variant="light" color="note">
                {about}
              </Badge>
            )}
          </Group>
          <Text size="sm" className="breaks" dir="auto">
            {message}
          </Text>
          <Text size="xs" c="dimmed" mt={4}>
            <Moment at={seconds(at)} now={serverNow()} />
          </Text>
        </Card>
      ))}
    </Stack>
  );
}

// The home of an app is its health report: five parts, each with what is well and what has to be done, and where.
import { Anchor, Badge, Group, List, Loader, SimpleGrid, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Bell, Check, CircleAlert, TriangleAlert } from 'lucide-react';
import { call } from '../../graph/door.ts';
import { Card } from '../../parts/card.tsx';
import { FailureBox } from '../../parts/failure.tsx';
import type { App } from './app.ts';
import { AppPage } from './frame.tsx';
import { LeaveApp } from './leave-app.tsx';
import { addressOfApp } from '../../shell/app-sections.ts';
import { useAlerts } from './use/alert-list.ts';

type State = 'ok' | 'warning' | 'problem';

interface Finding {
  id: string;
  area: 'settings' | 'security' | 'review' | 'limits' | 'versions';
  state: State;
  title: string;
  message: string;
  page: string;
}

const areas = [
  { area: 'settings', title: 'Settings' },
  { area: 'security', title: 'Security' },
  { area: 'review', title: 'Review' },
  { area: 'limits', title: 'Limits and deliveries' },
  { area: 'versions', title: 'Versions' },
] as const;

const looks = {
  ok: { icon: Check, colour: 'brand', word: 'well' },
  warning: { icon: TriangleAlert, colour: 'warn', word: 'to look at' },
  problem: { icon: CircleAlert, colour: 'danger', word: 'to repair' },
} as const;

export function AppHomePage() {
  return (
    <AppPage section="" title="Dashboard" lead="How the app is doing right now.">
      {(app) => <Health app={app} />}
    </AppPage>
  );
}

function Health({ app }: { app: App }) {
  const { id: appId } = app;
  const { data, error, refetch } = useQuery({
    queryKey: ['app-health', appId],
    queryFn: () => call<{ data: readonly Finding[] }>('GET', `/${appId}/health`, { limit: 100 }),
    select: (answer) => answer.data,
    staleTime: 0,
  });
  if (error) return <FailureBox error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loader aria-label="Checking the app" />;
  const count = (state: State) => data.filter((one) => one.state === state).length;
  return (
    <>
      <Summary problems={count('problem')} warnings={count('warning')} />
      <NewestAlerts appId={appId} />
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
        {areas.map(({ area, title }) => (
          <Card key={area} title={title}>
            <Findings appId={appId} findings={data.filter((one) => one.area === area)} />
          </Card>
        ))}
        <Card title="Your role">
          <LeaveApp app={app} />
        </Card>
      </SimpleGrid>
    </>
  );
}

function Summary({ problems, warnings }: { problems: number; warnings: number }) {
  const state = problems > 0 ? 'problem' : warnings > 0 ? 'warning' : 'ok';
  const { icon: Icon, colour } = looks[state];
  const words = [
    ...(problems > 0 ? [`${problems} to repair`] : []),
    ...(warnings > 0 ? [`${warnings} to look at`] : []),
  ].join(', ');
  return (
    <Card>
      <Group gap="md" wrap="nowrap">
        <ThemeIcon size={44} radius="xl" variant="light" color={colour}>
          <Icon size={24} aria-hidden />
        </ThemeIcon>
        <div>
          <Title order={2} size="h4">
            {words === '' ? 'Everything is well' : words}
          </Title>
          <Text size="sm" c="dimmed">
            Settings, security, reviews, limits, deliveries and versions were checked.
          </Text>
        </div>
      </Group>
    </Card>
  );
}

/** Addresses of findings that belong to a tool, and not to the app. */
const pageOf = (appId: string, page: string): string =>
  page.startsWith('tools/') ? `/${page}` : addressOfApp(appId, `/${page}`);

function Findings({ appId, findings }: { appId: string; findings: readonly Finding[] }) {
  const order: readonly State[] = ['problem', 'warning', 'ok'];
  return (
    <Stack gap="sm" component="ul" className="plain-list">
      {findings
        .toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state))
        .map(({ id, state, title, message, page }) => {
          const { icon: Icon, colour, word } = looks[state];
          return (
            <Group key={id} component="li" gap="sm" wrap="nowrap" align="flex-start">
              <ThemeIcon size="sm" radius="xl" variant="light" color={colour} mt={2}>
                <Icon size={14} aria-label={word} />
              </ThemeIcon>
              <div className="grows">
                <Text size="sm" fw={600}>
                  {title}
                </Text>
                <Text size="sm" c="dimmed" className="breaks">
                  {message}{' '}
                  {state !== 'ok' && (
                    <Anchor component={Link} to={pageOf(appId, page)} aria-label={`Open the page about: ${title}`}>
                      Open
                    </Anchor>
                  )}
                </Text>
              </div>
            </Group>
          );
        })}
    </Stack>
  );
}

function NewestAlerts({ appId }: { appId: string }) {
  const { data } = useAlerts(appId);
  if (!data || data.length === 0) return null;
  return (
    <Card
      title="Alerts"
      actions={
        <Anchor component={Link} to={addressOfApp(appId, '/alerts')} size="sm">
          All {data.length}
        </Anchor>
      }
    >
      <List size="sm" spacing="xs" icon={<Bell size={16} aria-hidden />}>
        {data.slice(0, 3).map(({ id, title, about }) => (
          <List.Item key={id}>
            {title}
            {about !== undefined && (
              <Badge ml="xs" variant="light" color="note">
                {about}
              </Badge>
            )}
          </List.Item>
        ))}
      </List>
    </Card>
  );
}

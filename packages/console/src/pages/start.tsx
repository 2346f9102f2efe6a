// The first page welcomes people: what this is, whom to log in as, the apps, five things to try, and the tools.
import {
  Anchor,
  Avatar,
  Badge,
  Button,
  Code,
  Group,
  List,
  SimpleGrid,
  Skeleton,
  Stack,
  Table,
  Text,
  Title,
  UnstyledButton,
  VisuallyHidden,
} from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { LogIn, UserPlus } from 'lucide-react';
import { logInAddress, useSession } from '../graph/session.ts';
import { type DemoApp, type DemoPerson, sendForm, type Start, useStart } from '../graph/start.ts';
import { Card } from '../parts/card.tsx';
import { Id, Secret } from '../parts/copy.tsx';
import { FailureBox } from '../parts/failure.tsx';
import { Page } from '../parts/page.tsx';
import { WideTable } from '../parts/wide-table.tsx';
import { emulatorPages } from '../shell/emulator-pages.ts';
import { dashboards, type Tool, tools } from '../shell/tools.ts';
import { ThingsToTry } from './start-things.tsx';

export function StartPage() {
  const { data: start, error, refetch } = useStart();
  const session = useSession();
  return (
    <Page
      title={start?.demo ? 'A stand-in for Meta’s Graph API, on this machine' : 'Access tokens for your apps'}
      lead={
        start?.demo
          ? 'Log in as someone, get a token, call the Graph, and see why a call is refused. Nothing leaves this machine.'
          : 'The log-in dialog, the Graph, and tools to inspect access tokens, all in one place.'
      }
    >
      {error ? <FailureBox error={error} onRetry={() => void refetch()} /> : null}
      {start === undefined && !error ? <Skeleton h={220} /> : null}
      {start?.demo ? <DemoPeople start={start} people={start.demo.people} me={session?.name} /> : null}
      {start && !start.demo ? <Welcome start={start} name={session?.name} /> : null}
      {start?.demo ? <ThingsToTry graph={start.graph} demo={start.demo} /> : null}
      <Card title="Tools">
        <PlaceTiles places={[...tools, ...dashboards]} />
      </Card>
      {start?.demo ? <EmulatorTiles /> : null}
      {start?.demo ? <DemoApps apps={start.demo.apps} /> : null}
    </Page>
  );
}

function EmulatorTiles() {
  return (
    <Card title="This emulator">
      <PlaceTiles places={emulatorPages} />
    </Card>
  );
}

function PlaceTiles({ places }: { places: readonly Tool[] }) {
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
      {places.map(({ path, label, words, icon: Icon }) => (
        <Link key={path} to={path} className="tile">
          <Icon size={22} aria-hidden />
          <span>
            <Text span fw={600} display="block">
              {label}
            </Text>
            <Text span size="sm" c="dimmed">
              {words}
            </Text>
          </span>
        </Link>
      ))}
    </SimpleGrid>
  );
}

/** Lines about a person that fit on a card. */
const FEW = 4;

function DemoPeople({ start, people, me }: { start: Start; people: readonly DemoPerson[]; me: string | undefined }) {
  return (
    <Card title="Log in as" actions={me === undefined ? undefined : <Text size="sm">You’re {me}.</Text>}>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 3, xl: people.length > 4 ? 5 : 4 }} spacing="sm">
        {people.map(({ id, name, email, password, about }) => (
          <UnstyledButton
            key={id}
            className="tile person"
            aria-pressed={me === name}
            onClick={() => sendForm(start.log_in, { email, password, next: '/' })}
          >
            <Group gap="sm" wrap="nowrap">
              <Avatar name={name} color="note" radius="xl" size={40} aria-hidden />
              <div>
                <Text fw={600}>
                  <VisuallyHidden component="span">Log in as </VisuallyHidden>
                  <bdi>{name}</bdi>
                </Text>
                <Text size="xs" c="dimmed" className="breaks">
                  {email}
                </Text>
              </div>
            </Group>
            <List size="sm" mt="xs" spacing={2} c="dimmed">
              {about.slice(0, FEW).map((one) => (
                <List.Item key={one}>
                  <bdi>{one}</bdi>
                </List.Item>
              ))}
              {about.length > FEW && <List.Item>and {about.length - FEW} more</List.Item>}
            </List>
            <Text size="xs" c="dimmed" mt="auto" pt="xs">
              Password: <Code>{password}</Code>
            </Text>
          </UnstyledButton>
        ))}
      </SimpleGrid>
    </Card>
  );
}

function DemoApps({ apps }: { apps: readonly DemoApp[] }) {
  return (
    <Card title="Apps">
      <WideTable label="All apps" minWidth={640}>
        <Table className="records-table" verticalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>App</Table.Th>
              <Table.Th>App ID</Table.Th>
              <Table.Th>App secret</Table.Th>
              <Table.Th>Mode</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {apps.map(({ id, name, secret, mode, description }) => (
              <Table.Tr key={id}>
                <Table.Td data-label="App">
                  <Text fw={600}>
                    <bdi>{name}</bdi>
                  </Text>
                  <Text size="xs" c="dimmed">
                    {description}
                  </Text>
                </Table.Td>
                <Table.Td data-label="App ID">
                  <Id value={id} what={`id of ${name}`} />
                </Table.Td>
                <Table.Td data-label="App secret">
                  <Secret value={secret} what={`secret of ${name}`} />
                </Table.Td>
                <Table.Td data-label="Mode">
                  <Badge variant="light" color={mode === 'live' ? 'brand' : 'warn'} miw="max-content">
                    {mode === 'live' ? 'Live' : 'In development'}
                  </Badge>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </WideTable>
    </Card>
  );
}

function Welcome({ start, name }: { start: Start; name: string | undefined }) {
  if (name !== undefined)
    return (
      <Card>
        <Title order={2} size="h4">
          Hello, <bdi>{name}</bdi>
        </Title>
        <Text c="dimmed">
          Open a tool below, <Link to="/console/apps/create">create an app</Link>, or go to{' '}
          <Anchor href="/settings">your account</Anchor>.
        </Text>
      </Card>
    );
  return (
    <Card>
      <Stack gap="sm">
        <Text>Log in to work on your apps. You can use the Access Token Debugger without logging in.</Text>
        <Group>
          <Button component="a" href={logInAddress()} leftSection={<LogIn size={16} />}>
            Log in
          </Button>
          {start.sign_up && (
            <Button component="a" href="/signup" variant="default" leftSection={<UserPlus size={16} />}>
              Create an account
            </Button>
          )}
        </Group>
      </Stack>
    </Card>
  );
}

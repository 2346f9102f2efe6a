// The Access Token Tool lists tokens: the apps that the person works on, each with its user token and its app token.
// Neither is on the page until somebody asks for it: a user token comes out of the dialog, and an app token is made of
// the app secret.
import { Badge, Button, Group, Skeleton, Stack, Table, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { KeyRound } from 'lucide-react';
import { carryToken } from '../../graph/carried-token.ts';
import { call } from '../../graph/door.ts';
import { useStart } from '../../graph/start.ts';
import { Card } from '../../parts/card.tsx';
import { Id, Secret } from '../../parts/copy.tsx';
import { Empty } from '../../parts/empty.tsx';
import { FailureBox, toastFailure } from '../../parts/failure.tsx';
import { LogInAsOther } from '../../parts/log-in/log-in-as-other.tsx';
import { Page } from '../../parts/page.tsx';
import { RevealedSecret } from '../../parts/revealed-secret.tsx';
import { SignedIn } from '../../parts/signed-in.tsx';
import { type MyApp, mayExplore, roleNames, useMyApps } from '../../graph/my-apps.ts';
import { generateToken } from '../../dialog/generate-token.ts';

export function TokenToolPage() {
  return (
    <Page title="Access Token Tool" lead="Your apps, with tokens to try them.">
      <SignedIn to="see your apps" icon={KeyRound}>
        <MyApps />
      </SignedIn>
    </Page>
  );
}

function MyApps() {
  const { data: apps, error, refetch, isLoading } = useMyApps();
  return (
    <>
      {error && <FailureBox error={error} onRetry={() => void refetch()} />}
      {isLoading && <Skeleton h={200} aria-label="Your apps" />}
      {apps?.length === 0 && (
        <Empty icon={KeyRound} title="You have no role on an app yet">
          <Stack gap="sm" align="center">
            Ask an administrator of an app for a role, or log in as someone who has one.
            <LogInAsOther />
          </Stack>
        </Empty>
      )}
      {apps?.map((app) => (
        <AppTokens key={app.id} app={app} />
      ))}
    </>
  );
}

function AppTokens({ app }: { app: MyApp }) {
  const { id, name, mode, my_roles: roles } = app;
  return (
    <Card
      title={name}
      actions={
        <Badge color={mode === 'live' ? 'brand' : 'warn'} variant="light">
          {mode === 'live' ? 'Live' : 'In development'}
        </Badge>
      }
    >
      <Stack gap="xs">
        <Group gap="md">
          <Id value={id} what="app id" />
          <Text size="sm" c="dimmed">
            Your role: {roleNames(roles)}
          </Text>
        </Group>
        <Table className="facts" verticalSpacing="xs">
          <Table.Tbody>
            <Table.Tr>
              <Table.Th scope="row">User Token</Table.Th>
              <Table.Td>
                <UserToken app={app} />
              </Table.Td>
            </Table.Tr>
            <Table.Tr>
              <Table.Th scope="row">App Token</Table.Th>
              <Table.Td>
                {roles.includes('administrators') ? (
                  <AppToken app={app} />
                ) : (
                  <Text size="sm" c="dimmed">
                    Only administrators see the app secret, and an app token is made from it.
                  </Text>
                )}
              </Table.Td>
            </Table.Tr>
          </Table.Tbody>
        </Table>
      </Stack>
    </Card>
  );
}

/** A token of the person for this app, by the real dialog in a window of its own. */
function UserToken({ app }: { app: MyApp }) {
  const { id, name } = app;
  const { data: start } = useStart();
  const made = useMutation({
    mutationFn: async () => {
      if (!start) return undefined;
      return generateToken(start, { appId: id, permissions: ['public_profile'], again: false }, start.versions.default);
    },
    onError: (error) => toastFailure(error, 'No user token'),
    gcTime: 0,
  });
  if (!mayExplore(app))
    return (
      <Text size="sm" c="dimmed">
        Administrators, developers and testers of the app get one.
      </Text>
    );
  if (made.data === undefined)
    return (
      <Group gap="xs">
        <Button
          variant="default"
          size="compact-sm"
          loading={made.isPending}
          disabled={start === undefined}
          onClick={() => made.mutate()}
          aria-label={`Get a user token of ${name}`}
        >
          Get
        </Button>
        <Text size="sm" c="dimmed">
          With more permissions in the <Link to="/tools/explorer">Graph API Explorer</Link>.
        </Text>
      </Group>
    );
  return <ShownToken token={made.data} what={`user token of ${name}`} />;
}

/** Masked, with a button that leads to the Debugger. */
function ShownToken({ token, what }: { token: string; what: string }) {
  return (
    <Group gap="xs">
      <Secret value={token} what={what} />
      <DebugIt token={token} what={what} />
    </Group>
  );
}

function DebugIt({ token, what }: { token: string; what: string }) {
  const navigate = useNavigate();
  return (
    <Button
      variant="default"
      size="compact-sm"
      aria-label={`Debug the ${what}`}
      onClick={() => {
        carryToken(token);
        void navigate({ to: '/tools/debug/accesstoken' });
      }}
    >
      Debug
    </Button>
  );
}

function AppToken({ app: { id, name } }: { app: MyApp }) {
  const what = `app token of ${name}`;
  return (
    <RevealedSecret
      what={what}
      why={`An app token of ${name} is made from its secret. The audit trail records that you saw it.`}
      read={async () => {
        const { app_secret: secret } = await call<{ app_secret: string }>('POST', `/${id}/show_secret`);
        return `${id}|${secret}`;
      }}
    >
      {(token) => <DebugIt token={token} what={what} />}
    </RevealedSecret>
  );
}

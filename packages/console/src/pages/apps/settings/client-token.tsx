// Security › Client Token: names the app where the secret may not be, with what it can be used for.
import { Button, Code, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../../graph/door.ts';
import { useStart } from '../../../graph/start.ts';
import { whatEnds } from '../../../graph/would-end.ts';
import { confirmAct } from '../../../parts/confirm.tsx';
import { CopyIcon, Secret } from '../../../parts/copy.tsx';
import { FailureBox } from '../../../parts/failure.tsx';
import { type App, may } from '../app.ts';

export function ClientToken({ app }: { app: App }) {
  const { id: appId, name } = app;
  const client = useQueryClient();
  const key = ['client-token', appId];
  const {
    data: token,
    error,
    refetch,
  } = useQuery({
    queryKey: key,
    queryFn: async () =>
      (await call<{ client_token?: string }>('GET', `/${appId}`, { fields: 'client_token' })).client_token ?? '',
    gcTime: 0,
  });
  const [made, setMade] = useState(false);
  const reset = async () => {
    await confirmAct({
      title: `Reset the client token of ${name}?`,
      children: 'Installed programs contain the old one: their calls with it are refused until they have the new one.',
      reach: async () => [
        'Every call and every log-in on a device with the old client token is refused.',
        ...(await whatEnds('POST', `/${appId}/reset_client_token`)),
      ],
      isFinal: true,
      confirm: 'Reset the client token',
      password: `To reset the client token of ${name}, enter your password.`,
      async act() {
        const { client_token: fresh } = await call<{ client_token: string }>('POST', `/${appId}/reset_client_token`);
        client.setQueryData(key, fresh);
        setMade(true);
      },
      done: 'The client token was reset.',
    });
  };
  return (
    <Stack gap="xs" align="flex-start" my="lg" component="section" aria-label="Client Token">
      <Text size="sm" fw={600}>
        Client Token
      </Text>
      <Text size="sm" c="dimmed">
        It names the app where the secret must not be, such as in a program on a phone. It proves nothing and can only
        read public data.
      </Text>
      {error ? <FailureBox error={error} onRetry={() => void refetch()} /> : null}
      {token === undefined ? (
        error ? null : (
          <Skeleton h={28} w={320} aria-label="Client token" />
        )
      ) : (
        <Group gap="xs">
          <Secret value={token} what={`client token of ${name}`} />
          {may(app, 'reset_secret') && (
            <Button variant="default" size="compact-sm" onClick={() => void reset()}>
              Reset
            </Button>
          )}
        </Group>
      )}
      {made && <Text size="sm">The old one is refused from now on.</Text>}
      {token !== undefined && <HowToUse appId={appId} token={token} />}
    </Stack>
  );
}

/** The token is no secret, but it is masked all the same: what is copied holds it. */
function HowToUse({ appId, token }: { appId: string; token: string }) {
  const { data: start } = useStart();
  const command = (shown: string) =>
    `curl -G '${start?.graph ?? location.origin}/${appId}' --data-urlencode 'access_token=${appId}|${shown}' -d fields=name`;
  return (
    <Group gap="xs" wrap="nowrap" maw="100%">
      <Code block className="wraps grows">
        {command('…')}
      </Code>
      <CopyIcon value={command(token)} what="the call with the client token" />
    </Group>
  );
}

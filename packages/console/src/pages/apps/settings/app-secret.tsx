// The app secret: shown after the password, for a while, and replaced by a new one that is told once.
import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { call } from '../../../graph/door.ts';
import { whatEnds } from '../../../graph/would-end.ts';
import { confirmAct } from '../../../parts/confirm.tsx';
import { RevealedSecret, SecretOnce } from '../../../parts/revealed-secret.tsx';
import { type App, may } from '../app.ts';

interface Answer {
  app_secret: string;
}

export function AppSecret({ app }: { app: App }) {
  const { id: appId, name } = app;
  const [made, setMade] = useState<string>();
  if (!may(app, 'see_secret'))
    return (
      <Text size="sm" c="dimmed">
        Only administrators see it.
      </Text>
    );
  const reset = async () => {
    await confirmAct({
      title: `Reset the secret of ${name}?`,
      children:
        'Your servers need the new secret at once: app access tokens, appsecret_proof and signed requests made with the old one stop working. People’s tokens keep working.',
      reach: () => whatEnds('POST', `/${appId}/reset_secret`),
      isFinal: true,
      confirm: 'Reset the secret',
      password: `To reset the secret of ${name}, enter your password.`,
      act: async () => setMade((await call<Answer>('POST', `/${appId}/reset_secret`)).app_secret),
    });
  };
  return (
    <Stack gap="xs" align="flex-start">
      {made === undefined ? (
        <Group gap="xs">
          <RevealedSecret
            what={`app secret of ${name}`}
            why={`To see the secret of ${name}, enter your password. The audit trail records that you saw it.`}
            read={async () => (await call<Answer>('POST', `/${appId}/show_secret`)).app_secret}
          />
          <Button variant="default" size="compact-sm" onClick={() => void reset()}>
            Reset
          </Button>
        </Group>
      ) : (
        <SecretOnce value={made} what={`new secret of ${name}`} />
      )}
    </Stack>
  );
}

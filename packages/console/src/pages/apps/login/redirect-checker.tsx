// The redirect checker asks the server whether the dialog would answer at an address. The server decides by the very steps of
// the dialog; here its answer is only shown, with what differs marked.
import { Alert, Button, Code, Group, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { CircleCheck, OctagonX } from 'lucide-react';
import { useState } from 'react';
import { call } from '../../../graph/door.ts';
import { Card } from '../../../parts/card.tsx';
import { confirmed } from '../../../parts/confirm-password.tsx';
import { FailureBox, toastDone } from '../../../parts/failure.tsx';
import { type App, may } from '../app.ts';

interface Check {
  redirect_uri: string;
  allowed: boolean;
  form?: string;
  title?: string;
  message?: string;
  where?: string;
  registered?: string;
  differs?: string;
  domain?: string;
  can_be_registered: boolean;
  why_not?: string;
}

const forms: Readonly<Record<string, string>> = {
  web: 'It is one of the registered addresses.',
  localhost: 'Apps in development may answer at any address of localhost.',
  loopback: 'A native app may answer at a registered loopback address with any port.',
  native: 'It is an address of the mobile SDKs.',
  desktop: 'It is the page for embedded browsers.',
  relay: 'It is the address of the JavaScript SDK, on an allowed domain.',
  explorer: 'It is the Graph API Explorer.',
};

export function RedirectChecker({ app }: { app: App }) {
  const { id: appId } = app;
  const [uri, setUri] = useState('');
  const checking = useMutation({
    mutationFn: () => call<Check>('GET', `/${appId}/redirect_check`, { redirect_uri: uri }),
  });
  const { data, error } = checking;
  return (
    <Card title="Redirect checker">
      <form
        aria-label="Redirect checker"
        onSubmit={(event) => {
          event.preventDefault();
          if (uri !== '') checking.mutate();
        }}
      >
        <Group gap="xs" align="flex-end">
          <TextInput
            className="grows"
            miw={240}
            label="Address"
            description="As your app sends it in redirect_uri. A final slash counts."
            placeholder="https://app.example/callback"
            value={uri}
            onChange={(event) => setUri(event.currentTarget.value)}
            spellCheck={false}
            autoComplete="off"
            classNames={{ input: 'mono' }}
          />
          <Button type="submit" variant="default" loading={checking.isPending} disabled={uri === ''}>
            Check
          </Button>
        </Group>
      </form>
      <div aria-live="polite">
        {error ? <FailureBox error={error} /> : null}
        {data && <Verdict key={data.redirect_uri} app={app} check={data} onRegistered={() => checking.mutate()} />}
      </div>
    </Card>
  );
}

function Verdict({ app, check, onRegistered }: { app: App; check: Check; onRegistered: () => void }) {
  const {
    allowed,
    form = 'web',
    title,
    message,
    where,
    registered,
    differs,
    can_be_registered: fits,
    why_not: why,
  } = check;
  if (allowed)
    return (
      <Alert
        mt="sm"
        color="brand"
        variant="light"
        icon={<CircleCheck size={18} />}
        title="The dialog would answer there"
      >
        <Text size="sm">{forms[form]}</Text>
      </Alert>
    );
  return (
    <Alert
      mt="sm"
      color="danger"
      variant="light"
      icon={<OctagonX size={18} />}
      title={`${title}: the dialog would stop`}
    >
      <Stack gap="xs" align="flex-start">
        {registered !== undefined && (
          <div>
            <Text size="sm">
              The closest registered address differs in <b>{differs}</b>:
            </Text>
            <Compared sent={check.redirect_uri} registered={registered} />
          </div>
        )}
        <Text size="sm">{message}</Text>
        {where !== undefined && (
          <Text size="xs" c="dimmed">
            {where}
          </Text>
        )}
        {why !== undefined && <Text size="sm">It can’t be registered as it is: {why}</Text>}
        {fits && may(app, 'change_login_addresses') && (
          <Register app={app} uri={check.redirect_uri} onDone={onRegistered} />
        )}
      </Stack>
    </Alert>
  );
}

/** Both addresses below each other, with the letters marked from where they differ. */
function Compared({ sent, registered }: { sent: string; registered: string }) {
  let same = 0;
  while (same < Math.min(sent.length, registered.length) && sent[same] === registered[same]) same += 1;
  const marked = (text: string) => (
    <>
      {text.slice(0, same)}
      <mark>{text.slice(same) || '␣'}</mark>
    </>
  );
  return (
    <Code block className="wraps">
      <span>
        {'sent       '}
        {marked(sent)}
      </span>
      {'\n'}
      <span>
        {'registered '}
        {marked(registered)}
      </span>
    </Code>
  );
}

function Register({ app: { id: appId, name }, uri, onDone }: { app: App; uri: string; onDone: () => void }) {
  const client = useQueryClient();
  const adding = useMutation({
    async mutationFn() {
      if (!(await confirmed(`To register a redirect address for ${name}, enter your password.`))) return;
      const { redirect_uris: before = [] } = await call<{ redirect_uris?: string[] }>('GET', `/${appId}`, {
        fields: 'redirect_uris',
      });
      await call('POST', `/${appId}/login_addresses`, { redirect_uris: JSON.stringify([...before, uri]) });
      await client.invalidateQueries({ queryKey: ['form', 'app-settings', appId] });
      toastDone('Registered.');
      onDone();
    },
  });
  return (
    <>
      <Button variant="default" size="compact-sm" loading={adding.isPending} onClick={() => adding.mutate()}>
        Register this address
      </Button>
      {adding.error && <FailureBox error={adding.error} />}
    </>
  );
}

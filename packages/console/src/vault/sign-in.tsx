// Somebody signs in to the console of a vault with a key of its service, or hears why nobody can now.
import { Alert, Button, Code, PasswordInput, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Lock } from 'lucide-react';
import { useState } from 'react';
import { Card } from '../parts/card.tsx';
import { CopyIcon } from '../parts/copy.tsx';
import { Page } from '../parts/page.tsx';
import { askSession, signIn, vaultTrouble } from './session.ts';

const command = 'hallpass vault api-keys add console --rights read,connect,manage,operate';

export function SignIn() {
  const trouble = vaultTrouble.use();
  return (
    <Page
      title="Sign in"
      lead="The console of this vault shows connections and their people. It shows a token only when you ask for it."
    >
      {trouble ? <Trouble message={trouble.message} /> : <KeyForm />}
    </Page>
  );
}

function KeyForm() {
  const [key, setKey] = useState('');
  const signing = useMutation({ mutationFn: () => signIn(key) });
  return (
    <Card className="sign-in">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          signing.mutate();
        }}
      >
        <Stack gap="md">
          <PasswordInput
            label="Key of the vault"
            description="Begins with hpv_. The rights of this key decide what you can see and do here."
            value={key}
            onChange={(event) => setKey(event.currentTarget.value)}
            error={signing.error ? 'This is no key of this vault, or it was ended.' : undefined}
            visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the key' }}
            autoComplete="off"
            spellCheck={false}
            data-autofocus
            required
            withAsterisk={false}
          />
          <div>
            <Button type="submit" loading={signing.isPending} disabled={key.trim() === ''}>
              Sign in
            </Button>
          </div>
          <Text size="sm" c="dimmed" component="div">
            To create a key, run this where the vault is:
            <br />
            <Code className="breaks">{command}</Code> <CopyIcon value={command} what="the command" />
          </Text>
          <Text size="xs" c="dimmed">
            You stay signed in for eight hours, until you sign out, or until the key is ended. Add the right{' '}
            <Code>reveal</Code> only for people who must see tokens.
          </Text>
        </Stack>
      </form>
    </Card>
  );
}

function Trouble({ message }: { message: string }) {
  const trying = useMutation({ mutationFn: askSession });
  return (
    <Alert color="warn" variant="light" icon={<Lock size={18} />} title="The vault can’t be used now">
      <Stack gap="xs" align="flex-start">
        <Text size="sm" className="breaks">
          {message}
        </Text>
        <Button variant="default" size="compact-sm" loading={trying.isPending} onClick={() => trying.mutate()}>
          Try again
        </Button>
      </Stack>
    </Alert>
  );
}

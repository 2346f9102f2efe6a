// The content of the question for the password, with the code of a second factor where one is on.
import { Button, Group, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { confirmPassword, GraphFailure, saysLoggedOut } from '../../graph/door.ts';
import { LogInLink } from '../log-in/log-in-link.tsx';

export function AskPassword({ why, onDone, onCancel }: { why: string; onDone: () => void; onCancel: () => void }) {
  const [password, setPassword] = useState('');
  const [code, setCode] = useState<string>();
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const send = async () => {
    setBusy(true);
    try {
      await confirmPassword(password, code);
      onDone();
    } catch (failure) {
      if (failure instanceof GraphFailure && failure.message.includes('second factor')) setCode(code ?? '');
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  const message = saysLoggedOut(error) ? (
    <>
      Your session has ended. <LogInLink />, then confirm again.
    </>
  ) : error instanceof Error ? (
    error.message.replace(/^\(#\d+\) /, '')
  ) : undefined;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Stack>
        <Text size="sm" className="breaks" dir="auto">
          {why}
        </Text>
        <PasswordInput
          label="Password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          autoComplete="current-password"
          error={code === undefined ? message : undefined}
          visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the password' }}
          data-autofocus
          required
          withAsterisk={false}
        />
        {code !== undefined && (
          <TextInput
            label="Code from your authenticator app"
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
            autoComplete="one-time-code"
            inputMode="numeric"
            error={message}
          />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={busy} disabled={password === ''}>
            Confirm
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

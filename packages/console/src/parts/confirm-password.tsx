// Some acts ask for the password once more. `confirmed` makes sure that it was given within the last minutes, and asks where it wasn't.
import { Button, Group, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useState } from 'react';
import { serverNow } from '../graph/clock.ts';
import { confirmPassword, currentSession, GraphFailure } from '../graph/door.ts';

/** Seconds that an act may take after the password was given. */
const MARGIN = 30;

/**
 * Asks for the password unless it was given a short while ago.
 * @param why one sentence: what the password is for
 * @returns false when the person closed the question
 */
export async function confirmed(why: string): Promise<boolean> {
  const session = await currentSession();
  if (!session) return false;
  if (session.confirmed_until > serverNow() + MARGIN) return true;
  return new Promise((resolve) => {
    const id = modals.open({
      title: 'Enter your password',
      closeButtonProps: { 'aria-label': 'Close' },
      onClose: () => resolve(false),
      children: (
        <Question
          why={why}
          onCancel={() => modals.close(id)}
          onDone={() => {
            resolve(true);
            modals.close(id);
          }}
        />
      ),
    });
  });
}

function Question({ why, onDone, onCancel }: { why: string; onDone: () => void; onCancel: () => void }) {
  const [password, setPassword] = useState('');
  const [code, setCode] = useState<string>();
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);
  const send = async () => {
    setBusy(true);
    try {
      await confirmPassword(password, code);
      onDone();
    } catch (failure) {
      const message = failure instanceof Error ? failure.message : String(failure);
      if (failure instanceof GraphFailure && message.includes('second factor')) setCode(code ?? '');
      setError(message.replace(/^\(#\d+\) /, ''));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Stack>
        <Text size="sm">{why}</Text>
        <PasswordInput
          label="Password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          autoComplete="current-password"
          error={code === undefined ? error : undefined}
          data-autofocus
          required
        />
        {code !== undefined && (
          <TextInput
            label="Code of the second factor"
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
            autoComplete="one-time-code"
            inputMode="numeric"
            error={error}
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

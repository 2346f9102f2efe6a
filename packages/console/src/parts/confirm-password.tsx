// Some acts ask for the password once more. `confirmed` makes sure that it was given within the last minutes, and asks where it
// wasn't. Its window stands above everything else, so that a form or window below keeps what is in it.
import { Button, Group, Modal, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useState, useSyncExternalStore } from 'react';
import { serverNow } from '../graph/clock.ts';
import { currentSession } from '../graph/current-session.ts';
import { confirmPassword, GraphFailure, saysLoggedOut } from '../graph/door.ts';
import { LogInLink } from './log-in-link.tsx';

/** Seconds that an act may take after the password was given. */
const MARGIN = 30;

interface PasswordQuestion {
  why: string;
  answered(given: boolean): void;
}

let question: PasswordQuestion | undefined;
const listeners = new Set<() => void>();

function show(next: PasswordQuestion | undefined): void {
  question = next;
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/**
 * Asks for the password unless it was given a short while ago.
 * @param why one sentence: what the password is for
 * @returns false when the person closed the question, or isn't logged in
 */
export async function confirmed(why: string): Promise<boolean> {
  const session = await currentSession();
  if (session && session.confirmed_until > serverNow() + MARGIN) return true;
  question?.answered(false);
  return new Promise((answered) => show({ why, answered }));
}

/** The window shows the question. It stands once on a page, above its other windows. */
export function PasswordWindow() {
  const asked = useSyncExternalStore(subscribe, () => question);
  const close = (given: boolean) => {
    asked?.answered(given);
    show(undefined);
  };
  return (
    <Modal opened={asked !== undefined} onClose={() => close(false)} title="Enter your password" zIndex={400}>
      {asked && <Question why={asked.why} onDone={() => close(true)} onCancel={() => close(false)} />}
    </Modal>
  );
}

/** The Escape key closes this window alone, not one below it. */
const ownEscape = { 'data-mantine-stop-propagation': true } as const;

function Question({ why, onDone, onCancel }: { why: string; onDone: () => void; onCancel: () => void }) {
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
      onKeyDown={({ key }) => key === 'Escape' && onCancel()}
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
          {...ownEscape}
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
            error={message}
            {...ownEscape}
          />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel} {...ownEscape}>
            Cancel
          </Button>
          <Button type="submit" loading={busy} disabled={password === ''} {...ownEscape}>
            Confirm
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

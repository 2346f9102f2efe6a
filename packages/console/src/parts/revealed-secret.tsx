// A revealed secret isn't on the page until its person has given the password, and goes away again by itself.
import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import { confirmed } from './confirm-password.tsx';
import { Secret } from './copy.tsx';
import { toastFailure } from './failure.tsx';

/** Milliseconds after which a shown secret is taken off the page. */
const SHOWN_FOR = 5 * 60_000;

export interface RevealedSecretProps {
  /** Names it, e.g. `app secret of Fern Scheduler`. */
  what: string;
  /** One sentence for the question: what the password is for. */
  why: string;
  read(): Promise<string>;
  /** Shown beside the secret once it's there, e.g. a button that leads to the Debugger. */
  children?(secret: string): ReactNode;
}

/** A button that asks for the password and then shows the secret, masked. */
export function RevealedSecret({ what, why, read, children }: RevealedSecretProps) {
  const shown = useMutation({
    mutationFn: async () => ((await confirmed(why)) ? read() : undefined),
    onError: (error) => toastFailure(error, 'It can’t be shown'),
    gcTime: 0,
  });
  const { data: secret, reset } = shown;
  useEffect(() => {
    if (secret === undefined) return undefined;
    const timer = setTimeout(reset, SHOWN_FOR);
    return () => clearTimeout(timer);
  }, [secret, reset]);
  if (secret === undefined)
    return (
      <Button
        variant="default"
        size="compact-sm"
        loading={shown.isPending}
        onClick={() => shown.mutate()}
        aria-label={`Show the ${what}`}
      >
        Show
      </Button>
    );
  return (
    <Group gap="xs">
      <Secret value={secret} what={what} />
      {children?.(secret)}
    </Group>
  );
}

/** A secret that the server tells once, at its making. */
export function SecretOnce({ value, what, children }: { value: string; what: string; children?: ReactNode }) {
  return (
    <Alert color="note" variant="light" icon={<KeyRound size={18} />} title={`Copy the ${what} now`}>
      <Stack gap="xs">
        <Text size="sm">It’s shown only once. Keep it where your server keeps its secrets.</Text>
        <Secret value={value} what={what} />
        {children}
      </Stack>
    </Alert>
  );
}

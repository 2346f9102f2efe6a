// The content of the question before an act: what happens, what ends with it, and the two buttons.
import { Alert, Button, Group, List, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Confirmation, ConfirmQuestion } from '../confirm.tsx';
import { confirmed } from '../confirm-password.tsx';
import { FailureBox, toastDone } from '../failure.tsx';

export function AskBeforeAct({
  question: asked,
  onClose,
}: {
  question: ConfirmQuestion;
  onClose: (done: boolean) => void;
}) {
  const { children, confirm, cancel = 'Cancel', isFinal = false, typed, password, act, done } = asked;
  const [name, setName] = useState('');
  const acting = useMutation({
    mutationFn: async () => {
      if (password !== undefined && !(await confirmed(password))) return;
      await act();
      if (done !== undefined) toastDone(done);
      onClose(true);
    },
  });
  const ready = typed === undefined || name.trim() === typed.trim();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) acting.mutate();
      }}
    >
      <Stack gap="sm">
        <Text component="div" size="sm" className="breaks" dir="auto">
          {children}
        </Text>
        <Reach title={asked.title} reach={asked.reach} />
        {isFinal && (
          <Text size="sm" fw={600}>
            This can’t be undone.
          </Text>
        )}
        {typed !== undefined && (
          <TextInput
            label={
              <>
                Type <bdi>{typed}</bdi> to go on
              </>
            }
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            autoComplete="off"
            spellCheck={false}
            data-autofocus
          />
        )}
        {acting.error && <FailureBox error={acting.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={() => onClose(false)} data-autofocus={typed === undefined || undefined}>
            {cancel}
          </Button>
          <Button type="submit" color="danger" loading={acting.isPending} disabled={!ready}>
            {confirm}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Reach({ title, reach }: { title: string; reach: Confirmation['reach'] }) {
  const read = typeof reach === 'function' ? reach : undefined;
  const { data, isLoading, error } = useQuery({
    queryKey: ['reach', title],
    queryFn: async () => (await read?.()) ?? [],
    enabled: read !== undefined,
    staleTime: 0,
    gcTime: 0,
  });
  if (isLoading) return <Skeleton h={60} aria-label="Checking what ends with it" />;
  if (error) return <FailureBox error={error} />;
  const lines = typeof reach === 'function' ? (data ?? []) : reach;
  if (lines.length === 0) return null;
  return (
    <Alert color="warn" variant="light" title="What ends with it">
      <List size="sm" spacing={4}>
        {lines.map((line) => (
          <List.Item key={line} className="breaks">
            <bdi>{line}</bdi>
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}

// A question is asked before an act that ends something: it names what else ends with it, and stays open until the act
// is done or the Graph has said why it isn't.
import { Alert, Button, Group, List, Modal, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type ReactNode, useState, useSyncExternalStore } from 'react';
import { confirmed } from './confirm-password.tsx';
import { FailureBox, toastDone } from './failure.tsx';

export interface Confirmation {
  /** A question, e.g. "Delete Fern Scheduler?" */
  title: string;
  /** The act, in a sentence or two. */
  children: ReactNode;
  /**
   * The things that end or change with it, one line each, e.g. "ends 4 Page tokens of 2 apps". A function reads it from
   * the Graph while the window is open.
   */
  reach?: readonly string[] | (() => Promise<readonly string[]>);
  /** Words of the button that does it. */
  confirm: string;
  /** Words of the button that leaves everything as it is. */
  cancel?: string;
  /** Said where it's true that nothing brings it back. */
  isFinal?: boolean;
  /** A name that has to be typed before the button works, for what would hurt most. */
  typed?: string;
  /** The reason why the password is asked for; absent where the act needs none. */
  password?: string;
  act(): Promise<unknown>;
  /** Said when it's done. */
  done?: string;
}

interface Question extends Confirmation {
  answered(done: boolean): void;
}

let question: Question | undefined;
const listeners = new Set<() => void>();

function show(next: Question | undefined): void {
  question = next;
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Asks, acts, and shows a refusal in the same window. @returns whether it was done */
export async function confirmAct(confirmation: Confirmation): Promise<boolean> {
  question?.answered(false);
  return new Promise((answered) => show({ ...confirmation, answered }));
}

/** The window shows the question. It stands once on a page. */
export function ConfirmWindow() {
  const asked = useSyncExternalStore(subscribe, () => question);
  const close = (done: boolean) => {
    asked?.answered(done);
    show(undefined);
  };
  return (
    <Modal opened={asked !== undefined} onClose={() => close(false)} title={asked?.title} zIndex={300} size="lg">
      {asked && <Asking key={asked.title} question={asked} onClose={close} />}
    </Modal>
  );
}

function Asking({ question: asked, onClose }: { question: Question; onClose: (done: boolean) => void }) {
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
        <Reach reach={asked.reach} />
        {isFinal && (
          <Text size="sm" fw={600}>
            It can’t be taken back.
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

function Reach({ reach = [] }: { reach: Confirmation['reach'] }) {
  const read = typeof reach === 'function' ? reach : undefined;
  const { data, isLoading, error } = useQuery({
    queryKey: ['reach', question?.title],
    queryFn: async () => (await read?.()) ?? [],
    enabled: read !== undefined,
    staleTime: 0,
    gcTime: 0,
  });
  if (isLoading) return <Skeleton h={60} aria-label="Looking for what ends with it" />;
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

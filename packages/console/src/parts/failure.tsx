// A refusal of the Graph is shown as people read it: the Graph's own sentence, its numbers, and what the catalogue of
// errors advises.
import { Alert, Anchor, Code, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import { ServiceFailure } from '../graph/service-failure.ts';
import { ChangedMind, type GraphErrorBody, GraphFailure } from '../graph/door.ts';
import { CopyIcon } from './copy.tsx';
import { Sentence } from './sentence.tsx';
import { showToast } from './toasts.tsx';

/** `code`, with `error_subcode` where there is one. */
export const numbersOf = ({ code, error_subcode: subcode }: GraphErrorBody): string =>
  subcode === undefined ? `${code}` : `${code}.${subcode}`;

/**
 * Shows what the catalogue says about an error: when it comes, and what to do. It's loaded when the first error is
 * shown.
 */
function Catalogue({ error }: { error: GraphErrorBody }) {
  const { data: entry } = useQuery({
    queryKey: ['catalogue', error.code, error.error_subcode, error.message],
    queryFn: async () => (await import('../graph/catalogue.ts')).entryFor(error) ?? null,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (!entry) return null;
  return (
    <>
      <Text size="sm">{entry.advice}</Text>
      <Text size="xs" c="dimmed">
        <Sentence text={entry.doc} />
      </Text>
    </>
  );
}

/** Every part of an error: title for people where there is one, message, numbers, advice and trace id. */
export function FailureBody({ error }: { error: GraphErrorBody }) {
  const { error_user_title: title, error_user_msg: forPeople, fbtrace_id: trace } = error;
  return (
    <Stack gap={4}>
      {title !== undefined && <Text fw={600}>{title}</Text>}
      <Text size="sm" className="breaks">
        {error.message}
      </Text>
      {forPeople !== undefined && <Text size="sm">{forPeople}</Text>}
      <Catalogue error={error} />
      <Group gap={6}>
        <Code>
          {error.type} {numbersOf(error)}
        </Code>
        {trace !== undefined && trace !== '' && (
          <Group gap={0} wrap="nowrap">
            <Text size="xs" c="dimmed" className="mono breaks">
              {trace}
            </Text>
            <CopyIcon value={trace} what="fbtrace_id" />
          </Group>
        )}
      </Group>
    </Stack>
  );
}

/** Shows a failure in place of something that couldn't be had. */
export function FailureBox({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  if (error instanceof ChangedMind) return null;
  return (
    <Alert color="danger" variant="light" icon={<TriangleAlert size={18} />} title="That didn’t work">
      {error instanceof GraphFailure ? (
        <FailureBody error={error.body} />
      ) : error instanceof ServiceFailure ? (
        <Text size="sm" className="breaks">
          {error.message}
        </Text>
      ) : (
        <Text size="sm">The server can’t be reached. Is it still running?</Text>
      )}
      {onRetry && (
        <Anchor component="button" type="button" size="sm" onClick={onRetry}>
          Try again
        </Anchor>
      )}
    </Alert>
  );
}

/** A message at the edge of the window about something that failed. */
export function toastFailure(error: unknown, title = 'That didn’t work'): void {
  if (error instanceof ChangedMind) return;
  showToast({
    color: 'danger',
    title,
    autoClose: 12_000,
    message:
      error instanceof GraphFailure ? (
        <FailureBody error={error.body} />
      ) : error instanceof Error ? (
        error.message
      ) : (
        String(error)
      ),
  });
}

export function toastDone(message: string): void {
  showToast({ color: 'brand', message, autoClose: 5000 });
}

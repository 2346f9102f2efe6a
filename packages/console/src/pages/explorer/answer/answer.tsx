// The answer of the call that was made last, or what to do before there is one.
import { Group, Loader } from '@mantine/core';
import { Braces } from 'lucide-react';
import { lazy, Suspense } from 'react';
import type { Start } from '../../../graph/start.ts';
import { Empty } from '../../../parts/empty.tsx';
import { useExplorer } from '../state.ts';

const ShownAnswer = lazy(async () => ({ default: (await import('./shown-answer.tsx')).ShownAnswer }));

const waiting = (
  <Group justify="center" py="xl">
    <Loader aria-label="Waiting for the answer" />
  </Group>
);

export function Answer({ start }: { start: Start }) {
  const { answer, sent, busy } = useExplorer();
  if (busy && !answer) return waiting;
  if (!answer || !sent)
    return (
      <Empty icon={Braces} title="No answer yet">
        Generate a token, then press <b>Submit</b>. Without a token, the answer says what’s missing.
      </Empty>
    );
  return (
    <Suspense fallback={waiting}>
      <ShownAnswer start={start} answer={answer} sent={sent} />
    </Suspense>
  );
}

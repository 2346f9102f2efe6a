// This button stands beside an answer and asks why it is as it is.
import { Button } from '@mantine/core';
import { modals } from '@mantine/modals';
import { CircleHelp } from 'lucide-react';
import { WhyPanel } from './why-panel.tsx';
import type { WhyCall } from './why-query.ts';

export function WhyButton(call: WhyCall) {
  return (
    <Button
      variant="default"
      size="compact-sm"
      leftSection={<CircleHelp size={14} />}
      onClick={() =>
        modals.open({
          title: 'Why',
          size: 'lg',
          closeButtonProps: { 'aria-label': 'Close' },
          children: <WhyPanel {...call} />,
        })
      }
    >
      Why?
    </Button>
  );
}

/** True when an answer leaves somebody wondering: an error, or a list with nothing in it. */
export const asksWhy = (answer: unknown): boolean =>
  typeof answer === 'object' &&
  answer !== null &&
  ('error' in answer || ('data' in answer && Array.isArray(answer.data) && answer.data.length === 0));

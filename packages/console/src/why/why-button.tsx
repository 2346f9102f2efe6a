// This button stands beside an answer and asks why it is as it is.
import { Button } from '@mantine/core';
import { CircleHelp } from 'lucide-react';
import { openWindow } from '../parts/windows/open-window.ts';
import { WhyPanel } from './why-panel.tsx';
import type { WhyCall } from './why-query.ts';

export function WhyButton(call: WhyCall) {
  return (
    <Button
      variant="default"
      size="compact-sm"
      leftSection={<CircleHelp size={14} />}
      onClick={() =>
        openWindow({
          title: 'Why',
          size: 'lg',
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

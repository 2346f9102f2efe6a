// This button asks the people of some connections to connect again, in a window that says what became of each.
import { Button } from '@mantine/core';
import { MailQuestion } from 'lucide-react';
import { openWindow } from '../../../parts/windows/open-window.ts';
import { AskAgain } from './ask-again.tsx';

interface AskButtonProps {
  ids: readonly string[];
  /** Words of the button, and the title of its window. */
  words: string;
  onAsked?: () => void;
  /** As small as the buttons in a bar. */
  compact?: boolean;
}

export function AskButton({ ids, words, onAsked = () => {}, compact = false }: AskButtonProps) {
  const ask = () => {
    const close = openWindow({
      title: words,
      size: 'lg',
      children: <AskAgain ids={ids} onClose={() => close()} onAsked={onAsked} />,
    });
  };
  return (
    <Button
      variant={compact ? 'filled' : 'default'}
      size={compact ? 'compact-sm' : 'sm'}
      leftSection={<MailQuestion size={compact ? 14 : 16} />}
      disabled={ids.length === 0}
      onClick={ask}
    >
      {words}
    </Button>
  );
}

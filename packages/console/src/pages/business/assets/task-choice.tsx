// The tasks that a partner gets, to be ticked in a form.
import { Checkbox, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import type { AssetKind } from './assignee.ts';
import { taskWords } from './task-columns.tsx';

interface Props {
  kind: AssetKind;
  tasks: readonly string[];
  error: ReactNode;
  onChange: (tasks: string[]) => void;
}

export function TaskChoice({ kind, tasks, error, onChange }: Props) {
  return (
    <Checkbox.Group label="Tasks" error={error} value={[...tasks]} onChange={onChange}>
      <Stack gap="xs" mt={4}>
        {taskWords[kind].map(({ name, title, words }) => (
          <Checkbox key={name} value={name} label={title} description={words} />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}

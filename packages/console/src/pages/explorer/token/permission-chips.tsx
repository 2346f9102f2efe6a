// Permissions in a row, each with a button that takes it out.
import { Group, Pill } from '@mantine/core';
import type { PermissionWord } from '../../../graph/permission-words.ts';

interface PermissionChipsProps {
  /** Names the row for people who hear the page. */
  label: string;
  names: readonly string[];
  words?: readonly PermissionWord[] | undefined;
  /** A name that can't be taken out. */
  fixed?: string;
  onRemove(name: string): void;
}

export function PermissionChips({ label, names, words, fixed, onRemove }: PermissionChipsProps) {
  return (
    <Group gap={6} role="list" aria-label={label}>
      {names.map((name) => (
        <Pill
          key={name}
          role="listitem"
          size="md"
          title={words?.find((one) => one.name === name)?.words}
          withRemoveButton={name !== fixed}
          removeButtonProps={{ 'aria-label': `Remove ${name}`, tabIndex: 0, 'aria-hidden': false }}
          onRemove={() => onRemove(name)}
        >
          {name}
        </Pill>
      ))}
    </Group>
  );
}

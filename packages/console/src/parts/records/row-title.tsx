// The first cell of a record is its name, with its id below.
import { Text } from '@mantine/core';
import { Breakable } from '../breakable.tsx';

export function RowTitle({ name, id }: { name: string; id: string | undefined }) {
  return (
    <span className="row-title">
      <Text span size="sm" fw={600}>
        <bdi>
          <Breakable text={name} />
        </bdi>
      </Text>
      <Text span size="xs" c="dimmed" className="mono">
        {id}
      </Text>
    </span>
  );
}

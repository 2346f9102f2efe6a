// This list shows the calls of before, to be taken up again.
import { Badge, Button, Group, Stack, Text, UnstyledButton } from '@mantine/core';
import { History } from 'lucide-react';
import { Empty } from '../../../parts/empty.tsx';
import { forgetHistory, useHistory } from './history.ts';
import { setExplorer } from '../state.ts';

export function PastCalls({ onChosen }: { onChosen: () => void }) {
  const past = useHistory();
  if (past.length === 0)
    return (
      <Empty icon={History} title="No calls yet">
        Calls you submit are kept here, without tokens and without the parameters of a POST.
      </Empty>
    );
  return (
    <Stack gap={4}>
      {past.map((one) => (
        <UnstyledButton
          key={`${one.method} ${one.version} ${one.path}`}
          className="tile"
          onClick={() => {
            setExplorer({ method: one.method, version: one.version, path: one.path });
            onChosen();
          }}
        >
          <Badge
            variant="light"
            miw="max-content"
            color={one.method === 'GET' ? 'brand' : one.method === 'POST' ? 'note' : 'danger'}
          >
            {one.method}
          </Badge>
          <Text span size="sm" className="mono breaks">
            {one.version}/{one.path}
          </Text>
        </UnstyledButton>
      ))}
      <Group justify="flex-end">
        <Button variant="subtle" size="compact-sm" onClick={forgetHistory}>
          Clear all
        </Button>
      </Group>
    </Stack>
  );
}

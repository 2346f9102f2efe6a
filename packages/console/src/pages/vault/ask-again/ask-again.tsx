// The people of chosen connections are asked to connect again: first the question, then how far it is, then what became of
// each.
import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { FailureBox } from '../../../parts/failure.tsx';
import { ask } from '../../../vault/ask.ts';
import { MAILS } from '../../../vault/places.ts';
import { useReadAgain } from '../../../vault/use-vault.ts';
import { Outcomes } from './outcomes.tsx';

interface AskAgainProps {
  ids: readonly string[];
  onClose: () => void;
  onAsked: () => void;
}

export function AskAgain({ ids, onClose, onAsked }: AskAgainProps) {
  const [done, setDone] = useState(0);
  const readAgain = useReadAgain();
  const asking = useMutation({
    mutationFn: () => ask((vault) => vault.askAgain({ ids: [...ids] }), setDone),
    onSuccess: onAsked,
    onSettled: readAgain,
  });
  const count = ids.length.toLocaleString('en');
  if (asking.data)
    return (
      <Stack>
        <Outcomes connections={asking.data.connections} />
        <Group justify="flex-end">
          <Button variant="default" component="a" href={MAILS}>
            See the mail log
          </Button>
          <Button onClick={onClose} data-autofocus>
            Done
          </Button>
        </Group>
      </Stack>
    );
  return (
    <Stack>
      <Text size="sm">
        {ids.length === 1 ? 'The person of this connection gets' : `The people of these ${count} connections get`} a
        mail with a link that renews it. Connections without an owner go to the team. Nobody is asked twice on one day,
        quiet hours are kept, and what works without its person is left alone.
      </Text>
      {asking.isPending && (
        <>
          <Progress value={(done / ids.length) * 100} aria-label="Asked so far" />
          <Text size="sm" role="status">
            {done.toLocaleString('en')} of {count}
          </Text>
        </>
      )}
      {asking.error && <FailureBox error={asking.error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button loading={asking.isPending} onClick={() => asking.mutate()} data-autofocus>
          Ask {ids.length === 1 ? 'this person' : `for all ${count}`}
        </Button>
      </Group>
    </Stack>
  );
}

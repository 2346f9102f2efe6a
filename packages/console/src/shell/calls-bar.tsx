// The bar at the bottom of every page: how many calls of the Graph this page made. It opens the drawer that lists them.
import { Badge, Group, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Activity, ChevronUp } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useCalls } from '../graph/calls.ts';

const CallsDrawer = lazy(async () => ({ default: (await import('./calls-drawer.tsx')).CallsDrawer }));

export function CallsBar() {
  const [open, { open: show, close }] = useDisclosure();
  const [wanted, setWanted] = useState(false);
  const calls = useCalls();
  const failed = calls.filter(({ status }) => status >= 400).length;
  return (
    <>
      <UnstyledButton
        className="calls-bar"
        onClick={() => {
          setWanted(true);
          show();
        }}
        aria-haspopup="dialog"
      >
        <Group gap="xs" px="md" h="100%" wrap="nowrap">
          <Activity size={16} aria-hidden />
          <Text size="sm">Graph calls</Text>
          <Badge variant="light" color="note" size="sm">
            {calls.length}
          </Badge>
          {failed > 0 && (
            <Badge variant="light" color="danger" size="sm">
              {failed} refused
            </Badge>
          )}
          <ChevronUp size={16} aria-hidden className="at-end" />
        </Group>
      </UnstyledButton>
      {wanted && (
        <Suspense>
          <CallsDrawer opened={open} onClose={close} />
        </Suspense>
      )}
    </>
  );
}

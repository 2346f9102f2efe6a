// The information icon before the token: what the token is, at a glance, and the way to the tool that tells the rest.
import { ActionIcon, Button, Popover, Skeleton, Stack, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { Info } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { carryToken } from '../../../graph/carried-token.ts';
import type { Start } from '../../../graph/start.ts';
import { FailureBox } from '../../../parts/failure.tsx';
import { useDetails } from './token-query.ts';

/** Loaded when somebody looks. */
const TokenFacts = lazy(async () => ({ default: (await import('./token-facts.tsx')).TokenFacts }));

export function TokenInfo({ start, token }: { start: Start; token: string }) {
  const [open, setOpen] = useState(false);
  const navigate = useNavigate();
  const { data, error, isLoading } = useDetails(start, token, open);
  return (
    <Popover opened={open} onChange={setOpen} width={320} position="bottom-end" withArrow trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon
          variant="subtle"
          size="lg"
          disabled={token === ''}
          onClick={() => setOpen(!open)}
          aria-label="Access Token Info"
        >
          <Info size={18} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown maw="calc(100vw - 24px)">
        <Stack gap="xs">
          <Text fw={600}>Access Token Info</Text>
          {isLoading && <Skeleton h={120} />}
          {error !== null && <FailureBox error={error} />}
          {data !== undefined && (
            <Suspense fallback={<Skeleton h={120} />}>
              <TokenFacts details={data} />
            </Suspense>
          )}
          <Button
            variant="light"
            onClick={() => {
              carryToken(token);
              void navigate({ to: '/tools/debug/accesstoken' });
            }}
          >
            Open in Access Token Tool
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

// The information icon stands before the token and tells about it: what the token is, at a glance, and the way to the
// tool that tells the rest.
import { ActionIcon, Badge, Button, Popover, Skeleton, Stack, Table, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { Info } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { carryToken } from '../../../graph/carried-token.ts';
import { serverNow } from '../../../graph/clock.ts';
import type { Start } from '../../../graph/start.ts';
import { FailureBox } from '../../../parts/failure.tsx';
import { Moment } from '../../../parts/moment.tsx';
import { type TokenDetails, useDetails } from './token-query.ts';

const kinds: Readonly<Record<string, string>> = {
  USER: 'User',
  PAGE: 'Page',
  APP: 'App',
  SYSTEM_USER: 'System User',
};

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
          {data !== undefined && <Details details={data} />}
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

function Details({ details }: { details: TokenDetails }) {
  const now = serverNow();
  const ends = details.expires_at;
  const rows: readonly (readonly [string, ReactNode])[] = [
    ['App', `${details.app_id}${details.application === undefined ? '' : ` : ${details.application}`}`],
    ['Type', kinds[details.type] ?? details.type],
    ['User ID', details.user_id],
    ['Page ID', details.profile_id],
    ['Expires', ends === undefined ? undefined : ends === 0 ? 'Never' : <Moment at={ends} now={now} />],
    [
      'Valid',
      <Badge key="valid" color={details.is_valid ? 'brand' : 'danger'} variant="light">
        {details.is_valid ? 'True' : 'False'}
      </Badge>,
    ],
    ['Scopes', details.scopes === undefined || details.scopes.length === 0 ? undefined : details.scopes.join(', ')],
  ];
  return (
    <Table verticalSpacing={4} horizontalSpacing={4} layout="fixed">
      <Table.Tbody>
        {rows
          .filter(([, value]) => value !== undefined)
          .map(([label, value]) => (
            <Table.Tr key={label}>
              <Table.Th w={76}>{label}</Table.Th>
              <Table.Td className="breaks">{value}</Table.Td>
            </Table.Tr>
          ))}
      </Table.Tbody>
    </Table>
  );
}

// The information icon tells app, kind, end and permissions of the token, and whom it speaks for.
import { Badge, Table } from '@mantine/core';
import type { ReactNode } from 'react';
import { serverNow } from '../../../graph/clock.ts';
import { Moment } from '../../../parts/moment.tsx';
import type { TokenDetails } from './token-query.ts';

const kinds: Readonly<Record<string, string>> = {
  USER: 'User',
  PAGE: 'Page',
  APP: 'App',
  SYSTEM_USER: 'System User',
};

export function TokenFacts({ details }: { details: TokenDetails }) {
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

// The facts of a connection as a table, and its permissions with those that are missing.
import { Badge, Group, Table, Text } from '@mantine/core';
import { type ConnectionDetails, tokenKinds } from '@hallpass/vault/client';
import type { ReactNode } from 'react';
import { serverNow } from '../../../graph/clock.ts';
import { Card } from '../../../parts/card.tsx';
import { Id } from '../../../parts/copy.tsx';
import { Moment } from '../../../parts/moment.tsx';

const subjectTypes: Readonly<Record<string, string>> = {
  user: 'person',
  page: 'Page',
  system_user: 'system user',
  app: 'app',
  account: 'account',
};

export function Facts({ connection }: { connection: ConnectionDetails }) {
  const { kind, owner, subject, appId, language, id, hasToken, pageChoice } = connection;
  const moment = (at: number | undefined, without: string): ReactNode =>
    at === undefined ? without : <Moment at={at} now={serverNow()} />;
  const rows: readonly (readonly [string, ReactNode])[] = [
    ['Id', <Id key="id" value={id} what="id of the connection" />],
    ['Kind', kind === undefined ? 'not known yet' : tokenKinds[kind].label],
    [
      'Owner',
      owner === undefined ? (
        'none: the team is told'
      ) : (
        <>
          <bdi>{owner.name}</bdi> {owner.email}
        </>
      ),
    ],
    ...(language === undefined ? [] : [['Language of mails', language] as const]),
    [
      'Speaks for',
      subject === undefined ? (
        'not known'
      ) : (
        <>
          {subjectTypes[subject.type] ?? subject.type} <bdi>{subject.name}</bdi>{' '}
          {subject.id !== undefined && <Id value={subject.id} what="id of the subject" />}
        </>
      ),
    ],
    ['App', <Id key="app" value={appId} what="App ID" />],
    ['Token', hasToken ? 'kept sealed' : 'none'],
    ['Issued', moment(connection.issuedAt, 'not told')],
    ['Expires', moment(connection.expiresAt, hasToken ? 'never, or not told' : '')],
    ['Data access ends', moment(connection.dataAccessUntil, 'never, or not told')],
    ['Extended', moment(connection.extendedAt, 'not yet')],
    ['Checked', moment(connection.checkedAt, 'not yet')],
    ['Next check', moment(connection.nextCheckAt, 'none')],
    ...(pageChoice === undefined ? [] : [['Only these Pages', pageChoice.join(', ')] as const]),
  ];
  return (
    <Card title="Facts">
      <Table className="facts" verticalSpacing={4}>
        <Table.Tbody>
          {rows.map(([name, value]) => (
            <Table.Tr key={name}>
              <Table.Th scope="row">{name}</Table.Th>
              <Table.Td className="breaks">{value}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Permissions connection={connection} />
    </Card>
  );
}

function Permissions({
  connection: { grantedScopes, missingScopes, wantedScopes },
}: {
  connection: ConnectionDetails;
}) {
  return (
    <>
      <Text size="sm" fw={600} mt="md" mb={6}>
        Permissions
      </Text>
      {grantedScopes.length === 0 && missingScopes.length === 0 && (
        <Text size="sm" c="dimmed">
          None are known.
        </Text>
      )}
      <Group gap={6}>
        {missingScopes.map((scope) => (
          <Badge key={scope} variant="light" color="danger">
            {scope}: missing
          </Badge>
        ))}
        {grantedScopes.map((scope) => (
          <Badge key={scope} variant="light" color={wantedScopes.includes(scope) ? 'brand' : 'note'}>
            {scope}
          </Badge>
        ))}
      </Group>
      {missingScopes.length > 0 && (
        <Text size="xs" c="dimmed" mt={6}>
          A token is a snapshot: what is missing takes a new consent by its person.
        </Text>
      )}
    </>
  );
}

// The table "Access Token Info" describes a token: a row for everything that is known of a token, in the forms that
// people know.
import { Badge, Code, Group, Stack, Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Card } from '../../parts/card.tsx';
import { Id } from '../../parts/copy.tsx';
import { dated } from '../../parts/moment.tsx';
import { about } from '../../parts/about.ts';
import type { Inspection } from './inspection.ts';

const types = { USER: 'User', PAGE: 'Page', APP: 'App', SYSTEM_USER: 'System User' } as const;

export function TokenInfo({ told }: { told: Inspection }) {
  const { data, user_name: userName, page_name: pageName, origin, kind, login_version: version, now } = told;
  const person = kind !== 'app' && kind !== 'client';
  const rows: [string, ReactNode][] = [
    ['App ID', data.app_id && <Named id={data.app_id} name={data.application} what="app id" />],
    ['Type', data.type && types[data.type]],
    ['Page ID', data.profile_id && <Named id={data.profile_id} name={pageName} what="Page id" />],
    ['App-Scoped User ID', data.user_id && <Named id={data.user_id} name={userName} what="user id" />],
    ['User last installed this app via', person && data.user_id ? `API ${version ?? 'N/A'}` : undefined],
    ['Issued', person ? <When at={data.issued_at} now={now} never="Unknown" /> : undefined],
    ['Expires', <When key="expires" at={data.expires_at} now={now} never="Never" />],
    [
      'Data Access Expires',
      person && data.type ? <When at={data.data_access_expires_at} now={now} never="Never" /> : undefined,
    ],
    ['Valid', <Valid key="valid" told={told} />],
    ['Origin', origin],
    ['Scopes', data.scopes.length > 0 ? <Scopes names={data.scopes} /> : person && data.type ? 'None' : undefined],
    ['Granular Scopes', granular(told)],
  ];
  return (
    <Card title="Access Token Info">
      <Table layout="auto" verticalSpacing="xs" className="facts">
        <Table.Tbody>
          {rows.map(([label, value]) =>
            value === undefined || value === false || value === '' ? null : (
              <Table.Tr key={label}>
                <Table.Th scope="row">{label}</Table.Th>
                <Table.Td className="breaks">{value}</Table.Td>
              </Table.Tr>
            ),
          )}
        </Table.Tbody>
      </Table>
    </Card>
  );
}

function Named({ id, name, what }: { id: string; name: string | undefined; what: string }) {
  return (
    <>
      <Id value={id} what={what} />
      {name !== undefined && (
        <>
          {' : '}
          <bdi>{name}</bdi>
        </>
      )}
    </>
  );
}

/** 0 is never; a moment that the token doesn't carry is told as `never` too. */
function When({ at, now, never }: { at: number | undefined; now: number; never: string }) {
  if (at === undefined || at === 0) return <>{never}</>;
  return (
    <>
      <Text span inherit className="mono">
        {at}
      </Text>{' '}
      ({about(at, now)}){' '}
      <Text span size="sm" c="dimmed">
        <time dateTime={new Date(at * 1000).toISOString()}>{dated(at)}</time>
      </Text>
    </>
  );
}

function Valid({ told: { data } }: { told: Inspection }) {
  return (
    <Stack gap={4} align="flex-start">
      <Badge color={data.is_valid ? 'brand' : 'danger'} variant="light">
        {data.is_valid ? 'True' : 'False'}
      </Badge>
      {data.error && (
        <Text size="sm" className="breaks">
          {data.error.message}{' '}
          <Code>
            {data.error.code}
            {data.error.subcode === undefined ? '' : `.${data.error.subcode}`}
          </Code>
        </Text>
      )}
    </Stack>
  );
}

function Scopes({ names }: { names: readonly string[] }) {
  return (
    <Group gap={6}>
      {names.map((name) => (
        <Code key={name}>{name}</Code>
      ))}
    </Group>
  );
}

function granular({ data }: Inspection): ReactNode {
  const scopes = data.granular_scopes ?? [];
  if (scopes.length === 0) return undefined;
  return (
    <Stack gap={4}>
      {scopes.map(({ scope, target_ids: ids }) => (
        <Text key={scope} size="sm" className="breaks">
          <Code>{scope}</Code>{' '}
          {ids === undefined
            ? 'for everything, including anything added later'
            : ids.length === 0
              ? 'for nothing'
              : `for ${ids.join(', ')}`}
        </Text>
      ))}
    </Stack>
  );
}

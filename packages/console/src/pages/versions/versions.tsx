// The API Upgrade Tool is about versions: what an app calls in which version, and when each version ends.
import { Badge, Select, Skeleton, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ArrowUpCircle } from 'lucide-react';
import { useState } from 'react';
import { serverNow } from '../../graph/clock.ts';
import { call } from '../../graph/door.ts';
import { useStart } from '../../graph/start.ts';
import { Card } from '../../parts/card.tsx';
import { Empty } from '../../parts/empty.tsx';
import { FailureBox } from '../../parts/failure.tsx';
import { dated } from '../../parts/moment.tsx';
import { LogInAsOther } from '../../parts/log-in/log-in-as-other.tsx';
import { Page } from '../../parts/page.tsx';
import { SignedIn } from '../../parts/signed-in.tsx';
import { about } from '../../parts/about.ts';
import { WideTable } from '../../parts/wide-table.tsx';
import { useMyApps } from '../../graph/my-apps.ts';
import { VersionChanges } from './version-changes.tsx';
import { VersionDates } from './version-dates.tsx';

interface Use {
  version: string;
  call: string;
  calls: number;
  last_time: string;
  version_ends?: string;
  /** The changes of newer versions that may touch it. */
  changes: readonly { from: string; what: string; instead: string }[];
}

const seconds = (text: string): number => Math.floor(Date.parse(text) / 1000);

export function VersionsPage() {
  return (
    <Page
      title="API Upgrade Tool"
      lead="See which versions of the Graph your app calls, what newer versions change, and when each version ends."
    >
      <SignedIn to="see what your apps call" icon={ArrowUpCircle}>
        <UsesOfApps />
      </SignedIn>
      <VersionChanges />
      <VersionDates />
    </Page>
  );
}

function UsesOfApps() {
  const { data: apps } = useMyApps();
  const [picked, setPicked] = useState<string | null>(null);
  const appId = picked ?? apps?.[0]?.id;
  return (
    <Card title="Calls of your app">
      <Stack gap="sm">
        {apps && apps.length > 0 && (
          <Select
            label="App"
            data={apps.map(({ id, name }) => ({ value: id, label: name }))}
            value={appId ?? null}
            onChange={setPicked}
            allowDeselect={false}
            maw={360}
          />
        )}
        {apps?.length === 0 && (
          <Empty icon={ArrowUpCircle} title="You have no role on an app yet">
            <Stack gap="sm" align="center">
              Ask an administrator of an app for a role, or log in as someone who has one.
              <LogInAsOther />
            </Stack>
          </Empty>
        )}
        {appId !== undefined && <Uses appId={appId} />}
      </Stack>
    </Card>
  );
}

function Uses({ appId }: { appId: string }) {
  const { data: start } = useStart();
  const { data, error, refetch } = useQuery({
    queryKey: ['version-use', appId],
    queryFn: () => call<{ data: readonly Use[] }>('GET', `/${appId}/version_use`, { limit: 200 }),
    staleTime: 0,
  });
  if (error) return <FailureBox error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton h={160} aria-label="Calls of the app" />;
  if (data.data.length === 0)
    return (
      <Empty icon={ArrowUpCircle} title="No calls yet">
        Calls with the app’s tokens are counted here from the start of the server.
      </Empty>
    );
  return (
    <WideTable label="Calls of the app" minWidth={560}>
      <Table className="records-table" verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Call</Table.Th>
            <Table.Th scope="col">Version</Table.Th>
            <Table.Th scope="col">Calls</Table.Th>
            <Table.Th scope="col">Last</Table.Th>
            <Table.Th scope="col">The version ends</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {data.data.map(({ call: name, version, calls, last_time: last, version_ends: ends, changes }) => (
            <Table.Tr key={name}>
              <Table.Td data-label="Call">
                <span className="mono breaks">{name.replace(`/${version}`, '')}</span>
                {changes.map(({ from, what, instead }) => (
                  <Text key={what} size="xs" c="dimmed">
                    <b>From {from}:</b> {what} {instead}
                  </Text>
                ))}
              </Table.Td>
              <Table.Td data-label="Version">
                <Badge variant="light" color={version === start?.versions.newest ? 'brand' : 'note'}>
                  {version}
                </Badge>
              </Table.Td>
              <Table.Td data-label="Calls">{calls.toLocaleString('en')}</Table.Td>
              <Table.Td data-label="Last" className="nowrap">
                {about(seconds(last), serverNow())}
              </Table.Td>
              <Table.Td data-label="The version ends">
                {ends === undefined ? (
                  'No date yet'
                ) : (
                  <>
                    {about(seconds(ends), serverNow())}{' '}
                    <Text span size="sm" c="dimmed">
                      {dated(seconds(ends))}
                    </Text>
                  </>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </WideTable>
  );
}

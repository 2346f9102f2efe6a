// This table tells when each version of the Graph ended or ends, from the dates that the server serves by.
import { Badge, Table, Text } from '@mantine/core';
import { versionEnds, versions } from '@hallpass/protocol';
import { serverNow } from '../../graph/clock.ts';
import { Card } from '../../parts/card.tsx';
import { about } from '../../parts/about.ts';

const day = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeZone: 'UTC' });

export function VersionDates() {
  const now = serverNow();
  return (
    <Card title="Versions">
      <Text size="sm" c="dimmed" mb="xs">
        A call to a version that has ended is answered by the oldest current version, and a header says so.
      </Text>
      <Table className="records-table" verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Version</Table.Th>
            <Table.Th scope="col">Ends</Table.Th>
            <Table.Th scope="col">State</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          <Table.Tr>
            <Table.Td data-label="Version">{versions.newest}</Table.Td>
            <Table.Td data-label="Ends">No date yet</Table.Td>
            <Table.Td data-label="State">
              <Badge color="brand" variant="light" miw="max-content">
                Newest
              </Badge>
            </Table.Td>
          </Table.Tr>
          {[...versionEnds].reverse().map(([version, end]) => (
            <Table.Tr key={version}>
              <Table.Td data-label="Version">{version}</Table.Td>
              <Table.Td data-label="Ends">
                {day.format(new Date(end * 1000))}{' '}
                <Text span size="sm" c="dimmed">
                  ({about(end, now)})
                </Text>
              </Table.Td>
              <Table.Td data-label="State">
                <Badge color={end <= now ? 'danger' : 'note'} variant="light" miw="max-content">
                  {end <= now ? 'Ended' : 'Supported'}
                </Badge>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Card>
  );
}

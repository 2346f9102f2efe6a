// This card lists what each version changed, for somebody who moves an app from one version to another.
import { Group, Select, Stack, Table, Text } from '@mantine/core';
import { changesBetween, compareVersions, isVersion, type Version, versionEnds, versions } from '@hallpass/protocol';
import { useState } from 'react';
import { Breakable } from '../../parts/breakable.tsx';
import { Card } from '../../parts/card.tsx';
import { WideTable } from '../../parts/wide-table.tsx';

/** The first version of all, and those whose end is known; the newest comes first. */
const offered: readonly Version[] = [
  versions.newest,
  ...versionEnds.map(([version]) => version).reverse(),
  versions.oldest,
];

export function VersionChanges() {
  const [from, setFrom] = useState<Version>(versions.oldest);
  const [to, setTo] = useState<Version>(versions.newest);
  const backwards = compareVersions(from, to) >= 0;
  const changes = changesBetween(from, to);
  return (
    <Card title="What changes between two versions">
      <Stack gap="sm">
        <Group gap="sm">
          <Choice label="From" value={from} onChange={setFrom} />
          <Choice label="To" value={to} onChange={setTo} />
        </Group>
        {changes.length === 0 ? (
          <Text size="sm" c="dimmed" role="status">
            {backwards
              ? 'Choose a newer version to move to.'
              : 'No differences: this platform answers both the same way.'}
          </Text>
        ) : (
          <WideTable label="Changes" minWidth={520}>
            <Table className="records-table" verticalSpacing="xs">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th scope="col">From</Table.Th>
                  <Table.Th scope="col">What changes</Table.Th>
                  <Table.Th scope="col">What to do</Table.Th>
                  <Table.Th scope="col">Reported in</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {changes.toReversed().map(({ from: version, what, instead, source }) => (
                  <Table.Tr key={what}>
                    <Table.Td data-label="From">{version}</Table.Td>
                    <Table.Td data-label="What changes">
                      <Breakable text={what} />
                    </Table.Td>
                    <Table.Td data-label="What to do">
                      <Breakable text={instead} />
                    </Table.Td>
                    <Table.Td data-label="Reported in">
                      <Text span size="xs" c="dimmed">
                        <Breakable text={source} />
                      </Text>
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </WideTable>
        )}
      </Stack>
    </Card>
  );
}

function Choice({ label, value, onChange }: { label: string; value: Version; onChange: (version: Version) => void }) {
  return (
    <Select
      label={label}
      data={[...offered]}
      value={value}
      onChange={(chosen) => isVersion(chosen) && onChange(chosen)}
      allowDeselect={false}
      w={120}
    />
  );
}

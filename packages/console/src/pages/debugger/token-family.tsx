// This panel shows where a token comes from, and the Pages that it gives tokens for: what ends when it is revoked.
import { Badge, Group, List, Stack, Text } from '@mantine/core';
import { Card } from '../../parts/card.tsx';
import { Id } from '../../parts/copy.tsx';
import type { Inspection } from './inspection.ts';

export function TokenFamily({ family, type }: { family: NonNullable<Inspection['family']>; type: string }) {
  const { parents, children } = family;
  return (
    <Card title="Where it comes from">
      <Stack gap="xs">
        <List listStyleType="none" spacing={4} className="tree">
          {parents.map((parent, depth) => (
            <List.Item key={parent} pl={depth * 20}>
              <Text size="sm">{parent}</Text>
            </List.Item>
          ))}
          <List.Item pl={parents.length * 20}>
            <Badge variant="light">This {type.toLowerCase().replace('_', ' ')} token</Badge>
          </List.Item>
          {children.map(({ id, name }) => (
            <List.Item key={id} pl={(parents.length + 1) * 20}>
              <Group gap={6}>
                <Text size="sm" dir="auto" className="breaks">
                  Page token of {name}
                </Text>
                <Id value={id} what="Page id" />
              </Group>
            </List.Item>
          ))}
        </List>
        {children.length === 0 && (
          <Text size="sm" c="dimmed">
            No Page tokens came from it.
          </Text>
        )}
      </Stack>
    </Card>
  );
}

// The column at the left shows the node that the path is about, with fields to tick and edges to open.
import { Button, Checkbox, ScrollArea, Skeleton, Stack, Text, TextInput, Tooltip } from '@mantine/core';
import { Search } from 'lucide-react';
import { useState } from 'react';
import type { SchemaNode } from '../../../graph/schema.ts';
import { askedPath, fieldName, withField, written } from './asked-path.ts';
import { setExplorer, useExplorer } from '../state.ts';

export function NodeFields({
  node,
  edges,
  loading,
}: {
  node: SchemaNode | undefined;
  edges: readonly string[];
  loading: boolean;
}) {
  const { path, method } = useExplorer();
  const [search, setSearch] = useState('');
  const asked = askedPath(path);
  const ticked = new Set(asked.fields.map(fieldName));
  if (loading) return <Skeleton h={240} />;
  if (!node)
    return (
      <Text size="sm" c="dimmed">
        Submit the call to see which fields and edges <b className="breaks">{asked.node || 'it'}</b> has.
      </Text>
    );
  const fits = (name: string) => name.includes(search.trim().toLowerCase());
  const fields = node.fields.filter(({ name }) => fits(name));
  const connections = edges.filter(fits);
  return (
    <Stack gap="xs">
      <Text size="sm" fw={600} className="mono">
        {node.name}
      </Text>
      <Text size="xs" c="dimmed">
        {node.doc}
      </Text>
      <TextInput
        size="xs"
        aria-label="Search for a field"
        placeholder="Search for a field"
        leftSection={<Search size={14} />}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      <ScrollArea.Autosize mah={420} type="auto" viewportProps={{ tabIndex: 0, 'aria-label': 'Fields and edges' }}>
        <Stack gap={10} pr="sm" role="group" aria-label="Fields">
          {fields.map(({ name, doc, type }) => (
            <Tooltip key={name} label={`${doc} (${type})`} multiline w={240} position="right" openDelay={300} withArrow>
              <div>
                <Checkbox
                  size="xs"
                  label={name}
                  classNames={{ label: 'mono breaks' }}
                  checked={ticked.has(name)}
                  disabled={method !== 'GET'}
                  onChange={(event) => setExplorer({ path: withField(path, name, event.currentTarget.checked) })}
                />
              </div>
            </Tooltip>
          ))}
        </Stack>
        {connections.length > 0 && asked.edge === '' && (
          <Stack gap={6} mt="sm" align="flex-start" role="group" aria-label="Edges">
            <Text size="xs" fw={600} c="dimmed">
              Edges
            </Text>
            {connections.map((name) => (
              <Button
                key={name}
                variant="subtle"
                size="compact-xs"
                className="mono"
                onClick={() => setExplorer({ path: written({ ...asked, edge: name, fields: [], others: [] }) })}
              >
                /{name}
              </Button>
            ))}
          </Stack>
        )}
        {fields.length === 0 && connections.length === 0 && (
          <Text size="sm" c="dimmed">
            No field has that name.
          </Text>
        )}
      </ScrollArea.Autosize>
    </Stack>
  );
}

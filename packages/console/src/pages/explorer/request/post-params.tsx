// These rows are the parameters of a POST: those that the edge declares are offered by name, others can be added.
import { ActionIcon, Autocomplete, Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { Plus, Trash2 } from 'lucide-react';
import type { SchemaParam } from '../../../graph/schema.ts';
import { setExplorer, useExplorer } from '../state.ts';

export function PostParams({ declared }: { declared: readonly SchemaParam[] }) {
  const { params } = useExplorer();
  const change = (index: number, pair: readonly [string, string]) =>
    setExplorer({ params: params.map((one, at) => (at === index ? pair : one)) });
  const left = declared.filter(({ name }) => !params.some(([taken]) => taken === name));
  return (
    <Stack gap="xs" role="group" aria-label="Parameters">
      {params.map(([name, value], index) => (
        // oxlint-disable-next-line react/no-array-index-key -- rows have no identity but their place
        <Group key={index} gap={6} align="flex-start" wrap="nowrap">
          <Autocomplete
            aria-label={`Name of parameter ${index + 1}`}
            placeholder="name"
            data={left.map((one) => one.name)}
            value={name}
            onChange={(typed) => change(index, [typed, value])}
            w={170}
          />
          <Textarea
            aria-label={`Value of parameter ${index + 1}`}
            placeholder={declared.find((one) => one.name === name)?.doc ?? 'value'}
            value={value}
            autosize
            maxRows={6}
            className="grows"
            onChange={(event) => change(index, [name, event.currentTarget.value])}
          />
          <ActionIcon
            variant="subtle"
            color="danger"
            size="lg"
            aria-label={`Remove parameter ${name || index + 1}`}
            onClick={() => setExplorer({ params: params.filter((_, at) => at !== index) })}
          >
            <Trash2 size={16} />
          </ActionIcon>
        </Group>
      ))}
      <Group gap={6}>
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<Plus size={14} />}
          onClick={() => setExplorer({ params: [...params, ['', '']] })}
        >
          Add a parameter
        </Button>
        {left.slice(0, 6).map(({ name, required }) => (
          <Button
            key={name}
            variant="subtle"
            size="compact-xs"
            className="mono"
            onClick={() => setExplorer({ params: [...params, [name, '']] })}
          >
            {name}
            {required ? '*' : ''}
          </Button>
        ))}
      </Group>
      {left.some(({ required }) => required) && (
        <Text size="xs" c="dimmed">
          * is needed.
        </Text>
      )}
    </Stack>
  );
}

// The batch builder puts several calls in one request, in their order, with the token in the box.
import { ActionIcon, Badge, Button, Code, Group, ScrollArea, Select, Stack, Text, TextInput } from '@mantine/core';
import { Layers, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Start } from '../../../graph/start.ts';
import { askWithToken } from '../../../graph/token-call.ts';
import { toastFailure } from '../../../parts/failure.tsx';
import { maskedText, laidOut } from '../answer/masked-text.ts';
import { type Method, methods, withoutCredentials } from './shared-call.ts';
import { explorerState } from '../state.ts';

interface Item {
  id: number;
  method: Method;
  path: string;
}

interface Part {
  code: number;
  body: string;
}

/** Calls that one batch may hold. */
const MOST = 50;
let nextId = 1;
const item = (path: string): Item => ({ id: nextId++, method: 'GET', path });

const isPart = (value: unknown): value is Part =>
  typeof value === 'object' && value !== null && 'code' in value && 'body' in value;

export function Batch({ start }: { start: Start }) {
  const [items, setItems] = useState<readonly Item[]>(() => [item('me?fields=id,name'), item('me/permissions')]);
  const [parts, setParts] = useState<readonly (Part | null)[]>();
  const [busy, setBusy] = useState(false);
  const change = (id: number, part: Partial<Item>) =>
    setItems(items.map((one) => (one.id === id ? { ...one, ...part } : one)));
  const send = async () => {
    setBusy(true);
    try {
      const { token, version } = explorerState();
      const batch = items.map(({ method, path }) => ({ method, relative_url: withoutCredentials(path) }));
      const answer = await askWithToken({
        graph: start.graph,
        token,
        method: 'POST',
        path: `/${version ?? start.versions.default}/`,
        params: { batch: JSON.stringify(batch), include_headers: 'false' },
      });
      if (answer.error) toastFailure(new Error(answer.error.message), 'The batch was refused');
      setParts(
        Array.isArray(answer.value) ? answer.value.map((one: unknown) => (isPart(one) ? one : null)) : undefined,
      );
    } catch (error) {
      toastFailure(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Stack gap="sm">
      {items.map(({ id, method, path }, index) => (
        <Stack key={id} gap={4}>
          <Group gap={6} wrap="nowrap">
            <Select
              aria-label={`Method of call ${index + 1}`}
              data={[...methods]}
              value={method}
              onChange={(value) => value && change(id, { method: value as Method })}
              allowDeselect={false}
              w={104}
            />
            <TextInput
              aria-label={`Path of call ${index + 1}`}
              className="grows"
              classNames={{ input: 'mono' }}
              value={path}
              onChange={(event) => change(id, { path: event.currentTarget.value })}
              spellCheck={false}
            />
            <ActionIcon
              variant="subtle"
              color="danger"
              size="lg"
              aria-label={`Remove call ${index + 1}`}
              onClick={() => setItems(items.filter((one) => one.id !== id))}
            >
              <Trash2 size={16} />
            </ActionIcon>
          </Group>
          {parts?.[index] && (
            <Group gap={6} align="flex-start" wrap="nowrap">
              <Badge color={parts[index].code >= 400 ? 'danger' : 'brand'} variant="light">
                {parts[index].code}
              </Badge>
              <ScrollArea.Autosize
                mah={200}
                className="grows"
                viewportProps={{ tabIndex: 0, 'aria-label': `Answer ${index + 1}` }}
              >
                <Code block className="breaks">
                  {maskedText(laidOut(parts[index].body))}
                </Code>
              </ScrollArea.Autosize>
            </Group>
          )}
        </Stack>
      ))}
      {items.length === 0 && <Text c="dimmed">Add a call to start.</Text>}
      <Group>
        <Button
          variant="default"
          leftSection={<Plus size={16} />}
          disabled={items.length >= MOST}
          onClick={() => setItems([...items, item('me')])}
        >
          Add a call
        </Button>
        <Button
          leftSection={<Layers size={16} />}
          loading={busy}
          disabled={items.length === 0}
          onClick={() => void send()}
        >
          Submit the batch
        </Button>
      </Group>
    </Stack>
  );
}

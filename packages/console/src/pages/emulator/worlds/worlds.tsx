// The worlds of the emulator: made, chosen, kept, put back, planted anew, written as a seed file, removed.
import {
  Badge,
  Button,
  Group,
  Select,
  Skeleton,
  Stack,
  Switch,
  Table,
  Text,
  Textarea,
  TextInput,
  VisuallyHidden,
} from '@mantine/core';
import { Camera, Download } from 'lucide-react';
import { useState } from 'react';
import { Card } from '../../../parts/card.tsx';
import { confirmAct } from '../../../parts/confirm.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { FailureBox, toastFailure } from '../../../parts/failure.tsx';
import { dated } from '../../../parts/moment.tsx';
import { WideTable } from '../../../parts/wide-table.tsx';
import { chosenWorld, order } from '../control/order.ts';
import { useControl, useOrder } from '../control/use-control.ts';
import { EmulatorPage } from '../frame.tsx';
import { saveFile } from './save-file.ts';

interface WorldLine {
  name: string;
  world: string;
  apps: readonly { id: string; name: string }[];
}

interface Snapshot {
  snapshot: string;
  time: string;
  bytes: number;
}

export function WorldsPage() {
  return (
    <EmulatorPage
      title="Worlds"
      lead="Each world is isolated: it has its own people, apps, tokens, clock, mail and faults."
      actions={<Export />}
    >
      <AllWorlds />
      <Snapshots />
      <NewWorld />
    </EmulatorPage>
  );
}

function Export() {
  const world = chosenWorld.use();
  const save = async (): Promise<void> => {
    try {
      const { seed } = await order<{ seed: string }>('GET', 'seed');
      saveFile(`${world}.yaml`, seed);
    } catch (error) {
      toastFailure(error);
    }
  };
  return (
    <Button variant="default" leftSection={<Download size={16} />} onClick={() => void save()}>
      Export {world} as a seed file
    </Button>
  );
}

function AllWorlds() {
  const world = chosenWorld.use();
  const { data, error, refetch } = useControl<{ worlds: readonly WorldLine[] }>('worlds');
  const { mutateAsync: act } = useOrder();
  if (error) return <FailureBox error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton h={160} aria-label="Loading: Worlds" />;
  const remove = (name: string) =>
    confirmAct({
      title: `Remove the world ${name}?`,
      children: 'Its people, apps and tokens are deleted. The other worlds stay.',
      reach: ['every token of this world', 'its snapshots and mail'],
      isFinal: true,
      confirm: 'Remove it',
      async act() {
        if (chosenWorld.get() === name) chosenWorld.set('main');
        await act({ method: 'DELETE', path: 'worlds', params: { name } });
      },
      done: `${name} is removed.`,
    });
  return (
    <Card title="Worlds">
      <WideTable label="All worlds" minWidth={560}>
        <Table className="records-table" verticalSpacing="xs" aria-label="Worlds">
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">World</Table.Th>
              <Table.Th scope="col">Planted from</Table.Th>
              <Table.Th scope="col">Apps</Table.Th>
              <Table.Th scope="col">
                <VisuallyHidden>Actions</VisuallyHidden>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.worlds.map(({ name, world: planted, apps }) => (
              <Table.Tr key={name}>
                <Table.Td data-label="World">
                  <Group gap={6}>
                    <Text span fw={600}>
                      {name}
                    </Text>
                    {name === world && <Badge variant="light">shown here</Badge>}
                  </Group>
                </Table.Td>
                <Table.Td data-label="Planted from">{planted}</Table.Td>
                <Table.Td data-label="Apps">{apps.length}</Table.Td>
                <Table.Td data-label="Actions">
                  <Group gap={6} wrap="nowrap" justify="flex-end">
                    {name !== world && (
                      <Button
                        variant="default"
                        size="compact-sm"
                        onClick={() => chosenWorld.set(name)}
                        aria-label={`Show ${name}`}
                      >
                        Show
                      </Button>
                    )}
                    {name !== 'main' && (
                      <Button
                        variant="light"
                        color="danger"
                        size="compact-sm"
                        onClick={() => void remove(name)}
                        aria-label={`Remove ${name}`}
                      >
                        Remove
                      </Button>
                    )}
                  </Group>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </WideTable>
    </Card>
  );
}

function Snapshots() {
  const world = chosenWorld.use();
  const { data } = useControl<{ snapshots: readonly Snapshot[] }>('snapshots');
  const [name, setName] = useState('');
  const keep = useOrder(() => setName(''));
  const { mutateAsync: act } = useOrder();
  const restore = (snapshot: string) =>
    confirmAct({
      title: `Restore ${world} to ${snapshot}?`,
      children: 'Everything that has happened since then is undone.',
      reach: ['every token issued since then', 'browser sessions started since then'],
      confirm: 'Restore it',
      act: () => act({ path: 'restore', params: { snapshot } }),
      done: `${world} is restored.`,
    });
  const reset = () =>
    confirmAct({
      title: `Reset ${world}?`,
      children: 'The world goes back to its seed and its first moment.',
      reach: ['every token and session of this world', 'its faults, mail and played stories'],
      confirm: 'Reset it',
      act: () => act({ path: 'reset' }),
      done: `${world} is reset.`,
    });
  return (
    <Card
      title={`Snapshots of ${world}`}
      actions={
        <Button variant="light" color="danger" size="compact-sm" onClick={() => void reset()}>
          Reset to the seed
        </Button>
      }
    >
      <Stack gap="sm">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            keep.mutate({
              path: 'snapshot',
              params: { snapshot: name.trim() },
              done: `The snapshot ${name.trim()} is taken.`,
            });
          }}
        >
          <Group align="flex-end" gap="xs">
            <TextInput
              label="Name of a snapshot"
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <Button
              type="submit"
              leftSection={<Camera size={16} />}
              disabled={name.trim() === ''}
              loading={keep.isPending}
            >
              Take a snapshot
            </Button>
          </Group>
        </form>
        {data?.snapshots.length === 0 && (
          <Empty icon={Camera} title="No snapshot yet">
            Take one before you try something: restoring it takes milliseconds.
          </Empty>
        )}
        <Stack component="ul" gap={0} className="plain-list" aria-label="Snapshots">
          {(data?.snapshots ?? []).map(({ snapshot, time, bytes }) => (
            <Group component="li" key={snapshot} justify="space-between" className="call-row">
              <span className="row-title">
                <Text span size="sm" fw={600}>
                  {snapshot}
                </Text>
                <Text span size="xs" c="dimmed">
                  {dated(Date.parse(time) / 1000)}, {Math.ceil(bytes / 1024).toLocaleString('en')} kB
                </Text>
              </span>
              <Button
                variant="default"
                size="compact-sm"
                onClick={() => void restore(snapshot)}
                aria-label={`Restore ${snapshot}`}
              >
                Restore
              </Button>
            </Group>
          ))}
        </Stack>
      </Stack>
    </Card>
  );
}

function NewWorld() {
  const { data } = useControl<{ snapshots: readonly Snapshot[] }>('snapshots');
  const [name, setName] = useState('');
  const [from, setFrom] = useState<string | null>(null);
  const [ownApps, setOwnApps] = useState(false);
  const [seed, setSeed] = useState('');
  const make = useOrder<WorldLine>((made) => {
    chosenWorld.set(made.name);
    setName('');
    setSeed('');
    setFrom(null);
  });
  return (
    <Card title="Create a world">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          make.mutate({
            path: 'worlds',
            params: {
              name: name.trim(),
              from: from ?? undefined,
              seed: seed.trim() === '' ? undefined : seed,
              own_apps: ownApps,
            },
            done: `${name.trim()} is created, and shown here.`,
          });
        }}
      >
        <Stack gap="md">
          <div className="setting-fields">
            <TextInput
              label="Name"
              description="Lower-case letters, digits and hyphens; also a host, name.localhost"
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              required
              withAsterisk={false}
            />
            <Select
              label="Starts from"
              description="The seed, or a snapshot of the world shown here"
              placeholder="The seed"
              data={(data?.snapshots ?? []).map(({ snapshot }) => snapshot)}
              value={from}
              onChange={setFrom}
              clearable
            />
          </div>
          <Switch
            label="Give its apps their own IDs and secrets"
            description="A program then reaches this world through the app it’s configured with."
            checked={ownApps}
            onChange={(event) => setOwnApps(event.currentTarget.checked)}
          />
          <Textarea
            label="Seed file"
            description="Optional: used instead of the main world’s seed"
            value={seed}
            onChange={(event) => setSeed(event.currentTarget.value)}
            minRows={2}
            maxRows={12}
            autosize
            classNames={{ input: 'mono' }}
          />
          <Group>
            <Button type="submit" disabled={name.trim() === ''} loading={make.isPending}>
              Create it
            </Button>
          </Group>
        </Stack>
      </form>
    </Card>
  );
}

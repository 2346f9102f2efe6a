// The window that makes test users, as many as are wanted, and then shows their addresses and passwords once.
import { permissions } from '@hallpass/protocol';
import {
  Button,
  CopyButton,
  Group,
  MultiSelect,
  NumberInput,
  Progress,
  Stack,
  Switch,
  Table,
  Text,
  TextInput,
} from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../../graph/door.ts';
import { Breakable } from '../../../parts/breakable.tsx';
import { Secret } from '../../../parts/copy.tsx';
import { FailureBox } from '../../../parts/failure.tsx';
import { WideTable } from '../../../parts/wide-table.tsx';
import type { App } from '../app.ts';

interface Made {
  id: string;
  email: string;
  password: string;
}

/** At a time. The server makes at most 500 in an hour. */
const MOST = 50;

export function NewTestUsers({ app: { id: appId } }: { app: App }) {
  const client = useQueryClient();
  const [count, setCount] = useState<number | string>(4);
  const [name, setName] = useState('');
  const [installed, setInstalled] = useState(true);
  const [granted, setGranted] = useState<string[]>([]);
  const [made, setMade] = useState<readonly Made[]>([]);
  const wanted = Math.min(MOST, Math.max(1, Number(count) || 1));
  const making = useMutation({
    async mutationFn() {
      const users: Made[] = [];
      for (let number = 1; number <= wanted; number++) {
        users.push(
          await call<Made>(
            'POST',
            `/${appId}/accounts`,
            {
              installed,
              ...(name.trim() === '' ? {} : { name: wanted === 1 ? name : `${name} ${number}` }),
              ...(installed && granted.length > 0 ? { permissions: granted.join(',') } : {}),
            },
            ['password'],
          ),
        );
        setMade([...users]);
      }
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['test-users', appId] }),
  });
  if (making.isSuccess || (making.isError && made.length > 0)) return <MadeUsers made={made} error={making.error} />;
  return (
    <form
      aria-label="New test users"
      onSubmit={(event) => {
        event.preventDefault();
        making.mutate();
      }}
    >
      <Stack gap="md">
        <NumberInput
          label="How many"
          value={count}
          onChange={setCount}
          min={1}
          max={MOST}
          clampBehavior="strict"
          data-autofocus
        />
        <TextInput
          label="Name"
          description="If you leave it empty, a name is made up. If you create several, each gets a number."
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          dir="auto"
        />
        <Switch
          label="They have added the app"
          checked={installed}
          onChange={(event) => setInstalled(event.currentTarget.checked)}
        />
        {installed && (
          <MultiSelect
            label="Permissions they have granted"
            description="In addition to public_profile."
            data={Object.keys(permissions).filter((one) => one !== 'public_profile')}
            value={granted}
            onChange={setGranted}
            searchable
            hidePickedOptions
            comboboxProps={{ zIndex: 400 }}
          />
        )}
        {making.error && <FailureBox error={making.error} />}
        {making.isPending && <Progress value={(100 * made.length) / wanted} aria-label="Test users created" />}
        <Group justify="flex-end">
          <Button type="submit" loading={making.isPending}>
            {wanted === 1 ? 'Create a test user' : `Create ${wanted} test users`}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function MadeUsers({ made, error }: { made: readonly Made[]; error: unknown }) {
  const list = made.map(({ id, email, password }) => [id, email, password].join('\t')).join('\n');
  return (
    <Stack gap="md">
      {error ? <FailureBox error={error} /> : null}
      <Text size="sm">
        {made.length === 1 ? 'This test user is' : `These ${made.length} test users are`} ready. Their passwords are
        shown only once.
      </Text>
      <WideTable label="New test users" minWidth={480} maxHeight={360}>
        <Table className="records-table" verticalSpacing={4}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">Id</Table.Th>
              <Table.Th scope="col">E-mail address</Table.Th>
              <Table.Th scope="col">Password</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {made.map(({ id, email, password }) => (
              <Table.Tr key={id}>
                <Table.Td data-label="Id" className="mono">
                  {id}
                </Table.Td>
                <Table.Td data-label="E-mail address">
                  <Breakable text={email} />
                </Table.Td>
                <Table.Td data-label="Password">
                  <Secret value={password} what={`password of ${email}`} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </WideTable>
      <Group justify="flex-end">
        <CopyButton value={list}>
          {({ copied, copy }) => <Button onClick={copy}>{copied ? 'Copied' : 'Copy all'}</Button>}
        </CopyButton>
      </Group>
    </Stack>
  );
}

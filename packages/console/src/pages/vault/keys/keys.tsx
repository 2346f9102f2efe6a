// Keys of the service, which open it for programs and browsers, and the keys that seal what is stored.
import { Badge, Button, Skeleton, Table } from '@mantine/core';
import type { ApiKeyAnswer } from '@hallpass/vault/client';
import { KeyRound, Plus, RotateCw } from 'lucide-react';
import { useMemo } from 'react';
import { serverNow } from '../../../graph/clock.ts';
import { about } from '../../../parts/about.ts';
import { Card } from '../../../parts/card.tsx';
import { confirmAct } from '../../../parts/confirm.tsx';
import { Id } from '../../../parts/copy.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { FailureBox } from '../../../parts/failure.tsx';
import { dated } from '../../../parts/moment.tsx';
import { Page } from '../../../parts/page.tsx';
import { endingColumn } from '../../../parts/records/ending-column.tsx';
import { type RecordColumn, RecordTable } from '../../../parts/records/record-table.tsx';
import { RowTitle } from '../../../parts/records/row-title.tsx';
import { WideTable } from '../../../parts/wide-table.tsx';
import { openWindow } from '../../../parts/windows/open-window.ts';
import { ask } from '../../../vault/ask.ts';
import { useRight, vaultSession } from '../../../vault/session.ts';
import { useReadAgain, useVault, useVaultList } from '../../../vault/use-vault.ts';
import { NewKey } from './new-key.tsx';

export function KeysPage() {
  const mayOperate = useRight('operate');
  return (
    <Page title="Keys" lead="Who may ask this vault, and the keys that seal what it keeps.">
      {mayOperate ? (
        <>
          <ServiceKeys />
          <SealingKeys />
        </>
      ) : (
        <Card>
          <Empty icon={KeyRound} title="Your key doesn’t have the right “operate”">
            With that right you see the keys here.
          </Empty>
        </Card>
      )}
    </Page>
  );
}

function ServiceKeys() {
  const readAgain = useReadAgain();
  const records = useVaultList(['api-keys'], async (vault) => ({ rows: (await vault.listApiKeys()).keys }));
  const mine = vaultSession.use()?.key.id;
  const columns = useMemo(() => {
    const end = async (key: ApiKeyAnswer) => {
      if (await ended(key, key.id === mine)) await readAgain();
    };
    return [
      ...factColumns,
      endingColumn<ApiKeyAnswer>({
        word: 'End',
        label: ({ name }) => `End ${name}`,
        act: (key) => void end(key),
        width: '6rem',
      }),
    ];
  }, [mine, readAgain]);
  const add = () => {
    openWindow({ title: 'Create a key', size: 'lg', children: <NewKey onAdded={() => void readAgain()} /> });
  };
  return (
    <Card
      title="Keys of the service"
      actions={
        <Button size="compact-sm" leftSection={<Plus size={14} />} onClick={add}>
          Create a key
        </Button>
      }
    >
      <RecordTable
        records={records}
        columns={columns}
        rowId={({ id }) => id}
        label="Keys of the service"
        empty={<Empty icon={KeyRound} title="There are no keys" />}
      />
    </Card>
  );
}

/** Asks, and ends a key. @returns whether it was done */
function ended({ id, name }: ApiKeyAnswer, isMine: boolean): Promise<boolean> {
  return confirmAct({
    title: `End ${name}?`,
    children: 'It’s refused from now on.',
    reach: [
      'Every program that has it is refused.',
      'Every browser that it signed in is signed out.',
      ...(isMine ? ['You signed in with it: this browser is signed out, too.'] : []),
    ],
    isFinal: true,
    confirm: 'End it',
    act: () => ask((vault) => vault.removeApiKey({ id })),
    done: `${name} is refused from now on.`,
  });
}

const factColumns: readonly RecordColumn<ApiKeyAnswer>[] = [
  { id: 'name', header: 'Name', value: ({ name }) => name, cell: ({ name, id }) => <RowTitle name={name} id={id} /> },
  { id: 'rights', header: 'Rights', value: ({ rights }) => rights.join(', ') },
  {
    id: 'created',
    header: 'Created',
    value: ({ createdAt }) => createdAt,
    cell: ({ createdAt }) => <span title={dated(createdAt)}>{about(createdAt, serverNow())}</span>,
  },
  {
    id: 'used',
    header: 'Used',
    value: ({ usedAt }) => usedAt ?? 0,
    cell: ({ usedAt }) =>
      usedAt === undefined ? 'never' : <span title={dated(usedAt)}>{about(usedAt, serverNow())}</span>,
  },
];

function SealingKeys() {
  const readAgain = useReadAgain();
  const { data, error, refetch } = useVault(['sealing-keys'], (vault) => vault.listKeys());
  const rotate = async () => {
    const done = await confirmAct({
      title: 'Seal everything with a new key?',
      children: 'The vault stays usable meanwhile. Keys that no longer seal anything are deleted.',
      reach: [
        'Nothing ends: every token stays, sealed with the new key.',
        'Earlier backups open with the same master key.',
      ],
      confirm: 'Rotate the keys',
      act: () => ask((vault) => vault.rotateKeys()),
      done: 'Everything is sealed with the new key.',
    });
    if (done) await readAgain();
  };
  return (
    <Card
      title="Sealing keys"
      actions={
        <Button variant="default" size="compact-sm" leftSection={<RotateCw size={14} />} onClick={() => void rotate()}>
          Rotate
        </Button>
      }
    >
      {error && !data ? <FailureBox error={error} onRetry={() => void refetch()} /> : null}
      {!data && !error ? <Skeleton h={100} aria-label="Loading: Sealing keys" /> : null}
      {data && (
        <WideTable label="List of sealing keys" minWidth={420}>
          <Table className="records-table">
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">Key</Table.Th>
                <Table.Th scope="col">Status</Table.Th>
                <Table.Th scope="col">Created</Table.Th>
                <Table.Th scope="col">Values sealed with it</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.keys.map(({ id, status, createdAt, values }) => (
                <Table.Tr key={id}>
                  <Table.Td data-label="Key">
                    <Id value={id} what="id of the key" />
                  </Table.Td>
                  <Table.Td data-label="Status">
                    <Badge variant="light" color={status === 'active' ? 'brand' : 'note'} miw="max-content">
                      {status === 'active' ? 'Seals' : 'Only opens'}
                    </Badge>
                  </Table.Td>
                  <Table.Td data-label="Created">{dated(createdAt)}</Table.Td>
                  <Table.Td data-label="Values sealed with it">{values.toLocaleString('en')}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </WideTable>
      )}
    </Card>
  );
}

// Every connection of the tenant: how each stands, whose it is, when it ends and what hangs on it. Some can be chosen, and
// their people asked to connect again.
import { Group, Select, Skeleton, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { isKeyOf, keysOf } from '@hallpass/protocol';
import { type HolderState, type ListedConnection, type Overview, tokenKinds } from '@hallpass/vault/client';
import { Cable, Search } from 'lucide-react';
import { useMemo, useState } from 'react';
import { serverNow } from '../../../graph/clock.ts';
import { Breakable } from '../../../parts/breakable.tsx';
import { Card } from '../../../parts/card.tsx';
import { CopyIcon } from '../../../parts/copy.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { FailureBox } from '../../../parts/failure.tsx';
import { dated } from '../../../parts/moment.tsx';
import { Page } from '../../../parts/page.tsx';
import { type RecordColumn, RecordTable } from '../../../parts/records/record-table.tsx';
import { useRight } from '../../../vault/session.ts';
import { useVault, useVaultList } from '../../../vault/use-vault.ts';
import { endInWords } from '../end-in-words.ts';
import { type Choice, ChoiceBar, nameColumn } from '../choice.tsx';
import { StateBadge } from '../states.tsx';
import { StateBar } from './state-bar.tsx';

/** Connections of one call. */
const LIMIT = 100;
/** Milliseconds without a key after which a search is asked. */
const PAUSE = 250;

export function ConnectionsPage() {
  const { data: overview, error, refetch } = useVault(['overview'], (vault) => vault.overview());
  return (
    <Page title="Connections" lead="Each is a token that this vault keeps, with the person who can renew it.">
      {error && !overview ? <FailureBox error={error} onRetry={() => void refetch()} /> : null}
      {!overview && !error ? <Skeleton h={300} aria-label="Loading: Connections" /> : null}
      {overview && overview.states.length === 0 ? <NoConnections /> : null}
      {overview && overview.states.length > 0 ? <Connections overview={overview} /> : null}
    </Page>
  );
}

const importing = 'hallpass vault import tokens.csv --dry-run';

function NoConnections() {
  return (
    <Card>
      <Empty icon={Cable} title="No connections yet">
        Import the tokens that you have, or create a link for a person to connect:
        <br />
        <span className="mono">{importing}</span> <CopyIcon value={importing} what="the command" />
      </Empty>
    </Card>
  );
}

function Connections({ overview }: { overview: Overview }) {
  const [state, setState] = useState<HolderState | null>(null);
  const [kind, setKind] = useState<string | null>(null);
  const [appId, setAppId] = useState<string | null>(null);
  const [wanted, setWanted] = useState('');
  const [search] = useDebouncedValue(wanted.trim(), PAUSE);
  const filter = {
    ...(search !== '' && { search }),
    ...(state !== null && { state }),
    ...(kind !== null && isKeyOf(tokenKinds, kind) && { kind }),
    ...(appId !== null && { appId }),
  };
  const records = useVaultList(['list', filter], async (vault, after) => {
    const { connections, next } = await vault.list({ ...filter, limit: LIMIT, after });
    return { rows: connections, next };
  });
  const mayConnect = useRight('connect');
  const [chosen, choose] = useState<ReadonlySet<string>>(new Set());
  const choice = useMemo((): Choice => ({ chosen, choose }), [chosen]);
  const columns = useMemo(
    () => [nameColumn<ListedConnection>(mayConnect ? choice : undefined), ...factColumns],
    [choice, mayConnect],
  );
  return (
    <Card>
      <StateBar states={overview.states} chosen={state} onChoose={setState} />
      <Group gap="xs" my="sm">
        <TextInput
          aria-label="Search by name, subject or owner"
          placeholder="Search by name, subject or owner"
          leftSection={<Search size={16} aria-hidden />}
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
          className="grows"
          miw="min(100%, 15rem)"
          maw={420}
        />
        <Select
          aria-label="Kind"
          placeholder="All kinds"
          data={keysOf(tokenKinds).map((value) => ({ value, label: tokenKinds[value].label }))}
          value={kind}
          onChange={setKind}
          clearable
        />
        {overview.apps.length > 1 && (
          <Select
            aria-label="App"
            placeholder="All apps"
            data={overview.apps.map(({ appId: value }) => value)}
            value={appId}
            onChange={setAppId}
            clearable
          />
        )}
      </Group>
      <ChoiceBar choice={choice} shown={(records.rows ?? []).map(({ id }) => id)} />
      <RecordTable
        records={records}
        columns={columns}
        rowId={({ id }) => id}
        label="Connections"
        empty={<Empty icon={Cable} title="No such connections" />}
      />
    </Card>
  );
}

/** An end that lies ahead says nothing where the token has stopped working already. */
const isOver = ({ state }: ListedConnection): boolean => state === 'dead' || state === 'needs_person';
const endOf = (row: ListedConnection): number | undefined => (isOver(row) ? undefined : row.until);

const factColumns: readonly RecordColumn<ListedConnection>[] = [
  {
    id: 'state',
    header: 'State',
    value: ({ state }) => state,
    cell: ({ state }) => <StateBadge state={state} />,
    width: '10rem',
  },
  {
    id: 'end',
    header: 'Ends',
    value: (row) => endOf(row) ?? Number.MAX_SAFE_INTEGER,
    cell: (row) => {
      const until = endOf(row);
      if (isOver(row)) return '';
      return (
        <Text size="sm" {...(until !== undefined && { title: dated(until) })}>
          {endInWords(until, serverNow())}
        </Text>
      );
    },
    width: '10rem',
  },
  {
    id: 'owner',
    header: 'Owner',
    // Most addresses have room for one line; the names beside them are broken between words.
    width: '26%',
    value: ({ owner }) => owner?.name ?? owner?.email ?? '',
    cell: ({ owner }) =>
      owner === undefined ? (
        <Text span size="sm" c="dimmed">
          the team
        </Text>
      ) : (
        <span className="row-title">
          <Text span size="sm">
            <bdi>
              <Breakable text={owner.name ?? owner.email ?? ''} />
            </bdi>
          </Text>
          {owner.name !== undefined && owner.email !== undefined && (
            <Text span size="xs" c="dimmed" className="breaks">
              <Breakable text={owner.email} />
            </Text>
          )}
        </span>
      ),
  },
  {
    id: 'dependents',
    header: 'Depend on it',
    value: ({ dependents }) => dependents,
    cell: ({ dependents }) => (dependents === 0 ? '' : dependents.toLocaleString('en')),
    width: '8rem',
  },
];

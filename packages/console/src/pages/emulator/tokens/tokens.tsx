// The lives of tokens: when each was issued, when it ends, and what ended it; as a picture, and as a table that says the same.
import { Badge, Skeleton, Switch, Text } from '@mantine/core';
import { KeySquare } from 'lucide-react';
import { useState } from 'react';
import { Card } from '../../../parts/card.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { FailureBox } from '../../../parts/failure.tsx';
import { dated } from '../../../parts/moment.tsx';
import { type RecordColumn, RecordTable } from '../../../parts/records/record-table.tsx';
import { recordsOf } from '../../../parts/records/records.ts';
import { useControl } from '../control/use-control.ts';
import { EmulatorPage } from '../frame.tsx';
import { type TokenLife, tokenName } from './token-life.ts';
import { TokenTimeline } from './timeline.tsx';

/** Milliseconds between two looks. */
const ROUND = 4000;

export function TokenLivesPage() {
  return (
    <EmulatorPage
      title="Token timeline"
      lead="Tokens seen in calls and answers: when each was issued, when it ends, and what ended it. No token is shown in full."
    >
      <Lives />
    </EmulatorPage>
  );
}

function Lives() {
  const { data, error, refetch } = useControl<{ now: number; tokens: readonly TokenLife[] }>('tokens', {
    every: ROUND,
  });
  const [aliveOnly, setAliveOnly] = useState(false);
  if (error) return <FailureBox error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton h={300} aria-label="Loading: Tokens" />;
  const tokens = data.tokens.filter(({ alive }) => alive || !aliveOnly);
  if (data.tokens.length === 0)
    return (
      <Card>
        <Empty icon={KeySquare} title="No tokens seen yet">
          Get one in the Graph API Explorer, or have your program log somebody in: it appears here.
        </Empty>
      </Card>
    );
  return (
    <>
      <Card
        title="On a timeline"
        actions={
          <Switch
            label="Alive only"
            checked={aliveOnly}
            onChange={(event) => setAliveOnly(event.currentTarget.checked)}
          />
        }
      >
        <TokenTimeline tokens={tokens} now={data.now} />
      </Card>
      <Card title="As a table">
        <RecordTable
          records={recordsOf(tokens)}
          columns={columns}
          rowId={({ token }) => token}
          label="Tokens"
          search="Search by app, person, kind or end"
          empty={<Empty icon={KeySquare} title="No valid tokens" />}
        />
      </Card>
    </>
  );
}

const moment = (at: number | undefined): string => (at === undefined ? '' : dated(at));

const columns: readonly RecordColumn<TokenLife>[] = [
  {
    id: 'token',
    header: 'Token',
    value: tokenName,
    cell: (life) => (
      <span className="row-title">
        <Text span size="sm" fw={600}>
          <bdi>{tokenName(life)}</bdi>
        </Text>
        <Text span size="xs" c="dimmed" className="mono">
          {life.token}
        </Text>
      </span>
    ),
  },
  {
    id: 'state',
    header: 'State',
    value: ({ alive }) => (alive ? 'alive' : 'dead'),
    cell: ({ alive }) => (
      <Badge variant="light" color={alive ? 'brand' : 'danger'}>
        {alive ? 'alive' : 'dead'}
      </Badge>
    ),
    width: '6rem',
  },
  {
    id: 'issued',
    header: 'Issued',
    holds: 'time',
    value: ({ issued }) => issued,
    cell: ({ issued }) => moment(issued),
  },
  {
    id: 'expires',
    header: 'Expires',
    holds: 'time',
    value: ({ expires }) => expires ?? Number.POSITIVE_INFINITY,
    cell: ({ expires }) => (expires === undefined ? 'never' : moment(expires)),
  },
  {
    id: 'access',
    header: 'Data access ends',
    holds: 'time',
    value: ({ data_access_ends: until }) => until ?? 0,
    cell: ({ data_access_ends: until }) => moment(until),
  },
  {
    id: 'end',
    header: 'Ended by',
    value: ({ ended_by: by }) => by ?? '',
    cell: ({ ended_by: by, ended }) =>
      by === undefined ? '' : `${by}${ended === undefined ? '' : ` ${moment(ended)}`}`,
  },
];

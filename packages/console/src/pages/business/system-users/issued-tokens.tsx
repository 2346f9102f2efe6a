// The tokens of a system user: what each is for and until when. The tokens themselves are shown once, when they are made.
import { Badge, Button, Group, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { useMemo } from 'react';
import { serverNow } from '../../../graph/clock.ts';
import { ending } from '../../../graph/would-end.ts';
import { Card } from '../../../parts/card.tsx';
import { confirmAct } from '../../../parts/confirm.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { Moment } from '../../../parts/moment.tsx';
import { type RecordColumn, RecordTable } from '../../../parts/records/record-table.tsx';
import { useRecords } from '../../../parts/records/use-records.ts';
import { type Named, secondsOf } from '../business.ts';

interface IssuedToken {
  id: string;
  app: Named;
  fingerprint: string;
  scopes: readonly string[];
  issued_time: string;
  /** Epoch seconds; 0 for never. */
  expires_at: number;
  is_valid: boolean;
  ended_time?: string;
}

const columnsFor = (revoke: (token: IssuedToken) => void): RecordColumn<IssuedToken>[] => [
  {
    id: 'app',
    header: 'App',
    value: ({ app, fingerprint }) => `${app.name} ${fingerprint}`,
    cell: ({ app, fingerprint }) => (
      <span className="row-title">
        <Text span size="sm" fw={600}>
          <bdi>{app.name}</bdi>
        </Text>
        <Text span size="xs" c="dimmed" className="mono">
          Fingerprint {fingerprint}
        </Text>
      </span>
    ),
  },
  { id: 'scopes', header: 'Permissions', value: ({ scopes }) => scopes.join(', ') },
  {
    id: 'issued',
    header: 'Made',
    value: ({ issued_time: at }) => at,
    cell: ({ issued_time: at }) => <Moment at={secondsOf(at)} now={serverNow()} />,
  },
  {
    id: 'ends',
    header: 'Ends',
    value: ({ expires_at: at }) => (at === 0 ? Number.MAX_SAFE_INTEGER : at),
    cell: (token) => <End {...token} />,
  },
  {
    id: 'acts',
    header: 'Actions',
    sorts: false,
    width: '8rem',
    value: ({ is_valid: valid }) => (valid ? 0 : 1),
    cell: (token) =>
      token.is_valid ? (
        <Button
          variant="subtle"
          color="danger"
          size="compact-sm"
          onClick={() => revoke(token)}
          aria-label={`Revoke the token ${token.fingerprint}`}
        >
          Revoke
        </Button>
      ) : null,
  },
];

function End({ is_valid: valid, expires_at: at, ended_time: ended }: IssuedToken) {
  if (ended !== undefined)
    return (
      <Group gap={6}>
        <Badge variant="light" color="danger">
          Revoked
        </Badge>
        <Moment at={secondsOf(ended)} now={serverNow()} />
      </Group>
    );
  if (at === 0) return <Badge variant="light">Never</Badge>;
  return (
    <Group gap={6}>
      {!valid && (
        <Badge variant="light" color="warn">
          Expired
        </Badge>
      )}
      <Moment at={at} now={serverNow()} />
    </Group>
  );
}

export function IssuedTokens({ systemUserId, name }: { systemUserId: string; name: string }) {
  const client = useQueryClient();
  const tokens = useRecords<IssuedToken>({
    queryKey: ['issued-tokens', systemUserId],
    path: `/${systemUserId}/issued_tokens`,
  });
  const again = useMemo(
    () => (done: boolean) => {
      if (!done) return;
      void client.invalidateQueries({ queryKey: ['issued-tokens', systemUserId] });
      void client.invalidateQueries({ queryKey: ['installed-apps', systemUserId] });
    },
    [client, systemUserId],
  );
  const columns = useMemo(
    () =>
      columnsFor(({ id, app, fingerprint }) => {
        void confirmAct({
          title: 'Revoke this token?',
          children: `The token ${fingerprint} of ${app.name} stops working at once. Other tokens of ${name} keep working.`,
          ...ending('DELETE', `/${systemUserId}/issued_tokens`, { token_id: id }),
          confirm: 'Revoke',
          isFinal: true,
          done: 'The token has ended.',
        }).then(again);
      }),
    [again, name, systemUserId],
  );
  const living = [
    ...new Map((tokens.rows ?? []).filter(({ is_valid }) => is_valid).map(({ app }) => [app.id, app])).values(),
  ];
  return (
    <Card
      title="Tokens"
      actions={living.map((app) => (
        <Button
          key={app.id}
          variant="default"
          c="danger"
          size="compact-sm"
          onClick={() =>
            void confirmAct({
              title: `Revoke every token of ${name} for ${app.name}?`,
              children: 'Servers that use one of them stop working until they get a new one.',
              ...ending('DELETE', `/${systemUserId}/access_tokens`, { business_app: app.id }),
              confirm: 'Revoke tokens',
              isFinal: true,
              done: `Every token for ${app.name} has ended.`,
            }).then(again)
          }
        >
          Revoke tokens of {app.name}
        </Button>
      ))}
    >
      <RecordTable
        records={tokens}
        columns={columns}
        rowId={({ id }) => id}
        label="Tokens of the system user"
        empty={
          <Empty icon={KeyRound} title="No tokens yet">
            Generate one at the top. It’s shown once; this list shows its state.
          </Empty>
        }
      />
    </Card>
  );
}

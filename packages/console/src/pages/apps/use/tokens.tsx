// This page tells who has tokens of the app: people, by the ids that the app knows them by, and system users of businesses. Each can be
// found here, and ended.
import { Badge, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { KeyRound, Search, Users } from 'lucide-react';
import { useMemo, useState } from 'react';
import { serverNow } from '../../../graph/clock.ts';
import { ending } from '../../../graph/would-end.ts';
import { about } from '../../../parts/about.ts';
import { Card } from '../../../parts/card.tsx';
import { confirmAct } from '../../../parts/confirm.tsx';
import { Id } from '../../../parts/copy.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { dated } from '../../../parts/moment.tsx';
import { type RecordColumn, RecordTable } from '../../../parts/records/record-table.tsx';
import { useRecords } from '../../../parts/records/use-records.ts';
import { type App, may, seconds } from '../app.ts';
import { AppPage } from '../frame.tsx';

export function TokensPage() {
  return (
    <AppPage
      section="/tokens"
      title="Tokens"
      lead="The people and system users with tokens of the app. To look at a single token, use the Access Token Debugger."
      actions={(app) => (may(app, 'reset_secret') ? <EndAll app={app} /> : null)}
    >
      {(app) =>
        may(app, 'change_settings') ? (
          <>
            <PeopleWithTokens app={app} />
            <SystemUserTokens app={app} />
          </>
        ) : (
          <Text>Only administrators and developers of the app see who has tokens.</Text>
        )
      }
    </AppPage>
  );
}

function EndAll({ app: { id: appId, name } }: { app: App }) {
  const client = useQueryClient();
  const end = async () => {
    await confirmAct({
      title: `End every token of ${name}?`,
      children: 'Everyone has to log in again, and your servers need new app tokens. Permissions stay granted.',
      isFinal: true,
      typed: name,
      confirm: 'End every token',
      password: `To end every token of ${name}, enter your password.`,
      ...ending('DELETE', `/${appId}/tokens`),
      done: 'Every token has ended.',
    });
    await client.invalidateQueries({ queryKey: ['system-user-tokens', appId] });
  };
  return (
    <Button variant="light" color="danger" onClick={() => void end()}>
      End every token
    </Button>
  );
}

interface ConnectedPerson {
  id: string;
  permissions: readonly string[];
  added_time: string;
  last_login_time: string;
  data_access_expires_time: string;
  data_access: 'active' | 'expired';
}

function PeopleWithTokens({ app: { id: appId, name } }: { app: App }) {
  const client = useQueryClient();
  const [typed, setTyped] = useState('');
  const [user, setUser] = useState('');
  const records = useRecords<ConnectedPerson>({
    queryKey: ['connected-people', appId],
    path: `/${appId}/connected_people`,
    params: user === '' ? { summary: 'total_count' } : { user },
  });
  const columns = useMemo((): readonly RecordColumn<ConnectedPerson>[] => {
    const end = async ({ id }: ConnectedPerson) => {
      await confirmAct({
        title: `End the tokens of person ${id}?`,
        children:
          'The person has to log in again. Their permissions stay granted, so the dialog doesn’t ask for it again.',
        confirm: 'End their tokens',
        password: `To end tokens of ${name}, enter your password.`,
        ...ending('DELETE', `/${appId}/connected_people`, { user: id }),
        done: 'Their tokens have ended.',
      });
      await client.invalidateQueries({ queryKey: ['connected-people', appId] });
    };
    return [
      {
        id: 'id',
        header: 'Person (id in the app)',
        value: ({ id }) => id,
        cell: ({ id }) => <Id value={id} what="app-scoped id" />,
      },
      {
        id: 'permissions',
        header: 'Allows',
        value: ({ permissions }) => permissions.join(', '),
      },
      {
        id: 'login',
        header: 'Last log-in',
        value: ({ last_login_time: at }) => at,
        cell: ({ last_login_time: at }) => (
          <Text size="sm" title={dated(seconds(at))}>
            {about(seconds(at), serverNow())}
          </Text>
        ),
      },
      {
        id: 'access',
        header: 'Data access',
        value: ({ data_access: access }) => access,
        cell: ({ data_access: access, data_access_expires_time: until }) => (
          <Badge variant="light" color={access === 'active' ? 'brand' : 'warn'} title={dated(seconds(until))}>
            {access === 'active' ? `ends ${about(seconds(until), serverNow())}` : 'ended'}
          </Badge>
        ),
      },
      {
        id: 'acts',
        header: 'Actions',
        sorts: false,
        value: () => '',
        cell: (row) => (
          <Button
            variant="subtle"
            color="danger"
            size="compact-sm"
            onClick={() => void end(row)}
            aria-label={`End tokens of person ${row.id}`}
          >
            End tokens
          </Button>
        ),
      },
    ];
  }, [appId, client, name]);
  return (
    <Card title="People">
      <Stack gap="sm">
        <form
          aria-label="Find a person"
          onSubmit={(event) => {
            event.preventDefault();
            setUser(/^\d*$/.test(typed.trim()) ? typed.trim() : '0');
          }}
        >
          <Group gap="xs">
            <TextInput
              aria-label="Id of a person in the app"
              placeholder="Id of a person in the app"
              leftSection={<Search size={16} aria-hidden />}
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
              className="grows"
              maw={420}
            />
            <Button type="submit" variant="default">
              Find
            </Button>
          </Group>
        </form>
        <RecordTable
          records={records}
          columns={columns}
          rowId={({ id }) => id}
          label="People with tokens"
          empty={
            <Empty icon={Users} title={user === '' ? 'Nobody has added the app yet' : 'Nobody has this id'}>
              {user === ''
                ? 'People appear here once they have allowed the app something.'
                : 'Each app knows a person by a different id.'}
            </Empty>
          }
        />
      </Stack>
    </Card>
  );
}

interface SystemUserToken {
  id: string;
  fingerprint: string;
  system_user: { id: string; name: string };
  scopes: readonly string[];
  issued_time: string;
  expires_at: number;
  is_valid: boolean;
  ended_time?: string;
}

function SystemUserTokens({ app: { id: appId, name } }: { app: App }) {
  const client = useQueryClient();
  const records = useRecords<SystemUserToken>({
    queryKey: ['system-user-tokens', appId],
    path: `/${appId}/system_user_tokens`,
  });
  const columns = useMemo((): readonly RecordColumn<SystemUserToken>[] => {
    const end = async ({ id, fingerprint, system_user: of }: SystemUserToken) => {
      await confirmAct({
        title: `End token ${fingerprint} of ${of.name}?`,
        children: 'The business has to generate a new one for the app.',
        isFinal: true,
        confirm: 'End the token',
        password: `To end tokens of ${name}, enter your password.`,
        ...ending('DELETE', `/${appId}/system_user_tokens`, { token_id: id }),
        done: 'The token has ended.',
      });
      await client.invalidateQueries({ queryKey: ['system-user-tokens', appId] });
    };
    return [
      { id: 'of', header: 'System user', value: ({ system_user: of }) => of.name },
      {
        id: 'fingerprint',
        header: 'Token',
        value: ({ fingerprint }) => fingerprint,
        cell: ({ fingerprint }) => (
          <Text size="sm" className="mono breaks">
            {fingerprint}
          </Text>
        ),
      },
      { id: 'scopes', header: 'Permissions', value: ({ scopes }) => scopes.join(', ') },
      {
        id: 'ends',
        header: 'Ends',
        value: ({ expires_at: at }) => at,
        cell: ({ expires_at: at, is_valid: valid, ended_time: ended }) => (
          <Badge variant="light" color={valid ? 'brand' : 'note'}>
            {ended !== undefined
              ? `ended ${about(seconds(ended), serverNow())}`
              : at === 0
                ? 'Never'
                : about(at, serverNow())}
          </Badge>
        ),
      },
      {
        id: 'acts',
        header: 'Actions',
        sorts: false,
        value: () => '',
        cell: (row) =>
          row.is_valid ? (
            <Button
              variant="subtle"
              color="danger"
              size="compact-sm"
              onClick={() => void end(row)}
              aria-label={`End token ${row.fingerprint}`}
            >
              End
            </Button>
          ) : null,
      },
    ];
  }, [appId, client, name]);
  return (
    <Card title="System users of businesses">
      <RecordTable
        records={records}
        columns={columns}
        rowId={({ id }) => id}
        label="Tokens of system users"
        search="Search by name, token or permission"
        empty={
          <Empty icon={KeyRound} title="No system-user tokens">
            Businesses make them in their settings, under System users.
          </Empty>
        }
      />
    </Card>
  );
}

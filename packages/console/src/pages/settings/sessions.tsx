// This page lists the browsers in which a person is logged in, to be ended one by one, all others, or all.
import { Badge, Button, Group, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { MonitorSmartphone } from 'lucide-react';
import { useMemo } from 'react';
import { device } from '@hallpass/pages/device';
import { serverNow } from '../../graph/clock.ts';
import { ending } from '../../graph/would-end.ts';
import { Card } from '../../parts/card.tsx';
import { confirmAct } from '../../parts/confirm.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Moment } from '../../parts/moment.tsx';
import { type RecordColumn, RecordTable } from '../../parts/records/record-table.tsx';
import { useRecords } from '../../parts/records/use-records.ts';
import { secondsOf } from './apps/connected-app.ts';
import { SettingsFrame } from './frame.tsx';

interface WebSession {
  id: string;
  current: boolean;
  user_agent: string;
  ip_prefix: string;
  created_time: string;
  seen_time: string;
}

const deviceWords = (userAgent: string): string => device(userAgent).words;

const columnsFor = (end: (session: WebSession) => void): RecordColumn<WebSession>[] => [
  {
    id: 'browser',
    header: 'Device',
    value: ({ user_agent: agent, ip_prefix: prefix }) => `${deviceWords(agent)} ${prefix}`,
    cell: ({ user_agent: agent, ip_prefix: prefix, current }) => (
      <span className="row-title">
        <Group gap={6}>
          <Text span size="sm" fw={600}>
            {deviceWords(agent)}
          </Text>
          {current && <Badge variant="light">This device</Badge>}
        </Group>
        <Text span size="xs" c="dimmed">
          Network {prefix === '' ? 'unknown' : prefix}
        </Text>
      </span>
    ),
  },
  {
    id: 'seen',
    header: 'Last used',
    value: ({ seen_time: at }) => at,
    cell: ({ seen_time: at }) => <Moment at={secondsOf(at)} now={serverNow()} />,
  },
  {
    id: 'begun',
    header: 'Logged in',
    value: ({ created_time: at }) => at,
    cell: ({ created_time: at }) => <Moment at={secondsOf(at)} now={serverNow()} />,
  },
  {
    id: 'acts',
    header: 'Actions',
    sorts: false,
    width: '8rem',
    value: ({ current }) => (current ? 0 : 1),
    cell: (session) =>
      session.current ? null : (
        <Button
          variant="subtle"
          color="danger"
          size="compact-sm"
          onClick={() => end(session)}
          aria-label={`Log out ${deviceWords(session.user_agent)}`}
        >
          Log out
        </Button>
      ),
  },
];

export function SessionsPage() {
  const client = useQueryClient();
  const sessions = useRecords<WebSession>({ queryKey: ['my-sessions'], path: '/me/sessions' });
  const again = useMemo(
    () => (done: boolean) => void (done && client.invalidateQueries({ queryKey: ['my-sessions'] })),
    [client],
  );
  const columns = useMemo(
    () =>
      columnsFor(({ id: session_id, user_agent: agent }) => {
        void confirmAct({
          title: `Log out ${deviceWords(agent)}?`,
          children: 'That device has to log in again.',
          ...ending('DELETE', '/me/sessions', { session_id }),
          confirm: 'Log out',
          done: 'That device has been logged out.',
        }).then(again);
      }),
    [again],
  );
  const others = (sessions.rows ?? []).filter(({ current }) => !current).length;
  return (
    <SettingsFrame
      current="/console/settings/sessions"
      title="Where you’re logged in"
      lead="The devices you’re logged in on. A device is logged out automatically after 90 days without use."
      icon={MonitorSmartphone}
      actions={
        <Group gap="xs">
          <Button
            variant="default"
            disabled={others === 0}
            onClick={() =>
              void confirmAct({
                title: 'Log out all other devices?',
                children: 'This device stays logged in.',
                ...ending('DELETE', '/me/sessions', { which: 'others' }),
                confirm: 'Log out the others',
                done: 'The other devices have been logged out.',
              }).then(again)
            }
          >
            Log out the others
          </Button>
          <Button
            variant="default"
            c="danger"
            onClick={() =>
              void confirmAct({
                title: 'Log out everywhere?',
                children:
                  'This logs out every device, including this one, and ends every token that apps hold for you.',
                ...ending('DELETE', '/me/sessions', { which: 'all' }),
                confirm: 'Log out everywhere',
                isFinal: true,
              }).then((done) => done && location.assign('/login'))
            }
          >
            Log out everywhere
          </Button>
        </Group>
      }
    >
      <Card>
        <RecordTable
          records={sessions}
          columns={columns}
          rowId={({ id }) => id}
          label="Devices"
          empty={<Empty icon={MonitorSmartphone} title="No devices" />}
        />
      </Card>
    </SettingsFrame>
  );
}

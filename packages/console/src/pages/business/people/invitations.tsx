// The invitations into a business that nobody has answered: their links, and taking them back.
import { Badge, Button, Group, Select, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Mail } from 'lucide-react';
import { useMemo } from 'react';
import { serverNow } from '../../../graph/clock.ts';
import { call } from '../../../graph/door.ts';
import { ending } from '../../../graph/would-end.ts';
import { Card } from '../../../parts/card.tsx';
import { confirmAct } from '../../../parts/confirm.tsx';
import { CopyIcon } from '../../../parts/copy.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { toastDone, toastFailure } from '../../../parts/failure.tsx';
import { Moment } from '../../../parts/moment.tsx';
import { type RecordColumn, RecordTable } from '../../../parts/records/record-table.tsx';
import { useRecords } from '../../../parts/records/use-records.ts';
import { roleChoices, roleTitle, secondsOf } from '../business.ts';

interface Invitation {
  id: string;
  email: string;
  role: string;
  status: 'PENDING' | 'EXPIRED';
  expiration_time: string;
  invite_link?: string;
}

const columnsFor = (
  cancel: (invitation: Invitation) => void,
  change: (invitation: Invitation, role: string) => void,
): RecordColumn<Invitation>[] => [
  { id: 'email', header: 'E-mail address', value: ({ email }) => email },
  {
    id: 'role',
    header: 'Role',
    width: '11rem',
    value: ({ role }) => roleTitle(role),
    cell: (invitation) => (
      <Select
        size="xs"
        aria-label={`Role of ${invitation.email}`}
        data={roleChoices}
        value={invitation.role}
        allowDeselect={false}
        onChange={(role) => role !== null && role !== invitation.role && change(invitation, role)}
      />
    ),
  },
  {
    id: 'ends',
    header: 'Ends',
    value: ({ expiration_time: ends }) => ends,
    cell: ({ status, expiration_time: ends }) => (
      <Group gap={6}>
        {status === 'EXPIRED' && (
          <Badge variant="light" color="warn">
            Expired
          </Badge>
        )}
        <Text size="sm" span>
          <Moment at={secondsOf(ends)} now={serverNow()} />
        </Text>
      </Group>
    ),
  },
  {
    id: 'acts',
    header: 'Actions',
    sorts: false,
    width: '12rem',
    value: () => '',
    cell: (invitation) => (
      <Group gap={4} wrap="nowrap">
        {invitation.invite_link !== undefined && (
          <CopyIcon value={invitation.invite_link} what={`invitation link for ${invitation.email}`} />
        )}
        <Button
          variant="subtle"
          color="danger"
          size="compact-sm"
          onClick={() => cancel(invitation)}
          aria-label={`Cancel the invitation of ${invitation.email}`}
        >
          Cancel
        </Button>
      </Group>
    ),
  },
];

export function Invitations({ businessId }: { businessId: string }) {
  const client = useQueryClient();
  const pending = useRecords<Invitation>({
    queryKey: ['business-invitations', businessId],
    path: `/${businessId}/pending_users`,
    params: { fields: 'id,email,role,status,expiration_time,invite_link' },
  });
  const { mutate: changeRole } = useMutation({
    mutationFn: ({ id: businessRoleRequestId, role }: { id: string; role: string }) =>
      call('POST', `/${businessRoleRequestId}`, { role }),
    onSuccess: () => {
      toastDone('The invitation is now for the new role.');
      void client.invalidateQueries({ queryKey: ['business-invitations', businessId] });
    },
    onError: (error) => toastFailure(error, 'The role wasn’t changed'),
  });
  const columns = useMemo(
    () =>
      columnsFor(
        ({ id: businessRoleRequestId, email }) => {
          void confirmAct({
            title: 'Cancel the invitation?',
            children: `The link that was sent to ${email} stops working.`,
            ...ending('DELETE', `/${businessRoleRequestId}`),
            confirm: 'Cancel the invitation',
            cancel: 'Keep it',
            done: 'The invitation has been cancelled.',
          }).then((done) =>
            done ? client.invalidateQueries({ queryKey: ['business-invitations', businessId] }) : undefined,
          );
        },
        ({ id }, role) => changeRole({ id, role }),
      ),
    [businessId, changeRole, client],
  );
  return (
    <Card title="Invitations">
      <RecordTable
        records={pending}
        columns={columns}
        rowId={({ id }) => id}
        label="Open invitations"
        empty={
          <Empty icon={Mail} title="No open invitations">
            Use Invite people at the top: each person gets a link that works once.
          </Empty>
        }
      />
    </Card>
  );
}

// The people of a business, and the invitations that nobody has answered.
import { Badge, Button, Modal, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { UserPlus, Users } from 'lucide-react';
import { useMemo } from 'react';
import { Card } from '../../../parts/card.tsx';
import { confirmAct } from '../../../parts/confirm.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { endingColumn } from '../../../parts/records/ending-column.tsx';
import { type RecordColumn, RecordTable } from '../../../parts/records/record-table.tsx';
import { useRecords } from '../../../parts/records/use-records.ts';
import { ending } from '../../../graph/would-end.ts';
import { roleTitle, useBusiness, useManages } from '../business.ts';
import { BusinessFrame } from '../frame.tsx';
import { Invite } from './invite.tsx';
import { Invitations } from './invitations.tsx';

interface Member {
  id: string;
  name: string;
  email?: string;
  role: string;
  title?: string;
  two_fac_status: 'enabled' | 'disabled';
}

const columnsFor = (businessId: string, remove: ((member: Member) => void) | undefined): RecordColumn<Member>[] => [
  {
    id: 'name',
    header: 'Name',
    value: ({ name, email = '', title = '' }) => `${name} ${email} ${title}`,
    cell: ({ id, name, email, title }) => (
      <span className="row-title">
        <Link to="/console/business/$businessId/people/$businessUserId" params={{ businessId, businessUserId: id }}>
          <bdi>{name}</bdi>
        </Link>
        {title !== undefined && (
          <Text span size="xs" c="dimmed">
            <bdi>{title}</bdi>
          </Text>
        )}
        {email !== undefined && (
          <Text span size="xs" c="dimmed">
            {email}
          </Text>
        )}
      </span>
    ),
  },
  { id: 'role', header: 'Role', width: '8rem', value: ({ role }) => roleTitle(role) },
  {
    id: 'factor',
    header: 'Two-factor',
    width: '9rem',
    value: ({ two_fac_status: status }) => status,
    cell: ({ two_fac_status: status }) => (
      <Badge variant="light" color={status === 'enabled' ? 'brand' : 'warn'}>
        {status === 'enabled' ? 'On' : 'Off'}
      </Badge>
    ),
  },
  ...(remove
    ? [endingColumn<Member>({ word: 'Remove', label: (member) => `Remove ${member.name}`, act: remove })]
    : []),
];

export function PeoplePage() {
  const { businessId } = useParams({ from: '/shell/console/business/$businessId/people' });
  const { data: business } = useBusiness(businessId);
  const manages = useManages(businessId);
  const client = useQueryClient();
  const [inviting, { open, close }] = useDisclosure();
  const people = useRecords<Member>({
    queryKey: ['business-people', businessId],
    path: `/${businessId}/business_users`,
    params: { fields: 'id,name,email,role,title,two_fac_status', summary: 'total_count' },
  });
  const columns = useMemo(() => {
    const remove = async ({ id: businessUserId, name }: Member) => {
      const done = await confirmAct({
        title: `Remove ${name}?`,
        children: `${name} leaves ${business?.name ?? 'the business'} and loses the assets it assigned. Their own roles on apps and Pages stay.`,
        ...ending('DELETE', `/${businessUserId}`),
        confirm: 'Remove',
        done: `${name} is no longer in the business.`,
      });
      if (done) void client.invalidateQueries({ queryKey: ['business-people', businessId] });
    };
    return columnsFor(businessId, manages ? (member) => void remove(member) : undefined);
  }, [businessId, manages, business?.name, client]);
  return (
    <BusinessFrame
      businessId={businessId}
      section="people"
      title="People"
      lead="The people who work in this business, and their roles."
      actions={
        manages && (
          <Button leftSection={<UserPlus size={16} />} onClick={open}>
            Invite people
          </Button>
        )
      }
    >
      <Card>
        <RecordTable
          records={people}
          columns={columns}
          rowId={({ id }) => id}
          label="People of the business"
          search="Find a person"
          empty={<Empty icon={Users} title="Nobody is in this business" />}
        />
      </Card>
      {manages && <Invitations businessId={businessId} />}
      <Modal opened={inviting} onClose={close} title="Invite people" size="lg">
        <Invite businessId={businessId} onClose={close} />
      </Modal>
    </BusinessFrame>
  );
}

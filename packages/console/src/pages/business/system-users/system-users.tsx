// The system users of a business: accounts for its servers that nobody logs in to.
import { Button, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Bot, Plus } from 'lucide-react';
import { useMemo } from 'react';
import { call } from '../../../graph/door.ts';
import { Card } from '../../../parts/card.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { FormView } from '../../../parts/form/form-view.tsx';
import { useForm } from '../../../parts/form/use-form.ts';
import { type RecordColumn, RecordTable } from '../../../parts/records/record-table.tsx';
import { useRecords } from '../../../parts/records/use-records.ts';
import { roleChoices, roleTitle, useManages } from '../business.ts';
import { BusinessFrame } from '../frame.tsx';

interface SystemUser {
  id: string;
  name: string;
  role: string;
}

/** The roles of system users in their own words. */
export const systemRoleWords: Readonly<Record<string, string>> = {
  ADMIN: 'Has access to everything in the business without assignments. A business has at most one.',
  EMPLOYEE: 'Has access only to what is assigned to it: the right choice for most servers.',
};

const columnsFor = (businessId: string): RecordColumn<SystemUser>[] => [
  {
    id: 'name',
    header: 'Name',
    value: ({ name, id }) => `${name} ${id}`,
    cell: ({ id, name }) => (
      <span className="row-title">
        <Link to="/console/business/$businessId/system-users/$systemUserId" params={{ businessId, systemUserId: id }}>
          <bdi>{name}</bdi>
        </Link>
        <Text span size="xs" c="dimmed" className="mono">
          {id}
        </Text>
      </span>
    ),
  },
  { id: 'role', header: 'Role', width: '10rem', value: ({ role }) => roleTitle(role) },
];

export function SystemUsersPage() {
  const { businessId } = useParams({ from: '/shell/console/business/$businessId/system-users' });
  const manages = useManages(businessId);
  const [adding, { open, close }] = useDisclosure();
  const users = useRecords<SystemUser>({
    queryKey: ['system-users', businessId],
    path: `/${businessId}/system_users`,
    params: { fields: 'id,name,role' },
  });
  const columns = useMemo(() => columnsFor(businessId), [businessId]);
  const add = (
    <Button leftSection={<Plus size={16} />} onClick={open}>
      Add
    </Button>
  );
  return (
    <BusinessFrame
      businessId={businessId}
      section="system-users"
      title="System users"
      lead="Accounts for servers, with their own assets, apps and tokens. Nobody can log in to them."
      actions={manages && add}
    >
      <Card>
        <RecordTable
          records={users}
          columns={columns}
          rowId={({ id }) => id}
          label="System users"
          search="Find a system user"
          empty={
            <Empty icon={Bot} title="No system users yet">
              Add one, assign the assets it needs, and generate a token for your server.
            </Empty>
          }
        />
      </Card>
      <Modal opened={adding} onClose={close} title="Add a system user" size="lg">
        <AddSystemUser businessId={businessId} onClose={close} />
      </Modal>
    </BusinessFrame>
  );
}

function AddSystemUser({ businessId, onClose }: { businessId: string; onClose: () => void }) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const form = useForm({
    queryKey: ['new-system-user', businessId],
    read: () => ({ name: '', role: 'EMPLOYEE' }),
    write: (_changed, { name, role }) => call<{ id: string }>('POST', `/${businessId}/system_users`, { name, role }),
    labels: { name: 'System user name', role: 'System user role' },
    check: ({ name }) => (name.trim() === '' ? { name: 'A system user needs a name.' } : {}),
    saved: 'The system user has been created. Now assign the assets it needs.',
    isNew: true,
    onSaved: (made) => {
      void client.invalidateQueries({ queryKey: ['system-users', businessId] });
      void navigate({ to: `/console/business/${businessId}/system-users/${(made as { id: string }).id}` });
    },
  });
  return (
    <FormView
      form={form}
      label="Add a system user"
      submit="Create system user"
      actions={
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
      }
    >
      {({ text, choice, values }) => (
        <Stack gap="sm">
          <TextInput {...text('name')} required data-autofocus autoComplete="off" />
          <Select
            {...choice('role')}
            onChange={(role) => choice('role').onChange(role ?? 'EMPLOYEE')}
            data={roleChoices}
            allowDeselect={false}
            description={systemRoleWords[values.role]}
          />
          <Text size="sm" c="dimmed">
            It can’t be deleted later, only renamed: choose a name that says what it’s for.
          </Text>
        </Stack>
      )}
    </FormView>
  );
}

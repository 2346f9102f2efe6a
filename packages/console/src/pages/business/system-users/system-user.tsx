// One system user: its name, its apps, its tokens, and what is assigned to it.
import { Alert, Badge, Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { KeyRound, Pencil, ShieldCheck } from 'lucide-react';
import { serverNow } from '../../../graph/clock.ts';
import { call } from '../../../graph/door.ts';
import { Id } from '../../../parts/copy.tsx';
import { FormView } from '../../../parts/form/form-view.tsx';
import { useForm } from '../../../parts/form/use-form.ts';
import { Moment } from '../../../parts/moment.tsx';
import { AssignAssets } from '../assets/assign-assets.tsx';
import { type Named, roleTitle, secondsOf, useManages } from '../business.ts';
import { BusinessFrame } from '../frame.tsx';
import { GenerateToken } from './generate-token.tsx';
import { InstalledApps } from './installed-apps.tsx';
import { IssuedTokens } from './issued-tokens.tsx';

interface SystemUser extends Named {
  role: string;
  created_time: string;
  created_by?: Named;
}

export function SystemUserPage() {
  const { businessId, systemUserId } = useParams({
    from: '/shell/console/business/$businessId/system-users/$systemUserId',
  });
  const manages = useManages(businessId);
  const [renaming, rename] = useDisclosure();
  const [generating, generate] = useDisclosure();
  const { data: user } = useQuery({
    queryKey: ['system-user', systemUserId],
    queryFn: () => call<SystemUser>('GET', `/${systemUserId}`, { fields: 'id,name,role,created_time,created_by' }),
  });
  const name = user?.name ?? 'System user';
  return (
    <BusinessFrame
      businessId={businessId}
      section="system-users"
      inside="System users"
      title={name}
      lead={
        user && (
          <Group gap="xs">
            <Badge variant="light">{roleTitle(user.role)}</Badge>
            <Id value={systemUserId} what="system user id" />
            <span>
              Made <Moment at={secondsOf(user.created_time)} now={serverNow()} />
              {user.created_by && (
                <>
                  {' '}
                  by <bdi>{user.created_by.name}</bdi>
                </>
              )}
            </span>
          </Group>
        )
      }
      actions={
        manages && (
          <Group gap="xs">
            <Button variant="default" leftSection={<Pencil size={16} />} onClick={rename.open}>
              Rename
            </Button>
            <Button leftSection={<KeyRound size={16} />} onClick={generate.open}>
              Generate token
            </Button>
          </Group>
        )
      }
    >
      <InstalledApps businessId={businessId} systemUserId={systemUserId} name={name} manages={manages} />
      {manages && <IssuedTokens systemUserId={systemUserId} name={name} />}
      {user?.role === 'ADMIN' ? (
        <Alert color="note" variant="light" icon={<ShieldCheck size={18} />} title="It has access to everything">
          An admin system user needs no assignments: it can use every Page and ad account of the business.
        </Alert>
      ) : (
        <AssignAssets
          businessId={businessId}
          assignee={{ kind: 'system_user', id: systemUserId, name }}
          manages={manages}
        />
      )}
      <Modal opened={renaming} onClose={rename.close} title={`Rename ${name}`}>
        {user && <Rename businessId={businessId} user={user} onClose={rename.close} />}
      </Modal>
      <Modal opened={generating} onClose={generate.close} title={`Generate token for ${name}`} size="xl">
        <GenerateToken businessId={businessId} systemUserId={systemUserId} name={name} onClose={generate.close} />
      </Modal>
    </BusinessFrame>
  );
}

function Rename({ businessId, user, onClose }: { businessId: string; user: Named; onClose: () => void }) {
  const client = useQueryClient();
  const form = useForm({
    queryKey: ['rename-system-user', user.id],
    read: async () => ({
      name: (await call<Named>('GET', `/${user.id}`, { fields: 'name' })).name,
    }),
    write: ({ name }, _values, read) =>
      call('POST', `/${businessId}/system_users`, {
        name,
        system_user_id: user.id,
        unchanged: JSON.stringify(read),
      }),
    labels: { name: 'System user name' },
    check: ({ name }) => (name.trim() === '' ? { name: 'A system user needs a name.' } : {}),
    saved: 'The system user has been renamed.',
    onSaved: () => {
      void client.invalidateQueries({ queryKey: ['system-user', user.id] });
      void client.invalidateQueries({ queryKey: ['system-users', businessId] });
      onClose();
    },
  });
  return (
    <FormView
      form={form}
      label="Rename the system user"
      submit="Rename"
      actions={
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
      }
    >
      {({ text }) => (
        <Stack gap="sm">
          <TextInput {...text('name')} required data-autofocus autoComplete="off" />
        </Stack>
      )}
    </FormView>
  );
}

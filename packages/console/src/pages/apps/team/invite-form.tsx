// The form of an invitation to a role on an app: by e-mail address, or by the id of the dashboard.
import { appRoles } from '@hallpass/protocol';
import { Radio, Stack, TextInput } from '@mantine/core';
import { call } from '../../../graph/door.ts';
import { queryClient } from '../../../graph/query.ts';
import { confirmed } from '../../../parts/confirm-password.tsx';
import { FormView } from '../../../parts/form/form-view.tsx';
import { useForm } from '../../../parts/form/use-form.ts';
import type { App } from '../app.ts';

type NewInvitation = Readonly<{ whom: string; role: string }>;

const fresh: NewInvitation = { whom: '', role: 'developers' };

export function InviteForm({ app: { id: appId, name }, onDone }: { app: App; onDone: () => void }) {
  const form = useForm<NewInvitation>({
    queryKey: ['app-invitation', appId],
    read: () => fresh,
    isNew: true,
    labels: { whom: 'E-mail address, or id of the dashboard', role: 'Role' },
    check: ({ whom }) => (whom.trim() === '' ? { whom: 'Enter an e-mail address or an id.' } : {}),
    async write(_changed, { whom, role }) {
      if (!(await confirmed(`To invite people to ${name}, enter your password.`))) return false;
      const person = /^\d+$/.test(whom.trim()) ? { user: whom.trim() } : { email: whom.trim() };
      return call('POST', `/${appId}/role_invitations`, { ...person, role });
    },
    saved: 'Invited. The role is theirs once they accept.',
    onSaved() {
      void queryClient.invalidateQueries({ queryKey: ['app-invitations', appId] });
      onDone();
    },
  });
  return (
    <FormView form={form} label="Invitation" submit="Invite">
      {(fields) => (
        <Stack gap="md">
          <TextInput
            {...fields.text('whom')}
            description="You see the same answer whether or not anyone has this address."
            data-autofocus
            required
          />
          <Radio.Group {...fields.choice('role')} onChange={(value) => fields.set('role', value)}>
            <Stack gap="xs" mt={6}>
              {Object.entries(appRoles).map(([value, { title, doc }]) => (
                <Radio key={value} value={value} label={title} description={doc} />
              ))}
            </Stack>
          </Radio.Group>
        </Stack>
      )}
    </FormView>
  );
}

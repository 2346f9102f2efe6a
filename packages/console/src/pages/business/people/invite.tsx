// The form that invites somebody into a business, and the link that comes of it.
import { Alert, Button, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Check } from 'lucide-react';
import { useState } from 'react';
import { call } from '../../../graph/door.ts';
import { CopyIcon } from '../../../parts/copy.tsx';
import { FormView } from '../../../parts/form/form-view.tsx';
import { useForm } from '../../../parts/form/use-form.ts';
import { roleChoices, roleWords } from '../business.ts';

interface Made {
  id: string;
  invite_link: string;
}

export function Invite({ businessId, onClose }: { businessId: string; onClose: () => void }) {
  const client = useQueryClient();
  const [made, setMade] = useState<Made & { email: string }>();
  const form = useForm({
    queryKey: ['invite', businessId],
    read: () => ({ email: '', role: 'EMPLOYEE' }),
    write: async (_changed, { email, role }) => ({
      ...(await call<Made>('POST', `/${businessId}/business_users`, { email, role })),
      email,
    }),
    labels: { email: 'E-mail address', role: 'Role' },
    check: ({ email }) => (email.includes('@') ? {} : { email: 'Enter an e-mail address, such as anna@example.com.' }),
    saved: 'The invitation has been created.',
    isNew: true,
    onSaved: (answer) => {
      setMade(answer as Made & { email: string });
      void client.invalidateQueries({ queryKey: ['business-invitations', businessId] });
    },
  });
  return (
    <Stack>
      {made && <Invited {...made} />}
      <FormView
        form={form}
        label="Invite people"
        submit="Invite"
        actions={
          <Button variant="default" onClick={onClose}>
            {made ? 'Close' : 'Cancel'}
          </Button>
        }
      >
        {({ text, choice, values }) => (
          <Stack gap="sm">
            <TextInput {...text('email')} type="email" required data-autofocus autoComplete="off" />
            <Select
              {...choice('role')}
              onChange={(role) => choice('role').onChange(role ?? 'EMPLOYEE')}
              data={roleChoices}
              allowDeselect={false}
              description={roleWords[values.role]?.words}
            />
          </Stack>
        )}
      </FormView>
    </Stack>
  );
}

function Invited({ email, invite_link: link }: { email: string; invite_link: string }) {
  return (
    <Alert color="brand" variant="light" icon={<Check size={18} />} title="Send this link" role="status">
      <Stack gap={4}>
        <Text size="sm">
          Only the person logged in as <b>{email}</b> can accept, once and within two weeks.
        </Text>
        <Group gap={4} wrap="nowrap">
          <Text size="sm" className="mono breaks">
            {link}
          </Text>
          <CopyIcon value={link} what={`invitation link for ${email}`} />
        </Group>
      </Stack>
    </Alert>
  );
}

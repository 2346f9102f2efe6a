// A new app: its name, who answers for it, and what kind of program it is. It begins in development.
import { Card as Box, Group, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { LayoutGrid } from 'lucide-react';
import { call } from '../../graph/door.ts';
import { Card } from '../../parts/card.tsx';
import { FormView } from '../../parts/form/form-view.tsx';
import { useForm } from '../../parts/form/use-form.ts';
import { Page } from '../../parts/page.tsx';
import { SignedIn } from '../../parts/signed-in.tsx';
import { addressOfApp } from '../../shell/app-sections.ts';

const kinds = [
  { value: 'web', label: 'Web', words: 'It has a server that keeps the app secret.' },
  {
    value: 'native',
    label: 'Native or desktop',
    words: 'It is installed on people’s devices, so it has no secret and no app tokens.',
  },
] as const;

type NewApp = Readonly<{ name: string; contact_email: string; category: string; type: string }>;

const fresh: NewApp = { name: '', contact_email: '', category: '', type: 'web' };

export function CreateAppPage() {
  return (
    <Page
      title="Create an app"
      lead="It begins in development: only people with a role on it can use it, until you make it live."
    >
      <SignedIn to="create an app" icon={LayoutGrid}>
        <NewAppForm />
      </SignedIn>
    </Page>
  );
}

function NewAppForm() {
  const navigate = useNavigate();
  const client = useQueryClient();
  const form = useForm<NewApp>({
    queryKey: ['new-app'],
    read: () => fresh,
    isNew: true,
    labels: { name: 'Display name', contact_email: 'Contact email', category: 'Category', type: 'Kind of program' },
    check: ({ name }) => (name.trim() === '' ? { name: 'An app needs a name.' } : {}),
    write: (_changed, { name, contact_email: email, category, type }) =>
      call<{ id: string }>('POST', '/me/apps', {
        name,
        type,
        ...(email === '' ? {} : { contact_email: email }),
        ...(category === '' ? {} : { category }),
      }),
    saved: 'The app has been created. It’s in development.',
    onSaved: (answer) => {
      void client.invalidateQueries({ queryKey: ['my-apps'] });
      void navigate({ to: addressOfApp((answer as { id: string }).id) });
    },
  });
  return (
    <Card className="narrow">
      <FormView form={form} label="New app" submit="Create app">
        {(fields) => (
          <Stack gap="md">
            <TextInput {...fields.text('name')} required autoFocus description="People read it in the dialog." />
            <TextInput
              {...fields.text('contact_email')}
              type="email"
              description="Where people can reach you about the app. Your own address if you leave it empty."
            />
            <TextInput {...fields.text('category')} description="For example Business, Education or Tools." />
            <Radio.Group {...fields.choice('type')} onChange={(value) => fields.set('type', value)}>
              <Group gap="sm" mt="xs" align="stretch">
                {kinds.map(({ value, label, words }) => (
                  <Box key={value} withBorder padding="sm" className="grows" miw={220}>
                    <Radio value={value} label={label} description={words} />
                  </Box>
                ))}
              </Group>
            </Radio.Group>
            <Text size="sm" c="dimmed">
              You’ll be its administrator. You can invite others to a role.
            </Text>
          </Stack>
        )}
      </FormView>
    </Card>
  );
}

// An app comes to a business: it belongs to it from then on, or system users of the business may only use it.
import { Button, Radio, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { call } from '../../../graph/door.ts';
import { useMyApps } from '../../../graph/my-apps.ts';
import { ChooseOne } from '../../../parts/form/choose-one.tsx';
import { FormView } from '../../../parts/form/form-view.tsx';
import { useForm } from '../../../parts/form/use-form.ts';

export function AddApp({ businessId, onClose }: { businessId: string; onClose: () => void }) {
  const client = useQueryClient();
  const { data: apps } = useMyApps();
  const form = useForm({
    queryKey: ['add-app', businessId],
    read: () => ({ app: '', relation: 'owned' }),
    write: (_changed, { app, relation }) =>
      relation === 'owned'
        ? call('POST', `/${businessId}/owned_apps`, { app_id: app })
        : call('POST', `/${businessId}/client_apps`, { app_id: app }),
    labels: { app: 'App', relation: 'How the business has it' },
    check: ({ app }) => (app === '' ? { app: 'Choose an app.' } : {}),
    saved: 'The business now has the app.',
    isNew: true,
    onSaved: () => {
      void client.invalidateQueries({ queryKey: ['business-apps', businessId] });
      void client.invalidateQueries({ queryKey: ['apps-for-system-users', businessId] });
      onClose();
    },
  });
  const mine = (apps ?? []).filter(({ my_roles: roles }) => roles.includes('administrators'));
  return (
    <FormView
      form={form}
      label="Add an app"
      submit="Add"
      actions={
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
      }
    >
      {({ choice, values, set }) => (
        <Stack gap="md">
          <ChooseOne
            field={choice('app')}
            things={mine}
            placeholder="Choose an app that you administer"
            nothingFoundMessage="You administer no app with that name"
          />
          <Radio.Group
            label="How the business has it"
            value={values.relation}
            onChange={(relation) => set('relation', relation)}
          >
            <Stack gap="xs" mt={4}>
              <Radio
                value="owned"
                label="It belongs to the business"
                description="This is permanent: an app belongs to one business."
              />
              <Radio
                value="client"
                label="It belongs to someone else"
                description="System users of the business may have tokens for it, until it’s given up."
              />
            </Stack>
          </Radio.Group>
          <Text size="sm" c="dimmed">
            System users need an app with access to the Marketing API.
          </Text>
        </Stack>
      )}
    </FormView>
  );
}

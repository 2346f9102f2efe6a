// The apps of a business: its own, and those of others of which its system users may have tokens.
import { Button, Modal, Radio, Select, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Plus, SquareStack } from 'lucide-react';
import { call } from '../../../graph/door.ts';
import { useMyApps } from '../../../graph/my-apps.ts';
import { readList } from '../../../graph/read-list.ts';
import { ending } from '../../../graph/would-end.ts';
import { Card } from '../../../parts/card.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { FormView } from '../../../parts/form/form-view.tsx';
import { useForm } from '../../../parts/form/use-form.ts';
import { useManages } from '../business.ts';
import { BusinessFrame } from '../frame.tsx';
import { AssetList, bothLists } from './asset-list.tsx';

export function BusinessAppsPage() {
  const { businessId } = useParams({ from: '/shell/console/business/$businessId/apps' });
  const manages = useManages(businessId);
  const [adding, { open, close }] = useDisclosure();
  const fields = { fields: 'id,name' };
  return (
    <BusinessFrame
      businessId={businessId}
      section="apps"
      title="Apps"
      lead="Apps that belong to the business, and apps of others that its system users may use."
      actions={
        manages && (
          <Button leftSection={<Plus size={16} />} onClick={open}>
            Add an app
          </Button>
        )
      }
    >
      <Card>
        <AssetList
          queryKey={['business-apps', businessId]}
          read={() =>
            bothLists(readList(`/${businessId}/owned_apps`, fields), readList(`/${businessId}/client_apps`, fields))
          }
          one="app"
          label="Apps of the business"
          search="Find an app"
          giveUp={
            manages
              ? ({ id, relation }) =>
                  relation === 'client' ? ending('DELETE', `/${businessId}/client_apps`, { app_id: id }) : undefined
              : undefined
          }
          empty={
            <Empty icon={SquareStack} title="The business has no apps yet">
              Add an app that you administer. Then the business’s system users can have tokens for it.
            </Empty>
          }
        />
      </Card>
      <Modal opened={adding} onClose={close} title="Add an app" size="lg">
        <AddApp businessId={businessId} onClose={close} />
      </Modal>
    </BusinessFrame>
  );
}

function AddApp({ businessId, onClose }: { businessId: string; onClose: () => void }) {
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
          <Select
            {...choice('app')}
            value={values.app === '' ? null : values.app}
            onChange={(app) => choice('app').onChange(app ?? '')}
            placeholder="Choose an app that you administer"
            data={mine.map(({ id, name }) => ({ value: id, label: name }))}
            nothingFoundMessage="You administer no app with that name"
            searchable
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

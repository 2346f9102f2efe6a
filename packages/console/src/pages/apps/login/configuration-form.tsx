// The form of one configuration of Login for Business.
import { permissions } from '@hallpass/protocol';
import { Checkbox, Group, MultiSelect, Radio, Stack, TextInput } from '@mantine/core';
import { call } from '../../../graph/door.ts';
import { queryClient } from '../../../graph/query.ts';
import { readList } from '../../../graph/read-list.ts';
import { FormView } from '../../../parts/form/form-view.tsx';
import { useForm } from '../../../parts/form/use-form.ts';
import type { App } from '../app.ts';
import type { LoginConfiguration } from './configuration.ts';

type ConfigurationFields = Readonly<{
  name: string;
  token_type: string;
  token_expiration: string;
  assets: readonly string[];
  permissions: readonly string[];
}>;

const fresh: ConfigurationFields = {
  name: '',
  token_type: 'user',
  token_expiration: 'never',
  assets: [],
  permissions: [],
};

const assetKinds = [
  { value: 'pages', label: 'Pages' },
  { value: 'ad_accounts', label: 'Ad accounts' },
];

interface ConfigurationFormProps {
  app: App;
  /** Absent for a new one. */
  configuration?: LoginConfiguration | undefined;
  onDone(): void;
}

/** Another window may have changed it since the list was read. */
async function readConfiguration(appId: string, listed: LoginConfiguration): Promise<ConfigurationFields> {
  const all = await readList<LoginConfiguration>(`/${appId}/login_configurations`);
  const { name, token_type, token_expiration, assets, permissions } = all.find(({ id }) => id === listed.id) ?? listed;
  return { name, token_type, token_expiration, assets, permissions };
}

export function ConfigurationForm({ app: { id: appId }, configuration, onDone }: ConfigurationFormProps) {
  const form = useForm<ConfigurationFields>({
    queryKey: ['configuration', appId, configuration?.id ?? 'new'],
    read: async () => (configuration ? readConfiguration(appId, configuration) : fresh),
    isNew: configuration === undefined,
    labels: {
      name: 'Name',
      token_type: 'Token',
      token_expiration: 'When a system-user token ends',
      assets: 'Chosen in the dialog',
      permissions: 'Permissions',
    },
    check: ({ name, permissions: wanted }) => ({
      ...(name.trim() === '' ? { name: 'It needs a name.' } : {}),
      ...(wanted.length === 0 ? { permissions: 'Choose at least one permission.' } : {}),
    }),
    write: (_changed, values, read) =>
      call('POST', `/${appId}/login_configurations`, {
        name: values.name,
        token_type: values.token_type,
        token_expiration: values.token_expiration,
        assets: JSON.stringify(values.assets),
        permissions: JSON.stringify(values.permissions),
        configuration_id: configuration?.id,
        ...(configuration ? { unchanged: JSON.stringify(read) } : {}),
      }),
    onSaved() {
      void queryClient.invalidateQueries({ queryKey: ['login-configurations', appId] });
      onDone();
    },
  });
  return (
    <FormView form={form} label="Configuration" submit={configuration ? 'Save' : 'Create configuration'}>
      {(fields) => (
        <Stack gap="md">
          <TextInput {...fields.text('name')} required data-autofocus />
          <Radio.Group
            {...fields.choice('token_type')}
            onChange={(value) => fields.set('token_type', value)}
            description={configuration ? 'The kind of token can’t be changed.' : undefined}
          >
            <Stack gap={6} mt={6}>
              <Radio value="user" label="User access token" disabled={configuration !== undefined} />
              <Radio
                value="system_user"
                label="System-user access token: of the business that connects the app"
                disabled={configuration !== undefined}
              />
            </Stack>
          </Radio.Group>
          {fields.values.token_type === 'system_user' && (
            <Radio.Group
              {...fields.choice('token_expiration')}
              onChange={(value) => fields.set('token_expiration', value)}
            >
              <Group gap="md" mt={6}>
                <Radio value="60_days" label="After 60 days" />
                <Radio value="never" label="Never" />
              </Group>
            </Radio.Group>
          )}
          <MultiSelect
            {...fields.choice('permissions')}
            value={[...fields.values.permissions]}
            onChange={(value) => fields.set('permissions', value)}
            data={Object.keys(permissions)}
            searchable
            hidePickedOptions
            maxDropdownHeight={240}
            comboboxProps={{ zIndex: 400 }}
          />
          <Checkbox.Group
            {...fields.choice('assets')}
            value={[...fields.values.assets]}
            onChange={(value) => fields.set('assets', value)}
            description="Permissions about Pages need Pages; those about advertising need ad accounts."
          >
            <Group gap="md" mt={6}>
              {assetKinds.map(({ value, label }) => (
                <Checkbox key={value} value={value} label={label} />
              ))}
            </Group>
          </Checkbox.Group>
        </Stack>
      )}
    </FormView>
  );
}

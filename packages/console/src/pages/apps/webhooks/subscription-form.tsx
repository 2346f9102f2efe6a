// The form of one webhook. Its server is asked before anything is stored: it has to answer the challenge.
import { MultiSelect, Select, Stack, Switch, Text, TextInput } from '@mantine/core';
import { permissions } from '@hallpass/protocol';
import { call } from '../../../graph/door.ts';
import { queryClient } from '../../../graph/query.ts';
import { readList } from '../../../graph/read-list.ts';
import { FormView } from '../../../parts/form/form-view.tsx';
import { useForm } from '../../../parts/form/use-form.ts';
import type { App } from '../app.ts';
import type { Subscription } from './subscription.ts';

type SubscriptionFields = Readonly<{
  object: string;
  callback_url: string;
  verify_token: string;
  fields: readonly string[];
  include_values: boolean;
}>;

const fresh: SubscriptionFields = {
  object: 'permissions',
  callback_url: '',
  verify_token: '',
  fields: [],
  include_values: true,
};

/** Fields that can be chosen; none chosen stands for all. */
const fieldsOf: Readonly<Record<string, readonly string[]>> = {
  permissions: ['connected', ...Object.keys(permissions)],
  user: ['name', 'first_name', 'middle_name', 'last_name'],
  page: ['feed'],
};

interface SubscriptionFormProps {
  app: App;
  subscription?: Subscription | undefined;
  onDone(): void;
}

/** Another window may have changed it since the list was read. */
async function readSubscription(appId: string, listed: Subscription): Promise<SubscriptionFields> {
  const all = await readList<Subscription>(`/${appId}/subscriptions`);
  const now = all.find(({ object }) => object === listed.object) ?? listed;
  return {
    ...fresh,
    object: now.object,
    callback_url: now.callback_url,
    fields: now.fields.map(({ name }) => name),
    include_values: now.include_values ?? false,
  };
}

/** The verify token isn't kept, so nobody else has changed it. */
const unchangedOf = ({ verify_token: _typed, ...read }: Partial<SubscriptionFields>): string => JSON.stringify(read);

export function SubscriptionForm({ app: { id: appId }, subscription, onDone }: SubscriptionFormProps) {
  const form = useForm<SubscriptionFields>({
    queryKey: ['subscription', appId, subscription?.object ?? 'new'],
    read: async () => (subscription ? readSubscription(appId, subscription) : fresh),
    isNew: subscription === undefined,
    labels: {
      object: 'Object',
      callback_url: 'Callback URL',
      verify_token: 'Verify token',
      fields: 'Fields',
      include_values: 'Include values',
    },
    check: ({ callback_url: url, verify_token: verify }) => ({
      ...(url.trim() === '' ? { callback_url: 'Enter the address of your server.' } : {}),
      ...(url !== subscription?.callback_url && verify === ''
        ? { verify_token: 'Enter a token by which your server recognises the request.' }
        : {}),
    }),
    write: (_changed, { object, callback_url: url, verify_token: verify, fields, include_values }, read) =>
      call('POST', `/${appId}/subscriptions`, {
        object,
        include_values,
        ...(subscription ? { unchanged: unchangedOf(read) } : {}),
        ...(fields.length === 0 ? {} : { fields: fields.join(',') }),
        ...(url === subscription?.callback_url ? {} : { callback_url: url, verify_token: verify }),
      }),
    onSaved() {
      void queryClient.invalidateQueries({ queryKey: ['subscriptions', appId] });
      onDone();
    },
  });
  return (
    <FormView form={form} label="Webhook" submit="Verify and save">
      {(fields) => (
        <Stack gap="md">
          <Select
            {...fields.choice('object')}
            onChange={(value) => fields.set('object', value ?? 'permissions')}
            data={Object.keys(fieldsOf)}
            allowDeselect={false}
            disabled={subscription !== undefined}
            comboboxProps={{ zIndex: 400 }}
          />
          <TextInput {...fields.text('callback_url')} type="url" placeholder="https://app.example/webhooks" required />
          <TextInput
            {...fields.text('verify_token')}
            description="Sent as hub.verify_token; your server answers hub.challenge. It isn’t kept."
            autoComplete="off"
          />
          <MultiSelect
            {...fields.choice('fields')}
            value={[...fields.values.fields]}
            onChange={(value) => fields.set('fields', value)}
            data={[...(fieldsOf[fields.values.object] ?? [])]}
            description="Leave empty for all."
            searchable
            hidePickedOptions
            comboboxProps={{ zIndex: 400 }}
          />
          <Switch
            {...fields.toggle('include_values')}
            description="Notifications contain the new values, not just the names of the fields that changed."
          />
          <Text size="sm" c="dimmed">
            Your server is asked when you save: it has to answer with hub.challenge.
          </Text>
        </Stack>
      )}
    </FormView>
  );
}

// Settings › Basic: what the app is and whom to reach about it, in the order of the real page.
import { Table, TextInput } from '@mantine/core';
import { Card } from '../../../parts/card.tsx';
import { Id } from '../../../parts/copy.tsx';
import { FormView } from '../../../parts/form/form-view.tsx';
import { type App, may } from '../app.ts';
import { AppPage } from '../frame.tsx';
import { AppSecret } from './app-secret.tsx';
import { Fields } from './setting-field.tsx';
import { docOf, useSettings } from './use-settings.ts';

const identity = ['namespace', 'app_domains', 'contact_email', 'privacy_policy_url', 'terms_of_service_url'] as const;
const deletion = ['data_deletion_url', 'data_deletion_instructions_url'] as const;
const about = ['category', 'description', 'link'] as const;
const support = ['user_support_email', 'user_support_url'] as const;
const platforms = ['website_url', 'android_packages'] as const;
const dialog = ['auth_dialog_headline', 'auth_dialog_perms_explanation'] as const;

export function BasicSettingsPage() {
  return (
    <AppPage section="/settings/basic" title="Basic settings">
      {(app) => (
        <>
          <Card title="Identity">
            <Table className="facts" verticalSpacing="xs">
              <Table.Tbody>
                <Table.Tr>
                  <Table.Th scope="row">App ID</Table.Th>
                  <Table.Td>
                    <Id value={app.id} what="App ID" />
                  </Table.Td>
                </Table.Tr>
                <Table.Tr>
                  <Table.Th scope="row">App Secret</Table.Th>
                  <Table.Td>
                    <AppSecret app={app} />
                  </Table.Td>
                </Table.Tr>
              </Table.Tbody>
            </Table>
          </Card>
          <BasicForm app={app} />
        </>
      )}
    </AppPage>
  );
}

function BasicForm({ app }: { app: App }) {
  const names = ['app_name', ...identity, ...deletion, ...about, ...support, ...platforms, ...dialog];
  const form = useSettings(app, {
    names,
    check: ({ app_name: name }) => (String(name).trim() === '' ? { app_name: 'An app needs a name.' } : {}),
  });
  const disabled = !may(app, 'change_settings');
  return (
    <FormView form={form} label="Basic settings">
      {(fields) => (
        <>
          <Card title="Basic">
            <TextInput
              {...fields.text('app_name')}
              description={docOf('app_name')}
              required
              disabled={disabled}
              mb="md"
              dir="auto"
            />
            <Fields fields={fields} names={identity} disabled={disabled} />
          </Card>
          <Card title="User data deletion">
            <Fields fields={fields} names={deletion} disabled={disabled} />
          </Card>
          <Card title="About the app">
            <Fields fields={fields} names={about} disabled={disabled} />
          </Card>
          <Card title="Help for people">
            <Fields fields={fields} names={support} disabled={disabled} />
          </Card>
          <Card title="Platforms">
            <Fields fields={fields} names={platforms} disabled={disabled} />
          </Card>
          <Card title="The dialog">
            <Fields fields={fields} names={dialog} disabled={disabled} />
          </Card>
        </>
      )}
    </FormView>
  );
}

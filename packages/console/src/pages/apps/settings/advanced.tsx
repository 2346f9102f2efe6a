// Settings › Advanced, in the order of the real page: native or desktop, API version, restrictions, security with the client
// token, and the end of the app.
import { Alert, List, Select, Stack, Switch, Text } from '@mantine/core';
import { versionEnds, versions } from '@hallpass/protocol';
import { Smartphone } from 'lucide-react';
import { call } from '../../../graph/door.ts';
import { Card } from '../../../parts/card.tsx';
import type { FieldValues } from '../../../parts/form/edits.ts';
import type { Fields as FormFields } from '../../../parts/form/fields.ts';
import { FormView } from '../../../parts/form/form-view.tsx';
import { type App, may } from '../app.ts';
import { AppPage } from '../frame.tsx';

import { ClientToken } from './client-token.tsx';
import { DeleteApp } from './delete-app.tsx';
import { Fields } from './setting-field.tsx';
import { docOf, useSettings } from './use-settings.ts';

/** Before and after the client token, as the real page has them. */
const allowLists = ['server_ip_whitelist', 'update_ip_whitelist', 'update_notification_email'] as const;
const guards = ['require_appsecret_proof', 'require_pkce', 'allow_api_settings'] as const;

/** Versions that can be chosen, the newest first. */
const choosable: readonly string[] = [versions.newest, ...versionEnds.map(([version]) => version).toReversed()];

export function AdvancedSettingsPage() {
  return (
    <AppPage section="/settings/advanced" title="Advanced settings">
      {(app) => (
        <>
          <AdvancedForm app={app} />
          {may(app, 'remove_app') && <DeleteApp app={app} />}
        </>
      )}
    </AppPage>
  );
}

/** Lists what a switch to native or desktop stops, for the question before it. */
async function nativeReach(appId: string): Promise<string[]> {
  const { data } = await call<{ data: readonly { calls: number }[] }>('GET', `/${appId}/version_use`, { limit: 500 });
  const calls = data.reduce((sum, one) => sum + one.calls, 0);
  return [
    'Every app access token is refused, made with the secret or as {app-id}|{app-secret}.',
    'Codes can no longer be exchanged with the app secret; the app uses PKCE instead.',
    'Webhooks, test users and settings can no longer be managed by calls, only here.',
    'Tokens of people and the client token go on.',
    ...(calls > 0
      ? [
          `The app has made ${calls.toLocaleString('en')} calls since the server started: those with app tokens will fail.`,
        ]
      : []),
  ];
}

function AdvancedForm({ app }: { app: App }) {
  const { id: appId, name } = app;
  const form = useSettings(app, {
    names: ['app_type', 'default_version', 'restrictions', ...allowLists, ...guards],
    question(changed) {
      if (changed['app_type'] !== 1) return undefined;
      return {
        title: `Make ${name} a native or desktop app?`,
        words: 'Whatever people carry home can be taken apart, so such an app has no secret that proves anything.',
        reach: () => nativeReach(appId),
      };
    },
  });
  const disabled = !may(app, 'change_settings');
  return (
    <FormView form={form} label="Advanced settings">
      {(fields) => (
        <>
          <Card title="Native or Desktop App">
            <NativeSwitch fields={fields} disabled={disabled} />
          </Card>
          <Card title="API Version">
            <Select
              {...fields.choice('default_version')}
              value={String(fields.values['default_version'])}
              onChange={(value) => fields.set('default_version', value)}
              data={[...new Set([...choosable, String(fields.values['default_version'])])]}
              allowDeselect={false}
              description={docOf('default_version')}
              disabled={disabled}
              maw={360}
            />
          </Card>
          <Card title="App Restrictions">
            <Fields fields={fields} names={['restrictions']} disabled={disabled} />
          </Card>
          <Card title="Security">
            <Fields fields={fields} names={allowLists} disabled={disabled} />
            {!disabled && <ClientToken app={app} />}
            <Fields fields={fields} names={guards} disabled={disabled} />
          </Card>
        </>
      )}
    </FormView>
  );
}

function NativeSwitch({ fields, disabled }: { fields: FormFields<FieldValues>; disabled: boolean }) {
  const native = fields.values['app_type'] === 1;
  return (
    <Stack gap="sm">
      <Switch
        {...fields.toggle('app_type')}
        checked={native}
        onChange={({ currentTarget }) => fields.set('app_type', currentTarget.checked ? 1 : 0)}
        description={docOf('app_type')}
        disabled={disabled}
      />
      {native && (
        <Alert color="note" variant="light" icon={<Smartphone size={18} />} title="Its secret counts as known">
          <List size="sm" spacing={2}>
            <List.Item>App access tokens are refused.</List.Item>
            <List.Item>
              Log-ins use the addresses of the mobile SDKs, loopback addresses with any port, and PKCE.
            </List.Item>
          </List>
          <Text size="sm" mt="xs">
            Where a call needs to name the app, it uses the client token below.
          </Text>
        </Alert>
      )}
    </Stack>
  );
}

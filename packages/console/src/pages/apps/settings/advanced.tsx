// Settings › Advanced, in the order of the real page: native or desktop, API version, restrictions, security with the client
// token, and the end of the app.
import { Alert, List, Select, Stack, Switch, Text } from '@mantine/core';
import { leftOutSettings, versionEnds, versions } from '@hallpass/protocol';
import { Smartphone } from 'lucide-react';
import { Card } from '../../../parts/card.tsx';
import type { FieldValues } from '../../../parts/form/edits.ts';
import type { Fields as FormFields } from '../../../parts/form/fields.ts';
import { FormView } from '../../../parts/form/form-view.tsx';
import { type App, may } from '../app.ts';
import { AppPage } from '../frame.tsx';
import { ArchiveApp } from './archive-app.tsx';
import { ClientToken } from './client-token.tsx';
import { DeleteApp } from './delete-app.tsx';
import { RestrictionFields } from './restrictions.tsx';
import { Fields } from './setting-field.tsx';
import { docOf, useSettings } from './use-settings.ts';

/** Before and after the client token, as the real page has them. */
const allowLists = ['server_ip_whitelist', 'update_ip_whitelist', 'update_notification_email'] as const;
const guards = [
  'require_appsecret_proof',
  'require_two_factor_reauthorization',
  'allow_api_settings',
  'require_pkce',
] as const;

/** Versions that can be chosen, the newest first. */
const choosable: readonly string[] = [versions.newest, ...versionEnds.map(([version]) => version).toReversed()];

export function AdvancedSettingsPage() {
  return (
    <AppPage section="/settings/advanced" title="Advanced settings">
      {(app) => (
        <>
          <AdvancedForm app={app} />
          {may(app, 'remove_app') && <ArchiveApp app={app} />}
          {may(app, 'remove_app') && <DeleteApp app={app} />}
          <LeftOut />
        </>
      )}
    </AppPage>
  );
}

function AdvancedForm({ app }: { app: App }) {
  const { name } = app;
  const form = useSettings(app, {
    names: [
      'app_type',
      'app_secret_embedded',
      'default_version',
      'default_version_for_roles',
      'restrictions',
      ...allowLists,
      ...guards,
    ],
    question(changed) {
      const native = changed['app_type'] === 1;
      if (!native && changed['app_secret_embedded'] !== true) return undefined;
      return {
        title: native ? `Make ${name} a native or desktop app?` : `Is the secret of ${name} in the app?`,
        words:
          'Anyone can take an installed program apart. While the secret is in the app, every call with it is refused: codes are exchanged with PKCE, and webhooks, test users and settings are managed only here. People’s tokens and the client token keep working.',
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
            <div className="setting-fields">
              <VersionField fields={fields} name="default_version" disabled={disabled} />
              <VersionField
                fields={fields}
                name="default_version_for_roles"
                none="Same for all calls"
                disabled={disabled}
              />
            </div>
          </Card>
          <Card title="App Restrictions">
            <RestrictionFields fields={fields} disabled={disabled} />
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

/** @param none words of the choice of no version of its own */
function VersionField({
  fields,
  name,
  none,
  disabled,
}: {
  fields: FormFields<FieldValues>;
  name: string;
  none?: string;
  disabled: boolean;
}) {
  const value = String(fields.values[name] ?? '');
  const versionsToChoose = [...new Set([...choosable, ...(value === '' ? [] : [value])])];
  return (
    <Select
      {...fields.choice(name)}
      value={value}
      onChange={(version) => fields.set(name, version ?? '')}
      data={[
        ...(none === undefined ? [] : [{ value: '', label: none }]),
        ...versionsToChoose.map((version) => ({ value: version, label: version })),
      ]}
      allowDeselect={false}
      description={docOf(name)}
      disabled={disabled}
    />
  );
}

/** The settings of the real page that have nothing to govern here, each with its reason. */
function LeftOut() {
  return (
    <Card title="Not here">
      <List size="sm" spacing="xs">
        {Object.entries(leftOutSettings).map(([label, why]) => (
          <List.Item key={label}>
            <b>{label}</b>: {why}
          </List.Item>
        ))}
      </List>
    </Card>
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
        <Switch
          {...fields.toggle('app_secret_embedded')}
          description={docOf('app_secret_embedded')}
          disabled={disabled}
        />
      )}
      {native && fields.values['app_secret_embedded'] === true && (
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

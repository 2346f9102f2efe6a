// Log-in settings: the switches of the ways to log in, where log-ins may lead, and the checker of an address.
import { Alert, Anchor, Group, SegmentedControl, Space, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Smartphone } from 'lucide-react';
import { call } from '../../../graph/door.ts';
import { whatEnds } from '../../../graph/would-end.ts';
import { Card } from '../../../parts/card.tsx';
import { confirmAct } from '../../../parts/confirm.tsx';
import { FormView } from '../../../parts/form/form-view.tsx';
import { type App, appKey, may } from '../app.ts';
import { AppPage } from '../frame.tsx';
import { addressOfApp } from '../../../shell/app-sections.ts';
import { Fields } from '../settings/setting-field.tsx';
import { useSettings } from '../settings/use-settings.ts';
import { RedirectChecker } from './redirect-checker.tsx';

const switches = [
  'client_oauth_login',
  'web_oauth_login',
  'enforce_https',
  'embedded_browser_login',
  'native_login',
  'login_from_devices',
  'js_sdk_login',
  'long_lived_token_in_flow',
  'nonce_in_flow',
] as const;
const addresses = ['redirect_uris', 'sdk_domains', 'deauth_callback_url'] as const;

export function LoginPage() {
  return (
    <AppPage section="/login" title="Login settings">
      {(app) => (
        <>
          <RedirectChecker app={app} />
          <LoginForm app={app} />
          {may(app, 'change_roles') && <LoginType app={app} />}
        </>
      )}
    </AppPage>
  );
}

function LoginForm({ app }: { app: App }) {
  const form = useSettings(app, { names: [...switches, ...addresses] });
  const disabled = !may(app, 'change_settings');
  const fixed = !may(app, 'change_login_addresses');
  return (
    <FormView form={form} label="Login settings">
      {(fields) => (
        <>
          <Card title="Client OAuth settings">
            {app.app_type === 1 && (
              <Alert color="note" variant="light" icon={<Smartphone size={18} />} mb="md">
                This is a native app: addresses of the mobile SDKs and loopback addresses with any port are allowed too.
              </Alert>
            )}
            <Fields fields={fields} names={switches} disabled={disabled} />
          </Card>
          <Card title="Where a log-in may lead">
            {fixed && (
              <Text size="sm" c="dimmed" mb="sm">
                Only administrators change redirect addresses and domains.
              </Text>
            )}
            <Fields fields={fields} names={['redirect_uris', 'sdk_domains']} disabled={fixed} />
            <Space h="md" />
            <Fields fields={fields} names={['deauth_callback_url']} disabled={disabled} />
          </Card>
        </>
      )}
    </FormView>
  );
}

const types = [
  { value: 'classic', label: 'Classic log-in' },
  { value: 'business', label: 'Login for Business' },
];

function LoginType({ app: { id: appId, name, login_type: type } }: { app: App }) {
  const client = useQueryClient();
  const change = async (wanted: string) => {
    if (wanted === type) return;
    await confirmAct({
      title: wanted === 'business' ? `Switch ${name} to Login for Business?` : `Switch ${name} to the classic log-in?`,
      children:
        'From now on the dialog asks differently. An app that asks only for name and e-mail address loses its tokens.',
      reach: () => whatEnds('POST', `/${appId}/login_type`, { login_type: wanted }),
      confirm: 'Switch',
      password: `To change the type of log-in of ${name}, enter your password.`,
      act: () => call('POST', `/${appId}/login_type`, { login_type: wanted }),
      done: 'Switched.',
    });
    await client.invalidateQueries({ queryKey: appKey(appId) });
  };
  return (
    <Card title="Type of log-in">
      <Stack gap="sm" align="flex-start">
        <Group gap="sm">
          <SegmentedControl
            aria-label="Type of log-in"
            data={types}
            value={type}
            onChange={(value) => void change(value)}
          />
          <Anchor component={Link} to={addressOfApp(appId, '/login/configurations')} size="sm">
            Configurations
          </Anchor>
        </Group>
        <Text size="sm" c="dimmed">
          With Login for Business, an app asks for a configuration and can get system-user tokens of its clients’
          businesses.
        </Text>
      </Stack>
    </Card>
  );
}

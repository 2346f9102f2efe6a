// Generate token: app, expiration, permissions, and the token, which is shown once.
import { Alert, Button, Checkbox, Group, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { carryToken } from '../../../graph/carried-token.ts';
import { call } from '../../../graph/door.ts';
import { readList } from '../../../graph/read-list.ts';
import { confirmed } from '../../../parts/confirm-password.tsx';
import { ChooseOne } from '../../../parts/form/choose-one.tsx';
import { FormView } from '../../../parts/form/form-view.tsx';
import { useForm } from '../../../parts/form/use-form.ts';
import { SecretOnce } from '../../../parts/revealed-secret.tsx';
import { useBusiness } from '../business.ts';
import { appsForSystemUsers, type InstalledApp } from './installed-apps.tsx';

const NEVER = 'never';
const SIXTY_DAYS = '60 days';

interface GenerateTokenProps {
  businessId: string;
  systemUserId: string;
  name: string;
  onClose: () => void;
}

export function GenerateToken({ businessId, systemUserId, name, onClose }: GenerateTokenProps) {
  const client = useQueryClient();
  const { data: business } = useBusiness(businessId);
  const [token, setToken] = useState<string>();
  const { data: apps } = useQuery({
    queryKey: ['apps-for-system-users', businessId],
    queryFn: () => appsForSystemUsers(businessId),
  });
  const form = useForm({
    queryKey: ['generate-token', systemUserId],
    read: () => ({ app: '', expiration: SIXTY_DAYS, permissions: [] as readonly string[] }),
    write: async (_changed, { app, expiration, permissions }) => {
      if (!(await confirmed(`Anyone with the token can act as ${name}, so enter your password first.`))) return false;
      // The token needs the app on the system user; here nobody has to think of that in a step of its own.
      const installed = await readList<InstalledApp>(`/${systemUserId}/installed_apps`);
      if (!installed.some(({ id }) => id === app))
        await call('POST', `/${systemUserId}/applications`, { business_app: app });
      const { access_token: made } = await call<{ access_token: string }>('POST', `/${systemUserId}/access_tokens`, {
        business_app: app,
        scope: permissions.join(','),
        ...(expiration === NEVER ? {} : { set_token_expires_in_60_days: true }),
      });
      return made;
    },
    labels: { app: 'App', expiration: 'Token expiration', permissions: 'Permissions' },
    check: ({ app, permissions }) => ({
      ...(app === '' ? { app: 'Choose the app the token is for.' } : {}),
      ...(permissions.length === 0 ? { permissions: 'Choose at least one permission.' } : {}),
    }),
    saved: '',
    isNew: true,
    forgets: true,
    onSaved: (made) => {
      setToken(String(made));
      void client.invalidateQueries({ queryKey: ['issued-tokens', systemUserId] });
      void client.invalidateQueries({ queryKey: ['installed-apps', systemUserId] });
    },
  });
  if (token !== undefined) return <Made token={token} name={name} onClose={onClose} />;
  return (
    <FormView
      form={form}
      label="Generate token"
      submit="Generate token"
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
            things={apps}
            placeholder="Choose an app"
            nothingFoundMessage="The business has no apps yet"
            required
            data-autofocus
          />
          <Radio.Group
            label="Token expiration"
            value={values.expiration}
            onChange={(value) => set('expiration', value)}
          >
            <Stack gap="xs" mt={4}>
              <Radio
                value={SIXTY_DAYS}
                label="60 days (recommended)"
                description="Before it ends, your server gets a new one with fb_exchange_token."
              />
              <Radio
                value={NEVER}
                label="Never"
                disabled={business?.require_expiring_tokens === true}
                description={
                  business?.require_expiring_tokens === true
                    ? 'This business requires tokens that end: see Business info.'
                    : 'Works until someone revokes it, even if it leaks.'
                }
              />
            </Stack>
          </Radio.Group>
          <Permissions
            chosen={values.permissions}
            onChange={(permissions) => set('permissions', permissions)}
            error={choice('permissions').error}
          />
        </Stack>
      )}
    </FormView>
  );
}

/** The permissions that system users may have, in plain words, with a box to look for one. */
function Permissions({
  chosen,
  onChange,
  error,
}: {
  chosen: readonly string[];
  onChange: (permissions: readonly string[]) => void;
  error: string | undefined;
}) {
  const [wanted, setWanted] = useState('');
  const { data: words } = useQuery({
    queryKey: ['permission-words-of-system-users'],
    queryFn: async () => (await import('./system-user-permissions.ts')).systemUserPermissions,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const shown = (words ?? []).filter(({ name, title }) =>
    `${name} ${title}`.toLowerCase().includes(wanted.trim().toLowerCase()),
  );
  return (
    <Checkbox.Group
      label="Permissions"
      description={`${chosen.length} chosen`}
      value={[...chosen]}
      onChange={onChange}
      error={error}
      required
    >
      <TextInput
        aria-label="Find a permission"
        placeholder="Find a permission"
        value={wanted}
        onChange={(event) => setWanted(event.currentTarget.value)}
        my="xs"
      />
      <Stack
        gap="xs"
        className="scrolls permission-list"
        tabIndex={0}
        role="group"
        aria-label="Permissions of system users"
      >
        {shown.map(({ name, title, words: sentence }) => (
          <Checkbox
            key={name}
            value={name}
            label={<span className="mono">{name}</span>}
            description={`${title}. ${sentence}`}
          />
        ))}
        {words && shown.length === 0 && (
          <Text size="sm" c="dimmed">
            No permission for system users has that name.
          </Text>
        )}
      </Stack>
    </Checkbox.Group>
  );
}

function Made({ token, name, onClose }: { token: string; name: string; onClose: () => void }) {
  const navigate = useNavigate();
  const carry = (to: string) => {
    carryToken(token);
    void navigate({ to });
  };
  return (
    <Stack>
      <SecretOnce value={token} what={`token of ${name}`}>
        <Group gap="xs">
          <Button variant="default" size="compact-sm" onClick={() => carry('/tools/debug/accesstoken')}>
            Debug
          </Button>
        </Group>
      </SecretOnce>
      <Alert
        color="warn"
        variant="light"
        icon={<TriangleAlert size={18} />}
        title="Copy it before you close this window"
      >
        The list of tokens shows only its fingerprint. If you lose the token, revoke it and generate a new one.
      </Alert>
      <Group justify="flex-end">
        <Button onClick={onClose}>Done</Button>
      </Group>
    </Stack>
  );
}

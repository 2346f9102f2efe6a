// The column at the right holds the token, how to get one, for which app, as whom, and with which permissions.
import { Alert, Button, Group, PasswordInput, Select, Skeleton, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useSession } from '../../../graph/session.ts';
import type { Start } from '../../../graph/start.ts';
import { CopyIcon } from '../../../parts/copy.tsx';
import { LogInAsOther } from '../../../parts/log-in/log-in-as-other.tsx';
import { LogInLink } from '../../../parts/log-in/log-in-link.tsx';
import { FailureBox, toastDone, toastFailure } from '../../../parts/failure.tsx';
import { type MyApp, mayExplore, useMyApps } from '../../../graph/my-apps.ts';
import { generateToken, NoToken } from '../../../dialog/generate-token.ts';
import { Permissions } from './permissions.tsx';
import { explorerState, setExplorer, useExplorer } from '../state.ts';
import { TokenInfo } from './token-info.tsx';
import { useGranted } from './token-query.ts';
import { UserOrPage } from './user-or-page.tsx';

export function TokenPanel({ start }: { start: Start }) {
  const { token, tokenOf, appId } = useExplorer();
  const session = useSession();
  const { data: apps, error, refetch, isLoading } = useMyApps();
  const usable = apps?.filter(mayExplore);
  const app = usable?.find(({ id }) => id === appId);
  useEffect(() => {
    const [first] = usable ?? [];
    if (first && !usable?.some(({ id }) => id === explorerState().appId)) setExplorer({ appId: first.id });
  }, [usable]);
  return (
    <Stack gap="md">
      <PasswordInput
        label="Access Token"
        description={tokenOf === '' ? undefined : tokenOf}
        classNames={{ innerInput: 'mono' }}
        value={token}
        placeholder="Paste a token, or generate one"
        onChange={(event) => setExplorer({ token: event.currentTarget.value.trim(), tokenOf: '' })}
        autoComplete="off"
        spellCheck={false}
        visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the token' }}
        inputContainer={(input) => (
          <Group gap={4} wrap="nowrap">
            <TokenInfo start={start} token={token} />
            <div className="grows">{input}</div>
            <CopyIcon value={token} what="the token" />
          </Group>
        )}
      />
      {session === undefined || isLoading ? <Skeleton h={160} /> : null}
      {session === null ? (
        <Alert color="note" variant="light" title="Log in to get tokens">
          <Text size="sm">
            <LogInLink /> as someone with a role on an app; what you typed stays here. If you already have a token, you
            don’t need to log in.
          </Text>
        </Alert>
      ) : null}
      {error ? <FailureBox error={error} onRetry={() => void refetch()} /> : null}
      {usable?.length === 0 ? (
        <Alert color="warn" variant="light" title="No app to use">
          <Stack gap="xs" align="flex-start">
            <Text size="sm">
              You aren’t an administrator, developer or tester of any app. Ask an administrator for a role, or log in as
              someone else.
            </Text>
            <LogInAsOther />
          </Stack>
        </Alert>
      ) : null}
      {apps && usable && usable.length > 0 ? <Getting start={start} apps={apps} app={app} /> : null}
    </Stack>
  );
}

function Getting({ start, apps, app }: { start: Start; apps: readonly MyApp[]; app: MyApp | undefined }) {
  const { token, ofNoPerson, configuration } = useExplorer();
  const [busy, setBusy] = useState(false);
  const client = useQueryClient();
  const { data: granted } = useGranted(start, ofNoPerson ? '' : token);
  const needsConfiguration = app?.login_type === 'business' && configuration === undefined;

  const generate = async () => {
    if (!app) return;
    // Read now: a permission may have been added by the very press that led here.
    const { permissions, configuration: chosen, version } = explorerState();
    setBusy(true);
    try {
      const made = await generateToken(
        start,
        {
          appId: app.id,
          permissions,
          configuration: app.login_type === 'business' ? chosen : undefined,
          again: permissions.some((name) => granted?.get(name) === 'declined'),
        },
        version ?? start.versions.default,
      );
      setExplorer({ token: made, tokenOf: 'User Token' });
      void client.invalidateQueries({ queryKey: ['token-permissions'] });
      toastDone('The token is in the box.');
    } catch (error) {
      toastFailure(error instanceof NoToken ? error.message : error, 'No token');
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button
        fullWidth
        leftSection={<KeyRound size={16} />}
        loading={busy}
        disabled={!app || needsConfiguration}
        onClick={() => void generate()}
      >
        Generate Access Token
      </Button>
      <Select
        label="Meta App"
        description="Also called Facebook App"
        data={apps.map((one) => ({
          value: one.id,
          label: mayExplore(one) ? one.name : `${one.name} (your role gets no token)`,
          disabled: !mayExplore(one),
        }))}
        value={app?.id ?? null}
        onChange={(value) => value && setExplorer({ appId: value, permissions: [], configuration: undefined })}
        allowDeselect={false}
        searchable
        filter={({ options, search }) => {
          const wanted = search.trim().toLowerCase();
          const all = ['meta app', 'facebook app', 'application'].some(
            (name) => wanted !== '' && name.startsWith(wanted),
          );
          return options.filter((one) => all || ('label' in one && one.label.toLowerCase().includes(wanted)));
        }}
        nothingFoundMessage="No app has that name"
      />
      {app && <UserOrPage start={start} app={app} onUserToken={() => void generate()} />}
      {app && <Permissions start={start} app={app} />}
    </>
  );
}

// This is the frame of every page about one app: the way back, its name, id and mode, and the row of its pages.
import { Anchor, Badge, Group, Skeleton, Stack, Text } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { LayoutGrid } from 'lucide-react';
import type { ReactNode } from 'react';
import { saysLoggedOut } from '../../graph/door.ts';
import { Id } from '../../parts/copy.tsx';
import { FailureBox } from '../../parts/failure.tsx';
import { Page } from '../../parts/page.tsx';
import { LogInAsOther } from '../../parts/log-in/log-in-as-other.tsx';
import { SectionNav } from '../../parts/section-nav.tsx';
import { SignedIn } from '../../parts/signed-in.tsx';
import { type App, useApp } from './app.ts';
import { addressOfApp, appSections } from '../../shell/app-sections.ts';

interface AppPageProps {
  /** The path of its section, or of the one that it belongs to. */
  section: string;
  title: string;
  lead?: ReactNode;
  actions?: (app: App) => ReactNode;
  children(app: App): ReactNode;
}

export function AppPage(props: AppPageProps) {
  const { appId = '' } = useParams({ strict: false });
  return (
    <SignedIn to="see this app" icon={LayoutGrid}>
      <OneApp key={appId} appId={appId} {...props} />
    </SignedIn>
  );
}

function OneApp({ appId, section, title, lead, actions, children }: AppPageProps & { appId: string }) {
  const { data: app, error, refetch } = useApp(appId);
  // Somebody without a role on it is told its name at most.
  const isMine = app?.my_roles !== undefined;
  return (
    <Page
      title={title}
      lead={lead}
      actions={isMine ? actions?.(app) : undefined}
      above={
        <>
          <Group gap="xs" className="crumbs">
            <Anchor component={Link} to="/console/apps">
              My apps
            </Anchor>
            <span aria-hidden>›</span>
            <Text span fw={600} className="breaks">
              <bdi>{app?.name ?? appId}</bdi>
            </Text>
            <Id value={appId} what="App ID" />
            {isMine && <ModeBadge {...app} />}
          </Group>
          <SectionNav
            label="Pages of this app"
            sections={appSections.map(({ path, label, icon }) => ({ to: addressOfApp(appId, path), label, icon }))}
            current={addressOfApp(appId, section)}
          />
        </>
      }
    >
      {error && !app && !saysLoggedOut(error) ? <FailureBox error={error} onRetry={() => void refetch()} /> : null}
      {!app && !error ? <Skeleton h={220} aria-label="Loading the app" /> : null}
      {app && !isMine ? (
        <Stack gap="sm" align="flex-start">
          <Text>You have no role on this app. An administrator of it can invite you.</Text>
          <LogInAsOther />
        </Stack>
      ) : null}
      {isMine ? children(app) : null}
    </Page>
  );
}

export function ModeBadge({ mode, archived }: Pick<App, 'mode' | 'archived'>) {
  if (archived)
    return (
      <Badge color="note" variant="light" miw="max-content">
        Archived
      </Badge>
    );
  return (
    <Badge color={mode === 'live' ? 'brand' : 'warn'} variant="light" miw="max-content">
      {mode === 'live' ? 'Live' : 'In development'}
    </Badge>
  );
}

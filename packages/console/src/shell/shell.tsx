// This is the frame of every page: bar at the top with search and account, tools at the left, drawer of calls at the
// bottom.
import { Anchor, AppShell, Burger, Group, Kbd, Text, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { Link, Outlet } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useSessionNews } from '../graph/session.ts';
import { Brand } from './brand.tsx';
import { CallsBar } from './calls-bar.tsx';
import { ColourScheme } from './colour-scheme.tsx';
import { Navigation } from './navigation.tsx';
import { PersonMenu } from './person-menu.tsx';
import { SessionNotice } from './session-notice.tsx';

const Finder = lazy(async () => ({ default: (await import('./finder.tsx')).Finder }));

export function Shell() {
  const [finding, setFinding] = useState(0);
  // A new number makes a new box, which opens with nothing in it.
  const find = () => setFinding((times) => times + 1);
  useHotkeys([['mod+K', find]], []);
  const [open, { toggle, close }] = useDisclosure();
  useSessionNews();
  return (
    <AppShell
      header={{ height: 56 }}
      footer={{ height: 36 }}
      navbar={{ width: 248, breakpoint: 'md', collapsed: { mobile: !open } }}
      padding={{ base: 'sm', sm: 'lg' }}
      // A window that gets narrower has its new layout at once, and nothing reaches out of it on the way.
      transitionDuration={0}
    >
      <Anchor href="#content" className="skip">
        Skip to the content
      </Anchor>
      {/* Windows of Mantine bring a banner of their own: a page has one alone. */}
      <AppShell.Header renderRoot={(props) => <div {...props} role="navigation" aria-label="Hallpass" />}>
        <Group h="100%" px="md" gap="sm" wrap="nowrap">
          <Burger opened={open} onClick={toggle} hiddenFrom="md" size="sm" aria-label="Menu" aria-expanded={open} />
          <Link to="/" className="brand" aria-label="Hallpass, first page">
            <Brand />
          </Link>
          <UnstyledButton className="search-button" onClick={find} aria-haspopup="dialog">
            <Search size={16} aria-hidden />
            <Text span size="sm" visibleFrom="xs" truncate>
              Find anything
            </Text>
            <VisuallyHidden>Search</VisuallyHidden>
            <Kbd size="xs" visibleFrom="sm" ml="auto">
              Ctrl K
            </Kbd>
          </UnstyledButton>
          <Group gap="xs" wrap="nowrap">
            <ColourScheme />
            <PersonMenu />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm">
        <Navigation onGo={close} />
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        <SessionNotice />
        <Outlet />
      </AppShell.Main>
      <AppShell.Footer>
        <CallsBar />
      </AppShell.Footer>
      {finding > 0 && (
        <Suspense>
          <Finder key={finding} />
        </Suspense>
      )}
    </AppShell>
  );
}

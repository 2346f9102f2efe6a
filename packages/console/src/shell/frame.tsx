// The frame of every page: bar at the top with search and account, a column of places at the left, and what may stand at
// the bottom. Platform, emulator and vault fill it with their own.
import { Anchor, AppShell, Burger, Group, Kbd, Text, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { Link } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { type ComponentType, type ReactNode, Suspense, useState } from 'react';
import { platformName } from '../graph/start.ts';
import { Brand } from './brand.tsx';
import { ColourScheme } from './colour-scheme.tsx';

interface FrameProps {
  /** The address of the first page. */
  home: string;
  /** The box that Ctrl K opens; absent where there is nothing to find yet. */
  finder?: ComponentType | undefined;
  account: ReactNode;
  /** The column at the left. @param close shuts it on narrow windows, where it is a drawer */
  navigation(close: () => void): ReactNode;
  footer?: ReactNode;
  children: ReactNode;
}

export function Frame({ home, finder: Finder, account, navigation, footer, children }: FrameProps) {
  const name = platformName.use();
  const [finding, setFinding] = useState(0);
  // A new number makes a new box, which opens with nothing in it.
  const find = () => setFinding((times) => times + 1);
  useHotkeys([['mod+K', find]], []);
  const [open, { toggle, close }] = useDisclosure();
  return (
    <AppShell
      header={{ height: 56 }}
      {...(footer === undefined ? {} : { footer: { height: 36 } })}
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
          <Link to={home} className="brand" aria-label={`${name}, first page`}>
            <Brand />
          </Link>
          {Finder ? (
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
          ) : (
            <span className="grows" />
          )}
          <Group gap="xs" wrap="nowrap">
            <ColourScheme />
            {account}
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm" className="scrolls">
        {navigation(close)}
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        {children}
      </AppShell.Main>
      {footer === undefined ? null : <AppShell.Footer>{footer}</AppShell.Footer>}
      {Finder && finding > 0 && (
        <Suspense>
          <Finder key={finding} />
        </Suspense>
      )}
    </AppShell>
  );
}

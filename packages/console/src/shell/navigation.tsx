// This is the column of tools at the left, with all settings of the person where one of them is open; a drawer on narrow
// windows.
import { NavLink, Stack, Text } from '@mantine/core';
import { useLocation } from '@tanstack/react-router';
import { FlaskConical, House } from 'lucide-react';
import { useStart } from '../graph/start.ts';
import { type AccountPage, accountPages } from './account-pages.ts';
import { NavigationLink } from './navigation-link.tsx';
import { dashboards, tools } from './tools.ts';

const EMULATOR = '/console/emulator';

export function Navigation({ onGo }: { onGo: () => void }) {
  const { pathname } = useLocation();
  const { data: start } = useStart();
  const open = pathname.replace(/\/$/, '');
  const inSettings = pathname.startsWith('/console/settings');
  const all = (
    <Stack gap={2} component="nav" aria-label="Tools">
      <NavigationLink to="/" label="Start" icon={House} active={pathname === '/'} onGo={onGo} />
      <Heading words="Tools" />
      {tools.map(({ path, label, icon }) => (
        <NavigationLink key={path} to={path} label={label} icon={icon} active={open === path} onGo={onGo} />
      ))}
      <Heading words="Manage" />
      {dashboards.map(({ path, label, icon }) => (
        <NavigationLink key={path} to={path} label={label} icon={icon} active={pathname.startsWith(path)} onGo={onGo} />
      ))}
      {start?.demo && (
        <NavigationLink
          to={EMULATOR}
          label="Emulator"
          icon={FlaskConical}
          active={pathname.startsWith(EMULATOR)}
          onGo={onGo}
        />
      )}
      {!inSettings && <You pages={accountPages.slice(0, 2)} open={open} onGo={onGo} />}
    </Stack>
  );
  if (!inSettings) return all;
  return (
    <Stack gap={2}>
      {all}
      <Stack gap={2} component="nav" aria-label="Your settings">
        <You pages={accountPages} open={open} onGo={onGo} />
      </Stack>
    </Stack>
  );
}

/** The settings of the person: the first ones everywhere, all of them where one is open. */
function You({ pages, open, onGo }: { pages: readonly AccountPage[]; open: string; onGo: () => void }) {
  return (
    <>
      <Heading words="You" />
      {pages.map(({ to, label, icon: Icon, plain }) =>
        plain ? (
          <NavLink key={to} component="a" href={to} label={label} leftSection={<Icon size={18} />} />
        ) : (
          <NavigationLink key={to} to={to} label={label} icon={Icon} active={open === to} exact onGo={onGo} />
        ),
      )}
    </>
  );
}

const Heading = ({ words }: { words: string }) => (
  <Text size="xs" fw={600} c="dimmed" px="sm" pt="md" pb={4}>
    {words}
  </Text>
);

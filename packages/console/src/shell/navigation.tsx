// This is the column of tools at the left; a drawer on narrow windows.
import { Stack, Text } from '@mantine/core';
import { useLocation } from '@tanstack/react-router';
import { FlaskConical, House } from 'lucide-react';
import { useStart } from '../graph/start.ts';
import { accountPages } from './account-pages.ts';
import { NavigationLink } from './navigation-link.tsx';
import { dashboards, tools } from './tools.ts';

const EMULATOR = '/console/emulator';

export function Navigation({ onGo }: { onGo: () => void }) {
  const { pathname } = useLocation();
  const { data: start } = useStart();
  const open = pathname.replace(/\/$/, '');
  return (
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
      <Heading words="You" />
      {accountPages.slice(0, 2).map(({ to, label, icon }) => (
        <NavigationLink key={to} to={to} label={label} icon={icon} active={pathname === to} exact onGo={onGo} />
      ))}
    </Stack>
  );
}

const Heading = ({ words }: { words: string }) => (
  <Text size="xs" fw={600} c="dimmed" px="sm" pt="md" pb={4}>
    {words}
  </Text>
);

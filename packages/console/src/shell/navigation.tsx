// This is the column of tools at the left; a drawer on narrow windows.
import { NavLink, Stack, Text } from '@mantine/core';
import { Link, useLocation } from '@tanstack/react-router';
import { FlaskConical, House } from 'lucide-react';
import { useStart } from '../graph/start.ts';
import { accountPages } from './account-pages.ts';
import { dashboards, tools } from './tools.ts';

export function Navigation({ onGo }: { onGo: () => void }) {
  const { pathname } = useLocation();
  const { data: start } = useStart();
  return (
    <Stack gap={2} component="nav" aria-label="Tools">
      <NavLink
        component={Link}
        to="/"
        label="Start"
        leftSection={<House size={18} />}
        active={pathname === '/'}
        onClick={onGo}
      />
      <Text size="xs" fw={600} c="dimmed" px="sm" pt="md" pb={4}>
        Tools
      </Text>
      {tools.map(({ path, label, icon: Icon }) => (
        <NavLink
          key={path}
          component={Link}
          to={path}
          label={label}
          leftSection={<Icon size={18} />}
          active={pathname.replace(/\/$/, '') === path}
          onClick={onGo}
        />
      ))}
      <Text size="xs" fw={600} c="dimmed" px="sm" pt="md" pb={4}>
        Manage
      </Text>
      {dashboards.map(({ path, label, icon: Icon }) => (
        <NavLink
          key={path}
          component={Link}
          to={path}
          label={label}
          leftSection={<Icon size={18} />}
          active={pathname.startsWith(path)}
          onClick={onGo}
        />
      ))}
      {start?.demo && (
        <NavLink
          component={Link}
          to="/console/emulator"
          label="Emulator"
          leftSection={<FlaskConical size={18} />}
          active={pathname.startsWith('/console/emulator')}
          onClick={onGo}
        />
      )}
      <Text size="xs" fw={600} c="dimmed" px="sm" pt="md" pb={4}>
        You
      </Text>
      {accountPages.slice(0, 2).map(({ to, label, icon: Icon }) => (
        <NavLink
          key={to}
          component={Link}
          to={to}
          label={label}
          leftSection={<Icon size={18} />}
          active={pathname === to}
          activeOptions={{ exact: true }}
          onClick={onGo}
        />
      ))}
    </Stack>
  );
}

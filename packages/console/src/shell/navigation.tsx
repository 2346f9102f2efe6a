// This is the column of tools at the left; a drawer on narrow windows.
import { NavLink, Stack, Text } from '@mantine/core';
import { Link, useLocation } from '@tanstack/react-router';
import { CircleUser, House, LayoutGrid } from 'lucide-react';
import { tools } from './tools.ts';

export function Navigation({ onGo }: { onGo: () => void }) {
  const { pathname } = useLocation();
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
        You
      </Text>
      <NavLink component="a" href="/settings" label="Your account" leftSection={<CircleUser size={18} />} />
      <NavLink component="a" href="/settings/apps" label="Apps and websites" leftSection={<LayoutGrid size={18} />} />
    </Stack>
  );
}

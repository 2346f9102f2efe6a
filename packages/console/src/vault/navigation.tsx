// The column of places at the left of a vault's console; a drawer on narrow windows.
import { NavLink, Stack } from '@mantine/core';
import { Link, useLocation } from '@tanstack/react-router';
import { HOME, places } from './places.ts';

export function VaultNavigation({ onGo }: { onGo: () => void }) {
  const { pathname } = useLocation();
  const isOpen = (path: string): boolean =>
    path === HOME
      ? pathname.replace(/\/$/, '') === HOME || pathname.startsWith(`${HOME}/connections/`)
      : pathname.startsWith(path);
  return (
    <Stack gap={2} component="nav" aria-label="Vault">
      {places.map(({ path, label, icon: Icon }) => (
        <NavLink
          key={path}
          component={Link}
          to={path}
          label={label}
          leftSection={<Icon size={18} />}
          active={isOpen(path)}
          activeOptions={{ exact: true }}
          onClick={onGo}
        />
      ))}
    </Stack>
  );
}

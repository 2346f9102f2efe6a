// The column of places at the left of a vault's console; a drawer on narrow windows.
import { Stack } from '@mantine/core';
import { useLocation } from '@tanstack/react-router';
import { NavigationLink } from '../shell/navigation-link.tsx';
import { HOME, places } from './places.ts';

export function VaultNavigation({ onGo }: { onGo: () => void }) {
  const { pathname } = useLocation();
  const isOpen = (path: string): boolean =>
    path === HOME
      ? pathname.replace(/\/$/, '') === HOME || pathname.startsWith(`${HOME}/connections/`)
      : pathname.startsWith(path);
  return (
    <Stack gap={2} component="nav" aria-label="Vault">
      {places.map(({ path, label, icon }) => (
        <NavigationLink key={path} to={path} label={label} icon={icon} active={isOpen(path)} exact onGo={onGo} />
      ))}
    </Stack>
  );
}

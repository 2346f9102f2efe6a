// This is the column of tools at the left, with all settings of the person where one of them is open; a drawer on narrow
// windows.
import { NavLink, Stack, Text } from '@mantine/core';
import { Link, useLocation } from '@tanstack/react-router';
import { FlaskConical, House } from 'lucide-react';
import { useStart } from '../graph/start.ts';
import { type AccountPage, accountPages } from './account-pages.ts';
import { dashboards, tools } from './tools.ts';

export function Navigation({ onGo }: { onGo: () => void }) {
  const { pathname } = useLocation();
  const { data: start } = useStart();
  const inSettings = pathname.startsWith('/console/settings');
  const all = (
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
      {!inSettings && <You pages={accountPages.slice(0, 2)} onGo={onGo} />}
    </Stack>
  );
  if (!inSettings) return all;
  return (
    <Stack gap={2}>
      {all}
      <Stack gap={2} component="nav" aria-label="Your settings">
        <You pages={accountPages} onGo={onGo} />
      </Stack>
    </Stack>
  );
}

/** The settings of the person: the first ones everywhere, all of them where one is open. */
function You({ pages, onGo }: { pages: readonly AccountPage[]; onGo: () => void }) {
  const { pathname } = useLocation();
  return (
    <>
      <Text size="xs" fw={600} c="dimmed" px="sm" pt="md" pb={4}>
        You
      </Text>
      {pages.map(({ to, label, icon: Icon, plain }) =>
        plain ? (
          <NavLink key={to} component="a" href={to} label={label} leftSection={<Icon size={18} />} />
        ) : (
          <NavLink
            key={to}
            component={Link}
            to={to}
            label={label}
            leftSection={<Icon size={18} />}
            active={pathname.replace(/\/$/, '') === to}
            activeOptions={{ exact: true }}
            onClick={onGo}
          />
        ),
      )}
    </>
  );
}

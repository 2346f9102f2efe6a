// The frame of every page: bar with the tools, content, drawer of calls.
import { AppShell, Burger, Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Outlet } from '@tanstack/react-router';

export function Shell() {
  const [open, { toggle }] = useDisclosure();
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 240, breakpoint: 'sm', collapsed: { mobile: !open } }}
      padding="md"
    >
      <AppShell.Header>
        <Group h="100%" px="md">
          <Burger opened={open} onClick={toggle} hiddenFrom="sm" size="sm" aria-label="Menu" />
          Hallpass
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="md">…</AppShell.Navbar>
      <AppShell.Main>
        <Outlet />
      </AppShell.Main>
    </AppShell>
  );
}

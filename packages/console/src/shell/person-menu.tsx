// This menu shows who is logged in, with the ways to the account and out; or the way in.
import { Avatar, Button, Menu, Skeleton, Text, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { LogIn, LogOut, Settings } from 'lucide-react';
import { logInAddress, useSession } from '../graph/session.ts';
import { sendForm, useStart } from '../graph/start.ts';

export function PersonMenu() {
  const session = useSession();
  const { data: start } = useStart();
  if (session === undefined) return <Skeleton circle h={36} w={36} />;
  if (session === null)
    return (
      <Button size="compact-md" leftSection={<LogIn size={16} />} component="a" href={logInAddress()}>
        Log in
      </Button>
    );
  const out = start?.log_out;
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <UnstyledButton>
          <Avatar name={session.name} color="note" size={36} radius="xl" aria-hidden />
          <VisuallyHidden>Account of {session.name}</VisuallyHidden>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text size="sm" fw={600} c="var(--ink)" className="breaks">
            <bdi>{session.name}</bdi>
          </Text>
        </Menu.Label>
        <Menu.Item component={Link} to="/console/settings" leftSection={<Settings size={16} />}>
          Your settings
        </Menu.Item>
        {out !== undefined && (
          <Menu.Item leftSection={<LogOut size={16} />} onClick={() => sendForm(out)}>
            Log out
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

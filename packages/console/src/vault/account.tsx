// This menu shows which key is signed in, for which tenant, with which rights; and the way out.
import { Avatar, Menu, Text, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { LogOut } from 'lucide-react';
import { dated } from '../parts/moment.tsx';
import { signOut, vaultSession } from './session.ts';

export function Account() {
  const session = vaultSession.use();
  const client = useQueryClient();
  if (!session) return null;
  const { key, tenant, rights, expiresAt } = session;
  return (
    <Menu position="bottom-end" width={280}>
      <Menu.Target>
        <UnstyledButton>
          <Avatar name={key.name} color="note" size={36} radius="xl" aria-hidden />
          <VisuallyHidden>Signed in with {key.name}</VisuallyHidden>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text size="sm" fw={600} c="var(--ink)" className="breaks">
            <bdi>{key.name}</bdi>
          </Text>
          <Text size="xs">Tenant {tenant}</Text>
          <Text size="xs">Rights: {rights.join(', ') || 'none'}</Text>
          <Text size="xs">Until {dated(expiresAt)}</Text>
        </Menu.Label>
        <Menu.Item
          leftSection={<LogOut size={16} />}
          onClick={() => {
            void signOut().then(() => client.clear());
          }}
        >
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

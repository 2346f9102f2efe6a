// A person's profile: the name that apps see, and the ways to everything else about the account.
import { Stack, Table, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { UserRound } from 'lucide-react';
import { plainPaths } from '@hallpass/pages/places';
import { call } from '../../graph/door.ts';
import { useSession } from '../../graph/session.ts';
import { Card } from '../../parts/card.tsx';
import { Id } from '../../parts/copy.tsx';
import { FormView } from '../../parts/form/form-view.tsx';
import { useForm } from '../../parts/form/use-form.ts';
import { accountPages } from '../../shell/account-pages.ts';
import { SettingsFrame } from './frame.tsx';

export function ProfilePage() {
  const session = useSession();
  const client = useQueryClient();
  const form = useForm({
    queryKey: ['profile', session?.id ?? ''],
    read: async () => {
      const { name, email = '' } = await call<{ name: string; email?: string }>('GET', '/me', { fields: 'name,email' });
      return { name, email };
    },
    write: ({ name }, _values, read) => call('POST', '/me/profile', { name, unchanged: JSON.stringify(read) }),
    labels: { name: 'Name', email: 'E-mail address' },
    check: ({ name }) => (name.trim() === '' ? { name: 'A name has letters.' } : {}),
    saved: 'From now on, apps see the new name.',
    onSaved: () => void client.invalidateQueries({ queryKey: ['session'] }),
  });
  return (
    <SettingsFrame
      current="/console/settings"
      title="Profile"
      lead="What apps see of you, if you let them."
      icon={UserRound}
    >
      <Card>
        <FormView form={form} label="Profile">
          {({ text, values }) => (
            <Stack gap="md" maw={560}>
              <TextInput {...text('name')} required autoComplete="name" />
              <Table className="facts" verticalSpacing="xs">
                <Table.Tbody>
                  <Table.Tr>
                    <Table.Th scope="row">E-mail address</Table.Th>
                    <Table.Td className="breaks">
                      {values.email === '' ? 'None' : <bdi>{values.email}</bdi>} <a href={plainPaths.email}>Change</a>
                    </Table.Td>
                  </Table.Tr>
                  <Table.Tr>
                    <Table.Th scope="row">Your id here</Table.Th>
                    <Table.Td>
                      {session && <Id value={session.id} what="your id" />}
                      <Text size="xs" c="dimmed">
                        Each app knows you by a different id.
                      </Text>
                    </Table.Td>
                  </Table.Tr>
                </Table.Tbody>
              </Table>
            </Stack>
          )}
        </FormView>
      </Card>
      <div className="tiles">
        {accountPages
          .filter(({ to }) => to !== '/console/settings')
          .map(({ to, label, words, icon: Icon, plain }) => {
            const content = (
              <>
                <Icon size={20} aria-hidden />
                <span className="row-title">
                  <Text span fw={600}>
                    {label}
                  </Text>
                  <Text span size="sm" c="dimmed">
                    {words}
                  </Text>
                </span>
              </>
            );
            return plain ? (
              <a key={to} href={to} className="tile">
                {content}
              </a>
            ) : (
              <Link key={to} to={to} className="tile">
                {content}
              </Link>
            );
          })}
      </div>
    </SettingsFrame>
  );
}

// Configurations of Login for Business: what the dialog asks for when an app names one, and whose token comes of it.
import { Alert, Anchor, Badge, Button, Group, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Info, Plus, ScrollText } from 'lucide-react';
import { ending } from '../../../graph/would-end.ts';
import { Card } from '../../../parts/card.tsx';
import { confirmAct } from '../../../parts/confirm.tsx';
import { Id } from '../../../parts/copy.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { type RecordColumn, RecordTable } from '../../../parts/records/record-table.tsx';
import { useRecords } from '../../../parts/records/use-records.ts';
import { openWindow } from '../../../parts/windows/open-window.ts';
import { type App, may } from '../app.ts';
import { AppPage } from '../frame.tsx';
import { addressOfApp } from '../../../shell/app-sections.ts';
import type { LoginConfiguration } from './configuration.ts';

const kinds = { user: 'User', system_user: 'System user' } as const;

export function ConfigurationsPage() {
  return (
    <AppPage
      section="/login"
      title="Configurations"
      lead="With Login for Business, an app asks for a configuration instead of single permissions."
      actions={(app) =>
        may(app, 'change_roles') ? (
          <Button leftSection={<Plus size={16} />} onClick={() => void edit(app)}>
            Create configuration
          </Button>
        ) : null
      }
    >
      {(app) => (may(app, 'change_roles') ? <Configurations app={app} /> : <Text>Only administrators see them.</Text>)}
    </AppPage>
  );
}

/** Loads the form when it's wanted: most people look at the list alone. */
async function edit(app: App, configuration?: LoginConfiguration): Promise<void> {
  const { ConfigurationForm } = await import('./configuration-form.tsx');
  const close = openWindow({
    title: configuration ? `Edit ${configuration.name}` : 'New configuration',
    size: 'lg',
    children: <ConfigurationForm app={app} configuration={configuration} onDone={() => close()} />,
  });
}

function Configurations({ app }: { app: App }) {
  const { id: appId, login_type: type } = app;
  const client = useQueryClient();
  const records = useRecords<LoginConfiguration>({
    queryKey: ['login-configurations', appId],
    path: `/${appId}/login_configurations`,
  });
  const remove = async ({ id, name }: LoginConfiguration) => {
    await confirmAct({
      title: `Delete the configuration ${name}?`,
      children: 'Dialogs that use it stop working. Permissions that people and businesses have already granted stay.',
      isFinal: true,
      confirm: 'Delete',
      ...ending('DELETE', `/${appId}/login_configurations`, { configuration_id: id }),
      done: 'Deleted.',
    });
    await client.invalidateQueries({ queryKey: ['login-configurations', appId] });
  };
  const columns: readonly RecordColumn<LoginConfiguration>[] = [
    { id: 'name', header: 'Name', value: ({ name }) => name },
    { id: 'id', header: 'config_id', value: ({ id }) => id, cell: ({ id }) => <Id value={id} what="config_id" /> },
    {
      id: 'token',
      header: 'Token',
      value: ({ token_type: kind }) => kinds[kind],
      cell: ({ token_type: kind, token_expiration: ends }) => (
        <Badge variant="light" color="note">
          {kinds[kind]}
          {kind === 'system_user' ? `, ${ends === 'never' ? 'never ends' : '60 days'}` : ''}
        </Badge>
      ),
    },
    { id: 'permissions', header: 'Permissions', value: ({ permissions }) => permissions.join(', ') },
    { id: 'assets', header: 'Chosen in the dialog', value: ({ assets }) => assets.join(', ') || 'nothing' },
    {
      id: 'acts',
      header: 'Actions',
      sorts: false,
      value: () => '',
      cell: (one) => (
        <Group gap={4} wrap="nowrap">
          <Button
            variant="default"
            size="compact-sm"
            onClick={() => void edit(app, one)}
            aria-label={`Edit ${one.name}`}
          >
            Edit
          </Button>
          <Button
            variant="subtle"
            color="danger"
            size="compact-sm"
            onClick={() => void remove(one)}
            aria-label={`Delete ${one.name}`}
          >
            Delete
          </Button>
        </Group>
      ),
    },
  ];
  return (
    <>
      {type === 'classic' && (
        <Alert color="note" variant="light" icon={<Info size={18} />}>
          The app uses the classic log-in: no dialog reads its configurations. Switch it in the{' '}
          <Anchor component={Link} to={addressOfApp(appId, '/login')}>
            login settings
          </Anchor>
          .
        </Alert>
      )}
      <Card>
        <RecordTable
          records={records}
          columns={columns}
          rowId={({ id }) => id}
          label="Configurations"
          empty={
            <Empty icon={ScrollText} title="No configurations yet">
              Create one, and send its id as config_id.
            </Empty>
          }
        />
      </Card>
    </>
  );
}

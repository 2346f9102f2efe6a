// With Login for Business an app asks for configurations, and single permissions can't be had. Who misses a permission sees which
// configuration asks for it, and an administrator makes one that does.
import { Button, CloseButton, Select, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { call } from '../../../graph/door.ts';
import { type MyApp, useConfigurations } from '../../../graph/my-apps.ts';
import { FormView } from '../../../parts/form/form-view.tsx';
import { useForm } from '../../../parts/form/use-form.ts';
import { openWindow } from '../../../parts/windows/open-window.ts';
import { setExplorer, useExplorer } from '../state.ts';
import { AddPermission } from './add-permission.tsx';
import { PermissionChips } from './permission-chips.tsx';
import { usePermissionWords } from './use-permission-words.ts';

export function ConfigurationChoice({ app }: { app: MyApp }) {
  const { configuration } = useExplorer();
  const { data, isLoading } = useConfigurations(app);
  if (isLoading) return <Skeleton h={80} />;
  const mayMake = app.my_roles.includes('administrators');
  const chosen = data?.find(({ id }) => id === configuration);
  return (
    <Stack gap="xs">
      {data === undefined || data.length === 0 ? (
        <Text size="sm" c="dimmed">
          <bdi>{app.name}</bdi> uses Login for Business: it asks for a configuration instead of single permissions.{' '}
          {mayMake ? 'It has none yet.' : 'Only its administrators create and see them.'}
        </Text>
      ) : (
        <Select
          label="Configuration"
          description={`${app.name} uses Login for Business: single permissions can’t be asked for.`}
          placeholder="Choose one"
          data={data.map(({ id, name }) => ({ value: id, label: name }))}
          value={chosen?.id ?? null}
          onChange={(value) => setExplorer({ configuration: value ?? undefined })}
          rightSection={
            chosen ? (
              <CloseButton size="sm" aria-label="Clear" onClick={() => setExplorer({ configuration: undefined })} />
            ) : undefined
          }
        />
      )}
      {chosen && (
        <Text size="xs" c="dimmed" className="breaks">
          Asks for {chosen.permissions.join(', ')}.
        </Text>
      )}
      {mayMake && (
        <Stack gap={4} align="flex-start">
          <Text size="xs" c="dimmed">
            Is a permission missing here? Create a configuration that asks for it.
          </Text>
          <Button variant="light" size="compact-xs" leftSection={<Plus size={14} />} onClick={() => make(app)}>
            Create a configuration
          </Button>
        </Stack>
      )}
    </Stack>
  );
}

function make(app: MyApp): void {
  const close = openWindow({
    title: `A configuration of ${app.name}`,
    size: 'lg',
    children: <MakeConfiguration app={app} onDone={() => close()} />,
  });
}

interface NewConfiguration {
  [name: string]: string | readonly string[];
  name: string;
  permissions: readonly string[];
}

const nothingYet: NewConfiguration = { name: '', permissions: [] };

function MakeConfiguration({ app, onDone }: { app: MyApp; onDone: () => void }) {
  const client = useQueryClient();
  const { data: words } = usePermissionWords(true);
  const form = useForm<NewConfiguration>({
    queryKey: ['make-configuration', app.id],
    read: () => nothingYet,
    write: (_changed, { name, permissions }) =>
      call<{ id: string }>('POST', `/${app.id}/login_configurations`, {
        name: name.trim(),
        token_type: 'user',
        assets: words && permissions.some(words.isAboutPages) ? 'pages' : '',
        permissions: permissions.join(','),
      }),
    labels: { name: 'Name', permissions: 'Permissions' },
    check: ({ name, permissions }) => ({
      ...(name.trim() === '' ? { name: 'Give it a name.' } : {}),
      ...(permissions.length === 0 ? { permissions: 'Add at least one.' } : {}),
    }),
    saved: 'The configuration has been created and chosen.',
    onSaved(answer) {
      if (typeof answer === 'object' && answer !== null && 'id' in answer)
        setExplorer({ configuration: String(answer.id) });
      void client.invalidateQueries({ queryKey: ['configurations', app.id] });
      onDone();
    },
    isNew: true,
  });
  return (
    <FormView form={form} label={`A configuration of ${app.name}`} submit="Create">
      {(fields) => {
        const { value: names, error, onChange } = fields.choice('permissions');
        return (
          <>
            <TextInput {...fields.text('name')} maxLength={100} data-autofocus />
            <Stack gap={6} align="flex-start">
              <AddPermission
                words={words}
                inWindow
                chosen={names}
                offers={(name) => words?.inConfigurations(name) ?? false}
                onAdd={(added) => onChange([...new Set([...names, ...added])])}
              />
              <PermissionChips
                label="Permissions of the configuration"
                names={names}
                onRemove={(name) => onChange(names.filter((one) => one !== name))}
              />
              {error !== undefined && (
                <Text size="xs" c="danger" role="alert">
                  {error}
                </Text>
              )}
            </Stack>
          </>
        );
      }}
    </FormView>
  );
}

// This list shows permissions: those that the next token is asked for, and Add a Permission with all there are. Beside
// each that the app can't have just so stands the reason, and what repairs it.
import {
  Badge,
  Button,
  CloseButton,
  Combobox,
  Group,
  Pill,
  Select,
  Skeleton,
  Stack,
  Text,
  Textarea,
  useCombobox,
} from '@mantine/core';
import { modals } from '@mantine/modals';
import { useQuery } from '@tanstack/react-query';
import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { call } from '../../../graph/door.ts';
import type { PermissionWord } from '../../../graph/permission-words.ts';
import type { Start } from '../../../graph/start.ts';
import { toastDone, toastFailure } from '../../../parts/failure.tsx';
import { type MyApp, useAdvancedAccess, useConfigurations } from '../../../graph/my-apps.ts';
import { setExplorer, useExplorer } from '../state.ts';
import { useGranted } from './token-query.ts';

/** The headings of the list, in its order. */
const headings: Readonly<Record<PermissionWord['group'], string>> = {
  profile: 'User Data Permissions',
  pages: 'Events, Groups, and Pages Permissions',
  groups: 'Events, Groups, and Pages Permissions',
  business: 'Business and advertising',
  commerce: 'Commerce',
  instagram: 'Instagram',
  threads: 'Threads',
  whatsapp: 'WhatsApp',
  games: 'Other',
};

const useWords = () =>
  useQuery({
    queryKey: ['permission-words'],
    queryFn: async () => (await import('../../../graph/permission-words.ts')).permissionWords,
    staleTime: Number.POSITIVE_INFINITY,
  });

export function Permissions({ start, app }: { start: Start; app: MyApp }) {
  const { permissions, token } = useExplorer();
  const { data: granted } = useGranted(start, token);
  const { data: words } = useWords();
  if (app.login_type === 'business') return <ConfigurationChoice app={app} />;
  const held = [...(granted ?? [])].filter(([, status]) => status === 'granted').map(([name]) => name);
  const chosen = [...new Set(['public_profile', ...permissions])];
  return (
    <Stack gap="xs">
      <Text size="sm" fw={500} id="permissions-label">
        Permissions
      </Text>
      <Group gap={6} role="list" aria-labelledby="permissions-label">
        {chosen.map((name) => (
          <Pill
            key={name}
            role="listitem"
            size="md"
            title={words?.find((one) => one.name === name)?.words}
            withRemoveButton={name !== 'public_profile'}
            removeButtonProps={{ 'aria-label': `Remove ${name}`, tabIndex: 0, 'aria-hidden': false }}
            onRemove={() => setExplorer({ permissions: permissions.filter((one) => one !== name) })}
          >
            {name}
          </Pill>
        ))}
      </Group>
      <AddPermission app={app} words={words} chosen={chosen} granted={granted} />
      {held.length > 0 && (
        <Text size="xs" c="dimmed" className="breaks">
          The token in the box has: {held.join(', ')}. A token is a snapshot: what you add counts for the next one.
        </Text>
      )}
    </Stack>
  );
}

interface AddProps {
  app: MyApp;
  words: readonly PermissionWord[] | undefined;
  chosen: readonly string[];
  granted: ReadonlyMap<string, string> | undefined;
}

function AddPermission({ app, words, chosen, granted }: AddProps) {
  const { permissions } = useExplorer();
  const { data: advanced } = useAdvancedAccess(app.id);
  const [search, setSearch] = useState('');
  const combobox = useCombobox({
    onDropdownClose: () => {
      combobox.resetSelectedOption();
      setSearch('');
    },
    onDropdownOpen: () => combobox.focusSearchInput(),
  });
  const terms = search.toLowerCase().split(/\s+/).filter(Boolean);
  const found = (words ?? []).filter(
    ({ name, title, words: sentence }) =>
      !chosen.includes(name) && terms.every((term) => `${name} ${title} ${sentence}`.toLowerCase().includes(term)),
  );
  const groups = [...new Set(Object.values(headings))];
  return (
    <Combobox
      store={combobox}
      width={380}
      withinPortal={false}
      position="bottom-end"
      onOptionSubmit={(name) => {
        setExplorer({ permissions: [...permissions, name] });
        setSearch('');
      }}
    >
      <Combobox.Target targetType="button">
        <Button
          variant="default"
          justify="space-between"
          rightSection={<ChevronDown size={16} />}
          onClick={() => combobox.toggleDropdown()}
          disabled={words === undefined}
        >
          Add a Permission
        </Button>
      </Combobox.Target>
      <Combobox.Dropdown maw="calc(100vw - 24px)">
        <Combobox.Search
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          placeholder="Search by name or by what it allows"
          aria-label="Search for a permission"
        />
        <Combobox.Options aria-label="Permissions" mah={340} className="scrolls" tabIndex={0}>
          {groups.map((heading) => {
            const inGroup = found.filter(({ group }) => headings[group] === heading);
            if (inGroup.length === 0) return null;
            return (
              <Combobox.Group key={heading} label={heading}>
                {inGroup.map((one) => (
                  <Combobox.Option key={one.name} value={one.name}>
                    <Group gap={6}>
                      <Text span size="sm" className="mono breaks">
                        {one.name}
                      </Text>
                      {granted?.get(one.name) === 'declined' && (
                        <Badge size="xs" color="warn" variant="light">
                          You said no
                        </Badge>
                      )}
                      {advanced && !advanced.has(one.name) && (
                        <Badge size="xs" color="note" variant="light">
                          People with a role only
                        </Badge>
                      )}
                    </Group>
                    <Text span size="xs" c="dimmed" display="block">
                      {one.words}
                      {one.dependsOn.length > 0 ? ` Brings ${one.dependsOn.join(', ')} along.` : ''}
                    </Text>
                  </Combobox.Option>
                ))}
              </Combobox.Group>
            );
          })}
          {found.length === 0 && <Combobox.Empty>No permission is called that.</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
      <Reasons app={app} chosen={chosen} advanced={advanced} granted={granted} />
    </Combobox>
  );
}

/** For each chosen permission that comes with a condition: the condition, and the button that lifts it. */
function Reasons({
  app,
  chosen,
  advanced,
  granted,
}: Omit<AddProps, 'words'> & { advanced: ReadonlySet<string> | undefined }) {
  const mayAsk = app.my_roles.includes('administrators');
  const limited = advanced === undefined ? [] : chosen.filter((name) => !advanced.has(name));
  const declined = chosen.filter((name) => granted?.get(name) === 'declined');
  return (
    <Stack gap={6}>
      {declined.map((name) => (
        <Text key={name} size="xs" c="dimmed" className="breaks">
          You said no to <b>{name}</b> before. The next dialog asks again.
        </Text>
      ))}
      {limited.map((name) => (
        <Stack key={name} gap={4} align="flex-start">
          <Text size="xs" c="dimmed" className="breaks">
            <b>{name}</b> works for people with a role on {app.name} alone: it has standard access.
          </Text>
          {mayAsk && (
            <Button variant="light" size="compact-xs" onClick={() => askForAdvanced(app, name)}>
              Ask for advanced access
            </Button>
          )}
        </Stack>
      ))}
      {app.mode === 'development' && (
        <Text size="xs" c="dimmed">
          {app.name} is in development: only people with a role on it can log in.
        </Text>
      )}
    </Stack>
  );
}

function askForAdvanced(app: MyApp, permission: string): void {
  const id = modals.open({
    title: `Advanced access to ${permission}`,
    closeButtonProps: { 'aria-label': 'Close' },
    children: <AskForAdvanced app={app} permission={permission} onDone={() => modals.close(id)} />,
  });
}

function AskForAdvanced({ app, permission, onDone }: { app: MyApp; permission: string; onDone: () => void }) {
  const [useCase, setUseCase] = useState('');
  const [busy, setBusy] = useState(false);
  const send = async () => {
    setBusy(true);
    try {
      await call('POST', `/${app.id}/access_requests`, { permission, use_case: useCase });
      toastDone('A reviewer of the platform decides about it.');
      onDone();
    } catch (error) {
      toastFailure(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Stack>
      <Textarea
        label={`What ${app.name} needs it for`}
        value={useCase}
        onChange={(event) => setUseCase(event.currentTarget.value)}
        minRows={3}
        autosize
        maxLength={4000}
        data-autofocus
      />
      <Group justify="flex-end">
        <Button loading={busy} disabled={useCase.trim() === ''} onClick={() => void send()}>
          Send the request
        </Button>
      </Group>
    </Stack>
  );
}

/** With Login for Business an app asks for configurations: single permissions can't be had. */
function ConfigurationChoice({ app }: { app: MyApp }) {
  const { configuration } = useExplorer();
  const { data, isLoading, error } = useConfigurations(app);
  if (isLoading) return <Skeleton h={80} />;
  if (error || data === undefined || data.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {app.name} uses Login for Business: it asks for a configuration in place of single permissions. Its
        administrators make and see them.
      </Text>
    );
  const chosen = data.find(({ id }) => id === configuration);
  return (
    <Stack gap="xs">
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
      {chosen && (
        <Text size="xs" c="dimmed" className="breaks">
          Asks for {chosen.permissions.join(', ')}.
        </Text>
      )}
    </Stack>
  );
}

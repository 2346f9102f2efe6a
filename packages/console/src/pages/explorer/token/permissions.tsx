// The permissions that the next token is asked for, those that the token in the box has, and what stands in the way of each.
import { Skeleton, Stack, Text } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { type MyApp, useAdvancedAccess } from '../../../graph/my-apps.ts';
import type { Start } from '../../../graph/start.ts';
import { setExplorer, useExplorer } from '../state.ts';
import { AddPermission } from './add-permission.tsx';
import { PermissionChips } from './permission-chips.tsx';
import { PermissionConditions } from './permission-conditions.tsx';
import { useGranted } from './token-query.ts';
import { usePermissionWords } from './use-permission-words.ts';

const ConfigurationChoice = lazy(async () => ({
  default: (await import('./configuration-choice.tsx')).ConfigurationChoice,
}));

export function Permissions({ start, app }: { start: Start; app: MyApp }) {
  return app.login_type === 'business' ? (
    <Suspense fallback={<Skeleton h={80} />}>
      <ConfigurationChoice app={app} />
    </Suspense>
  ) : (
    <SinglePermissions start={start} app={app} />
  );
}

function SinglePermissions({ start, app }: { start: Start; app: MyApp }) {
  const { permissions, token, ofNoPerson } = useExplorer();
  const { data: granted } = useGranted(start, ofNoPerson ? '' : token);
  const [wanted, setWanted] = useState(false);
  const { data: words } = usePermissionWords(wanted);
  const { data: advanced } = useAdvancedAccess(app.id);
  const held = [...(granted ?? [])].filter(([, status]) => status === 'granted').map(([name]) => name);
  const chosen = [...new Set(['public_profile', ...permissions])];
  return (
    <Stack gap="xs">
      <Text size="sm" fw={500}>
        Permissions
      </Text>
      <PermissionChips
        label="Permissions"
        names={chosen}
        words={words?.permissionWords}
        fixed="public_profile"
        onRemove={(name) => setExplorer({ permissions: permissions.filter((one) => one !== name) })}
      />
      <AddPermission
        words={words}
        onWanted={() => setWanted(true)}
        chosen={chosen}
        granted={granted}
        advanced={advanced}
        onAdd={(names) => setExplorer({ permissions: [...new Set([...permissions, ...names])] })}
      />
      <PermissionConditions app={app} chosen={chosen} granted={granted} advanced={advanced} />
      {held.length > 0 && (
        <Text size="xs" c="dimmed" className="breaks">
          The token in the box has: {held.join(', ')}. A token is a snapshot: permissions you add apply to the next one.
        </Text>
      )}
    </Stack>
  );
}

// For each chosen permission that comes with a condition: the condition, and the button that lifts it.
import { Button, Stack, Text } from '@mantine/core';
import type { MyApp } from '../../../graph/my-apps.ts';

/** Loaded when somebody asks. */
const askForAdvanced = async (app: MyApp, permission: string) =>
  (await import('./ask-for-advanced.tsx')).askForAdvanced(app, permission);

interface ConditionsProps {
  app: MyApp;
  chosen: readonly string[];
  granted: ReadonlyMap<string, string> | undefined;
  advanced: ReadonlySet<string> | undefined;
}

export function PermissionConditions({ app, chosen, granted, advanced }: ConditionsProps) {
  const mayAsk = app.my_roles.includes('administrators');
  const limited = advanced === undefined ? [] : chosen.filter((name) => !advanced.has(name));
  const declined = chosen.filter((name) => granted?.get(name) === 'declined');
  if (limited.length === 0 && declined.length === 0 && app.mode !== 'development') return null;
  return (
    <Stack gap={6}>
      {declined.map((name) => (
        <Text key={name} size="xs" c="dimmed" className="breaks">
          You declined <b>{name}</b> before. The next dialog asks for it again.
        </Text>
      ))}
      {limited.map((name) => (
        <Stack key={name} gap={4} align="flex-start">
          <Text size="xs" c="dimmed" className="breaks">
            <b>{name}</b> works for people with a role on <bdi>{app.name}</bdi> only: it has standard access.
            {mayAsk ? '' : ' An administrator of the app can ask for advanced access.'}
          </Text>
          {mayAsk && (
            <Button
              variant="light"
              size="compact-xs"
              aria-label={`Ask for advanced access to ${name}`}
              onClick={() => void askForAdvanced(app, name)}
            >
              Ask for advanced access
            </Button>
          )}
        </Stack>
      ))}
      {app.mode === 'development' && (
        <Text size="xs" c="dimmed">
          <bdi>{app.name}</bdi> is in development: only people with a role on it can log in.
        </Text>
      )}
    </Stack>
  );
}

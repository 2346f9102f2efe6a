// Says on every page that its session has ended, or that somebody else has logged in meanwhile. Nothing on the page goes away.
import { Alert, Button, Group, Text } from '@mantine/core';
import { useSessionChange } from '../graph/session.ts';
import { LogInLink } from '../parts/log-in/log-in-link.tsx';

export function SessionNotice() {
  const change = useSessionChange();
  return (
    <div role="status" className="session-notice">
      {change?.now === 'ended' && (
        <Alert color="warn" variant="light" title="Your session has ended">
          <Text size="sm">
            Your input is kept. <LogInLink /> as <bdi>{change.owner.name}</bdi>, and go on here.
          </Text>
        </Alert>
      )}
      {change?.now === 'another' && (
        <Alert color="warn" variant="light" title={`You’re ${change.other.name} now`}>
          <Group gap="sm">
            <Text size="sm" className="breaks">
              This page shows what <bdi>{change.owner.name}</bdi> saw. Your input stays until you reload it.
            </Text>
            <Button size="compact-sm" variant="default" onClick={() => location.reload()}>
              Reload it
            </Button>
          </Group>
        </Alert>
      )}
    </div>
  );
}

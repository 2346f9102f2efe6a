// A test of each kind of call: the server of the app is called at once, about a user who doesn't exist, and what came back is
// shown.
import { Alert, Anchor, Button, Group, Select, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CircleCheck, OctagonX, Send } from 'lucide-react';
import { useState } from 'react';
import { call } from '../../../graph/door.ts';
import { Card } from '../../../parts/card.tsx';
import { FailureBox } from '../../../parts/failure.tsx';
import type { App } from '../app.ts';
import { addressOfApp } from '../../../shell/app-sections.ts';
import { callKinds, faultInWords } from './call-kinds.ts';

interface TestResult {
  delivered: boolean;
  status?: number;
  ms?: number;
  error?: string;
  url?: string;
  confirmation_code?: string;
}

export function Callbacks({ app: { id: appId } }: { app: App }) {
  const [kind, setKind] = useState<string | null>('deauthorize');
  const sending = useMutation({
    mutationFn: () => call<TestResult>('POST', `/${appId}/callback_tests`, { kind: kind ?? '' }),
  });
  const { data, error } = sending;
  return (
    <Card title="Send a test">
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          Your server is called at once with a real signature, about user 0, who doesn’t exist. The addresses of signed
          requests are in the{' '}
          <Anchor component={Link} to={addressOfApp(appId, '/settings/basic')}>
            basic settings
          </Anchor>{' '}
          and the{' '}
          <Anchor component={Link} to={addressOfApp(appId, '/login')}>
            login settings
          </Anchor>
          .
        </Text>
        <Group gap="xs" align="flex-end">
          <Select
            label="What to send"
            data={Object.entries(callKinds).map(([value, label]) => ({ value, label }))}
            value={kind}
            onChange={setKind}
            allowDeselect={false}
          />
          <Button
            variant="default"
            leftSection={<Send size={16} />}
            loading={sending.isPending}
            onClick={() => sending.mutate()}
          >
            Send test
          </Button>
        </Group>
        <div aria-live="polite">
          {error ? <FailureBox error={error} /> : null}
          {data && (
            <Alert
              color={data.delivered ? 'brand' : 'danger'}
              variant="light"
              icon={data.delivered ? <CircleCheck size={18} /> : <OctagonX size={18} />}
              title={data.delivered ? 'It arrived' : 'It didn’t arrive'}
            >
              <Text size="sm" className="breaks">
                {data.delivered
                  ? `Your server answered ${data.status ?? ''} in ${data.ms ?? 0} ms.`
                  : faultInWords(data.error, data.status)}
              </Text>
              {data.url !== undefined && (
                <Text size="sm" className="breaks">
                  It returned the address {data.url} and the code {data.confirmation_code}.
                </Text>
              )}
            </Alert>
          )}
        </div>
      </Stack>
    </Card>
  );
}

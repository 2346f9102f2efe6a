// Somebody sends a mail to see whether mails arrive.
import { Alert, Button, Group, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Send } from 'lucide-react';
import { useState } from 'react';
import { Card } from '../../../parts/card.tsx';
import { FailureBox } from '../../../parts/failure.tsx';
import { ask } from '../../../vault/ask.ts';

export function TestMail() {
  const [to, setTo] = useState('');
  const sending = useMutation({ mutationFn: () => ask((vault) => vault.testMail({ to: to.trim() })) });
  const { data, error } = sending;
  return (
    <Card title="Test mail">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          sending.mutate();
        }}
      >
        <Group align="flex-end" gap="xs">
          <TextInput
            label="To"
            type="email"
            value={to}
            onChange={(event) => setTo(event.currentTarget.value)}
            className="grows"
            maw={420}
          />
          <Button
            type="submit"
            variant="default"
            leftSection={<Send size={16} />}
            loading={sending.isPending}
            disabled={to.trim() === ''}
          >
            Send a test mail
          </Button>
        </Group>
        <div aria-live="polite">
          {error && <FailureBox error={error} />}
          {data?.sent === true && (
            <Text size="sm" mt="xs">
              The mail server took it. It should arrive in a moment.
            </Text>
          )}
          {data?.sent === false && (
            <Alert color="danger" variant="light" mt="xs" title="The mail wasn’t taken">
              {data.error?.replaceAll('_', ' ')}
            </Alert>
          )}
        </div>
      </form>
    </Card>
  );
}

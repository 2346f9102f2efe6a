// These buttons act on a token: make it last longer, which asks for the password again, and end it.
import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Check } from 'lucide-react';
import { Card } from '../../parts/card.tsx';
import { confirmAct } from '../../parts/confirm.tsx';
import { confirmed } from '../../parts/confirm-password.tsx';
import { Secret } from '../../parts/copy.tsx';
import { toastFailure } from '../../parts/failure.tsx';
import { about } from '../../parts/about.ts';
import { endToken, extend, type Inspection } from './inspection.ts';

interface Props {
  token: string;
  told: Inspection;
  /** Shows another token in place of this one. */
  onDebug: (token: string) => void;
}

export function TokenActs({ token, told, onDebug }: Props) {
  const { extendable, kind, now, data } = told;
  const longer = useMutation({
    mutationFn: async () => {
      const given = await confirmed('A longer-lived token is created only for you, so enter your password again.');
      return given ? extend(token) : undefined;
    },
    onError: (error) => toastFailure(error, 'The token wasn’t extended'),
    gcTime: 0,
  });
  const revoke = async () => {
    const ended = await confirmAct({
      title: 'End this token?',
      children:
        kind === 'page'
          ? 'This Page token stops working at once. Other tokens keep working.'
          : `This token stops working at once, with every token of the same log-in. Other log-ins to ${data.application ?? 'the app'} go on.`,
      reach: (told.family?.children ?? []).map(({ name, id }) => `The Page token of ${name} (${id})`),
      confirm: 'End it',
      isFinal: true,
      act: () => endToken(token),
      done: 'The token has ended.',
    });
    if (ended) onDebug(token);
  };
  const sealed = kind !== undefined && kind !== 'app' && kind !== 'client';
  if (!sealed) return null;
  const made = longer.data;
  return (
    <Card title="Extend or end">
      <Stack gap="sm">
        {data.is_valid && (
          <Text size="sm" c="dimmed">
            {extendable
              ? 'Extending creates a second token, which lasts about 60 days or never expires. This one keeps working until it expires.'
              : kind === 'user'
                ? 'Only the person the token acts for can extend it here, if they have a role on the app. The app’s server can extend it with fb_exchange_token.'
                : 'Only user tokens can be extended here.'}
          </Text>
        )}
        <Group gap="xs">
          {data.is_valid && extendable && (
            <Button onClick={() => longer.mutate()} loading={longer.isPending}>
              Extend Access Token
            </Button>
          )}
          <Button
            variant="default"
            c="danger"
            disabled={told.ended !== undefined && !told.ended.comes_back}
            onClick={() => void revoke()}
          >
            Revoke
          </Button>
        </Group>
        {made && (
          <Alert color="brand" variant="light" icon={<Check size={18} />} title="Access token extended" role="status">
            <Stack gap="xs">
              <Text size="sm">
                {made.expires_at === 0
                  ? 'This token never expires.'
                  : `This token expires ${about(made.expires_at, now)}.`}
              </Text>
              <Group gap="xs">
                <Secret value={made.access_token} what="long-lived token" />
                <Button size="compact-sm" variant="default" onClick={() => onDebug(made.access_token)}>
                  Debug
                </Button>
              </Group>
            </Stack>
          </Alert>
        )}
      </Stack>
    </Card>
  );
}

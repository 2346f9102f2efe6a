// Handing a connection over: another person logs in by a link, or a system user's token takes its place. The connection
// keeps its id, so no program notices.
import { Alert, Anchor, Button, Group, PasswordInput, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import type { ConnectionDetails, DialogLink } from '@hallpass/vault/client';
import { Link2 } from 'lucide-react';
import { useState } from 'react';
import { CopyIcon } from '../../../parts/copy.tsx';
import { toastDone } from '../../../parts/failure.tsx';
import { FormView } from '../../../parts/form/form-view.tsx';
import { useForm } from '../../../parts/form/use-form.ts';
import { dated } from '../../../parts/moment.tsx';
import { ask } from '../../../vault/ask.ts';
import { useReadAgain } from '../../../vault/use-vault.ts';

const ways = [
  { value: 'person', label: 'To a person' },
  { value: 'system_user', label: 'To a system user' },
];

const labels = { way: 'To whom', ownerName: 'Name of the new owner', ownerEmail: 'Their e-mail', token: 'Token' };

export function HandOver({ connection, onDone }: { connection: ConnectionDetails; onDone: () => void }) {
  const { id, name } = connection;
  const [link, setLink] = useState<DialogLink>();
  const readAgain = useReadAgain();
  const form = useForm({
    queryKey: ['hand-over', id],
    labels,
    isNew: true,
    // A token that was typed must not outlive the window.
    forgets: true,
    saved: '',
    read: () => ({ way: 'person', ownerName: '', ownerEmail: '', token: '' }),
    check: ({ way, token }) =>
      way === 'system_user' && token.trim() === '' ? { token: 'Paste the token of the system user.' } : {},
    write: (_changed, { way, ownerName, ownerEmail, token }) =>
      ask((vault) =>
        vault
          .handOver({
            id,
            ...(ownerName.trim() !== '' && { ownerName: ownerName.trim() }),
            ...(ownerEmail.trim() !== '' && { ownerEmail: ownerEmail.trim() }),
            ...(way === 'system_user' && { token: token.trim() }),
          })
          .then((answer) => {
            setLink(answer.link);
            if (answer.done) {
              toastDone(`${name} was handed over.`);
              onDone();
            }
          }),
      ),
    onSaved: () => void readAgain(),
  });
  if (link) return <HandOverLink link={link} onDone={onDone} />;
  return (
    <FormView form={form} label="Hand over" submit="Hand over">
      {(fields) => (
        <>
          <Text size="sm">
            The connection keeps its id, so programs that use it go on. Until the new token is there, the present one
            stays.
          </Text>
          <SegmentedControl
            aria-label={labels.way}
            data={ways}
            value={fields.values.way}
            onChange={(way) => fields.set('way', way)}
          />
          <TextInput {...fields.text('ownerName')} data-autofocus />
          <TextInput {...fields.text('ownerEmail')} type="email" description="Gets the mails about it from now on." />
          {fields.values.way === 'system_user' && (
            <PasswordInput
              {...fields.text('token')}
              description="Created in the settings of the business. The vault checks it before it changes anything."
              autoComplete="off"
              visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the token' }}
            />
          )}
        </>
      )}
    </FormView>
  );
}

function HandOverLink({ link: { url, expiresAt }, onDone }: { link: DialogLink; onDone: () => void }) {
  return (
    <Stack>
      <Alert color="note" variant="light" icon={<Link2 size={18} />} title="Send this link to the new person">
        <Stack gap="xs">
          <Text size="sm">
            They log in and confirm; from then on the connection is theirs. Whoever opens the link becomes its person,
            so send it to nobody else. It works until {dated(expiresAt)}.
          </Text>
          <Group gap={4} wrap="nowrap" miw={0}>
            <Anchor href={url} target="_blank" rel="noreferrer" size="sm" className="breaks" lineClamp={2}>
              {url}
            </Anchor>
            <CopyIcon value={url} what="the link" />
          </Group>
        </Stack>
      </Alert>
      <Group justify="flex-end">
        <Button onClick={onDone} data-autofocus>
          Done
        </Button>
      </Group>
    </Stack>
  );
}

// A new key of the service: its purpose and its rights, of which nobody gives more than they have. It is shown once.
import { Checkbox, Stack, TextInput } from '@mantine/core';
import { keysOf } from '@hallpass/protocol';
import { rights } from '@hallpass/vault/client';
import { useState } from 'react';
import { FormView } from '../../../parts/form/form-view.tsx';
import { useForm } from '../../../parts/form/use-form.ts';
import { SecretOnce } from '../../../parts/revealed-secret.tsx';
import { ask } from '../../../vault/ask.ts';
import { vaultSession } from '../../../vault/session.ts';

interface KeyValues extends Record<string, string | readonly string[]> {
  name: string;
  rights: readonly string[];
}

const labels = { name: 'Purpose', rights: 'Rights' };

export function NewKey({ onAdded }: { onAdded: () => void }) {
  const mine = vaultSession.use()?.rights ?? [];
  const [key, setKey] = useState<string>();
  const form = useForm<KeyValues>({
    queryKey: ['new-api-key'],
    labels,
    isNew: true,
    forgets: true,
    saved: '',
    read: () => ({ name: '', rights: ['read'] }),
    check: ({ name }) => (name.trim() === '' ? { name: 'Say what it’s for, so that you recognise it later.' } : {}),
    write: async (_changed, { name, rights: given }) => {
      const answer = await ask((vault) =>
        vault.addApiKey({ name, rights: keysOf(rights).filter((right) => given.includes(right)) }),
      );
      setKey(answer.key);
    },
    onSaved: onAdded,
  });
  if (key !== undefined) return <SecretOnce value={key} what="key" />;
  return (
    <FormView form={form} label="New key" submit="Create it">
      {(fields) => (
        <>
          <TextInput {...fields.text('name')} placeholder="website" data-autofocus />
          <Checkbox.Group {...fields.choice('rights')} value={[...fields.values.rights]}>
            <Stack gap="xs" mt={6}>
              {keysOf(rights).map((right) => (
                <Checkbox
                  key={right}
                  value={right}
                  label={right}
                  description={mine.includes(right) ? rights[right] : 'Your own key doesn’t have this right.'}
                  disabled={!mine.includes(right)}
                />
              ))}
            </Stack>
          </Checkbox.Group>
        </>
      )}
    </FormView>
  );
}

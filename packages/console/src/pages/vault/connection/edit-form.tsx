// In this form a holder changes what it says of a connection: its name, the person to tell, the language of the mails,
// the permissions that are needed.
import { TagsInput, TextInput } from '@mantine/core';
import { FormView } from '../../../parts/form/form-view.tsx';
import { useForm } from '../../../parts/form/use-form.ts';
import { ask } from '../../../vault/ask.ts';
import { useReadAgain } from '../../../vault/use-vault.ts';

interface Labels extends Record<string, string | readonly string[]> {
  name: string;
  ownerName: string;
  ownerEmail: string;
  language: string;
  wantedScopes: readonly string[];
}

const labels = {
  name: 'Name',
  ownerName: 'Name of the owner',
  ownerEmail: 'E-mail of the owner',
  language: 'Language of mails',
  wantedScopes: 'Permissions that are needed',
};

export function EditForm({ id, onDone }: { id: string; onDone: () => void }) {
  const readAgain = useReadAgain();
  const form = useForm<Labels>({
    queryKey: ['connection', id],
    labels,
    read: async () => {
      const { name, owner, language, wantedScopes } = await ask((vault) => vault.details({ id }));
      return {
        name,
        ownerName: owner?.name ?? '',
        ownerEmail: owner?.email ?? '',
        language: language ?? '',
        wantedScopes,
      };
    },
    write: ({ wantedScopes, ...changed }) =>
      ask((vault) => vault.update({ id, ...changed, ...(wantedScopes && { wantedScopes: [...wantedScopes] }) })),
    check: ({ name }) => (name.trim() === '' ? { name: 'A connection needs a name.' } : {}),
    onSaved: () => {
      void readAgain();
      onDone();
    },
  });
  return (
    <FormView form={form} label="Connection">
      {(fields) => (
        <>
          <TextInput {...fields.text('name')} required withAsterisk={false} data-autofocus />
          <TextInput {...fields.text('ownerName')} description="The name in the greeting of mails." />
          <TextInput
            {...fields.text('ownerEmail')}
            type="email"
            description="Told before it ends, and when it has. Without one, the team is told."
          />
          <TextInput
            {...fields.text('language')}
            description="A tag, such as de. Without one, that of the mail settings."
          />
          <TagsInput
            {...fields.choice('wantedScopes')}
            value={[...fields.values.wantedScopes]}
            description="The person is asked where one of these is missing."
          />
        </>
      )}
    </FormView>
  );
}

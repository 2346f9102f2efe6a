// The form of a request for advanced access to one permission.
import { Stack, Text, Textarea } from '@mantine/core';
import { call } from '../../../graph/door.ts';
import { permissionWords } from '../../../graph/permission-words.ts';
import { queryClient } from '../../../graph/query.ts';
import { FormView } from '../../../parts/form/form-view.tsx';
import { useForm } from '../../../parts/form/use-form.ts';
import type { App } from '../app.ts';

type NewRequest = Readonly<{ use_case: string }>;

interface RequestFormProps {
  app: App;
  permission: string;
  onDone(): void;
}

export function RequestForm({ app: { id: appId }, permission, onDone }: RequestFormProps) {
  const form = useForm<NewRequest>({
    queryKey: ['access-request', appId, permission],
    read: () => ({ use_case: '' }),
    isNew: true,
    labels: { use_case: 'What the app needs it for' },
    check: ({ use_case: text }) => (text.trim() === '' ? { use_case: 'Tell the reviewer what it is for.' } : {}),
    write: (_changed, { use_case }) => call('POST', `/${appId}/access_requests`, { permission, use_case }),
    saved: 'Requested. A reviewer will decide.',
    onSaved() {
      void queryClient.invalidateQueries({ queryKey: ['access-requests', appId] });
      onDone();
    },
  });
  const about = permissionWords.find(({ name }) => name === permission);
  return (
    <FormView form={form} label="Request for advanced access" submit="Send request">
      {(fields) => (
        <Stack gap="sm">
          <Text size="sm">{about?.words}</Text>
          <Textarea
            {...fields.text('use_case')}
            description="Describe what people can do with it in the app, and how a reviewer can try it."
            autosize
            minRows={4}
            maxRows={12}
            maxLength={4000}
            required
            data-autofocus
            dir="auto"
          />
        </Stack>
      )}
    </FormView>
  );
}

// The request for advanced access: an administrator of the app tells what the permission is needed for, and a reviewer decides.
import { Textarea } from '@mantine/core';
import { call } from '../../../graph/door.ts';
import type { MyApp } from '../../../graph/my-apps.ts';
import { FormView } from '../../../parts/form/form-view.tsx';
import { useForm } from '../../../parts/form/use-form.ts';
import { openWindow } from '../../../parts/windows/open-window.ts';

export function askForAdvanced(app: MyApp, permission: string): void {
  const close = openWindow({
    title: `Advanced access to ${permission}`,
    children: <AskForAdvanced app={app} permission={permission} onDone={() => close()} />,
  });
}

const nothingYet = { useCase: '' };

function AskForAdvanced({ app, permission, onDone }: { app: MyApp; permission: string; onDone: () => void }) {
  const form = useForm({
    queryKey: ['ask-for-advanced', app.id, permission],
    read: () => nothingYet,
    write: (_changed, { useCase }) => call('POST', `/${app.id}/access_requests`, { permission, use_case: useCase }),
    labels: { useCase: `What ${app.name} needs it for` },
    check: ({ useCase }) => (useCase.trim() === '' ? { useCase: 'Write a sentence or two for the reviewer.' } : {}),
    saved: 'A reviewer of the platform will decide.',
    onSaved: onDone,
    isNew: true,
  });
  return (
    <FormView form={form} label={`Advanced access to ${permission}`} submit="Send the request">
      {(fields) => (
        <Textarea {...fields.text('useCase')} minRows={3} maxRows={12} autosize maxLength={4000} data-autofocus />
      )}
    </FormView>
  );
}

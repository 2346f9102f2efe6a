// Shares a Page or an ad account with a partner: the business, and the tasks that its people get.
import { Button, Stack, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { call } from '../../../graph/door.ts';
import { FormView } from '../../../parts/form/form-view.tsx';
import { useForm } from '../../../parts/form/use-form.ts';
import type { AssetKind } from './assignee.ts';
import { TaskChoice } from './task-choice.tsx';

export function ShareAsset({ kind, assetId, onClose }: { kind: AssetKind; assetId: string; onClose: () => void }) {
  const client = useQueryClient();
  const form = useForm({
    queryKey: ['share', assetId],
    read: () => ({ business: '', permitted_tasks: ['ANALYZE'] as readonly string[] }),
    write: (_changed, { business, permitted_tasks }) => {
      const [pageId, adAccountId] = [assetId, assetId];
      const params = { business: business.trim(), permitted_tasks: permitted_tasks.join(',') };
      return kind === 'pages'
        ? call('POST', `/${pageId}/agencies`, params)
        : call('POST', `/${adAccountId}/agencies`, params);
    },
    labels: { business: 'Partner’s business id', permitted_tasks: 'Tasks' },
    check: ({ business, permitted_tasks }) => ({
      ...(/^\d+$/.test(business.trim()) ? {} : { business: 'The id of a business is a number.' }),
      ...(permitted_tasks.length === 0 ? { permitted_tasks: 'Give at least one task.' } : {}),
    }),
    saved: 'The partner now has access.',
    isNew: true,
    onSaved: () => {
      void client.invalidateQueries({ queryKey: ['agencies-of-asset', assetId] });
      onClose();
    },
  });
  return (
    <FormView
      form={form}
      label="Share with a partner"
      submit="Share"
      actions={
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
      }
    >
      {({ text, choice, values, set }) => (
        <Stack gap="sm">
          <TextInput
            {...text('business')}
            required
            inputMode="numeric"
            autoComplete="off"
            data-autofocus
            description="The partner finds it at the top of their business settings."
          />
          <TaskChoice
            kind={kind}
            tasks={values.permitted_tasks}
            error={choice('permitted_tasks').error}
            onChange={(tasks) => set('permitted_tasks', tasks)}
          />
        </Stack>
      )}
    </FormView>
  );
}

// Two ways to a Page: one that the person manages becomes the business's own, and of a client's it gets some tasks.
import { Button, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../../graph/door.ts';
import { readList } from '../../../graph/read-list.ts';
import { ChooseOne } from '../../../parts/form/choose-one.tsx';
import { FormView } from '../../../parts/form/form-view.tsx';
import { useForm } from '../../../parts/form/use-form.ts';
import { toastDone } from '../../../parts/failure.tsx';
import type { Named } from '../business.ts';
import { TaskChoice } from './task-choice.tsx';

interface Props {
  businessId: string;
  onClose: () => void;
}

const ways = [
  { value: 'claim', label: 'Claim a Page of yours' },
  { value: 'ask', label: 'Request a client’s Page' },
];

export function AddPage(props: Props) {
  const [way, setWay] = useState('claim');
  return (
    <Stack>
      <SegmentedControl aria-label="How the Page is added" data={ways} value={way} onChange={setWay} fullWidth />
      {way === 'claim' ? <Claim {...props} /> : <Ask {...props} />}
    </Stack>
  );
}

const cancel = (onClose: () => void) => (
  <Button variant="default" onClick={onClose}>
    Cancel
  </Button>
);

interface MyPage extends Named {
  tasks?: readonly string[];
}

function Claim({ businessId, onClose }: Props) {
  const client = useQueryClient();
  const { data: mine } = useQuery({
    queryKey: ['my-pages-with-tasks'],
    queryFn: () => readList<MyPage>('/me/accounts', { fields: 'id,name,tasks' }),
  });
  const form = useForm({
    queryKey: ['claim-page', businessId],
    read: () => ({ page_id: '' }),
    write: (_changed, { page_id }) => call('POST', `/${businessId}/owned_pages`, { page_id }),
    labels: { page_id: 'Page' },
    check: ({ page_id }) => (page_id === '' ? { page_id: 'Choose a Page.' } : {}),
    saved: 'The Page now belongs to the business.',
    isNew: true,
    onSaved: () => {
      void client.invalidateQueries({ queryKey: ['business-pages', businessId] });
      onClose();
    },
  });
  const manageable = (mine ?? []).filter(({ tasks = [] }) => tasks.includes('MANAGE'));
  return (
    <FormView form={form} label="Claim a Page" submit="Claim" actions={cancel(onClose)}>
      {({ choice }) => (
        <Stack gap="sm">
          <ChooseOne
            field={choice('page_id')}
            things={manageable}
            placeholder="Choose a Page that you manage"
            nothingFoundMessage="You manage no Page with that name"
          />
          <Text size="sm" c="dimmed">
            A Page belongs to one business. People keep what they may do on it.
          </Text>
        </Stack>
      )}
    </FormView>
  );
}

function Ask({ businessId, onClose }: Props) {
  const client = useQueryClient();
  const form = useForm({
    queryKey: ['ask-for-page', businessId],
    read: () => ({ page_id: '', permitted_tasks: ['ANALYZE'] as readonly string[] }),
    write: (_changed, { page_id, permitted_tasks }) =>
      call<{ access_status: string }>('POST', `/${businessId}/client_pages`, {
        page_id: page_id.trim(),
        permitted_tasks: permitted_tasks.join(','),
      }),
    labels: { page_id: 'Page id', permitted_tasks: 'Tasks' },
    check: ({ page_id, permitted_tasks }) => ({
      ...(/^\d+$/.test(page_id.trim()) ? {} : { page_id: 'The id of a Page is a number.' }),
      ...(permitted_tasks.length === 0 ? { permitted_tasks: 'Request at least one task.' } : {}),
    }),
    saved: '',
    isNew: true,
    onSaved: (answer) => {
      const { access_status: status } = answer as { access_status: string };
      toastDone(
        status === 'CONFIRMED'
          ? 'The business can now work on the Page.'
          : 'The request was sent to the owner of the Page. You see it below.',
      );
      void client.invalidateQueries({ queryKey: ['business-pages', businessId] });
      void client.invalidateQueries({ queryKey: ['page-requests', businessId] });
      onClose();
    },
  });
  return (
    <FormView form={form} label="Request a Page" submit="Request access" actions={cancel(onClose)}>
      {({ text, choice, values, set }) => (
        <Stack gap="sm">
          <TextInput
            {...text('page_id')}
            required
            inputMode="numeric"
            autoComplete="off"
            description="The client finds it at the top of the Page’s settings."
          />
          <TaskChoice
            kind="pages"
            tasks={values.permitted_tasks}
            error={choice('permitted_tasks').error}
            onChange={(tasks) => set('permitted_tasks', tasks)}
          />
        </Stack>
      )}
    </FormView>
  );
}

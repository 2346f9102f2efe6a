// The businesses that work on one Page or ad account for its owner, and letting another one in.
import { Button, Checkbox, Modal, Stack, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { Handshake } from 'lucide-react';
import { useMemo } from 'react';
import { call } from '../../../graph/door.ts';
import { ending } from '../../../graph/would-end.ts';
import { Card } from '../../../parts/card.tsx';
import { confirmAct } from '../../../parts/confirm.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { FormView } from '../../../parts/form/form-view.tsx';
import { useForm } from '../../../parts/form/use-form.ts';
import { type RecordColumn, RecordTable } from '../../../parts/records/record-table.tsx';
import { useRecords } from '../../../parts/records/use-records.ts';
import type { Named } from '../business.ts';
import type { AssetKind } from './assignee.ts';
import { taskTitles, taskWords } from './task-columns.tsx';
import { RowTitle } from '../../../parts/records/row-title.tsx';

interface Agency extends Named {
  permitted_tasks: readonly string[];
}

interface AgenciesProps {
  kind: AssetKind;
  assetId: string;
  name: string;
}

export function Agencies({ kind, assetId, name }: AgenciesProps) {
  const client = useQueryClient();
  const [sharing, { open, close }] = useDisclosure();
  const [pageId, adAccountId] = [assetId, assetId];
  const records = useRecords<Agency>({
    queryKey: ['agencies-of-asset', assetId],
    path: kind === 'pages' ? `/${pageId}/agencies` : `/${adAccountId}/agencies`,
  });
  const columns = useMemo((): RecordColumn<Agency>[] => {
    const end = (agency: Agency) =>
      void confirmAct({
        title: `End the access of ${agency.name}?`,
        children: `The partner and everybody to whom it assigned ${name} lose it.`,
        ...(kind === 'pages'
          ? ending('DELETE', `/${pageId}/agencies`, { business: agency.id })
          : ending('DELETE', `/${adAccountId}/agencies`, { business: agency.id })),
        confirm: 'End access',
        done: `${agency.name} has no access any more.`,
      }).then((done) => (done ? client.invalidateQueries({ queryKey: ['agencies-of-asset', assetId] }) : undefined));
    return [
      {
        id: 'name',
        header: 'Partner',
        value: ({ name: partner, id }) => `${partner} ${id}`,
        cell: ({ name: partner, id }) => <RowTitle name={partner} id={id} />,
      },
      { id: 'tasks', header: 'May', value: ({ permitted_tasks: tasks }) => taskTitles(kind, tasks) },
      {
        id: 'acts',
        header: 'Actions',
        sorts: false,
        width: '9rem',
        value: () => '',
        cell: (agency) => (
          <Button
            variant="subtle"
            color="danger"
            size="compact-sm"
            onClick={() => end(agency)}
            aria-label={`End access of ${agency.name}`}
          >
            End access
          </Button>
        ),
      },
    ];
  }, [adAccountId, assetId, client, kind, name, pageId]);
  return (
    <Card
      title="Partners"
      actions={
        <Button variant="default" size="compact-sm" onClick={open}>
          Share with a partner
        </Button>
      }
    >
      <RecordTable
        records={records}
        columns={columns}
        rowId={({ id }) => id}
        label="Partners with access"
        empty={
          <Empty icon={Handshake} title="No partner has access">
            A partner is another business, such as an agency. It gives the tasks on to its own people.
          </Empty>
        }
      />
      <Modal opened={sharing} onClose={close} title={`Share ${name}`} size="lg">
        <Share kind={kind} assetId={assetId} onClose={close} />
      </Modal>
    </Card>
  );
}

function Share({ kind, assetId, onClose }: { kind: AssetKind; assetId: string; onClose: () => void }) {
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
    labels: { business: 'Business id of the partner', permitted_tasks: 'Tasks' },
    check: ({ business, permitted_tasks }) => ({
      ...(/^\d+$/.test(business.trim()) ? {} : { business: 'The id of a business is a number.' }),
      ...(permitted_tasks.length === 0 ? { permitted_tasks: 'Give at least one task.' } : {}),
    }),
    saved: 'The partner has access.',
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
          <Checkbox.Group
            label="Tasks"
            error={choice('permitted_tasks').error}
            value={[...values.permitted_tasks]}
            onChange={(tasks) => set('permitted_tasks', tasks)}
          >
            <Stack gap="xs" mt={4}>
              {taskWords[kind].map(({ name, title, words }) => (
                <Checkbox key={name} value={name} label={title} description={words} />
              ))}
            </Stack>
          </Checkbox.Group>
        </Stack>
      )}
    </FormView>
  );
}

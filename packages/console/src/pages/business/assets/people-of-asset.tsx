// Everybody of a business with what they may do on one Page or ad account, as a matrix.
import { Skeleton, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { readList } from '../../../graph/read-list.ts';
import { Card } from '../../../parts/card.tsx';
import { confirmAct } from '../../../parts/confirm.tsx';
import { FailureBox } from '../../../parts/failure.tsx';
import type { Fields } from '../../../parts/form/fields.ts';
import { FormView } from '../../../parts/form/form-view.tsx';
import { useForm } from '../../../parts/form/use-form.ts';
import { RecordTable } from '../../../parts/records/record-table.tsx';
import { recordsOf } from '../../../parts/records/records.ts';
import type { Named } from '../business.ts';
import { type AssetKind, assign, takenAway } from './assignee.ts';
import { taskColumns } from './task-columns.tsx';

interface PeopleOfAssetProps {
  businessId: string;
  kind: AssetKind;
  /** With `act_` for an ad account. */
  assetId: string;
  name: string;
  manages: boolean;
}

interface Member extends Named {
  role: string;
  kind: 'Person' | 'System user';
}

type Values = Readonly<Record<string, readonly string[]>>;

async function membersOf(businessId: string): Promise<Member[]> {
  const fields = { fields: 'id,name,role' };
  const [people, systemUsers] = await Promise.all([
    readList<Named & { role: string }>(`/${businessId}/business_users`, fields),
    readList<Named & { role: string }>(`/${businessId}/system_users`, fields),
  ]);
  return [
    ...people.map((one) => ({ ...one, kind: 'Person' as const })),
    ...systemUsers.map((one) => ({ ...one, kind: 'System user' as const })),
  ];
}

export function PeopleOfAsset(props: PeopleOfAssetProps) {
  const { businessId, name } = props;
  const { data, error, refetch } = useQuery({
    queryKey: ['members', businessId],
    queryFn: () => membersOf(businessId),
  });
  return (
    <Card title="People and system users">
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          Tick the tasks each may do on <bdi>{name}</bdi> for this business.
        </Text>
        {error && <FailureBox error={error} onRetry={() => void refetch()} />}
        {!data && !error && <Skeleton h={160} aria-label="People of the business" />}
        {data && <Matrix {...props} members={data} />}
      </Stack>
    </Card>
  );
}

function Matrix({
  businessId,
  kind,
  assetId,
  name,
  manages,
  members,
}: PeopleOfAssetProps & { members: readonly Member[] }) {
  const client = useQueryClient();
  const nameOf = useMemo(() => Object.fromEntries(members.map((one) => [one.id, one.name])), [members]);
  const form = useForm<Values>({
    queryKey: ['people-of-asset', businessId, assetId],
    read: async () => {
      const [pageId, adAccountId] = [assetId, assetId];
      const params = { business: businessId };
      const held = await (kind === 'pages'
        ? readList<Named & { tasks: string[] }>(`/${pageId}/assigned_users`, params)
        : readList<Named & { tasks: string[] }>(`/${adAccountId}/assigned_users`, params));
      const tasksOf = new Map(held.map(({ id, tasks }) => [id, tasks]));
      return Object.fromEntries(members.map(({ id }) => [id, tasksOf.get(id) ?? []]));
    },
    write: async (changed, _values, read) => {
      const rows = Object.entries(changed).flatMap(([user, tasks]) => (tasks ? [{ user, tasks }] : []));
      const about = (user: string) => ({ businessId, kind, assetId, user });
      const act = async () => {
        for (const { user, tasks } of rows) await assign(about(user), tasks, read[user] ?? []);
      };
      const gone = rows.filter(({ tasks }) => tasks.length === 0);
      if (gone.length === 0) return act();
      return confirmAct({
        title: `Take ${name} away from ${gone.length === 1 ? (nameOf[gone[0]?.user ?? ''] ?? 'them') : `${gone.length} people`}?`,
        children: 'They have no access to it through this business.',
        reach: async () =>
          (
            await Promise.all(
              gone
                .slice(0, 20)
                .map(async ({ user }) => (await takenAway(about(user))).map((line) => `${nameOf[user]}: ${line}`)),
            )
          ).flat(),
        confirm: 'Save',
        act,
      });
    },
    labels: nameOf,
    saved: 'The assignments have been saved.',
    onSaved: () => void client.invalidateQueries({ queryKey: ['form', 'assigned'] }),
  });
  return (
    <FormView form={form} label={`People of ${name}`}>
      {(fields) => <Rows fields={fields} kind={kind} members={members} manages={manages} />}
    </FormView>
  );
}

function Rows({
  fields,
  kind,
  members,
  manages,
}: {
  fields: Fields<Values>;
  kind: AssetKind;
  members: readonly Member[];
  manages: boolean;
}) {
  const records = useMemo(() => recordsOf(members), [members]);
  const columns = taskColumns<Member>({
    kind,
    header: 'Name',
    below: (member) => member.kind,
    tasksOf: ({ id }) => fields.values[id] ?? [],
    change: manages ? ({ id }, tasks) => fields.set(id, tasks) : undefined,
  });
  return (
    <RecordTable
      records={records}
      columns={columns}
      rowId={({ id }) => id}
      label="People with tasks"
      search="Find a person or system user"
      empty={null}
    />
  );
}

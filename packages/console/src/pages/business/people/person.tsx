// One person of a business: the role, and the Pages and ad accounts that the business assigned.
import { Select, Stack, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { call } from '../../../graph/door.ts';
import { whatEnds } from '../../../graph/would-end.ts';
import { Card } from '../../../parts/card.tsx';
import { confirmAct } from '../../../parts/confirm.tsx';
import { Id } from '../../../parts/copy.tsx';
import { FormView } from '../../../parts/form/form-view.tsx';
import { useForm } from '../../../parts/form/use-form.ts';
import { AssignAssets } from '../assets/assign-assets.tsx';
import { roleChoices, roleWords, useManages } from '../business.ts';
import { BusinessFrame } from '../frame.tsx';

interface Member {
  id: string;
  name: string;
  email?: string;
  role: string;
  title?: string;
}

export function PersonPage() {
  const { businessId, businessUserId } = useParams({
    from: '/shell/console/business/$businessId/people/$businessUserId',
  });
  const manages = useManages(businessId);
  const client = useQueryClient();
  const form = useForm({
    queryKey: ['business-user', businessUserId],
    read: async () => {
      const { name, role, title = '' } = await call<Member>('GET', `/${businessUserId}`, { fields: 'name,role,title' });
      return { name, role, title };
    },
    write: async (changed, _values, read) => {
      const params = { role: changed.role, title: changed.title, unchanged: JSON.stringify(read) };
      const act = () => call('POST', `/${businessUserId}`, params);
      if (changed.role !== 'EMPLOYEE') return act();
      return confirmAct({
        title: 'Make this administrator an employee?',
        children: 'Employees work only with what is assigned to them. They don’t manage the business.',
        reach: () => whatEnds('POST', `/${businessUserId}`, params),
        confirm: 'Change the role',
        act,
      });
    },
    labels: { name: 'Name', role: 'Role', title: 'Title' },
    onSaved: () => void client.invalidateQueries({ queryKey: ['business-people', businessId] }),
  });
  const name = form.fields?.values.name ?? 'Person';
  return (
    <BusinessFrame
      businessId={businessId}
      section="people"
      inside="People"
      title={name}
      lead={<Id value={businessUserId} what="id in the business" />}
    >
      <Card title="Role and title">
        <FormView form={form} label={`Role of ${name}`}>
          {({ text, choice, values }) => (
            <Stack gap="sm" maw={560}>
              <Select
                {...choice('role')}
                onChange={(role) => choice('role').onChange(role ?? 'EMPLOYEE')}
                data={roleChoices}
                allowDeselect={false}
                disabled={!manages}
                description={roleWords[values.role]?.words}
              />
              <TextInput
                {...text('title')}
                disabled={!manages}
                description="For example Head of advertising."
                autoComplete="organization-title"
              />
            </Stack>
          )}
        </FormView>
      </Card>
      <AssignAssets businessId={businessId} assignee={{ kind: 'person', id: businessUserId, name }} manages={manages} />
    </BusinessFrame>
  );
}

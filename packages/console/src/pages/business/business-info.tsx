// This page holds the name of a business, and the rules for its people and its system users.
import { Anchor, Select, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { serverNow } from '../../graph/clock.ts';
import { call, GraphFailure } from '../../graph/door.ts';
import { Card } from '../../parts/card.tsx';
import { confirmAct } from '../../parts/confirm.tsx';
import { FormView } from '../../parts/form/form-view.tsx';
import { useForm } from '../../parts/form/use-form.ts';
import { Moment } from '../../parts/moment.tsx';
import { businessQuery, secondsOf, useBusiness } from './business.ts';
import { BusinessFrame } from './frame.tsx';

/** The choices of the rule, with who is asked for a second factor. */
const rules = [
  { value: 'none', label: 'Nobody' },
  { value: 'admin_required', label: 'Administrators' },
  { value: 'all_required', label: 'Everyone' },
];

interface Info extends Readonly<Record<string, string | boolean>> {
  name: string;
  vertical: string;
  two_factor_type: string;
  require_expiring_tokens: boolean;
}

export function BusinessInfoPage() {
  const { businessId } = useParams({ from: '/shell/console/business/$businessId' });
  const { data: business } = useBusiness(businessId);
  const client = useQueryClient();
  const form = useForm<Info>({
    queryKey: ['business-info', businessId],
    read: async () => {
      const {
        name,
        vertical = '',
        two_factor_type,
        require_expiring_tokens,
      } = await businessQuery(businessId).queryFn();
      return { name, vertical, two_factor_type, require_expiring_tokens };
    },
    write: (changed, _values, read) => save(businessId, changed, read),
    labels: {
      name: 'Name',
      vertical: 'Industry',
      two_factor_type: 'Two-factor authentication is required for',
      require_expiring_tokens: 'Tokens of system users must end after 60 days',
    },
    check: ({ name }) => (name.trim() === '' ? { name: 'A business needs a name.' } : {}),
    onSaved: () => void client.invalidateQueries({ queryKey: ['business', businessId] }),
  });
  const locksOut = form.failure instanceof GraphFailure && form.failure.message.includes('second factor');
  return (
    <BusinessFrame
      businessId={businessId}
      section=""
      title="Business info"
      lead={
        business && (
          <>
            Made <Moment at={secondsOf(business.created_time)} now={serverNow()} />
          </>
        )
      }
    >
      <Card>
        <FormView form={form} label="Business info">
          {({ text, toggle, choice, values }) => (
            <Stack gap="md" maw={560}>
              <TextInput {...text('name')} required autoComplete="organization" />
              <TextInput {...text('vertical')} autoComplete="off" />
              <Select
                {...choice('two_factor_type')}
                onChange={(value) => choice('two_factor_type').onChange(value ?? 'none')}
                data={rules}
                allowDeselect={false}
                description={ruleWords(values.two_factor_type)}
              />
              {locksOut && (
                <Text size="sm" role="alert">
                  <Anchor href="/settings/two-factor">Turn on two-factor authentication</Anchor>, then save again: what
                  you chose is kept.
                </Text>
              )}
              <Switch
                {...toggle('require_expiring_tokens')}
                description="A token that never expires works until someone ends it. With this rule no new ones are created; existing ones keep working."
              />
            </Stack>
          )}
        </FormView>
      </Card>
    </BusinessFrame>
  );
}

function ruleWords(rule: string): string {
  if (rule === 'none') return 'A password is enough.';
  const who = rule === 'all_required' ? 'Everyone in the business' : 'Administrators';
  return `${who} without two-factor authentication can do nothing in the business until they turn it on. Until then their tokens don’t work.`;
}

/** A stricter rule is asked about first, since it stops people who work right now. */
async function save(businessId: string, changed: Partial<Info>, read: Partial<Info>): Promise<unknown> {
  const act = () => call('POST', `/${businessId}`, { ...changed, unchanged: JSON.stringify(read) });
  const { two_factor_type: rule } = changed;
  if (rule === undefined || rule === 'none') return act();
  return confirmAct({
    title: 'Require two-factor authentication?',
    children: ruleWords(rule),
    reach: () => peopleWithoutFactor(businessId, rule),
    confirm: 'Require it',
    act,
  });
}

async function peopleWithoutFactor(businessId: string, rule: string): Promise<string[]> {
  const { data } = await call<{ data: { name: string; role: string; two_fac_status: string }[] }>(
    'GET',
    `/${businessId}/business_users`,
    { fields: 'name,role,two_fac_status', limit: 100 },
  );
  const stopped = data.filter(
    ({ role, two_fac_status: status }) => status === 'disabled' && (rule === 'all_required' || role === 'ADMIN'),
  );
  if (stopped.length === 0) return ['Everyone affected already uses two-factor authentication.'];
  return [
    `Stops ${stopped.length} ${stopped.length === 1 ? 'person' : 'people'}: ${stopped.map(({ name }) => name).join(', ')}.`,
  ];
}

// This form sets how mails go out: to which team, in which language and zone, at which hours, how many a day.
import { Group, NumberInput, Switch, TagsInput, TextInput } from '@mantine/core';
import { Card } from '../../../parts/card.tsx';
import { FormView } from '../../../parts/form/form-view.tsx';
import { useForm } from '../../../parts/form/use-form.ts';
import { ask } from '../../../vault/ask.ts';
import { useReadAgain } from '../../../vault/use-vault.ts';

interface MailValues extends Record<string, string | number | boolean | readonly string[]> {
  team: readonly string[];
  language: string;
  timeZone: string;
  isQuiet: boolean;
  quietFrom: number;
  quietTo: number;
  mailsPerDay: number;
  groupSeconds: number;
}

const labels: Readonly<Record<keyof MailValues & string, string>> = {
  team: 'Team',
  language: 'Language',
  timeZone: 'Time zone',
  isQuiet: 'Quiet hours',
  quietFrom: 'From',
  quietTo: 'To',
  mailsPerDay: 'Mails to one address per day',
  groupSeconds: 'Seconds that a mail waits for others',
};

/** The night, where no hours were set yet. */
const NIGHT = { from: 22, to: 7 };

export function MailForm({ disabled }: { disabled: boolean }) {
  const readAgain = useReadAgain();
  const form = useForm<MailValues>({
    queryKey: ['mail-settings'],
    labels,
    read: async () => {
      const { quietHours, ...rest } = await ask((vault) => vault.mailSettings());
      const { from, to } = quietHours ?? NIGHT;
      const isQuiet = quietHours !== undefined && from !== to;
      return { ...rest, isQuiet, quietFrom: from, quietTo: to };
    },
    write: ({ team, language, timeZone, mailsPerDay, groupSeconds }, { isQuiet, quietFrom, quietTo }) =>
      ask((vault) =>
        vault.setMailSettings({
          ...(team && { team: [...team] }),
          language,
          timeZone,
          mailsPerDay,
          groupSeconds,
          // Equal hours are none.
          quietHours: isQuiet ? { from: quietFrom, to: quietTo } : { from: 0, to: 0 },
        }),
      ),
    onSaved: () => void readAgain(),
  });
  return (
    <Card title="Mails">
      <FormView form={form} label="Mail settings">
        {(fields) => (
          <div className="setting-fields">
            <TagsInput
              {...fields.choice('team')}
              value={[...fields.values.team]}
              description="Addresses that are told of connections whose owner isn’t named, or can’t be reached."
              disabled={disabled}
            />
            <TextInput
              {...fields.text('language')}
              description="For people whose language isn’t known: en, de, or one of your own texts."
              disabled={disabled}
            />
            <TextInput {...fields.text('timeZone')} description="Such as Europe/Berlin." disabled={disabled} />
            <Switch {...fields.toggle('isQuiet')} description="No mails at night." disabled={disabled} />
            {fields.values.isQuiet && (
              <Group gap="md">
                {(['quietFrom', 'quietTo'] as const).map((name) => (
                  <NumberInput
                    key={name}
                    {...fields.choice(name)}
                    onChange={(value) => fields.set(name, Number(value))}
                    min={0}
                    max={23}
                    allowDecimal={false}
                    suffix=" o’clock"
                    w={140}
                    disabled={disabled}
                  />
                ))}
              </Group>
            )}
            <NumberInput
              {...fields.choice('mailsPerDay')}
              onChange={(value) => fields.set('mailsPerDay', Number(value))}
              min={1}
              max={100}
              allowDecimal={false}
              description="Any others wait until the next day."
              disabled={disabled}
            />
            <NumberInput
              {...fields.choice('groupSeconds')}
              onChange={(value) => fields.set('groupSeconds', Number(value))}
              min={0}
              max={3600}
              allowDecimal={false}
              disabled={disabled}
            />
          </div>
        )}
      </FormView>
    </Card>
  );
}

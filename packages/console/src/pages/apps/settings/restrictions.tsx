// App Restrictions: the age, the countries and the kind of app, each as a control of its own. Together they are one setting
// of the app, whose text is written in packages/protocol/src/apps/app-restrictions.ts.
import { MultiSelect, Select, Stack, Switch, Text } from '@mantine/core';
import { type AppRestrictions, countries, readRestrictions, restrictionsText } from '@hallpass/protocol';
import { useState } from 'react';
import type { FieldValues } from '../../../parts/form/edits.ts';
import type { Fields } from '../../../parts/form/fields.ts';

/** Ages that can be chosen; one that was set by a call stays choosable. */
const ages = ['13+', '16+', '17+', '18+', '19+', '21+'] as const;

const ageText = ({ age }: AppRestrictions): string =>
  age === undefined ? '' : age.most === undefined ? `${age.least}+` : `${age.least}-${age.most}`;

/** @param text one of the choices; empty for anyone */
function withAge({ age: _before, ...rest }: AppRestrictions, text: string): AppRestrictions {
  const age = text === '' ? undefined : readRestrictions(JSON.stringify({ age: text }))?.age;
  return age ? { ...rest, age } : rest;
}

const countryOptions = countries().map(([value, label]) => ({ value, label }));

export function RestrictionFields({ fields, disabled }: { fields: Fields<FieldValues>; disabled: boolean }) {
  const text = String(fields.values['restrictions'] ?? '');
  const now = readRestrictions(text) ?? { alcohol: false, unlocated: false };
  const set = (next: AppRestrictions) => fields.set('restrictions', restrictionsText(next));
  // The switch is on before the first country is chosen: until then nothing is restricted.
  const [choosing, setChoosing] = useState(false);
  const restricted = choosing || now.countries !== undefined;
  const { countries: _all, ...everywhere } = now;
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        People they keep out can’t log in to the app. People with a role on it always can.
      </Text>
      <div className="setting-fields">
        <Switch
          label="Alcohol"
          description="Only people of the age from which alcohol may be bought in their country."
          checked={now.alcohol}
          onChange={({ currentTarget }) => set({ ...now, alcohol: currentTarget.checked })}
          disabled={disabled}
        />
        <Select
          label="Age"
          description="Only people who are of this age according to their birthday."
          data={[
            { value: '', label: 'Anyone' },
            ...[...new Set([...ages, ...(now.age ? [ageText(now)] : [])])].map((value) => ({ value, label: value })),
          ]}
          value={ageText(now)}
          onChange={(value) => set(withAge(now, value ?? ''))}
          allowDeselect={false}
          disabled={disabled}
        />
        <Switch
          label="Country Restricted"
          description="Only people who live in the allowed countries."
          checked={restricted}
          onChange={({ currentTarget }) => {
            setChoosing(currentTarget.checked);
            if (!currentTarget.checked) set(everywhere);
          }}
          disabled={disabled}
        />
        {restricted && (
          <MultiSelect
            label="Allowed countries"
            error={now.countries ? undefined : 'Choose at least one.'}
            data={countryOptions}
            value={[...(now.countries ?? [])]}
            onChange={(codes) => set(codes.length > 0 ? { ...now, countries: codes } : everywhere)}
            searchable
            limit={20}
            hidePickedOptions
            nothingFoundMessage="No country has that name."
            clearButtonProps={{ 'aria-label': 'No country' }}
            disabled={disabled}
          />
        )}
        {(restricted || now.alcohol) && (
          <Switch
            label="Unlocated use"
            description="Also people whose country isn’t known; for alcohol they have to be 21."
            checked={now.unlocated}
            onChange={({ currentTarget }) => set({ ...now, unlocated: currentTarget.checked })}
            disabled={disabled}
          />
        )}
      </div>
    </Stack>
  );
}

// Add a Permission: all that there are, grouped and searched by name or by what they allow. Beside each that can't be had just so
// stands the reason, and a name of earlier years leads to those of today.
import { Badge, Button, Combobox, Group, Skeleton, Text, useCombobox } from '@mantine/core';
import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import type * as PermissionWords from '../../../graph/permission-words.ts';
import type { EarlierPermission, PermissionWord } from '../../../graph/permission-words.ts';
import { Sentence } from '../../../parts/sentence.tsx';

/** The headings of the list, in its order. */
const headings: Readonly<Record<PermissionWord['group'], string>> = {
  profile: 'User Data Permissions',
  pages: 'Events, Groups, and Pages Permissions',
  groups: 'Events, Groups, and Pages Permissions',
  business: 'Business and advertising',
  commerce: 'Commerce',
  instagram: 'Instagram',
  threads: 'Threads',
  whatsapp: 'WhatsApp',
  games: 'Other',
};
const ABOVE_WINDOWS = 350;
const groups = [...new Set(Object.values(headings))];

export interface AddPermissionProps {
  /** Undefined while they aren't there yet. */
  words: typeof PermissionWords | undefined;
  /** Called when somebody is about to look at the words. */
  onWanted?(): void;
  /** It stands in a window, which is too small for the list. */
  inWindow?: boolean;
  /** Names that aren't offered: they are there already. */
  chosen: readonly string[];
  /** By name, what the person said about it to this app. */
  granted?: ReadonlyMap<string, string> | undefined;
  /** Names that the app may ask anybody for. */
  advanced?: ReadonlySet<string> | undefined;
  /** Tells whether a permission is offered at all; all of them where it's absent. */
  offers?(name: string): boolean;
  onAdd(names: readonly string[]): void;
}

export function AddPermission(props: AddPermissionProps) {
  const { words, inWindow = false, onWanted, chosen, offers = () => true, onAdd } = props;
  const [search, setSearch] = useState('');
  const combobox = useCombobox({
    onDropdownClose: () => {
      combobox.resetSelectedOption();
      setSearch('');
    },
    onDropdownOpen: () => {
      onWanted?.();
      combobox.focusSearchInput();
    },
  });
  const terms = search.toLowerCase().split(/\s+/).filter(Boolean);
  const found = (words?.permissionWords ?? []).filter(
    ({ name, title, words: sentence }) =>
      !chosen.includes(name) &&
      offers(name) &&
      terms.every((term) => `${name} ${title} ${sentence}`.toLowerCase().includes(term)),
  );
  const earlier = words?.earlierPermission(search);
  return (
    <Combobox
      store={combobox}
      width={380}
      withinPortal={inWindow}
      zIndex={inWindow ? ABOVE_WINDOWS : undefined}
      position={inWindow ? 'bottom-start' : 'bottom-end'}
      onOptionSubmit={(value) => {
        onAdd(value.split(' '));
        setSearch('');
      }}
    >
      <Combobox.Target targetType="button">
        <Button
          variant="default"
          justify="space-between"
          rightSection={<ChevronDown size={16} />}
          onClick={() => combobox.toggleDropdown()}
          onPointerEnter={onWanted}
          onFocus={onWanted}
        >
          Add a Permission
        </Button>
      </Combobox.Target>
      <Combobox.Dropdown maw="calc(100vw - 24px)">
        <Combobox.Search
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value.slice(0, 200))}
          placeholder="Search by name or by what it allows"
          aria-label="Search for a permission"
        />
        <Combobox.Options aria-label="Permissions" mah={340} className="scrolls" tabIndex={0}>
          {earlier && <Earlier earlier={earlier} />}
          {groups.map((heading) => {
            const inGroup = found.filter(({ group }) => headings[group] === heading);
            if (inGroup.length === 0) return null;
            return (
              <Combobox.Group key={heading} label={heading}>
                {inGroup.map((one) => (
                  <Offered key={one.name} word={one} {...props} />
                ))}
              </Combobox.Group>
            );
          })}
          {words === undefined && <Skeleton h={120} m="xs" aria-label="Loading" />}
          {words && found.length === 0 && !earlier && <Combobox.Empty>No permission has that name.</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

function Offered({ word, granted, advanced }: { word: PermissionWord } & AddPermissionProps) {
  const { name, words, dependsOn } = word;
  return (
    <Combobox.Option value={name}>
      <Group gap={6}>
        <Text span size="sm" className="mono breaks">
          {name}
        </Text>
        {granted?.get(name) === 'declined' && (
          <Badge size="xs" color="warn" variant="light">
            You declined it
          </Badge>
        )}
        {advanced && !advanced.has(name) && (
          <Badge size="xs" color="note" variant="light">
            People with a role only
          </Badge>
        )}
      </Group>
      <Text span size="xs" c="dimmed" display="block">
        <Sentence text={words} />
        {dependsOn.length > 0 ? ` Brings ${dependsOn.join(', ')} along.` : ''}
      </Text>
    </Combobox.Option>
  );
}

/** A name that guides of earlier years still use, with what to choose today. */
function Earlier({ earlier: { name, means, endedWith } }: { earlier: EarlierPermission }) {
  if (means.length === 0)
    return (
      <Combobox.Empty>
        <b>{name}</b> no longer exists: no version from {endedWith} on has it, and nothing replaced it.
      </Combobox.Empty>
    );
  return (
    <Combobox.Option value={means.join(' ')}>
      <Text span size="sm">
        <b>{name}</b> is an old name
      </Text>
      <Text span size="xs" c="dimmed" display="block" className="breaks">
        Adds its successor: {means.join(', ')}.
      </Text>
    </Combobox.Option>
  );
}

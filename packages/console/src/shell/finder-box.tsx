// The box that Ctrl K opens: groups of places, of which those that fit the words are shown.
import '@mantine/spotlight/styles.css';
import { VisuallyHidden } from '@mantine/core';
import { Spotlight, spotlight } from '@mantine/spotlight';
import type { LucideIcon } from 'lucide-react';
import { useEffect } from 'react';

export interface Found {
  id: string;
  label: string;
  words: string;
  icon: LucideIcon;
  go(): void;
}

export interface FoundGroup {
  label: string;
  found: readonly Found[];
}

/** Entries of one group that are shown at a time. */
const MOST = 8;

interface FinderBoxProps {
  groups: readonly FoundGroup[];
  query: string;
  onQuery(query: string): void;
  placeholder: string;
  /** Said where nothing fits. */
  empty: string;
}

export function FinderBox({ groups, query, onQuery, placeholder, empty }: FinderBoxProps) {
  // It's loaded when somebody wants it, so it opens at once.
  useEffect(() => spotlight.open(), []);
  return (
    <Spotlight.Root
      query={query}
      onQueryChange={onQuery}
      shortcut={null}
      scrollable
      maxHeight={420}
      // The name of the dialog, for people who hear the page; the field says it to everybody else.
      title={<VisuallyHidden>Search</VisuallyHidden>}
      styles={{ header: { position: 'absolute', minHeight: 0, padding: 0 } }}
    >
      <Spotlight.Search placeholder={placeholder} aria-label="Find anything" />
      <Spotlight.ActionsList>
        {groups
          .filter(({ found }) => found.length > 0)
          .map(({ label, found }) => (
            <Spotlight.ActionsGroup key={label} label={label}>
              {found.slice(0, MOST).map(({ id, label: name, words, icon: Icon, go }) => (
                <Spotlight.Action
                  key={id}
                  leftSection={<Icon size={18} />}
                  onClick={go}
                  label={name}
                  description={words}
                />
              ))}
            </Spotlight.ActionsGroup>
          ))}
        {groups.every(({ found }) => found.length === 0) && <Spotlight.Empty>{empty}</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

/** The entries of a group that have all of these words in their name or sentence. */
export function fitting({ label, found }: FoundGroup, query: string): FoundGroup {
  const terms = query.toLowerCase().split(/\s+/);
  return {
    label,
    found: found.filter(({ label: name, words }) =>
      terms.every((term) => `${name} ${words}`.toLowerCase().includes(term)),
    ),
  };
}

// Ctrl K in the console of a vault: its pages, and connections by name, subject or owner.
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Cable } from 'lucide-react';
import { useState } from 'react';
import { holderStates } from '@hallpass/vault/client';
import { FinderBox, fitting, type FoundGroup } from '../shell/finder-box.tsx';
import { ask } from './ask.ts';
import { addressOfConnection, places } from './places.ts';

export function VaultFinder() {
  const [query, setQuery] = useState('');
  const navigate = useNavigate();
  const search = query.trim();
  const { data } = useQuery({
    queryKey: ['vault', 'find', search],
    queryFn: () => ask((vault) => vault.list({ search, limit: 8 })),
    enabled: search !== '',
    placeholderData: (before) => before,
  });
  const pages: FoundGroup = {
    label: 'Pages',
    found: places.map(({ path, label, words, icon }) => ({
      id: path,
      label,
      words,
      icon,
      go: () => void navigate({ to: path }),
    })),
  };
  const connections: FoundGroup = {
    label: 'Connections',
    found: (search === '' ? [] : (data?.connections ?? [])).map(({ id, name, state, owner }) => ({
      id,
      label: name,
      words: [holderStates[state], ...(owner?.name === undefined ? [] : [owner.name])].join(' · '),
      icon: Cable,
      go: () => void navigate({ to: addressOfConnection(id) }),
    })),
  };
  return (
    <FinderBox
      groups={[search === '' ? pages : fitting(pages, search), connections]}
      query={query}
      onQuery={setQuery}
      placeholder="A page, or a connection by name, subject or owner"
      empty="Nothing has that name."
    />
  );
}

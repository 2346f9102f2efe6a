// Ctrl K: one box that finds tools, settings, apps, people, Pages, errors and permissions, and looks any id up.
import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import {
  Briefcase,
  CircleUser,
  Compass,
  FileWarning,
  Hash,
  type LucideIcon,
  Newspaper,
  ShieldCheck,
  SquareStack,
} from 'lucide-react';
import { useState } from 'react';
import { call } from '../graph/door.ts';
import { useSession } from '../graph/session.ts';
import { useStart } from '../graph/start.ts';
import { openWindow } from '../parts/windows/open-window.ts';
import { addressOfApp, appSections } from './app-sections.ts';
import { CopyIcon } from '../parts/copy.tsx';
import { accountPages } from './account-pages.ts';
import { emulatorPages } from './emulator-pages.ts';
import { FinderBox, fitting, type Found, type FoundGroup } from './finder-box.tsx';
import { dashboards, tools } from './tools.ts';

interface Named {
  id: string;
  name: string;
}

const idForm = /^(act_)?\d{1,30}(_\d{1,30})?$/;

export function Finder() {
  const [query, setQuery] = useState('');
  return (
    <FinderBox
      groups={useGroups(query.trim())}
      query={query}
      onQuery={setQuery}
      placeholder="A tool, app, Page, person, error, permission or id"
      empty="Nothing has that name. You can also look up any id."
    />
  );
}

function useGroups(query: string): FoundGroup[] {
  const navigate = useNavigate();
  const session = useSession();
  const { data: start } = useStart();
  const asked = query !== '';
  const mine = { enabled: asked && Boolean(session), staleTime: 60_000 };
  const { data: apps } = useQuery({
    queryKey: ['my-apps'],
    queryFn: () => call<{ data: Named[] }>('GET', '/me/apps', { fields: 'id,name' }),
    ...mine,
  });
  const { data: pages } = useQuery({
    queryKey: ['my-pages'],
    queryFn: () => call<{ data: Named[] }>('GET', '/me/accounts', { fields: 'id,name' }),
    ...mine,
  });
  const { data: businesses } = useQuery({
    queryKey: ['my-businesses'],
    queryFn: () => call<{ data: Named[] }>('GET', '/me/businesses', { fields: 'id,name' }),
    ...mine,
  });
  const { data: words } = useQuery({
    queryKey: ['words-to-find'],
    queryFn: async () => ({
      ...(await import('../graph/catalogue.ts')),
      ...(await import('../graph/permission-words.ts')),
    }),
    enabled: asked,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const explore = (path: string) => () => void navigate({ to: '/tools/explorer', search: { path } });
  const named = (list: readonly Named[] | undefined, icon: LucideIcon, what: string): Found[] =>
    (list ?? []).map(({ id, name }) => ({
      id: `${what}-${id}`,
      label: name,
      words: `${what} ${id}`,
      icon,
      go: explore(id),
    }));

  const groups: FoundGroup[] = [
    {
      label: 'Tools',
      found: [...tools, ...dashboards].map(({ path, label, words: about, icon }) => ({
        id: path,
        label,
        words: about,
        icon,
        go: () => void navigate({ to: path }),
      })),
    },
    {
      label: 'Emulator',
      found: (start?.demo ? emulatorPages : []).map(({ path, label, words: about, icon }) => ({
        id: path,
        label,
        words: about,
        icon,
        go: () => void navigate({ to: path }),
      })),
    },
    {
      label: 'Settings',
      found: accountPages.map(({ to, label, words: about, icon, plain }) => ({
        id: to,
        label,
        words: about,
        icon,
        go: () => (plain ? location.assign(to) : void navigate({ to })),
      })),
    },
    {
      label: 'Apps',
      found: (apps?.data ?? []).map(({ id, name }) => ({
        id: `App-${id}`,
        label: name,
        words: `App ${id}: its dashboard`,
        icon: SquareStack,
        go: () => void navigate({ to: addressOfApp(id) }),
      })),
    },
    {
      label: 'Pages of your apps',
      found: (apps?.data ?? []).flatMap(({ id, name }) =>
        appSections.map(({ path, label, words: about, icon }) => ({
          id: `App-${id}${path}`,
          label: `${name}: ${label}`,
          words: about,
          icon,
          go: () => void navigate({ to: addressOfApp(id, path) }),
        })),
      ),
    },
    { label: 'Pages', found: named(pages?.data, Newspaper, 'Page') },
    {
      label: 'Businesses',
      found: (businesses?.data ?? []).map(({ id, name }) => ({
        id: `Business-${id}`,
        label: name,
        words: `Business ${id}`,
        icon: Briefcase,
        go: () => void navigate({ to: `/console/business/${id}` }),
      })),
    },
    { label: 'People', found: named(start?.demo?.people, CircleUser, 'Person') },
    {
      label: 'Errors',
      found: (words?.entries ?? []).map(({ key, code, subcode, message, doc, advice }) => ({
        id: `error-${key}`,
        label: words?.inWords(message) ?? message,
        words: [
          key,
          ...(code === undefined ? [] : [`code ${code}`]),
          ...(subcode === undefined ? [] : [`subcode ${subcode}`]),
        ].join(' · '),
        icon: FileWarning,
        go: () =>
          explain(`Error ${[code, subcode].filter((number) => number !== undefined).join(' / ') || key}`, [
            words?.inWords(message) ?? message,
            doc,
            advice,
          ]),
      })),
    },
    {
      label: 'Permissions',
      found: (words?.permissionWords ?? []).map(({ name, title, words: sentence }) => ({
        id: `permission-${name}`,
        label: name,
        words: `${title}. ${sentence}`,
        icon: ShieldCheck,
        go: () => explain(name, [title, sentence]),
      })),
    },
  ];
  if (!asked) return groups.filter(({ label }) => label === 'Tools' || label === 'Emulator' || label === 'Settings');
  const lookUp: FoundGroup = {
    label: 'Look up',
    found: idForm.test(query)
      ? [
          {
            id: 'look-up',
            label: `Open ${query} in the Graph API Explorer`,
            words: 'Whatever has this id',
            icon: idForm.test(query) ? Hash : Compass,
            go: explore(query),
          },
        ]
      : [],
  };
  return [lookUp, ...groups.map((group) => fitting(group, query))];
}

/** A word of the protocol in a window of its own. */
function explain(title: string, sentences: readonly string[]): void {
  openWindow({
    title,
    children: (
      <>
        {sentences.map((sentence) => (
          <Text key={sentence} size="sm" mb="xs" className="breaks">
            {sentence}
          </Text>
        ))}
        <CopyIcon value={[title, ...sentences].join('\n')} what="this text" />
      </>
    ),
  });
}

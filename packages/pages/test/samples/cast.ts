// These people, apps and Pages are in the samples of several views.
import type * as pages from '../../src/index.ts';

export interface Sample {
  /** File name in the gallery. */
  name: string;
  /** Name of the exported view. */
  view: string;
  html: string;
}

/** Gives the text for a name, an address or a path: the one it is called with, or a hostile one. */
export type Text = (usual: string) => string;

export const NOW = 1795219200;
export const DAY = 86400;

export type SampleCast = ReturnType<typeof sampleCast>;

/** `text` is asked for every name and address, `path` for everything that becomes a link of ours. */
export function sampleCast(text: Text, path: Text) {
  const platform = { name: text('Hallpass'), emulator: false };
  const hidden = { csrf: text('c5rf'), interaction: text('1nteraction') };
  const form = { action: path('/dialog/oauth/confirm'), hidden };
  const notYou = { action: path('/dialog/oauth/switch'), hidden };
  const app: pages.AppIdentity = {
    id: text('1203948576102938'),
    name: text('Fjordbook'),
    owner: text('Nordlicht Studio'),
    privacyUrl: text('https://fjordbook.example/privacy'),
    termsUrl: text('https://fjordbook.example/terms'),
  };
  const person: pages.Person = {
    id: text('100000000000011'),
    name: text('Anna Lindqvist'),
    firstName: text('Anna'),
    email: text('anna@example.com'),
  };
  const asked: pages.PermissionRow[] = [
    { name: 'public_profile' },
    { name: 'email' },
    { name: 'user_birthday' },
    { name: 'pages_show_list' },
    { name: 'pages_manage_posts' },
  ];
  const list: pages.PageChoice[] = [
    {
      id: text('2100'),
      name: text('Café Lindqvist'),
      category: text('Coffee shop'),
      tasks: ['MANAGE', 'CREATE_CONTENT', 'MODERATE', 'MESSAGING', 'ADVERTISE', 'ANALYZE'],
      chosen: true,
    },
    {
      id: text('2101'),
      name: text('Gothenburg Runners'),
      category: text('Sports club'),
      tasks: ['CREATE_CONTENT', 'MODERATE'],
      chosen: true,
    },
    { id: text('2102'), name: text('Harbour Market'), tasks: ['ANALYZE'], chosen: false },
  ];
  const dialog = { platform, app, person, form, notYou };
  return { text, path, platform, hidden, form, notYou, app, person, asked, list, dialog };
}

export const of = (view: string, name: string, html: string): Sample => ({ view, name, html });

// `hallpass dev` says with this banner that it is ready: to a person a page to begin with, to a program one line of
// JSON.
import { styleText } from 'node:util';
import type { Emulator } from '@hallpass/emulator';
import { versions } from '@hallpass/protocol';
import { defaultSettings } from '@hallpass/server/testing';
import { table } from './print.ts';

/** The words that are said of rate limits. */
const limits = {
  on: 'calls beyond them are refused (rateLimits=true)',
  off: 'counted; calls are refused only when you ask for it (rateLimits=false)',
} as const;

type App = Emulator['seed']['world']['apps'][number];

/** The words that are said of the servers that are called. */
const receivers = {
  local: 'only to servers on this machine, including http (callbackReceivers=local)',
  public: 'only to https servers on the open network (callbackReceivers=public)',
  any: 'to any server, including http (callbackReceivers=any)',
} as const;

/** The one line of `--json`. */
export function readyLine({ url, seed, controlToken, consoleLink }: Emulator, mailServer?: string): string {
  const { apps, people, pages, businesses = [], adAccounts = [] } = seed.world;
  return JSON.stringify({
    ready: true,
    url,
    graph_url: url,
    www_url: url,
    version: versions.default,
    apps: apps.map(({ id, name, secret, clientToken, mode, settings }) => ({
      id,
      name,
      secret,
      client_token: clientToken,
      mode,
      redirect_uris: settings?.redirectUris ?? [],
    })),
    people: people.map(({ id, name, email, password }) => ({ id, name, email, password })),
    pages: pages.map(({ id, name }) => ({ id, name })),
    businesses: businesses.map(({ id, name, systemUsers = [] }) => ({
      id,
      name,
      system_users: systemUsers.map((user) => ({ id: user.id, name: user.name })),
      ad_accounts: adAccounts.flatMap((account) =>
        'business' in account.owner && account.owner.business === id ? [`act_${account.id}`] : [],
      ),
    })),
    control: { url: `${url}/_/emulator`, token: controlToken },
    console: consoleLink(),
    ...(mailServer === undefined ? {} : { mail: mailServer }),
  });
}

/** @param kept where the world is kept; undefined in memory @param mailServer its address, where it is open */
export function banner(emulator: Emulator, kept: string | undefined, mailServer?: string): string {
  const { url, seed, controlToken, consoleLink } = emulator;
  const { apps, people, pages } = seed.world;
  const strong = (text: string) => styleText('bold', text, { validateStream: true });
  const app =
    apps.find((one) => one.mode === 'live' && one.type === 'web' && one.settings?.redirectUris?.length) ?? apps[0];
  const withPassword = people
    .filter((person) => person.email !== undefined && person.password !== undefined)
    .slice(0, 2);
  const rows: string[][] = [
    ['Graph and pages', url],
    ['Calls to apps', receivers[emulator.server.installation.settings.callbackReceivers]],
    ['Rate limits', limits[emulator.server.installation.settings.rateLimits ? 'on' : 'off']],
    ['Console', consoleLink()],
    ['Mail', mailServer ?? 'in the inbox of the console; hallpass inbox server opens a mail server for programs'],
    ['Control', `${url}/_/emulator/  token ${controlToken}`],
  ];
  if (app)
    rows.push(
      ['App', `${app.name} (${app.mode})`],
      ['  id', app.id],
      ['  secret', app.secret],
      ['  client token', app.clientToken],
    );
  for (const person of withPassword)
    rows.push(['Person', `${person.name}  ${person.email}  password ${person.password}`]);
  for (const page of pages.slice(0, 2)) rows.push(['Page', `${page.name}  ${page.id}`]);
  const first = withPassword[0];
  const parts = [
    `${strong('Hallpass emulator')}: world ${seed.name}, ${kept === undefined ? 'in memory' : `kept in ${kept}`}. Stop with Ctrl+C.`,
    table(rows),
    ...(app
      ? [
          `${strong('Try')}\n${attempts(url, app, first?.name)
            .map(([what, command], at) => `${at + 1}. ${what}\n   ${command}`)
            .join('\n')}`,
        ]
      : []),
  ];
  return `\n${parts.join('\n\n')}\n`;
}

/** Five things that work as they stand, each a line to paste. */
function attempts(url: string, app: App, person: string | undefined): [what: string, command: string][] {
  const graph = `${url}/${versions.default}`;
  const appToken = `${app.id}|${app.secret}`;
  const redirect = app.settings?.redirectUris?.[0] ?? 'http://localhost:3000/';
  const scope = (app.settings?.advancedAccess ?? defaultSettings.advancedAccess).includes('pages_show_list')
    ? 'email,pages_show_list,pages_read_engagement'
    : 'email';
  const dialog = `${graph}/dialog/oauth?client_id=${app.id}&redirect_uri=${encodeURIComponent(redirect)}&scope=${scope}&state=1`;
  return [
    [
      'An app token',
      `curl '${graph}/oauth/access_token?client_id=${app.id}&client_secret=${app.secret}&grant_type=client_credentials'`,
    ],
    [
      'What a token is',
      `curl '${graph}/debug_token' -G --data-urlencode 'input_token=${appToken}' --data-urlencode 'access_token=${appToken}'`,
    ],
    [
      'A test user with a token, without a browser',
      `curl '${graph}/${app.id}/accounts/test-users' --data-urlencode 'access_token=${appToken}' -d installed=true -d permissions=${scope}`,
    ],
    [
      `Log in${person === undefined ? '' : ` as ${person}`}: open this in a browser and copy the code from the address it ends at`,
      dialog,
    ],
    [
      'The code for a token of the person',
      `curl '${graph}/oauth/access_token' -d client_id=${app.id} -d client_secret=${app.secret} --data-urlencode 'redirect_uri=${redirect}' -d code=CODE`,
    ],
  ];
}

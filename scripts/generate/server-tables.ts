// This module writes the reference pages that are read from the tables of the server and the command line: settings,
// events, limits, pages.
import { flagOf, placeTable } from '@hallpass/cli';
import {
  doors,
  events,
  limitTable,
  type routes as routeTable,
  routes,
  sdkCalls,
  settingTable,
} from '@hallpass/server/declarations';
import { code, grouped, table } from './markdown.ts';

type Route = (typeof routeTable)[number];

export function settingPage(): string {
  const head = ['setting', 'what it does', 'default', 'environment', 'option'];
  return [
    '# Settings',
    'Settings of `hallpass serve` come from a YAML file (`--config`), then from the environment, then from options; later ones win. `hallpass config explain` shows every value in force and where it comes from. ' +
      'The address of a PostgreSQL holds a password, so it stands in the file that databaseUrlFile names, or in `DATABASE_URL`; without either the data are in SQLite in the data directory. That of a mail server stands in the file that smtpUrlFile names, or in `HALLPASS_SMTP_URL`; without either nothing is mailed. ' +
      '`hallpass dev` takes settings of the server from the environment, and its place from its own options.',
    '## Where it runs',
    table(
      head,
      Object.entries(placeTable).map(([name, { doc, env, default: usual }]) => [
        code(name),
        doc,
        code(usual),
        code(env),
        code(flagOf(name)),
      ]),
    ),
    '## The server',
    table(
      head,
      Object.entries(settingTable).map(([name, { doc, env, check }]) => [
        code(name),
        doc,
        defaultOf(check),
        code(env),
        code(flagOf(name)),
      ]),
    ),
    'In a file, lists are YAML lists; in the environment and in options, texts with commas between the entries. Yes and no are `true` and `false`.',
  ].join('\n\n');
}

function defaultOf(check: (typeof settingTable)[keyof typeof settingTable]['check']): string {
  const { data } = check.safeParse(undefined);
  if (data === undefined || (Array.isArray(data) && data.length === 0)) return '';
  return code(String(data));
}

export function eventPage(): string {
  const rows = (kept: 'trail' | 'log'): string =>
    table(
      ['event', 'what happened'],
      Object.entries(events).flatMap(([name, entry]) => (entry.kept === kept ? [[code(name), entry.doc]] : [])),
    );
  return [
    '# Events',
    'What a server tells about safety. Ids only: never a token, a secret, an e-mail address or a full network address.',
    '## In the audit trail',
    'Committed together with the acts they record, chained so that an edit or a gap shows (`hallpass audit verify`), and written to the log too.',
    rows('trail'),
    '## In the log alone',
    'Nothing was changed. `--log-level info` shows them, as JSON lines on standard error.',
    rows('log'),
  ].join('\n\n');
}

export function limitPage(): string {
  return [
    '# Limits',
    'How much one request may bring. Anything larger is refused before it is read.',
    table(
      ['limit', 'most', 'of what'],
      Object.entries(limitTable).map(([name, { most, unit, doc }]) => [
        code(name),
        `${most.toLocaleString('en-GB')} ${unit}`.trim(),
        doc,
      ]),
    ),
  ].join('\n\n');
}

const whoOf = (route: Route): string => {
  if ('held' in route && route.held) return 'logged in, also while the account is held';
  return 'mine' in route || ('holder' in route && route.holder === 'session') ? 'logged in' : 'anybody';
};

export function sitePage(): string {
  const rows = grouped(routes, ({ method, doc }) => `${method} ${doc}`).map(([, same]) => {
    const [first] = same as [Route];
    return [first.method, same.map(({ path }) => code(plain(path))).join(', '), first.doc, whoOf(first)];
  });
  return [
    '# Pages',
    'Every page that people meet, and every form on them. A GET changes nothing, but for links that work once. Each form carries a token that was made for its browser or its session.',
    table(['verb', 'path', 'what it is', 'who'], rows),
    '## The door of the dashboard',
    'Calls that our own pages make for the person who is logged in, on the hosts of the pages. `Origin` or `Sec-Fetch-Site` must say that a page of this site sends them; all but the first need `X-Hallpass-CSRF`, the token of the session. They answer JSON, with errors in the envelope of the Graph.',
    table(
      ['verb', 'path', 'what it is'],
      doors.map(({ method, path, doc }) => [method, code(path), doc]),
    ),
    '## Calls of the JavaScript SDK',
    'Calls that a script on a page of an app makes, by GET or by POST. `Origin` must be one of the app’s Allowed Domains for the JavaScript SDK: any other page is told `unknown`, and may not read even that.',
    table(
      ['path', 'what it is'],
      sdkCalls.map(({ path, doc }) => [code(path), doc]),
    ),
  ].join('\n\n');
}

/** `/:version{v[0-9]+}/x` → `/{version}/x` */
const plain = (path: string): string => path.replace(/:(\w+)\{(?:[^{}]|\{[^}]*\})*\}/g, '{$1}');

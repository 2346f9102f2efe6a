// This module writes the reference pages that are read from the tables of @hallpass/protocol.
import {
  type AdAccountTaskEntry,
  adAccountTasks,
  appRoleLimits,
  appRoles,
  type CatalogueError,
  errors,
  holderAdvice,
  type InvalidationEvent,
  invalidations,
  type TokenKindEntry,
  type MarketingTierEntry,
  marketingTiers,
  oldNames,
  oldPageRoles,
  pageTasks,
  platformRoles,
  type PermissionWords,
  permissions,
  type RefusingState,
  refusingStates,
  type TaskEntry,
  tokenKinds,
} from '@hallpass/protocol';
import { code, grouped, table } from './markdown.ts';

const entries = <T>(of: Readonly<Record<string, T>>): [string, T][] => Object.entries(of);
const list = (names: readonly string[]): string => names.map(code).join(', ');

export function errorPage(): string {
  const families = grouped(entries<CatalogueError>(errors), ([key]) => key.split('.')[0] ?? key);
  const wording = ({ message, older }: CatalogueError): string =>
    older === undefined ? message : `${message} Before ${older.before}: ${older.message}`;
  const rows = (family: [string, CatalogueError][]): string =>
    table(
      ['key', 'code', 'subcode', 'type', 'status', 'message', 'when', 'what a holder does', 'source of the wording'],
      family.map(([key, e]) => [
        code(key),
        e.code,
        e.subcode,
        e.type,
        e.status,
        wording(e),
        e.adviceOnly ? `${e.doc} Not answered here.` : e.doc,
        code(e.holder),
        e.source,
      ]),
    );
  return [
    '# Errors',
    'Every error that the Graph answers with, and errors of the real service that are not answered here and only advise holders of its tokens. A `{name}` in a message is filled in. `status` is the usual HTTP status; `suppress_http_code` makes it 200.',
    ...families.map(([family, members]) => `## ${family}\n\n${rows(members)}`),
    '## What a holder does',
    table(
      ['word', 'meaning'],
      entries(holderAdvice).map(([word, meaning]) => [code(word), meaning]),
    ),
  ].join('\n\n');
}

export function permissionPage(): string {
  const groups = grouped(entries<PermissionWords>(permissions), ([, entry]) => entry.group);
  const rows = (group: [string, PermissionWords][]): string =>
    table(
      ['permission', 'title', 'what the person reads', 'access level', 'asks for these too'],
      group.map(([name, p]) => [code(name), p.title, p.words, p.level, list(p.dependsOn)]),
    );
  return [
    '# Permissions',
    'The permissions that an app can ask a person for. `basic` may be asked of anybody; `standard` only of people with a role on the app, until the app was given advanced access.',
    ...groups.map(([group, members]) => `## ${group}\n\n${rows(members)}`),
    '## Old names',
    'Names of earlier years are still read in `scope` and mean these:',
    table(
      ['old name', 'means'],
      entries<readonly string[]>(oldNames).map(([name, now]) => [code(name), list(now)]),
    ),
  ].join('\n\n');
}

export function tokenKindPage(): string {
  return [
    '# Kinds of token',
    'A token hangs on counters (epochs). When an event moves one of them on, every token that hangs on it is dead: see [invalidations](invalidations.md).',
    table(
      ['kind', 'what it is', '`type` in debug_token', 'begins with', 'stands for a person', 'hangs on'],
      entries<TokenKindEntry>(tokenKinds).map(([name, kind]) => [
        code(name),
        kind.doc,
        code(kind.debugType),
        kind.prefix === undefined ? code('{app-id}|') : code(kind.prefix),
        kind.hasPerson ? 'yes' : 'no',
        list(kind.hangsOn),
      ]),
    ),
  ].join('\n\n');
}

export function invalidationPage(): string {
  const message = (key: keyof typeof errors): string => {
    const { code: number, subcode } = errors[key];
    return `${code(key)} (${number}${subcode === undefined ? '' : `/${subcode}`})`;
  };
  const advice = (key: keyof typeof errors): string => holderAdvice[errors[key].holder];
  const dies = (anchor: string): string =>
    list(
      entries<TokenKindEntry>(tokenKinds).flatMap(([name, kind]) =>
        (kind.hangsOn as readonly string[]).includes(anchor) ? [name] : [],
      ),
    );
  return [
    '# What kills tokens',
    '## Events',
    'An event advances one counter. Everything that depends on it has ended permanently, and answers with the error of the event.',
    table(
      ['event', 'what happened', 'hits', 'kinds that die', 'error (code/subcode)', 'what the holder does'],
      entries<InvalidationEvent>(invalidations).map(([name, event]) => [
        code(name),
        event.doc,
        code(event.hits),
        dies(event.hits),
        message(event.error),
        advice(event.error),
      ]),
    ),
    '## States',
    'A state refuses tokens for as long as it holds. When it ends, tokens that are otherwise alive work again.',
    table(
      ['state', 'what it is', 'of', 'error (code/subcode)', 'what the holder does'],
      entries<RefusingState>(refusingStates).map(([name, state]) => [
        code(name),
        state.doc,
        state.of,
        message(state.error),
        advice(state.error),
      ]),
    ),
  ].join('\n\n');
}

export function taskPage(): string {
  return [
    '# Tasks and roles',
    '## Tasks on a Page',
    table(
      ['task', 'title', 'what it allows', 'group', 'brings along'],
      entries<TaskEntry>(pageTasks).map(([name, task]) => [
        code(name),
        task.title,
        task.doc,
        task.group,
        list(task.includes ?? []),
      ]),
    ),
    '## Roles, which came before tasks',
    table(
      ['role', 'tasks'],
      entries<readonly string[]>(oldPageRoles).map(([name, tasks]) => [code(name), list(tasks)]),
    ),
    '## Tasks on an ad account',
    table(
      ['task', 'title', 'what it allows', 'brings along'],
      entries<AdAccountTaskEntry>(adAccountTasks).map(([name, task]) => [
        code(name),
        task.title,
        task.doc,
        list(task.includes ?? []),
      ]),
    ),
    '## Roles on an app',
    table(
      ['role', 'title', 'what it allows', 'acts'],
      entries(appRoles).map(([name, role]) => [code(name), role.title, role.doc, list(role.may)]),
    ),
    `There can be ${appRoleLimits.administrators} administrators, ${appRoleLimits.testers} testers, and ${appRoleLimits.everybody} people in all roles but the first together, invitations included.`,
    '## Tiers of the Marketing API',
    'An app has one tier. The documents named the tiers three times; `marketing_tier` in a seed file takes the word of the first column.',
    table(
      [
        'tier',
        'oldest name',
        'until May 2026',
        'since May 2026',
        '`ads_api_access_tier`',
        'system users of a business',
        'what it means',
      ],
      entries<MarketingTierEntry>(marketingTiers).map(([name, tier]) => [
        code(name),
        tier.oldest,
        tier.former,
        tier.title,
        tier.header === undefined ? '' : code(tier.header),
        `${tier.systemUsers.EMPLOYEE} EMPLOYEE, ${tier.systemUsers.ADMIN} ADMIN`,
        tier.doc,
      ]),
    ),
    '## Roles on the platform',
    table(
      ['role', 'title', 'what it is'],
      entries(platformRoles).map(([name, role]) => [code(name), role.title, role.doc]),
    ),
  ].join('\n\n');
}

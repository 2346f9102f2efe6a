// This module says a requirement as a sentence.
import { adAccountTasks } from './ad-account-tasks.ts';
import { conditions } from './conditions.ts';
import type { NamedThing, Requirement, ThingKind } from './requirement.ts';
import { appRoles, businessRoles, pageTasks } from './tasks.ts';

/** The requirement as a sentence, for the reference pages, the Explorer and the log. */
export function inWords(requirement: Requirement): string {
  switch (requirement.is) {
    case 'anyone':
      return 'anyone';
    case 'token':
      return `${requirement.kinds[0] === 'app' ? 'an' : 'a'} ${requirement.kinds.map((k) => k.replace('_', ' ')).join(' or ')} token`;
    case 'permission':
      return `the permission ${requirement.name}`;
    case 'task':
      return holdsAll(requirement.anyOf, pageTasks)
        ? 'any task on the Page'
        : `the task ${requirement.anyOf.join(' or ')}`;
    case 'ad_account_task':
      return holdsAll(requirement.anyOf, adAccountTasks)
        ? 'any task on the ad account'
        : `the ad account task ${requirement.anyOf.join(' or ')}`;
    case 'role':
      return holdsAll(requirement.anyOf, appRoles)
        ? 'any role on the app'
        : `the app role ${requirement.anyOf.join(' or ')}`;
    case 'business_role':
      return holdsAll(requirement.anyOf, businessRoles)
        ? 'any role in the business'
        : `the business role ${requirement.anyOf.join(' or ')}`;
    case 'platform_role':
      return requirement.anyOf
        .map((name) => `${name === 'administrator' ? 'an' : 'a'} ${name} of the platform`)
        .join(' or ');
    case 'self':
      return 'to be the person it is about';
    case 'own_app':
      return 'a token of this app';
    case 'dashboard':
      return 'the dashboard (no access token)';
    case 'confirmed':
      return 'the password within the last ten minutes';
    case 'presented':
      return 'an access token (not the dashboard)';
    case 'on':
      return `${inWords(requirement.needs)} (on ${thingInWords(requirement.thing)})`;
    case 'given':
      return `with \`${requirement.parameter}\` (${moreInWords(requirement.present)}), without it (${moreInWords(requirement.absent)})`;
    case 'where':
      return `that ${conditions[requirement.condition].words}`;
    case 'all':
      return requirement.of.map(inWords).join(', and ');
    case 'any': {
      if (requirement.of[0] && requirement.of.length === 1) return inWords(requirement.of[0]);
      const names = requirement.of.flatMap((part) => (part.is === 'permission' ? [part.name] : []));
      if (names.length > 1 && names.length === requirement.of.length)
        return `one of the permissions ${names.join(', ')}`;
      return `either ${requirement.of.map((part) => (part.is === 'all' || part.is === 'on' ? `(${inWords(part)})` : inWords(part))).join(' or ')}`;
    }
  }
}

const moreInWords = (requirement: Requirement): string =>
  requirement.is === 'anyone' ? 'nothing more' : inWords(requirement);

const thingNames: Readonly<Record<ThingKind | 'token', string>> = {
  page: 'Page',
  app: 'app',
  business: 'business',
  ad_account: 'ad account',
  token: 'app and person of the token',
};

const thingInWords = (thing: NamedThing): string =>
  'parameter' in thing
    ? `the ${thingNames[thing.kind]} that \`${thing.parameter}\` ${thing.kind === 'token' ? 'holds' : 'names'}`
    : thing.relation === 'owner'
      ? `the ${thingNames[thing.kind]} that owns it`
      : `the ${thingNames[thing.kind]} that calls`;

const holdsAll = (names: readonly string[], table: object): boolean =>
  Object.keys(table).every((name) => names.includes(name));

// Steps about what the person gives: single permissions, Pages, and the yes to going on.
import { isAboutPages, type Permission } from '@hallpass/protocol';
import { isNative } from '../../accounts/token-life.ts';
import type { Installation } from '../../liveness/installation.ts';
import type { Grant } from '../../store/grants.ts';
import * as limitedGrants from '../../store/limited-grants.ts';
import * as pages from '../../store/pages.ts';
import { wantedOf } from '../asked.ts';
import type { PageShown, Stop, Visit } from '../visit.ts';
import { askedOfBusiness, assetsChosen } from './business.ts';

/** Everything that is asked now was shown, and the person sent an answer to it. */
export async function allDecided(visit: Visit): Promise<Stop | undefined> {
  const { installation, request, app, me, insider } = visit;
  if (visit.forBusiness) {
    visit.wanted = { ask: askedOfBusiness(visit), granted: [], openid: false };
    if (visit.wanted.ask.length === 0) return { is: 'blocked', reason: 'config_permissions' };
    return isDecided(visit) ? undefined : { is: 'consent' };
  }
  visit.grant = request.limited
    ? ((await limitedGrants.find(installation.db.read, app.id, me.person.id)) ?? null)
    : await installation.facts.grant(app.id, me.person.id);
  visit.wanted = wantedOf(visit.asking, app, insider, visit.grant);
  return isDecided(visit) ? undefined : { is: 'consent' };
}

/** Whether the person was shown everything that is asked. */
export function isDecided({ answers, wanted }: Visit): boolean {
  return wanted.ask.every((name) => answers.consent?.asked.includes(name));
}

/** A permission about Pages is given for the Pages that the person ticks. */
export async function pagesChosen(visit: Visit): Promise<Stop | undefined> {
  const { answers } = visit;
  if (visit.forBusiness) return assetsChosen(visit);
  const agreed = agreedOf(visit).filter(isAboutPages);
  if (answers.pages !== undefined || (agreed.length === 0 && !answers.choosePages)) return undefined;
  const held = visit.wanted.granted.filter(isAboutPages);
  return {
    is: 'choose_pages',
    pages: await pagesToChoose(visit.installation, visit.me.person.id, visit.grant),
    permissions: [...new Set([...held, ...agreed])],
  };
}

/** What the person has agreed to of what is asked now. */
export function agreedOf({ answers, wanted }: Visit): Permission[] {
  return wanted.ask.filter((name) => answers.consent?.agreed.includes(name));
}

/** The Pages that a person has a task on, with those ticked that were chosen before. */
export async function pagesToChoose(installation: Installation, personId: string, grant: Grant | null): Promise<PageShown[]> {
  const roles = await installation.facts.pagesOf(personId);
  const tasksOf = new Map(roles.map((role) => [role.pageId, role.tasks]));
  const rows = await pages.byIds(installation.db.read, [...tasksOf.keys()]);
  const before = targetsOf(grant);
  return rows
    .sort((a, b) => a.name.localeCompare(b.name, 'en'))
    .map((page) => ({ page, tasks: tasksOf.get(page.id) ?? [], chosen: before === undefined || before.has(page.id) }));
}

/** The Pages that were chosen before; undefined where nothing was, or where all are meant. */
function targetsOf(grant: Grant | null): Set<string> | undefined {
  const lists = Object.entries(grant?.permissions ?? {}).flatMap(([name, permit]) =>
    permit.status === 'granted' && isAboutPages(name) ? [permit.targets] : [],
  );
  return lists.length === 0 || lists.includes(undefined) ? undefined : new Set(lists.flatMap((list) => list ?? []));
}

/**
 * A dialog in which nothing is asked goes on by itself only where a site is sure to be the app's own, in the top window, and
 * nothing was asked for that needs a person. A program on a phone can be imitated (RFC 8252, section 8.6), so it always asks,
 * unless it brings the id_token that it got before.
 */
export function confirmed(visit: Visit): Stop | undefined {
  const { answers, request, target, installation, grant } = visit;
  if (visit.sent && (answers.consent !== undefined || answers.continued || answers.proven)) return undefined;
  const ended = grant !== null && grant.dataAccessUntil !== 0 && installation.world.clock.now() >= grant.dataAccessUntil;
  const needsPerson =
    request.authType.includes('reauthenticate') ||
    request.authType.includes('reauthorize') ||
    request.forceConfirmation ||
    ended ||
    (!visit.renews && (isNative(target.form) || target.form === 'desktop')) ||
    !visit.top ||
    visit.wanted.ask.length > 0;
  return needsPerson ? { is: 'already_connected', why: ended ? 'data_access' : undefined } : undefined;
}

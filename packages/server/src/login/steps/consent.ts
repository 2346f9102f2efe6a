// These steps are about what the person gives: single permissions, and the yes to going on.
import { isAboutPages } from '@hallpass/protocol';
import { isNative } from '../../codes/token-life.ts';
import * as limitedGrants from '../../store/grants/limited-grants.ts';
import { requestedPermissions } from '../requested-permissions.ts';
import {
  type DialogStop,
  type Findings,
  isForBusiness,
  scopeRequestOf,
  type Visit,
  type VisitStart,
  type VisitWith,
} from '../visit.ts';
import { askedOfBusiness } from './business.ts';
import { pagesNotChosen } from './pages.ts';

/** Everything that is asked now was shown, and the person sent an answer to it. */
export async function allDecided(
  visit: VisitWith<'app' | 'configuration' | 'scope' | 'whole' | 'me' | 'insider'>,
): Promise<DialogStop | Pick<Findings, 'grant' | 'wanted'>> {
  const { installation, request, app, me, insider, answers } = visit;
  if (isForBusiness(visit)) {
    const wanted = { ask: askedOfBusiness(visit), granted: [], openid: false };
    if (wanted.ask.length === 0) return { is: 'blocked', reason: 'config_permissions' };
    return isDecided({ answers, wanted }) ? { grant: null, wanted } : { is: 'consent', grant: null, wanted };
  }
  const grant = request.limited
    ? ((await limitedGrants.find(installation.db.read, app.id, me.person.id)) ?? null)
    : await installation.facts.grant(app.id, me.person.id);
  const wanted = requestedPermissions(scopeRequestOf(visit), app, insider, grant);
  return isDecided({ answers, wanted }) ? { grant, wanted } : { is: 'consent', grant, wanted };
}

/** True when the person was shown everything that is asked. */
export function isDecided({ answers, wanted }: Pick<Visit, 'answers' | 'wanted'>): boolean {
  return wanted.ask.every((name) => answers.consent?.asked.includes(name));
}

/** True when the app asks the person to think again about what was decided before. */
const asksAgain = ({ request }: VisitStart): boolean =>
  request.authType.includes('rerequest') || request.authType.includes('reauthorize');

/**
 * A dialog in which nothing is asked goes on by itself only where a site is sure to be the app's own, in the top
 * window, and nothing was asked for that needs a person. A program on a phone can be imitated (RFC 8252, section 8.6),
 * so it always asks, unless it brings the id_token that it got before. A person who has Pages that the app may not use
 * is always asked, since they may have got them after they chose.
 */
export async function confirmed(visit: Visit): Promise<DialogStop | undefined> {
  const { answers, request, target, installation, grant } = visit;
  if (visit.sent && (answers.consent !== undefined || answers.continued)) return undefined;
  const others = request.silent ? [] : await pagesNotChosen(visit);
  const offersPages = others.length > 0 || (asksAgain(visit) && visit.wanted.granted.some(isAboutPages));
  // A person who has just logged in to this app said yes with that, if there is nothing to choose.
  if (visit.sent && answers.proven && !offersPages) return undefined;
  const ended =
    grant !== null && grant.dataAccessUntil !== 0 && installation.world.clock.now() >= grant.dataAccessUntil;
  const needsPerson =
    request.authType.includes('reauthenticate') ||
    request.authType.includes('reauthorize') ||
    offersPages ||
    request.forceConfirmation ||
    ended ||
    (!visit.renews && (isNative(target.form) || target.form === 'desktop')) ||
    !visit.top ||
    visit.wanted.ask.length > 0;
  return needsPerson
    ? { is: 'already_connected', granted: visit.wanted.granted, why: ended ? 'data_access' : undefined, others }
    : undefined;
}

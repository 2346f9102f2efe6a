// These steps are about a dialog that must show nothing (`prompt=none`): it is answered at once, or an error says what
// is missing. Source: OpenID Connect Core, 3.1.2.1; the silent renewal of the iOS SDK, which sends its last id_token
// along.
import { loginStands, openIdToken } from '../../identity/limited-login.ts';
import type { DialogPage, Findings, Told, VisitWith } from '../visit.ts';

/** The id_token that came along is of this person, and the log-in it came from stands. */
export async function hintFits({
  installation,
  request,
  me,
}: VisitWith<'me'>): Promise<Told | Pick<Findings, 'renews'>> {
  if (!request.silent || request.idTokenHint === undefined) return { renews: false };
  const hint = await openIdToken(installation, request.idTokenHint, request.appId);
  if (hint?.user !== me.person.id) return { is: 'told', error: 'login_required' };
  if (!hint.login) return { renews: false };
  if (!(await loginStands(installation, hint.login))) return { is: 'told', error: 'login_required' };
  return { renews: request.limited };
}

/** Says what a dialog that may show nothing answers in place of what it would show. */
export function silenced(stop: Told | DialogPage): Told {
  switch (stop.is) {
    case 'told':
      return stop;
    case 'log_in':
    case 'reauthenticate':
    case 'checkpoint':
    case 'locked':
    case 'unconfirmed':
      return { is: 'told', error: 'login_required' };
    default:
      return { is: 'told', error: 'consent_required' };
  }
}

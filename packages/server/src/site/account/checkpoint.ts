// These pages are about accounts that are held: at a checkpoint until the password is given, locked by the operator, or
// waiting to be confirmed. By themselves, or on the way through a dialog, which then goes on.
import type { PasswordProofError } from '@hallpass/pages';
import { checkpointReason, confirmIn, endCheckpoint } from '../../people/lock.ts';
import { renewSession, type SignedInPerson } from '../../people/sign-in/sessions.ts';
import { provePassword } from '../../people/sign-in/sign-in.ts';
import type { HttpResponse } from '../../wire/answer.ts';
import { change, type Actor, type Change } from '../../liveness/change.ts';
import { continueDialog } from '../../login/dialog.ts';
import { html, redirect } from '../answers.ts';
import { type SiteRequest, setSession } from '../site-request.ts';
import { answerTo, askingOf } from '../dialog/dialog.ts';
import { heldView } from '../dialog/dialog-views.ts';
import { withDone } from '../forms.ts';
import { goOn, paths } from '../paths.ts';
import type { PersonId } from '../../store/ids.ts';

const isHeld = (me: SignedInPerson): boolean => checkpointPath(me) !== undefined;

/** The page to which a person whose account is held is sent from any other. */
export function checkpointPath({ person }: SignedInPerson): string | undefined {
  if (person.state === 'checkpoint' || person.state === 'locked') return paths.checkpoint;
  return person.state === 'unconfirmed' ? paths.confirm : undefined;
}

export async function showCheckpoint(
  ask: SiteRequest,
  me: SignedInPerson,
  error?: PasswordProofError,
): Promise<HttpResponse> {
  if (!isHeld(me)) return redirect(ask, paths.home);
  const reason = me.person.state === 'checkpoint' ? await checkpointReason(ask.installation, me.person.id) : undefined;
  return html(ask, heldView(ask, me, reason, error));
}

export async function unlockSent(ask: SiteRequest, me: SignedInPerson): Promise<HttpResponse> {
  // No password unlocks what the operator locked.
  if (me.person.state === 'locked') return showCheckpoint(ask, me);
  if (me.person.state !== 'checkpoint') return released(ask, me, undefined);
  const password = ask.form.values.get('password') ?? '';
  const { device, ipPrefix } = ask.visitor;
  if (await provePassword(ask.installation, { who: { person: me.person }, password, device, ipPrefix }))
    return released(ask, me, endCheckpoint);
  const error = password ? 'wrong' : 'missing';
  const interaction = ask.form.values.get('interaction');
  if (interaction === undefined) return showCheckpoint(ask, me, error);
  return answerTo(ask, await continueDialog({ ...askingOf(ask), top: false }, interaction), { password: error });
}

export function confirmSent(ask: SiteRequest, me: SignedInPerson): Promise<HttpResponse> {
  return released(ask, me, me.person.state === 'unconfirmed' ? confirmIn : undefined);
}

/** Lets the account go, gives the session a new cookie, and leads on. */
async function released(
  ask: SiteRequest,
  me: SignedInPerson,
  act: ((making: Change, personId: PersonId, by: Actor) => Promise<boolean>) | undefined,
): Promise<HttpResponse> {
  const interaction = ask.form.values.get('interaction');
  let holder = me.session.hash;
  if (act) {
    const { cookie, session } = await change(ask.installation, async (making) => {
      await act(making, me.person.id, { kind: 'person', id: me.person.id });
      return renewSession(ask.installation, making, me.session);
    });
    setSession(ask, { cookie });
    holder = session.hash;
  }
  if (interaction !== undefined) return redirect(ask, goOn(interaction));
  const done = act === endCheckpoint ? 'account_unlocked' : 'account_confirmed';
  return redirect(ask, act ? withDone(ask, holder, paths.settings, done) : paths.settings);
}

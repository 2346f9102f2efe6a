// An invitation into a business leads to this page: who is logged in with the invited address says yes or no. Whoever
// else holds the link learns nothing by it.
import { invitation as invitationView, message } from '@hallpass/pages';
import { answerInvitation, type Invitation, isTo, openInvitation } from '../../businesses/business-invitations.ts';
import type { SignedInPerson } from '../../people/sign-in/sessions.ts';
import type { HttpResponse } from '../../wire/answer.ts';
import * as businesses from '../../store/businesses/businesses.ts';
import * as people from '../../store/people/people.ts';
import { blockedPage, html, linkPage, pageProps, redirect } from '../answers.ts';
import { type SiteRequest, queryOf } from '../site-request.ts';
import { otherPerson, sessionForm } from '../forms.ts';
import { checkpointPath } from '../account/checkpoint.ts';
import { leadingTo } from '../account/purpose.ts';
import { paths } from '../paths.ts';

const idForm = /^[1-9]\d{0,18}$/;

const unavailable = (ask: SiteRequest): HttpResponse => linkPage(ask, 'invitation');

const open = async (ask: SiteRequest, id = '', key = ''): Promise<Invitation | undefined> =>
  idForm.test(id) ? openInvitation(ask.installation, id, key) : undefined;

const addressOf = (id: string, key: string): string =>
  `${paths.invitation}?id=${encodeURIComponent(id)}&key=${encodeURIComponent(key)}`;

/** The refusal tells nothing about the invitation; the person it was sent to may log in instead. */
function notYours(ask: SiteRequest, me: SignedInPerson, address: string): HttpResponse {
  const body = message({
    ...pageProps(ask),
    message: 'invitation_not_yours',
    home: paths.home,
    me: otherPerson(ask, me, address),
  });
  return html(ask, body, { status: 403 });
}

/** The page of the invitation that a form was about, where its session has ended. */
export function invitationAgain({ form }: SiteRequest): string {
  const [id = '', , key = ''] = (form.values.get('interaction') ?? '').split(':');
  return addressOf(id, key);
}

export async function invitationShown(ask: SiteRequest): Promise<HttpResponse> {
  const query = queryOf(ask);
  const [id = '', key = ''] = [query.get('id'), query.get('key')];
  const me = ask.signedIn;
  if (!me) return redirect(ask, leadingTo(paths.logIn, addressOf(id, key)), 302);
  const held = checkpointPath(me);
  if (held !== undefined) return redirect(ask, held, 302);
  const found = await open(ask, id, key);
  if (!found) return unavailable(ask);
  return (await isTo(ask.installation, found, me.person))
    ? asked(ask, me, found, key)
    : notYours(ask, me, addressOf(id, key));
}

async function asked(ask: SiteRequest, me: SignedInPerson, found: Invitation, key: string): Promise<HttpResponse> {
  const { read } = ask.installation.db;
  const business = await businesses.byId(read, found.businessId);
  const inviter = found.createdBy === null ? undefined : await people.byId(read, found.createdBy);
  if (!business) return unavailable(ask);
  const body = invitationView({
    ...pageProps(ask),
    form: sessionForm(ask, me, paths.invitation, `${found.id}:${found.role}:${key}`),
    ...otherPerson(ask, me, addressOf(found.id, key)),
    business: business.name,
    inviter: inviter && inviter.state !== 'deleted' ? inviter.name : undefined,
    role: found.role,
  });
  return html(ask, body);
}

/**
 * The form holds what it showed, and its token seals that to the session: a role that was changed meanwhile is asked
 * anew.
 */
export async function invitationAnswered(ask: SiteRequest, me: SignedInPerson): Promise<HttpResponse> {
  const [id, role, key = ''] = (ask.form.values.get('interaction') ?? '').split(':');
  const decision = ask.form.values.get('decision');
  if (decision !== 'continue' && decision !== 'cancel') return blockedPage(ask, 'invalid_parameter', 'unknown');
  const found = await open(ask, id, key);
  if (!found) return unavailable(ask);
  if (!(await isTo(ask.installation, found, me.person))) return notYours(ask, me, addressOf(found.id, key));
  if (found.role !== role) return asked(ask, me, found, key);
  if (!(await answerInvitation(ask.installation, found, me.person, decision === 'continue'))) return unavailable(ask);
  const said = decision === 'continue' ? 'invitation_accepted' : 'invitation_declined';
  return html(ask, message({ ...pageProps(ask), message: said, home: paths.home }));
}

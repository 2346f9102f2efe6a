// This page is the log-in link of a test user: opens one session, once. Source: `login_url` of the test users edge.
import { useLoginCode } from '../../codes/login-link.ts';
import { enter } from '../../people/sign-in/sign-in.ts';
import type { HttpResponse } from '../../wire/answer.ts';
import { change } from '../../liveness/change.ts';
import * as people from '../../store/people/people.ts';
import { linkPage, redirect } from '../answers.ts';
import { type SiteRequest, queryOf, setSession } from '../site-request.ts';
import { answerTo, askingOf, isFramed } from './dialog.ts';
import { paths } from '../paths.ts';

export async function testUserLinkOpened(ask: SiteRequest): Promise<HttpResponse> {
  if (askingOf(ask).looking || isFramed(ask)) return answerTo(ask, { is: 'nothing' });
  const { installation } = ask;
  const personId = await useLoginCode(installation, queryOf(ask).get('code') ?? '');
  const person = personId === undefined ? undefined : await people.byId(installation.db.read, personId);
  const entered =
    person &&
    (await change(installation, (making) =>
      enter(installation, making, { person }, ask.visitor, ask.signedIn, 'link'),
    ));
  if (!entered) return linkPage(ask, 'test_user');
  setSession(ask, entered);
  return redirect(ask, paths.home);
}

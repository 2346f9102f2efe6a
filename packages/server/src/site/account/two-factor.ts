// These pages are about two-factor authentication in the settings. The key is shown in the answer to a form, once;
// nothing is on before a code of it was confirmed. What is on is changed only with password and code.
import { recoveryCodes, twoFactor, type TwoFactorProps, twoFactorSetUp } from '@hallpass/pages';
import { setUpAddress } from '../../people/sign-in/one-time-code.ts';
import { withCode } from '../../people/sign-in/prove-code.ts';
import {
  confirmSecondFactor,
  newRecoveryCodes,
  offeredSecret,
  offerSecondFactor,
  removeSecondFactor,
} from '../../people/sign-in/second-factor.ts';
import { renewSession, type SignedInPerson } from '../../people/sign-in/sessions.ts';
import { asksForCode, provePassword } from '../../people/sign-in/sign-in.ts';
import { budgetOf, giveBack, mayTry } from '../../people/try-budget.ts';
import type { HttpResponse } from '../../wire/answer.ts';
import { change } from '../../liveness/change.ts';
import * as secondFactors from '../../store/people/second-factors.ts';
import { html, redirect } from '../answers.ts';
import { type SiteRequest, setSession } from '../site-request.ts';
import { accountProps, sessionForm, withDone } from '../forms.ts';
import { paths } from '../paths.ts';

export async function twoFactorShown(
  ask: SiteRequest,
  me: SignedInPerson,
  errors?: TwoFactorProps['errors'],
): Promise<HttpResponse> {
  const on = await asksForCode(ask.installation, me);
  const left = on ? await secondFactors.recoveryCodesLeft(ask.installation.db.read, me.person.id) : undefined;
  const form = sessionForm(ask, me, on ? paths.twoFactorChange : paths.twoFactorBegin);
  return html(ask, twoFactor({ ...accountProps(ask, me), form, recoveryCodes: left, errors }));
}

const passwordOf = ({ form }: SiteRequest): string => form.values.get('password') ?? '';
const codeOf = ({ form }: SiteRequest): string => form.values.get('code') ?? '';

async function passwordRight(ask: SiteRequest, me: SignedInPerson): Promise<boolean> {
  const { device, ipPrefix } = ask.visitor;
  return (
    (await provePassword(ask.installation, {
      who: { person: me.person },
      password: passwordOf(ask),
      device,
      ipPrefix,
    })) !== undefined
  );
}

export async function twoFactorBegun(ask: SiteRequest, me: SignedInPerson): Promise<HttpResponse> {
  if (passwordOf(ask) === '') return twoFactorShown(ask, me, { password: 'missing' });
  if (!(await passwordRight(ask, me))) return twoFactorShown(ask, me, { password: 'wrong' });
  const secret = await offerSecondFactor(ask.installation, me.person.id);
  return secret === undefined ? redirect(ask, paths.twoFactor) : setUpShown(ask, me, secret);
}

async function setUpShown(
  ask: SiteRequest,
  me: SignedInPerson,
  secret: string,
  error?: 'wrong' | 'missing',
): Promise<HttpResponse> {
  const address = setUpAddress(ask.installation.settings.platformName, me.person.email ?? me.person.name, secret);
  const form = sessionForm(ask, me, paths.twoFactorConfirm);
  return html(
    ask,
    twoFactorSetUp({ ...accountProps(ask, me), form, picture: await qrCode(address), key: secret, error }),
  );
}

/**
 * The dark cells of a QR code as the path of an SVG, a row of them at a time. Its library is loaded when somebody needs
 * one: that keeps the start short.
 */
async function qrCode(text: string): Promise<{ size: number; path: string }> {
  const { default: qr } = await import('qrcode');
  const { modules } = qr.create(text, { errorCorrectionLevel: 'M' });
  let path = '';
  for (let y = 0; y < modules.size; y++)
    for (let x = 0; x < modules.size; x++) {
      if (!modules.get(y, x)) continue;
      const from = x;
      while (x + 1 < modules.size && modules.get(y, x + 1)) x++;
      path += `M${from} ${y}h${x + 1 - from}v1H${from}z`;
    }
  return { size: modules.size, path };
}

export async function twoFactorConfirmed(ask: SiteRequest, me: SignedInPerson): Promise<HttpResponse> {
  const { installation, visitor } = ask;
  const secret = await offeredSecret(installation, me.person.id);
  if (secret === undefined) return redirect(ask, paths.twoFactor);
  if (codeOf(ask) === '') return setUpShown(ask, me, secret, 'missing');
  const budget = budgetOf(installation, 'second_factor', me.person.id, visitor.device);
  if (!(await mayTry(installation, 'second_factor', budget, { personId: me.person.id, ipPrefix: visitor.ipPrefix })))
    return setUpShown(ask, me, secret, 'wrong');
  const done = await change(installation, async (making) => {
    const codes = await confirmSecondFactor(installation, making, me.person.id, codeOf(ask));
    if (!codes) return undefined;
    await giveBack(making, budget);
    // The session may do more than before: it gets a new cookie, and what somebody else may hold of it is dead (threats
    // WP-04).
    return { codes, ...(await renewSession(installation, making, me.session)) };
  });
  return done ? codesShown(ask, me, done, true) : setUpShown(ask, me, secret, 'wrong');
}

function codesShown(
  ask: SiteRequest,
  me: SignedInPerson,
  done: { codes: string[]; cookie: string; session: SignedInPerson['session'] },
  turnedOn: boolean,
): HttpResponse {
  setSession(ask, done);
  const now: SignedInPerson = { ...me, session: done.session };
  return html(ask, recoveryCodes({ ...accountProps(ask, now), codes: done.codes, turnedOn }));
}

export async function twoFactorChanged(ask: SiteRequest, me: SignedInPerson): Promise<HttpResponse> {
  const { installation, visitor } = ask;
  const { id: personId } = me.person;
  const decision = ask.form.values.get('decision');
  if (!(await asksForCode(installation, me)) || (decision !== 'turn_off' && decision !== 'new_codes'))
    return redirect(ask, paths.twoFactor);
  const missing = {
    password: passwordOf(ask) === '' ? ('missing' as const) : undefined,
    code: codeOf(ask) === '' ? ('missing' as const) : undefined,
  };
  if (missing.password || missing.code) return twoFactorShown(ask, me, missing);
  if (!(await passwordRight(ask, me))) return twoFactorShown(ask, me, { password: 'wrong' });
  const done = await withCode(
    installation,
    { personId, code: codeOf(ask), device: visitor.device, ipPrefix: visitor.ipPrefix },
    async (making) => {
      const codes = decision === 'new_codes' ? await newRecoveryCodes(installation, making, personId) : [];
      if (decision === 'turn_off') await removeSecondFactor(installation, making, personId);
      return { codes, ...(await renewSession(installation, making, me.session)) };
    },
  );
  if (!done) return twoFactorShown(ask, me, { code: 'wrong' });
  if (decision === 'new_codes') return codesShown(ask, me, done, false);
  setSession(ask, done);
  return redirect(ask, withDone(ask, done.session.hash, paths.twoFactor, 'second_factor_off'));
}

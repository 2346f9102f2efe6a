// These samples are views that log a person in or let a new one in, in the states that look different.
import * as pages from '../../src/index.ts';
import { of, type Sample, type SampleCast } from './cast.ts';

export function logInSamples({ text, path, platform, form, notYou, app, person, dialog }: SampleCast): Sample[] {
  const newAccount = { name: text('Anna Lindqvist'), email: text('anna@example'), birthday: text('2001-02-03') };
  return [
    of('logIn', 'log-in', pages.logIn({ platform, form, signUp: path('/signup') })),
    of('logIn', 'log-in-app', pages.logIn({ platform, form, app, signUp: path('/signup') })),
    of('logIn', 'log-in-wrong', pages.logIn({ platform, form, app, error: 'wrong', email: text('anna@example.com') })),
    of(
      'logIn',
      'log-in-expired',
      pages.logIn({
        platform: { ...platform, emulator: true },
        form,
        error: 'expired',
        email: text('anna@example.com'),
      }),
    ),
    of('signUp', 'sign-up', pages.signUp({ platform, form, logIn: path('/login') })),
    of(
      'signUp',
      'sign-up-errors',
      pages.signUp({
        platform,
        form,
        app,
        logIn: path('/login'),
        values: newAccount,
        errors: { email: 'not_valid', password: 'too_short', birthday: 'future' },
      }),
    ),
    of('signUp', 'sign-up-invited', pages.signUp({ platform, form, logIn: path('/login'), purpose: 'invitation' })),
    of('logIn', 'log-in-forgot', pages.logIn({ platform, form, forgot: path('/forgot'), purpose: 'device' })),
    of('logIn', 'log-in-too-many', pages.logIn({ platform, form, error: 'too_many', retryAfter: 840 })),
    of('forgotPassword', 'forgot', pages.forgotPassword({ platform, form, logIn: path('/login') })),
    of(
      'forgotPassword',
      'forgot-missing',
      pages.forgotPassword({ platform, form, email: text('anna@'), missing: true, logIn: path('/login') }),
    ),
    of('forgotPassword', 'forgot-no-mail', pages.forgotPassword({ platform, logIn: path('/login') })),
    of('resetMailed', 'reset-mailed', pages.resetMailed({ platform, logIn: path('/login') })),
    of(
      'resetMailed',
      'reset-mail-shown',
      pages.resetMailed({
        platform,
        logIn: path('/login'),
        link: path('/reset?key=abc'),
      }),
    ),
    of(
      'resetPassword',
      'reset-password',
      pages.resetPassword({ platform, form, email: text('anna@example.com'), error: 'too_short' }),
    ),
    of(
      'sessionEnded',
      'session-ended',
      pages.sessionEnded({
        platform,
        typed: [
          { name: 'name', label: pages.newPageLabels.name, value: text('Corner Bakery') },
          { name: 'category', label: pages.newPageLabels.category, value: text('Bakery') },
        ],
        kept: true,
        next: path('/login?next=%2Fpages%2Fcreate'),
        signedIn: false,
        reference: 'abc',
      }),
    ),
    of(
      'sessionEnded',
      'session-ended-signed-in',
      pages.sessionEnded({
        platform: { ...platform, colours: 'dark' },
        typed: [{ name: 'name', label: pages.newPageLabels.name, value: text('Corner Bakery') }],
        kept: false,
        next: path('/pages/create'),
        signedIn: true,
        reference: 'abc',
      }),
    ),
    of(
      'sessionEnded',
      'session-ended-nothing-typed',
      pages.sessionEnded({ platform, typed: [], kept: false, next: path('/login'), signedIn: false, reference: 'abc' }),
    ),
    of('reauthenticate', 'reauthenticate-app', pages.reauthenticate(dialog)),
    of('reauthenticate', 'reauthenticate-settings', pages.reauthenticate({ platform, form, person, error: 'wrong' })),
    of('reauthenticate', 'reauthenticate-code', pages.reauthenticate({ ...dialog, code: true, error: 'code_wrong' })),
    of('logInCode', 'log-in-code', pages.logInCode({ platform, form, logIn: path('/login') })),
    of('logInCode', 'log-in-code-app', pages.logInCode({ platform, form, app, error: 'wrong' })),
    of(
      'invitation',
      'invitation',
      pages.invitation({
        platform,
        form,
        person,
        notYou,
        business: text('Lantern Trading'),
        inviter: text('Cleo Dupont'),
        role: 'EMPLOYEE',
      }),
    ),
    of('accountLocked', 'account-locked', pages.accountLocked({ platform, person, notYou })),
    of('checkpoint', 'checkpoint', pages.checkpoint({ platform, form, person, reason: 'asked', notYou })),
    of(
      'checkpoint',
      'checkpoint-new-password',
      pages.checkpoint({
        platform,
        form,
        person,
        reason: 'unusual',
        newPassword: true,
        error: 'wrong',
        newPasswordError: 'too_short',
      }),
    ),
    of('unconfirmed', 'unconfirmed', pages.unconfirmed({ platform, person, form, notYou })),
    of('unconfirmed', 'unconfirmed-waiting', pages.unconfirmed({ platform, person })),
    of('firstAdministrator', 'first-administrator', pages.firstAdministrator({ platform, form })),
    of(
      'firstAdministrator',
      'first-administrator-errors',
      pages.firstAdministrator({ platform, form, values: newAccount, errors: { name: 'missing' } }),
    ),
  ];
}

// These samples are views that say one thing and are left again, in the states that look different.
import * as pages from '../../src/index.ts';
import { of, type Sample, type SampleCast } from './cast.ts';

export function messageSamples({ path, platform, notYou, person }: SampleCast): Sample[] {
  return [
    ...(['signed_out', 'password_reset', 'password_chosen', 'account_secured', 'sign_up_closed'] as const).map((key) =>
      of('message', `message-${key}`, pages.message({ platform, message: key, logIn: path('/login') })),
    ),
    ...(
      [
        'account_confirmed',
        'administrator_ready',
        'invitation_accepted',
        'invitation_declined',
        'not_found',
        'went_wrong',
      ] as const
    ).map((key) => of('message', `message-${key}`, pages.message({ platform, message: key, home: path('/') }))),
    ...(['not_set_up', 'done'] as const).map((key) =>
      of('message', `message-${key}`, pages.message({ platform, message: key })),
    ),
    ...(['invitation_not_yours', 'nothing_to_log_out'] as const).map((key) =>
      of(
        'message',
        `message-${key}`,
        pages.message({ platform, message: key, home: path('/'), me: { person, notYou } }),
      ),
    ),
    of('tooManyRequests', 'too-many-requests', pages.tooManyRequests({ platform, retryAfter: 840 })),
    of('serverAway', 'server-away', pages.serverAway({ platform, retryAfter: 5, again: path('/settings') })),
    of(
      'linkUnavailable',
      'link-test-user',
      pages.linkUnavailable({ platform, link: 'test_user', logIn: path('/login') }),
    ),
    of(
      'linkUnavailable',
      'link-administrator',
      pages.linkUnavailable({ platform, link: 'administrator', logIn: path('/login') }),
    ),
    of(
      'linkUnavailable',
      'link-password',
      pages.linkUnavailable({ platform, link: 'password', anew: path('/forgot'), logIn: path('/login') }),
    ),
  ];
}

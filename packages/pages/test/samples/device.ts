// These samples are views of logging in on a device, in the states that look different.
import * as pages from '../../src/index.ts';
import { NOW, of, type Sample, type SampleCast } from './cast.ts';

export function deviceSamples({ text, path, platform, form, notYou, app, person, asked, list }: SampleCast): Sample[] {
  const device = { platform, app, person, form, notYou, code: text('BCDFGHJK'), now: NOW };
  return [
    of('deviceCode', 'device-code', pages.deviceCode({ platform, person, form, notYou })),
    of(
      'deviceCode',
      'device-code-error',
      pages.deviceCode({ platform, person, form, notYou, code: text('BCDF-GHJK'), error: 'not_valid' }),
    ),
    of(
      'deviceConfirm',
      'device-confirm',
      pages.deviceConfirm({
        ...device,
        asked,
        granted: [],
        pages: list,
        request: { at: NOW - 130, ipPrefix: text('203.0.113.0/24'), device: text('Living room TV') },
        password: true,
      }),
    ),
    of(
      'deviceConfirm',
      'device-confirm-again',
      pages.deviceConfirm({
        ...device,
        asked: [],
        granted: ['public_profile', 'email'],
        request: { at: NOW - 5, ipPrefix: text('203.0.113.0/24') },
        error: 'not_started',
      }),
    ),
    of(
      'deviceDone',
      'device-approved',
      pages.deviceDone({ platform, app, outcome: 'approved', apps: path('/settings/apps') }),
    ),
    of(
      'deviceDone',
      'device-denied',
      pages.deviceDone({ platform, app, outcome: 'denied', apps: path('/settings/apps') }),
    ),
  ];
}

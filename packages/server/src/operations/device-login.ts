// The two calls of a device: it asks for a code, and polls until the person has decided. Source: the polls of the mobile
// SDKs. Both seconds of the answer are JSON strings: one SDK reads them only as strings, the other reads strings too.
import { lifetimes, readScope, refuse, token } from '@hallpass/protocol';
import { issueDeviceCode, pollDeviceCode } from '../accounts/device-codes.ts';
import type { Context } from '../graph/context.ts';
import { param } from '../graph/params.ts';
import { operation } from '../graph/schema.ts';
import { addressesFor } from '../hosts.ts';
import { networkPrefix } from '../http/address.ts';
import { parseJson } from '../http/json.ts';
import type { App } from '../store/apps.ts';

const LONGEST_NAME = 80;
const byApp = token('client', 'app');

/** @throws Refusal permission.capability where the app does not log in from devices */
function deviceApp({ viewer }: Context): App {
  const { app } = viewer;
  if (!app?.settings.deviceLogin || !app.settings.clientOauthLogin) throw refuse('permission.capability');
  return app;
}

export const deviceLogin = [
  operation('POST', 'device/login', {
    doc: 'Begins a log-in on a device without a browser: gives the code that the device polls with and the one that the person types.',
    needs: byApp,
    guards: ['Login from Devices is switched on for the app.'],
    params: {
      scope: param.text('Permissions to ask for, parted by commas.', { max: 4000 }),
      device_info: param.asSent('JSON object', 'device and model, as the device calls itself: shown to the person.'),
      redirect_uri: param.asSent('string', 'Accepted and not used: the person ends on a page of the platform.'),
    },
    async run(context, args) {
      const { call, installation } = context;
      const app = deviceApp(context);
      const { code, userCode } = await issueDeviceCode(installation, app, context.viewer.kind === 'client' ? 'client' : 'app', {
        scope: readScope(args.scope ?? ''),
        ipPrefix: networkPrefix(call.address),
        device: nameOf(args.device_info),
      });
      return {
        code,
        user_code: userCode,
        verification_uri: `${addressesFor(call.base, installation.settings).www}/device`,
        expires_in: lifetimes.deviceCode,
        interval: lifetimes.devicePoll,
      };
    },
  }),
  operation('POST', 'device/login_status', {
    doc: 'Gives the token once the person has said yes on the page of the device log-in; refused with authorization_pending until then.',
    needs: byApp,
    guards: ['Login from Devices is switched on for the app.', 'The code is one of the same app; no more than one poll in five seconds.'],
    params: { code: param.secret('The code of device/login.', { required: true }) },
    async run(context, args) {
      const made = await pollDeviceCode(context.installation, deviceApp(context), args.code, context.call.traceId);
      return {
        access_token: made.token,
        expires_in: String(made.expiresAt === 0 ? 0 : made.expiresAt - context.now),
        data_access_expiration_time: String(made.dataAccessUntil),
      };
    },
  }),
];

/** Whatever cannot be read says nothing: an SDK sends it by itself, and no log-in fails for it. */
function nameOf(info: unknown): string | undefined {
  const read = typeof info === 'string' ? objectIn(info) : info;
  if (typeof read !== 'object' || read === null) return undefined;
  const { device, model } = read as { device?: unknown; model?: unknown };
  const words = [device, model].filter((word): word is string => typeof word === 'string');
  // It is read by the person who decides: nothing in it may turn the direction of the text around it, or hide.
  const name = words.join(' ').replaceAll(/\p{C}/gu, '').trim();
  return [...name].slice(0, LONGEST_NAME).join('') || undefined;
}

function objectIn(text: string): unknown {
  try {
    return parseJson(text, 'device_info');
  } catch {
    return undefined;
  }
}

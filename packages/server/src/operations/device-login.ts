// A device makes these two calls: it asks for a code, and polls until the person has decided. Source: the polls of the
// mobile SDKs. Both seconds of the answer are JSON strings: one SDK reads them only as strings, the other reads strings
// too.
import { all, graphError, lifetimes, meetsChange, readScope, token, versionChanges, where } from '@hallpass/protocol';
import { parseJson } from '@hallpass/protocol/request';
import { issueDeviceCode, pollDeviceCode } from '../codes/device-codes.ts';
import { clientOperation } from '../oauth/client-operation.ts';
import type { Context } from '../graph/language/context.ts';
import { param } from '../graph/language/params.ts';
import { operation } from '../graph/language/schema.ts';
import { addressesFor } from '../hosts.ts';
import { networkPrefix } from '../wire/address.ts';
import type { AppCredential } from '../liveness/waiting/credential-mark.ts';
import { type App, logsInFromDevices } from '../store/apps/apps.ts';

const LONGEST_NAME = 80;
const byApp = all(token('client', 'app'), where('device_login'));

const POLL_REFUSES = [
  'param.invalid',
  'device.pending',
  'device.slow_down',
  'device.declined',
  'device.expired',
  'token.app_removed',
] as const;

export const deviceLogin = [
  operation('POST', 'device/login', {
    doc: 'Begins a log-in on a device without a browser: gives the code that the device polls with and the one that the person types.',
    needs: byApp,
    params: {
      scope: param.text('Permissions to ask for, parted by commas.', { max: 4000 }),
      device_info: param.asSent('JSON object', 'device and model, as the device calls itself: shown to the person.'),
      redirect_uri: param.asSent('string', 'Accepted and not used: the person ends on a page of the platform.'),
    },
    async run(context, args) {
      const { viewer } = context;
      const request = { scope: args.scope, device: nameOf(args.device_info) };
      return begin(context, viewer.app, viewer.kind, request);
    },
  }),
  operation('POST', 'device/login_status', {
    doc: 'Gives the token once the person has said yes on the page of the device log-in; refused with authorization_pending until then.',
    needs: byApp,
    refuses: POLL_REFUSES,
    params: { code: param.secret('The code of device/login.', { required: true }) },
    async run(context, args) {
      return poll(context, context.viewer.app, args.code);
    },
  }),
  clientOperation('POST', 'oauth/device', {
    doc: 'Both calls as they were before v2.6: `type` says which. The app is named by client_id.',
    client: 'named',
    refuses: ['version.gone', 'permission.capability', ...POLL_REFUSES],
    params: {
      type: param.text('Which of the two.', { required: true, oneOf: ['device_code', 'device_token'] }),
      client_id: param.asSent('numeric string', 'The app.'),
      scope: param.text('Permissions to ask for, parted by commas.', { max: 4000 }),
      code: param.secret('The code, for device_token.'),
    },
    async run(context, args, { app }) {
      if (meetsChange(context.call.version, 'oauth_device'))
        throw graphError('version.gone', { feature: 'oauth/device', version: versionChanges.oauth_device.from });
      if (!logsInFromDevices(app)) throw graphError('permission.capability');
      if (args.type === 'device_code') return begin(context, app, 'client', { scope: args.scope, device: undefined });
      if (args.code === undefined) throw graphError('param.required', { name: 'code' });
      return poll(context, app, args.code);
    },
  }),
];

interface DeviceRequest {
  scope: string | undefined;
  /** The name that the device gives itself. */
  device: string | undefined;
}

async function begin(
  { call, installation }: Context,
  app: App,
  credential: AppCredential,
  { scope, device }: DeviceRequest,
) {
  const asked = { scope: readScope(scope ?? ''), ipPrefix: networkPrefix(call.address), device, version: call.version };
  const { code, userCode } = await issueDeviceCode(installation, app, credential, asked);
  return {
    code,
    user_code: userCode,
    verification_uri: `${addressesFor(call.base, installation.settings).www}/device`,
    expires_in: lifetimes.deviceCode,
    interval: lifetimes.devicePoll,
  };
}

async function poll({ call, installation, now }: Context, app: App, code: string) {
  const made = await pollDeviceCode(installation, app, code, call.traceId);
  return {
    access_token: made.token,
    expires_in: String(made.expiresAt === 0 ? 0 : made.expiresAt - now),
    data_access_expiration_time: String(made.dataAccessUntil),
  };
}

/** Information that cannot be read says nothing: an SDK sends it by itself, and no log-in fails for it. */
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

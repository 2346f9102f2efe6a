// `hallpass login` logs a person in on this machine, by its browser or by a code that is typed on another device.
import type { AccessToken, AuthenticationToken, TokenManager } from '@hallpass/client/native';
import { inHalves } from '@hallpass/protocol';
import { Command, Option } from 'commander';
import { type AskingOptions, askingOptions, reportErrors } from '../asking.ts';
import { CommandError } from '../command-error.ts';
import { keepApp, keptApp, type LogInApp, managerOf } from '../log-in/kept-log-in.ts';
import { example } from '../printing/example.ts';
import { durationInWords, table } from '../printing/print.ts';
import type { Outside } from '../surroundings/outside.ts';

/** The person may take so long in the browser. */
const LIMIT_MINUTES = 10;

interface LoginOptions extends AskingOptions {
  appId?: string;
  clientToken?: string;
  scope?: string;
  device?: boolean;
  limited?: boolean;
  again?: 'rerequest' | 'reauthorize' | 'reauthenticate';
  open: boolean;
}

export function build(outside: Outside): Command {
  return askingOptions(new Command('login'))
    .description(
      'Log in to an app from this machine, and keep the token for hallpass api. The dialog opens in the browser and answers to this machine; for that, the app must have registered http://127.0.0.1/callback. With --device you type a code on another device instead. The token is kept in an encrypted file that only you can read, and is renewed when you use it after a day.',
    )
    .addOption(
      new Option('--app-id <id>', 'the app to log in to; by default that of the last log-in').env('HALLPASS_APP_ID'),
    )
    .addOption(
      new Option('--client-token <token>', 'its client token, which --device needs').env('HALLPASS_CLIENT_TOKEN'),
    )
    .option('--scope <permissions>', 'permissions to request, such as email,pages_show_list')
    .option('--device', 'type a code on another device, for machines without a browser')
    .addOption(
      new Option('--limited', 'Limited Login: an id_token that proves your identity, and no token for calls').conflicts(
        'device',
      ),
    )
    .addOption(
      new Option('--again <how>', 'ask again for declined permissions, renew data access, or ask for the password')
        .choices(['rerequest', 'reauthorize', 'reauthenticate'])
        .conflicts(['device', 'limited']),
    )
    .option('--no-open', 'print the address of the dialog instead of opening a browser')
    .addHelpText('after', example('hallpass login --app-id 2068815734920671 --scope email'))
    .action((options: LoginOptions) => reportErrors(outside, options.json, () => login(outside, options)));
}

async function login(outside: Outside, options: LoginOptions): Promise<void> {
  const app = appOf(outside, options);
  const manager = await managerOf(outside, options.url, app, options.apiVersion);
  const token = await tokenFor(outside, manager, options);
  keepApp(outside, options.url, app);
  if (options.json) return outside.out(JSON.stringify(asData(token)));
  outside.out(table(rowsOf(token, outside.wall.now())));
}

/** The app that the options name, or the one of the last log-in. @throws CommandError */
function appOf(outside: Outside, { url, appId, clientToken, device }: LoginOptions): LogInApp {
  const kept = keptApp(outside, url);
  const app: LogInApp | undefined =
    appId === undefined || appId === kept?.appId
      ? kept && { ...kept, ...(clientToken === undefined ? {} : { clientToken }) }
      : { appId, clientToken };
  if (!app) throw new CommandError('wrongUse', 'Give --app-id (or HALLPASS_APP_ID) to say which app to log in to.');
  if (device && app.clientToken === undefined)
    throw new CommandError(
      'wrongUse',
      'Give --client-token (or HALLPASS_CLIENT_TOKEN): it is needed to get a device code.',
    );
  return app;
}

async function tokenFor(
  outside: Outside,
  manager: TokenManager,
  options: LoginOptions,
): Promise<AccessToken | AuthenticationToken> {
  const native = await import('@hallpass/client/native');
  const scope = (options.scope ?? '').split(/[\s,]+/).filter((name) => name !== '');
  const open = async (address: string): Promise<void> => {
    const opened = options.open && (await native.openBrowser(address));
    outside.err(opened ? `Log in in your browser. If it did not open: ${address}` : `Open this address: ${address}`);
  };
  if (options.limited) return withinLimit((signal) => native.logInLimited(manager, { scope, open, signal }));
  if (!options.device) {
    const logIn = { scope, open, authType: options.again };
    return (await withinLimit((signal) => native.logInWithBrowser(manager, { ...logIn, signal }))).token;
  }
  const show = ({
    userCode,
    verificationUri,
    expires,
  }: {
    userCode: string;
    verificationUri: string;
    expires: Date;
  }) => {
    const left = Math.round(expires.getTime() / 1000) - outside.wall.now();
    outside.err(
      `Open ${verificationUri} on another device and type ${inHalves(userCode)}. The code works for ${durationInWords(left)}.`,
    );
  };
  return (await native.logInWithDevice(manager, { scope, show, device: 'hallpass login' })).token;
}

/** Waits for the person, and not for ever. @throws CommandError */
async function withinLimit<Result>(logIn: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const signal = AbortSignal.timeout(LIMIT_MINUTES * 60_000);
  try {
    return await logIn(signal);
  } catch (error) {
    if (error !== signal.reason || !signal.aborted) throw error;
    const limit = `The log-in wasn't finished within ${LIMIT_MINUTES} minutes. Run hallpass login again.`;
    throw new CommandError('failed', limit);
  }
}

const isLimited = (token: AccessToken | AuthenticationToken): token is AuthenticationToken => 'claims' in token;

/** The facts of a log-in, without its token. Moments are seconds since 1970. */
function asData(token: AccessToken | AuthenticationToken): object {
  if (isLimited(token))
    return { app_id: token.claims.aud, user_id: token.claims.sub, limited: true, claims: token.claims };
  return {
    app_id: token.applicationId,
    user_id: token.userId,
    limited: false,
    permissions: [...token.permissions],
    declined_permissions: [...token.declinedPermissions],
    expires_at: secondsOf(token.expires),
    data_access_expires_at: secondsOf(token.dataAccessExpirationTime),
    source: token.source,
  };
}

function rowsOf(token: AccessToken | AuthenticationToken, now: number): string[][] {
  if (isLimited(token))
    return [
      ['logged in', `${token.claims.name ?? ''} (${token.claims.sub})`.trim()],
      ['app', token.claims.aud],
      ['limited', 'yes: there is no token for calls'],
    ];
  const end = secondsOf(token.expires);
  return [
    ['logged in', token.userId],
    ['app', token.applicationId],
    ['permissions', [...token.permissions].join(', ')],
    ...(token.declinedPermissions.size === 0 ? [] : [['refused', [...token.declinedPermissions].join(', ')]]),
    ['ends', end === 0 ? 'never' : `in ${durationInWords(end - now)}`],
  ];
}

/** 0 for what never ends. */
function secondsOf(date: Date): number {
  const seconds = Math.floor(date.getTime() / 1000);
  return seconds >= 8_640_000_000_000 ? 0 : seconds;
}

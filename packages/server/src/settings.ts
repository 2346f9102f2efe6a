// This table holds every setting of a running server, once: type, default, environment variable, sentence. The command
// line, the reference page and the checks at start are all read from this table.
import { isLoopback } from '@hallpass/protocol';
import { z } from 'zod';
import { areEverybody, readNetworks } from './networks.ts';

const url = z
  .url()
  .refine(
    (value) => new URL(value).origin === value,
    'must be an origin such as https://id.example.com, without a path or a final slash',
  );
const list = z.union([
  z.array(z.string()),
  z.string().transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean),
  ),
]);
/** Networks are kept in their one spelling. Faults name the place of an entry, never its value. */
const proxies = list.transform((entries, context) => {
  const { entries: canonical, networks, wrong } = readNetworks(entries);
  for (const { entry, fault } of wrong) context.addIssue(`entry ${entries.indexOf(entry) + 1} ${fault}`);
  if (areEverybody(networks))
    context.addIssue('name the addresses of your proxies; trusting so many would let anyone choose their address');
  return canonical;
});
const yesNo = z.union([
  z.boolean(),
  z.enum(['true', 'false', '1', '0']).transform((text) => text === 'true' || text === '1'),
]);
const whole = z.coerce.number().int();

export interface SettingDeclaration {
  doc: string;
  env: string;
  check: z.ZodType;
}

export const settingTable = {
  publicUrl: {
    doc: 'Where people and apps reach this server. Absolute addresses (paging links, pages, redirects) are built on it. Without it they follow the host that was asked, which is allowed on loopback only.',
    env: 'HALLPASS_PUBLIC_URL',
    check: url.optional(),
  },
  baseDomain: {
    doc: 'Serves graph., www., m., connect., business. and developers. of this domain, each with its own paths. Without it all paths work side by side on one host.',
    env: 'HALLPASS_BASE_DOMAIN',
    check: z
      .string()
      .regex(/^[a-z0-9.-]+$/)
      .optional(),
  },
  extraHosts: {
    doc: 'Further host names that are answered; every other gets 421.',
    env: 'HALLPASS_EXTRA_HOSTS',
    check: list.default([]),
  },
  trustedProxies: {
    doc: 'Addresses or ranges of proxies whose X-Forwarded-For and X-Forwarded-Proto are believed. Ranges that, alone or together, include every address are refused.',
    env: 'HALLPASS_TRUSTED_PROXIES',
    check: proxies.default([]),
  },
  platformName: {
    doc: 'The name people read on the pages.',
    env: 'HALLPASS_PLATFORM_NAME',
    check: z.string().min(1).max(60).default('Hallpass'),
  },
  statusOf190InHeader: {
    doc: 'HTTP status of error 190 where the token came in an Authorization header: 400 as recorded, or 401 as newer reference pages print.',
    env: 'HALLPASS_STATUS_OF_190_IN_HEADER',
    check: whole.refine((n) => n === 400 || n === 401, 'must be 400 or 401').default(400),
  },
  codeRedirectSuffix: {
    doc: 'Appends #_=_ to redirects that carry a code.',
    env: 'HALLPASS_CODE_REDIRECT_SUFFIX',
    check: yesNo.default(true),
  },
  alwaysRevokeOnReplay: {
    doc: 'Ends the tokens of a code that is presented a second time even by the same client.',
    env: 'HALLPASS_ALWAYS_REVOKE_ON_REPLAY',
    check: yesNo.default(false),
  },
  checkpointEndsTokens: {
    doc: 'Locking an account, or putting it at a checkpoint, ends its tokens permanently. Otherwise they are refused while it holds, and work again afterwards.',
    env: 'HALLPASS_CHECKPOINT_ENDS_TOKENS',
    check: yesNo.default(false),
  },
  retiredBefore: {
    doc: 'Versions older than this are refused, e.g. v18.0. Empty serves all of them.',
    env: 'HALLPASS_RETIRED_BEFORE',
    check: z
      .string()
      .regex(/^v\d+\.\d+$/)
      .optional(),
  },
  endedVersions: {
    doc: 'What is done with calls of a version that has ended by the dates of the changelog (v20.0 on 24 September 2026, v21.0 on 21 January 2027 …): `serve` = as ever; `upgrade` = served by the oldest version that has not ended, with X-Ad-Api-Version-Warning, as on the real platform; `refuse` = error 2635. The dates are those of the clock, which the emulator can move.',
    env: 'HALLPASS_ENDED_VERSIONS',
    check: z.enum(['serve', 'upgrade', 'refuse']).default('serve'),
  },
  endedDataAccess: {
    doc: 'What a user token answers 90 days after the person was last active with the app: `leave_out` = data that is not exempt is left out or refused piece by piece, as the guide has it; `refuse` = the whole token is refused with 190/493, as callers met it.',
    env: 'HALLPASS_ENDED_DATA_ACCESS',
    check: z.enum(['leave_out', 'refuse']).default('leave_out'),
  },
  cacheEntries: {
    doc: 'How many facts about apps, people, grants and epochs are kept in memory, and for every eight of them an opened token.',
    env: 'HALLPASS_CACHE_ENTRIES',
    check: whole.min(1000).default(200_000),
  },
  openSignUp: {
    doc: 'People may create accounts themselves. Otherwise only the first administrator can create one, by the link that is printed at the start. In the emulator it is true unless it is set.',
    env: 'HALLPASS_OPEN_SIGN_UP',
    check: yesNo.default(false),
  },
  testUserCreation: {
    doc: 'Apps may make test users. If it is off, as on the real platform in 2026, existing ones keep working.',
    env: 'HALLPASS_TEST_USER_CREATION',
    check: yesNo.default(true),
  },
  testUsersPerApp: {
    doc: 'How many test users an app may have, e.g. 10 as on the real platform in 2026, or 2000 as before; 0 = as many as one likes.',
    env: 'HALLPASS_TEST_USERS_PER_APP',
    check: whole.min(0).default(0),
  },
  callbackReceivers: {
    doc: 'Which servers of apps are called (removals, requests to delete data, notices): `public` = https at addresses of the open network; `local` = this machine alone, http too (what the emulator does); `any` = also private networks and http.',
    env: 'HALLPASS_CALLBACK_RECEIVERS',
    check: z.enum(['public', 'local', 'any']).default('public'),
  },
  mailFrom: {
    doc: 'The address that mails of the platform come from, e.g. hallpass@example.com. Mails are sent where smtpUrlFile or HALLPASS_SMTP_URL gives a mail server.',
    env: 'HALLPASS_MAIL_FROM',
    check: z.email('must be an e-mail address').optional(),
  },
  approveAccess: {
    doc: 'Requests of apps for advanced access are approved at once, without a reviewer. For machines of developers.',
    env: 'HALLPASS_APPROVE_ACCESS',
    check: yesNo.default(false),
  },
  rateLimits: {
    doc: 'Refuses calls beyond the limits below with errors 4, 17, 32, 613 and 800xx. If it is off, as in the emulator, calls are counted and reported in the headers, and nothing is refused.',
    env: 'HALLPASS_RATE_LIMITS',
    check: yesNo.default(true),
  },
  callsPerUser: {
    doc: 'Calls of an app in any hour for each of its users: people who logged in to it or for whom it made calls within a week. Error 4 beyond.',
    env: 'HALLPASS_CALLS_PER_USER',
    check: whole.min(1).default(200),
  },
  usersAtLeast: {
    doc: 'An app with fewer users, or a Page with fewer people who engaged, has the calls of so many; 1 is what the documents say.',
    env: 'HALLPASS_USERS_AT_LEAST',
    check: whole.min(1).default(10_000),
  },
  callsPerPerson: {
    doc: 'Calls of an app for one person in any hour. Error 17 beyond.',
    env: 'HALLPASS_CALLS_PER_PERSON',
    check: whole.min(1).default(1_000_000),
  },
  pageCallsByPeople: {
    doc: 'Calls of an app on one Page in any hour with tokens of people. Error 32 beyond.',
    env: 'HALLPASS_PAGE_CALLS_BY_PEOPLE',
    check: whole.min(1).default(1_000_000),
  },
  pageCallsPerEngagedUser: {
    doc: 'Calls of an app on one Page in any 24 hours with tokens of the Page or of system users, for each person who engaged with the Page (the newest recorded page_engaged_users). Error 80001 beyond.',
    env: 'HALLPASS_PAGE_CALLS_PER_ENGAGED_USER',
    check: whole.min(1).default(4800),
  },
  adsAllowancePercent: {
    doc: 'The limits of advertising calls by access tier, in percent of the documented ones. Errors 80000 and 80004 beyond.',
    env: 'HALLPASS_ADS_ALLOWANCE_PERCENT',
    check: whole.min(1).default(100),
  },
  guessingLimits: {
    doc: 'Limits for strangers: guesses at passwords, app secrets and codes, codes of devices, new accounts. Only the emulator can switch them off.',
    env: 'HALLPASS_GUESSING_LIMITS',
    check: yesNo.default(true),
  },
  allowDebugging: {
    doc: 'Starts although Node.js runs with an inspector, NODE_DEBUG or another option that shows secrets. For a developer’s own machine: it has no effect unless the server listens on a loopback address.',
    env: 'HALLPASS_ALLOW_DEBUGGING',
    check: yesNo.default(false),
  },
} as const satisfies Record<string, SettingDeclaration>;

export type SettingName = keyof typeof settingTable;
export type Settings = { readonly [K in SettingName]: z.output<(typeof settingTable)[K]['check']> };

export class BadSettings extends Error {
  override readonly name = 'BadSettings';
}

/**
 * Checks raw values (strings from the environment or values from a file) and fills in defaults. Names every wrong
 * setting at once, never its value.
 */
export function readSettings(raw: Partial<Record<SettingName, unknown>> = {}): Settings {
  const out: Record<string, unknown> = {};
  const wrong: string[] = [];
  for (const [name, declaration] of Object.entries(settingTable)) {
    const value = raw[name as SettingName];
    const checked = declaration.check.safeParse(value === '' ? undefined : value);
    if (checked.success) out[name] = checked.data;
    else wrong.push(`${name} (${declaration.env}): ${checked.error.issues.map((issue) => issue.message).join('; ')}`);
  }
  for (const name of Object.keys(raw)) if (!(name in settingTable)) wrong.push(`${name}: there is no such setting`);
  if (wrong.length > 0) throw new BadSettings(`These settings cannot be used:\n  ${wrong.join('\n  ')}`);
  const settings = out as unknown as Settings;
  if (settings.publicUrl?.startsWith('http://') && !isLoopback(new URL(settings.publicUrl).hostname))
    throw new BadSettings('publicUrl (HALLPASS_PUBLIC_URL): plain http is for loopback addresses only; use https');
  return settings;
}

/** Takes the settings out of environment variables. */
export function settingsFromEnvironment(
  env: Record<string, string | undefined>,
): Partial<Record<SettingName, unknown>> {
  const raw: Partial<Record<SettingName, unknown>> = {};
  for (const [name, declaration] of Object.entries(settingTable)) {
    const value = env[declaration.env];
    if (value !== undefined) raw[name as SettingName] = value;
  }
  return raw;
}

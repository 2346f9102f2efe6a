// This is the form of a seed file, key by key. What its parts say about each other is checked in references.ts.
import { adAccountTasks, appRoles, businessRoles, isTask, keysOf, oldPageRoles, pageTasks } from '@hallpass/protocol';
import { configurationFault, objectives, specialAdCategories } from '@hallpass/server/testing';
import { z } from 'zod';

import { noticeFields, noticeKinds } from '@hallpass/server/testing';
import { appSettingShape, receiver } from './app-settings.ts';
import { either } from './problems.ts';
import { didYouMean } from './suggest.ts';
import {
  adAccountId,
  birthday,
  duration,
  email,
  id,
  line,
  listOf,
  moment,
  oneOrMore,
  oneTimeSecret,
  password,
  permission,
  presentPermission,
  secret,
  text,
  webAddress,
  whole,
  yesNo,
} from './values.ts';

/** A mapping with these keys and no other. */
const mapping = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? undefined : 'must be key: value pairs'),
  });

const oneOf = <const Words extends readonly string[]>(words: Words) =>
  z.enum(words, { error: (issue) => (issue.input === undefined ? 'is missing' : `must be ${either(words)}`) });

/** Keys are references to people; of what they hold there may be one or a list. */
const byPerson = <Item extends z.ZodType>(item: Item) =>
  z.record(z.string(), oneOrMore(item), { error: 'must be pairs of a person and what the person may do' });

/** Other parts of the file may name it by this key, besides its id. */
const key = text.regex(/^[\w.-]{1,40}$/, 'must be a short word of letters, digits, _, - and .').optional();

const place = mapping({ id, name: line });

const adAccountTask = oneOf(keysOf(adAccountTasks));

/** Money is written in hundredths of the currency. */
const budget = whole
  .min(100, 'must be at least 100: hundredths of the currency')
  .max(100_000_000_000, 'is too much')
  .optional();

const campaign = mapping({
  key,
  id: id.optional(),
  name: line,
  objective: oneOf(objectives),
  status: oneOf(['ACTIVE', 'PAUSED']).optional(),
  special_ad_categories: listOf(oneOf(specialAdCategories)).optional(),
  daily_budget: budget,
  lifetime_budget: budget,
  ago: duration.optional(),
});

const adAccount = mapping({
  key,
  id: adAccountId.optional(),
  name: line,
  currency: text.regex(/^[A-Z]{3}$/, 'must be a currency such as EUR').optional(),
  timezone_id: whole.min(0, 'must not be negative').optional(),
  account_status: whole.optional(),
  disable_reason: whole.optional(),
  roles: byPerson(adAccountTask).optional(),
  agencies: z
    .record(z.string(), oneOrMore(adAccountTask), { error: 'must be pairs of a business and tasks' })
    .optional(),
  campaigns: listOf(
    campaign.refine(
      (one) => one.daily_budget === undefined || one.lifetime_budget === undefined,
      'has daily_budget or lifetime_budget, not both',
    ),
  ).optional(),
});
const secondFactor = mapping({ secret: oneTimeSecret });

const person = mapping({
  key,
  id: id.optional(),
  name: line,
  email: email.optional(),
  password: password.optional(),
  state: oneOf(['active', 'checkpoint', 'unconfirmed']).optional(),
  administrator: yesNo.optional(),
  reviewer: yesNo.optional(),
  two_factor: secondFactor.optional(),
  birthday: birthday.optional(),
  gender: line.optional(),
  locale: text.regex(/^[a-z]{2}_[A-Z]{2}$/, 'must be a locale such as en_GB').optional(),
  link: webAddress.optional(),
  hometown: place.optional(),
  location: place.optional(),
  friends: listOf(text).optional(),
  ad_accounts: listOf(adAccount).optional(),
  test_user_of: text.optional(),
});

const subscription = mapping({
  object: oneOf(noticeKinds),
  callback_url: receiver,
  fields: listOf(text).optional(),
  include_values: yesNo.optional(),
}).superRefine(({ object, fields = [] }, context) => {
  for (const [at, word] of fields.entries())
    if (!noticeFields[object]?.includes(word))
      context.addIssue({
        code: 'custom',
        path: ['fields', at],
        message: `nobody is told of ${JSON.stringify(word)} of ${object}`,
      });
});

const appRole = oneOf(keysOf(appRoles));

const accessRequest = mapping({ permission: presentPermission, use_case: line });

const configurationFaults: Readonly<Record<NonNullable<ReturnType<typeof configurationFault>>, string>> = {
  name: 'must be a plain name',
  permissions:
    'must name, each once, only what a configuration may ask for, and at least one permission besides email and public_profile',
  assets: 'must contain pages where a permission about Pages is asked for',
  token_expiration: 'is for configurations of system users only',
};

const configuration = mapping({
  key,
  id: id.optional(),
  name: line,
  token_type: oneOf(['user', 'system_user']),
  token_expiration: oneOf(['never', '60_days']).optional(),
  permissions: listOf(presentPermission),
  assets: listOf(oneOf(['pages', 'ad_accounts'])).optional(),
});
/** The file refuses what the server would refuse of an administrator. */
const soundConfiguration = configuration.superRefine((one, context) => {
  const { token_type: tokenType, token_expiration: tokenExpiration = 'never', assets = [], name, permissions } = one;
  const fault = configurationFault({ name, tokenType, tokenExpiration, assets, permissions });
  if (fault) context.addIssue({ code: 'custom', path: [fault], message: configurationFaults[fault] });
});

const app = mapping({
  key,
  id: id.optional(),
  name: line,
  secret: secret.optional(),
  client_token: secret.optional(),
  mode: oneOf(['live', 'development']),
  type: oneOf(['web', 'native', 'desktop']).optional(),
  subscriptions: listOf(subscription).optional(),
  roles: byPerson(appRole).optional(),
  invitations: z.record(email, appRole, { error: 'must be pairs of an e-mail address and a role' }).optional(),
  access_requests: listOf(accessRequest).optional(),
  login_configurations: listOf(soundConfiguration).optional(),
});
const appWithSettings = mapping({ ...app.shape, ...appSettingShape } as unknown as typeof app.shape);

const taskWords = [...Object.keys(pageTasks), ...Object.keys(oldPageRoles)];
const taskOrRole = text.superRefine((name, context) => {
  if (isTask(name) || Object.hasOwn(oldPageRoles, name)) return;
  context.addIssue({
    code: 'custom',
    message: `there is no task or role ${JSON.stringify(name)}${didYouMean(name, taskWords)}`,
  });
});

const post = mapping({ message: text.min(1, 'must not be empty'), ago: duration.optional() });

const metric = mapping({
  metric: text.regex(/^[a-z0-9_]+$/, 'must be the name of a metric such as page_impressions'),
  period: oneOf(['day', 'week', 'days_28', 'month', 'lifetime', 'total_over_range']),
  values: listOf(whole).min(1, 'must have at least one value'),
});

const page = mapping({
  key,
  id: id.optional(),
  name: line,
  test_of: text.optional(),
  category: line,
  categories: listOf(place).optional(),
  username: text.regex(/^[A-Za-z0-9.]{5,50}$/, 'must be 5 to 50 letters, digits and dots').optional(),
  about: text.optional(),
  link: webAddress.optional(),
  website: webAddress.optional(),
  phone: line.optional(),
  fan_count: whole.min(0, 'must not be negative').optional(),
  followers_count: whole.min(0, 'must not be negative').optional(),
  instagram: mapping({
    id,
    username: text.regex(/^[A-Za-z0-9._]{1,30}$/, 'must be up to 30 letters, digits, dots and underscores'),
    name: line.optional(),
    profile_picture_url: webAddress.optional(),
    followers_count: whole.min(0, 'must not be negative').optional(),
  }).optional(),
  roles: byPerson(taskOrRole).optional(),
  posts: listOf(z.preprocess((value) => (typeof value === 'string' ? { message: value } : value), post)).optional(),
  metrics: listOf(metric).optional(),
  subscribed_apps: z
    .record(z.string(), oneOrMore(oneOf(noticeFields.page)), {
      error: 'must be pairs of an app and what it is told of',
    })
    .optional(),
});

const grant = mapping({
  person: text,
  app: text,
  permissions: listOf(permission),
  declined: listOf(permission).optional(),
  pages: listOf(text).optional(),
  limited: yesNo.optional(),
});

const businessRole = oneOf(keysOf(businessRoles));

const systemUser = mapping({
  key,
  id: id.optional(),
  name: line,
  role: businessRole,
  apps: listOf(text).optional(),
  pages: z.record(z.string(), oneOrMore(taskOrRole), { error: 'must be pairs of a Page and tasks' }).optional(),
  ad_accounts: z
    .record(z.string(), oneOrMore(adAccountTask), { error: 'must be pairs of an ad account and tasks' })
    .optional(),
});

const business = mapping({
  key,
  id: id.optional(),
  name: line,
  test_of: text.optional(),
  vertical: line.optional(),
  timezone_id: whole.min(0, 'must not be negative').optional(),
  two_factor_type: oneOf(['none', 'admin_required', 'all_required']).optional(),
  require_expiring_tokens: yesNo.optional(),
  people: z.record(z.string(), businessRole, { error: 'must be pairs of a person and a role' }).optional(),
  pages: listOf(text).optional(),
  assigned_pages: z
    .record(z.string(), byPerson(taskOrRole), { error: 'must be pairs of a Page and the people who work on it' })
    .optional(),
  apps: listOf(text).optional(),
  system_users: listOf(systemUser).optional(),
  ad_accounts: listOf(adAccount).optional(),
});

export const fileShape = mapping({
  name: text.regex(/^[a-z0-9-]{1,40}$/, 'must be a short name of a-z, 0-9 and -'),
  at: moment.optional(),
  people: listOf(person).default([]),
  apps: listOf(appWithSettings).default([]),
  pages: listOf(page).default([]),
  businesses: listOf(business).default([]),
  grants: listOf(grant).default([]),
});

export type SeedFile = z.output<typeof fileShape>;
export type FileApp = SeedFile['apps'][number];
export type FilePage = SeedFile['pages'][number];
export type FileBusiness = SeedFile['businesses'][number];
export type FileAdAccount = z.output<typeof adAccount>;
export type FilePerson = SeedFile['people'][number];

/** The keys of each mapping, by its path without numbers: for suggestions, and for the guide's test. */
export const knownKeys: Readonly<Record<string, readonly string[]>> = {
  '': Object.keys(fileShape.shape),
  people: Object.keys(person.shape),
  'people.two_factor': Object.keys(secondFactor.shape),
  'people.hometown': Object.keys(place.shape),
  'people.location': Object.keys(place.shape),
  'people.ad_accounts': Object.keys(adAccount.shape),
  'people.ad_accounts.campaigns': Object.keys(campaign.shape),
  apps: [...Object.keys(app.shape), ...Object.keys(appSettingShape)],
  'apps.subscriptions': ['object', 'callback_url', 'fields', 'include_values'],
  'apps.access_requests': Object.keys(accessRequest.shape),
  'apps.login_configurations': Object.keys(configuration.shape),
  pages: Object.keys(page.shape),
  'pages.categories': Object.keys(place.shape),
  'pages.posts': Object.keys(post.shape),
  'pages.metrics': Object.keys(metric.shape),
  businesses: Object.keys(business.shape),
  'businesses.system_users': Object.keys(systemUser.shape),
  'businesses.ad_accounts': Object.keys(adAccount.shape),
  'businesses.ad_accounts.campaigns': Object.keys(campaign.shape),
  grants: Object.keys(grant.shape),
};

// This is the shape of apps in a seed file.
import { appRoles, keysOf } from '@hallpass/protocol';
import { configurationFault, noticeFields, noticeKinds } from '@hallpass/server/testing';
import { z } from 'zod';
import { appSettingShape, receiver } from '../app-settings.ts';
import { email, line, listOf, presentPermission, secret, text, yesNo } from '../values.ts';
import { mapping, oneOf, byPerson, key, ownId } from './parts.ts';

const subscription = mapping({
  object: oneOf(noticeKinds).describe('`page`, `permissions` or `user`.'),
  callback_url: receiver.describe('The address that is called.'),
  fields: listOf(text).optional().describe('By default all.'),
  include_values: yesNo.optional().describe('By default `true`.'),
}).superRefine(({ object, fields = [] }, context) => {
  for (const [at, word] of fields.entries())
    if (!noticeFields[object]?.includes(word))
      context.addIssue({
        code: 'custom',
        path: ['fields', at],
        message: `there are no notifications about ${JSON.stringify(word)} of ${object}`,
      });
});

const appRole = oneOf(keysOf(appRoles));

const accessRequest = mapping({
  permission: presentPermission.describe('The requested permission.'),
  use_case: line.describe('The reason, as the people of the app wrote it.'),
});

const configurationFaults: Readonly<Record<NonNullable<ReturnType<typeof configurationFault>>, string>> = {
  name: 'must be a plain name',
  permissions:
    'must name, each once, only what a configuration may ask for, and at least one permission besides email and public_profile',
  assets: 'must contain pages where a permission about Pages is asked for',
  token_expiration: 'is for configurations of system users only',
};

const configuration = mapping({
  key,
  id: ownId,
  name: line.describe('Its name.'),
  token_type: oneOf(['user', 'system_user']).describe('`user` or `system_user`.'),
  token_expiration: oneOf(['never', '60_days']).optional().describe('`never` or `60_days`, of a `system_user` one.'),
  permissions: listOf(presentPermission).describe('The requested [permissions](permissions.md).'),
  assets: listOf(oneOf(['pages', 'ad_accounts']))
    .optional()
    .describe(
      '`pages` where a permission about Pages is asked for, and `ad_accounts` where a `system_user` one asks for `ads_read` or `ads_management`.',
    ),
});

/** The file refuses what the server would refuse of an administrator. */
const soundConfiguration = configuration.superRefine((one, context) => {
  const { token_type: tokenType, token_expiration: tokenExpiration = 'never', assets = [], name, permissions } = one;
  const fault = configurationFault({ name, tokenType, tokenExpiration, assets, permissions });
  if (fault) context.addIssue({ code: 'custom', path: [fault], message: configurationFaults[fault] });
});

const app = mapping({
  key,
  id: ownId,
  name: line.describe('Its name.'),
  secret: secret.optional().describe('32 hexadecimal digits, in quotes; made up if left out.'),
  client_token: secret.optional().describe('32 hexadecimal digits, in quotes; made up if left out.'),
  mode: oneOf(['live', 'development']).describe('`live`, or `development`: only people with a role may log in.'),
  type: oneOf(['web', 'native', 'desktop'])
    .optional()
    .describe(
      "`web`, or `native` (also written `desktop`): its app tokens do not work, because it can't keep a secret.",
    ),
  subscriptions: listOf(subscription)
    .optional()
    .describe('Its [webhooks](../guide/callbacks.md). They count as verified.'),
  roles: byPerson(appRole)
    .optional()
    .describe(
      'Pairs of a person and a role, or a list of them: `administrators`, `developers`, `testers`, `insights users`.',
    ),
  invitations: z
    .record(email, appRole, { error: 'must be pairs of an e-mail address and a role' })
    .optional()
    .describe('Pairs of an e-mail address and the role it is invited to.'),
  access_requests: listOf(accessRequest)
    .optional()
    .describe('Requests that wait for a reviewer: `{ permission: user_likes, use_case: Recommendations }`.'),
  login_configurations: listOf(soundConfiguration)
    .optional()
    .describe('Configurations of [Login for Business](../guide/login-for-business.md).'),
});

export const appWithSettings = mapping({ ...app.shape, ...appSettingShape } as unknown as typeof app.shape);

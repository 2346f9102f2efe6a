// GET debug_token tells what a token is, whether it works, and if not, why. Source: the debug_token reference and the
// guide on debugging tokens. Only the token's own app may ask, so that one app cannot pass off another's token as its
// own log-in.
import {
  all,
  anyOr,
  anyOrToNobody,
  appRole,
  type DebugTokenData,
  on,
  onCallingApp,
  ownApp,
  token,
  where,
} from '@hallpass/protocol';
import type { FieldRequest } from '@hallpass/protocol/request';
import { openInspected } from '../graph/authentication/inspected-token.ts';
import { param } from '../graph/language/params.ts';
import { operation } from '../graph/language/schema.ts';
import { withValue } from '../installation/maybe.ts';
import { describeToken } from '../liveness/describe-token.ts';

export const debugToken = operation('GET', 'debug_token', {
  doc: 'Tells what a token is, whether it works and until when, and if it does not work, why.',
  needs: all(
    anyOrToNobody(
      'debug.not_allowed',
      token('app'),
      all(token('user'), onCallingApp(appRole('administrators', 'developers'))),
    ),
    on('token', 'input_token', anyOr('debug.other_app', where('unreadable_token', 'input_token'), ownApp)),
  ),
  proofAlsoOver: 'input_token',
  params: { input_token: param.secret('The token to inspect.', { required: true }) },
  async run(context, args) {
    const described = withValue(openInspected(context, args.input_token), (opened) =>
      describeToken(context.installation, opened),
    );
    const data = described instanceof Promise ? await described : described;
    return { data: context.call.fields ? only(data, context.call.fields) : data };
  },
});

function only(data: DebugTokenData, fields: readonly FieldRequest[]): Record<string, unknown> {
  return Object.fromEntries(
    fields.flatMap(({ name, alias }) =>
      Object.hasOwn(data, name) ? [[alias, data[name as keyof DebugTokenData]]] : [],
    ),
  );
}

// Calls send name and settings of a business in one form: the same when it is made and when it is changed.
import { graphError } from '@hallpass/protocol';
import { nameOf } from '../../people/people.ts';
import * as businesses from '../../store/businesses/businesses.ts';
import { param } from '../../graph/language/params.ts';

/** @throws GraphError param.invalid for what cannot be a name */
export function nameGiven(text: string, of = 'name'): string {
  const { name } = nameOf(text);
  if (name === undefined) throw graphError('param.invalid', { name: of });
  return name;
}

/** Settings of a business, as they are sent. */
export const settingParams = {
  vertical: param.text('The industry.', { max: 100 }),
  timezone_id: param.int('The number of its time zone.', { min: 0, max: 1000 }),
  two_factor_type: param.text('The people who must use two-factor authentication.', {
    oneOf: businesses.twoFactorTypes,
  }),
  require_expiring_tokens: param.bool('Tokens of its system users must end after 60 days. A parameter of ours.'),
};

/** The settings that were given, without the others. */
export function settingsGiven(args: { [K in keyof typeof settingParams]?: unknown }): businesses.BusinessSettings {
  return Object.fromEntries(
    Object.keys(settingParams).flatMap((name) =>
      args[name as keyof typeof settingParams] === undefined ? [] : [[name, args[name as keyof typeof settingParams]]],
    ),
  ) as businesses.BusinessSettings;
}

// These are the fields of a new account, the same for everybody who makes one.
import { type Html, html } from '../../html.ts';
import { field } from './field.ts';
import { type PasswordError, passwordErrors, passwordHint } from './password-rules.ts';

const nameErrors = {
  missing: 'Enter your name.',
  too_long: 'This is too long. Use at most 200 characters.',
  not_allowed: 'This name contains characters that can’t be shown. Use letters.',
} as const;

const emailErrors = {
  missing: 'Enter your e-mail address.',
  not_valid: 'This doesn’t look like an e-mail address. Example: anna@example.com',
  taken: 'An account can’t be created with this address. If it’s yours, log in.',
} as const;

const birthdayErrors = {
  not_valid: 'Enter a date that exists.',
  future: 'This date is in the future.',
} as const;

/** The error of each field, by key. */
export interface NewAccountErrors {
  name?: keyof typeof nameErrors;
  email?: keyof typeof emailErrors;
  password?: PasswordError;
  birthday?: keyof typeof birthdayErrors;
}

export interface NewAccountValues {
  name?: string;
  email?: string;
  birthday?: string;
}

export function newAccountFields(options: {
  errors?: NewAccountErrors;
  values?: NewAccountValues;
  birthday: boolean;
}): Html {
  const { errors = {}, values = {} } = options;
  return html`${field({
    name: 'name',
    label: 'Name',
    type: 'text',
    autocomplete: 'name',
    value: values.name,
    error: errors.name && nameErrors[errors.name],
  })}
${field({ name: 'email', label: 'E-mail', type: 'email', autocomplete: 'email', value: values.email, error: errors.email && emailErrors[errors.email] })}
${field({
  name: 'password',
  label: 'Password',
  type: 'password',
  autocomplete: 'new-password',
  hint: passwordHint,
  error: errors.password && passwordErrors[errors.password],
})}
${
  options.birthday
    ? field({
        name: 'birthday',
        label: 'Birthday',
        type: 'date',
        autocomplete: 'bday',
        optional: true,
        value: values.birthday,
        hint: 'Apps see it only if you let them.',
        error: errors.birthday && birthdayErrors[errors.birthday],
      })
    : ''
}`;
}

// On this page the first administrator of a new installation is made, once, by the link that the server prints.
import { html } from '../../html.ts';
import { cardPage } from '../../layout.ts';
import { banner } from '../../parts/banner.ts';
import { button } from '../../parts/forms/button.ts';
import { form } from '../../parts/forms/form.ts';
import { plainName } from '../../parts/words/name.ts';
import { type NewAccountErrors, newAccountFields, type NewAccountValues } from '../../parts/forms/new-account.ts';
import { notice } from '../../parts/notice.ts';
import type { FormProps, PageProps } from '../../props.ts';

/** Sends `name`, `email` and `password`. */
export interface FirstAdministratorProps extends PageProps {
  form: FormProps;
  errors?: NewAccountErrors;
  values?: NewAccountValues;
}

export function firstAdministrator(props: FirstAdministratorProps): string {
  const { errors, values } = props;
  const hasErrors = errors && Object.keys(errors).length > 0;
  return cardPage(
    props.platform,
    { title: 'Set up' },
    html`${notice(
      'good',
      'key',
      `Set up ${plainName(props.platform.name)}`,
      html`<p class="soft">You’re the first one here. Create the account that manages this platform. The link works once.</p>`,
    )}
${hasErrors ? banner('danger', 'Please look at the marked fields.') : ''}
${form(
  props.form,
  html`<div class="fields">${newAccountFields({ errors, values, birthday: false })}</div><div class="actions">${button('Create administrator')}</div>`,
  { className: 'stack' },
)}`,
  );
}

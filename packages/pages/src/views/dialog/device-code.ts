// On this page a person types the code that a television or another device shows. A code that came with the link is
// shown, and still has to be sent by the person: a link alone does nothing (RFC 8628, section 5.4).
import { inHalves } from '@hallpass/protocol';
import { html } from '../../html.ts';
import { cardPage } from '../../layout.ts';
import { banner } from '../../parts/banner.ts';
import { button } from '../../parts/forms/button.ts';
import { field } from '../../parts/forms/field.ts';
import { form } from '../../parts/forms/form.ts';
import { who } from '../../parts/who.ts';
import type { FormProps, PageProps, Person } from '../../props.ts';

const deviceCodeErrors = {
  missing: 'Enter the code your device shows.',
  not_valid:
    'This code isn’t valid. Codes work once, for seven minutes. Look at your device again, or get a new code there.',
} as const;

export type DeviceCodeError = keyof typeof deviceCodeErrors;

/** Labels of the fields by name. */
export const deviceCodeLabels = { user_code: 'Code on your device' } as const;

/** Sends `user_code`. */
export interface DeviceCodeProps extends PageProps {
  form: FormProps;
  notYou: FormProps;
  person: Person;
  /** The code as it came with the link, or as it was typed. */
  code?: string;
  error?: DeviceCodeError;
}

/** True for a code that can be compared with the one on a device: eight letters. */
const isWhole = (code = ''): boolean => /^[a-z]{4}[ -]?[a-z]{4}$/i.test(code.trim());

export function deviceCode(props: DeviceCodeProps): string {
  const { error } = props;
  return cardPage(
    props.platform,
    { title: 'Log in on a device' },
    html`<div class="title"><h1>Log in on a device</h1><p class="soft">${isWhole(props.code) && !error ? 'Compare this code with the one on your device.' : 'Type the code your device shows.'}</p></div>
${error ? banner('danger', deviceCodeErrors[error], { id: 'problem' }) : ''}
${who(props.person, props.notYou)}
${form(
  props.form,
  html`${field({ name: 'user_code', label: deviceCodeLabels.user_code, type: 'text', autocomplete: 'off', value: props.code && inHalves(props.code), explainedBy: error && 'problem', hint: 'Eight letters. Capitals and hyphens don’t matter.', autofocus: !props.code })}
${banner('warn', 'If someone sent you a code or a link to this page, close it: they would get into your account.', { title: 'Only use a code from a device in front of you.' })}
<div class="actions">${button('Continue')}</div>`,
  { className: 'stack' },
)}`,
  );
}

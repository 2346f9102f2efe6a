// "I think somebody was in my account": locks the account at once. Every session ends and every token stops (code 190,
// subcode 459).
import { html } from '../../html.ts';
import { accountPage } from '../../layout.ts';
import { button } from '../../parts/forms/button.ts';
import { form } from '../../parts/forms/form.ts';
import { icon } from '../../parts/icons.ts';
import { type AccountReach, reachWords } from '../../parts/words/reach.ts';
import type { AccountProps, FormProps } from '../../props.ts';

export interface SecureAccountProps extends AccountProps {
  /** Locks the account; nothing else is asked, so that it is quick. */
  form: FormProps;
  reach: AccountReach;
}

const effects = [
  ['desktop', 'Every device is logged out, including this one.'],
  ['apps', 'Apps stop acting for you until you unlock the account.'],
  ['lock', 'You unlock it with your password at the next log-in.'],
] as const;

export function secureAccount(props: SecureAccountProps): string {
  return accountPage(
    props,
    { title: 'Secure your account', current: 'secure' },
    html`<div class="tight"><h1>Secure your account</h1><p class="soft">Do this if you think someone else has been in your account.</p></div>
<ul class="panel">${effects.map(([picture, words]) => html`<li class="line"><span class="badge">${icon(picture, 22)}</span><div class="what">${words}</div></li>`)}</ul>
<p>${reachWords(props.reach, true)}</p>
${form(props.form, html`<div class="buttons">${button('Lock my account now', { look: 'danger', size: 'small' })}</div>`)}
<p class="small soft">If you only think someone knows your password, changing it is enough.</p>`,
  );
}

// On this page a person turns a second factor on: a picture for the authenticator app, the same as text, and a code
// that shows that it arrived.
import { html } from '../../html.ts';
import { accountPage } from '../../layout.ts';
import { button } from '../../parts/forms/button.ts';
import { form } from '../../parts/forms/form.ts';
import { type CodeError, codeField } from '../../parts/forms/one-time-code.ts';
import type { AccountProps, FormProps } from '../../props.ts';

/** Sends `code`. */
export interface TwoFactorSetUpProps extends AccountProps {
  form: FormProps;
  /** The QR code: cells on each side, and the dark ones as the path of an SVG. */
  picture: { size: number; path: string };
  /** The key, for those who type it. */
  key: string;
  error?: CodeError;
}

/** White cells around the code: readers need four of them. */
const MARGIN = 4;

export function twoFactorSetUp(props: TwoFactorSetUpProps): string {
  const { size, path } = props.picture;
  const side = size + 2 * MARGIN;
  const groups = props.key.match(/.{1,4}/g) ?? [];
  return accountPage(
    props,
    { title: 'Turn on two-factor authentication', current: 'twoFactor' },
    html`<div class="tight"><h1>Turn on <span class="nowrap">two-factor</span> authentication</h1><p class="soft">Scan this picture with an authenticator app, or type the key into it.</p></div>
<div class="panel padded narrow">
<svg class="scan" viewBox="0 0 ${side} ${side}" role="img" aria-label="QR code for your authenticator app. The key below is the same in text."><rect width="${side}" height="${side}" fill="#fff"></rect><path transform="translate(${MARGIN} ${MARGIN})" d="${path}" fill="#000"></path></svg>
<div class="tight"><span class="small soft">Key</span><code class="spaced">${groups.join(' ')}</code></div>
${form(
  props.form,
  html`${codeField({ ...(props.error ? { error: props.error } : {}), recovery: false, autofocus: Boolean(props.error) })}<div class="actions">${button('Confirm and turn on')}</div>`,
  { className: 'stack' },
)}
</div>
<p class="small soft">The key is shown only now. Nothing changes until a code is confirmed.</p>`,
  );
}

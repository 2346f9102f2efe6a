// This is a labelled field with its hint and its error tied to it for screen readers.
import { flag, type Html, html } from '../../html.ts';
import { icon } from '../icons.ts';

interface FieldOptions {
  name: string;
  label: string;
  type: 'text' | 'email' | 'password' | 'date';
  /** The HTML autofill word, so that password managers know what to do. */
  autocomplete: 'name' | 'email' | 'current-password' | 'new-password' | 'bday' | 'one-time-code' | 'off';
  /** The value that was typed before; never given back for passwords. */
  value?: string;
  hint?: string;
  error?: string;
  /** Id of a banner that explains what is wrong with this field. */
  explainedBy?: string;
  optional?: boolean;
  /** Shown to be read and copied, and not to be changed. */
  readonly?: boolean;
  autofocus?: boolean;
}

export function field(options: FieldOptions): Html {
  const { name, type, hint, error } = options;
  const id = `field-${name}`;
  const about = [error && `${id}-error`, hint && `${id}-hint`, options.explainedBy].filter(Boolean).join(' ');
  const value = options.value && type !== 'password' ? html` value="${options.value}"` : '';
  const invalid = error || options.explainedBy ? html` aria-invalid="true"` : '';
  const described = about ? html` aria-describedby="${about}"` : '';
  const typing =
    options.autocomplete === 'one-time-code'
      ? html` autocapitalize="none" autocorrect="off" spellcheck="false"`
      : type === 'email'
        ? html` autocapitalize="none" spellcheck="false" inputmode="email"`
        : '';
  return html`<div class="field">
<label for="${id}">${options.label}${options.optional ? html` <span class="optional">(optional)</span>` : ''}</label>
<input id="${id}" name="${name}" type="${type}" autocomplete="${options.autocomplete}"${typing}${value}${flag('required', !options.optional && !options.readonly)}${flag('readonly', options.readonly)}${invalid}${described}${flag('autofocus', options.autofocus)}>
${error ? html`<p class="error" id="${id}-error">${icon('alert', 18)}<span>${error}</span></p>` : ''}${hint ? html`<p class="hint" id="${id}-hint">${hint}</p>` : ''}
</div>`;
}

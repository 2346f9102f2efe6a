// Every form is made in one way: by POST, to a path of our own, with the hidden inputs it was given.
import { type Html, html } from '../../html.ts';
import type { FormProps } from '../../props.ts';
import { inside } from '../words/address.ts';

/** `also` are further hidden inputs that the view itself adds (which row, which permission). */
export function form(
  props: FormProps,
  content: Html,
  options: { className?: string; also?: Record<string, string> } = {},
): Html {
  const inputs = Object.entries({ ...props.hidden, ...options.also });
  return html`<form method="post" action="${inside(props.action)}"${options.className ? html` class="${options.className}"` : ''}>
${inputs.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}${content}
</form>`;
}

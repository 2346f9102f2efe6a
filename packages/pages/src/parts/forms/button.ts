// These are the buttons. In a form with more than one way out they say which by `decision`.
import { flag, type Html, html } from '../../html.ts';
import type { TickDecision } from './tick-decision.ts';

/** The values of `decision` that forms send. */
export type Decision = 'continue' | 'cancel' | 'back' | 'pages' | 'create' | 'new_codes' | 'turn_off' | TickDecision;

interface ButtonOptions {
  decision?: Decision;
  look?: 'main' | 'quiet' | 'danger' | 'quiet danger' | 'link';
  size?: 'small';
  /** For buttons that read alike: the whole name for screen readers, which must begin with the visible words. */
  label?: string;
  autofocus?: boolean;
}

/** A submit button. One that gives up (`cancel`, `back`) does not ask for the fields to be filled in. */
export function button(text: Html | string, options: ButtonOptions = {}): Html {
  const { decision, look = 'main', size, label, autofocus } = options;
  const looks =
    look === 'link' ? 'link' : ['button', look === 'main' ? '' : look, size ?? ''].filter(Boolean).join(' ');
  const sends = decision ? html` name="decision" value="${decision}"` : '';
  const novalidate = flag('formnovalidate', decision === 'cancel' || decision === 'back');
  return html`<button type="submit" class="${looks}"${sends}${novalidate}${label ? html` aria-label="${label}"` : ''}${flag('autofocus', autofocus)}><span>${text}</span></button>`;
}

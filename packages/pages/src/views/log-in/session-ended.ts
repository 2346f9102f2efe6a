// This page answers a form whose session has ended: nothing was changed, and nothing that was typed is lost.
import { type Html, html } from '../../html.ts';
import { cardPage } from '../../layout.ts';
import { field } from '../../parts/forms/field.ts';
import { notice, wayOn } from '../../parts/notice.ts';
import type { PageProps } from '../../props.ts';

export interface SessionEndedProps extends PageProps {
  /** Text that was typed, with the label and the name of its field; never a password, a code of a second factor or a key. */
  typed: readonly { name: string; label: string; value: string }[];
  /** True where the form will be shown with it and with what was ticked; false where it is too long for that. */
  kept: boolean;
  /** Path of the log-in that leads back to the form, or of the form where somebody is logged in already. */
  next: string;
  signedIn: boolean;
  /** The server made it, to find the event in the log. */
  reference: string;
}

const title = 'Your session has ended';

function whatWasTyped({ typed, kept }: SessionEndedProps): Html | '' {
  if (typed.length === 0) return kept ? html`<p class="soft">When you go on, your choices are set again.</p>` : '';
  const after = kept
    ? 'When you go on, it is in the form again. A password has to be typed once more.'
    : 'It is too long to be put into the form again. Copy it before you go on.';
  return html`<section class="stack" aria-labelledby="typed"><div class="tight"><h2 id="typed">What you typed</h2><p class="soft">${after}</p></div>
${typed.map((one) => field({ ...one, type: 'text', autocomplete: 'off', readonly: true }))}</section>`;
}

export function sessionEnded(props: SessionEndedProps): string {
  const { next, signedIn } = props;
  return cardPage(
    props.platform,
    { title },
    html`${notice('warn', 'stop', title, html`<p>You were logged out while this page was open, so nothing was changed.</p>`)}
${whatWasTyped(props)}
<div class="actions">${wayOn(next, signedIn ? 'Go on' : 'Log in and go on')}</div>
<p class="small soft">Reference: <code>${props.reference}</code></p>`,
  );
}

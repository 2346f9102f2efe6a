// This page is behind the link at the end of every mail: no more mails to an address, and the way back.
import { html } from '../../html.ts';
import { cardPage } from '../../layout.ts';
import { button } from '../../parts/forms/button.ts';
import { form } from '../../parts/forms/form.ts';
import { notice } from '../../parts/notice.ts';
import { name } from '../../parts/words/name.ts';
import type { FormProps, PageProps } from '../../props.ts';
import { filled, type VaultSpeech } from './words/words.ts';

/** Sends `decision`: `cancel` for no more mails, `continue` for mails again. */
export interface MailChoiceProps extends PageProps {
  speech: VaultSpeech;
  address: string;
  /** `asked`: nothing is decided yet. */
  state: 'asked' | 'out' | 'in';
  form: FormProps;
}

export function mailChoice(props: MailChoiceProps): string {
  const { language, words } = props.speech;
  const address = name(props.address);
  const options = { language, title: words.opt_out };
  if (props.state === 'in')
    return cardPage(props.platform, options, notice('good', 'check', words.opted_in_title, html`<p>${address}</p>`));
  const [title, says, act] =
    props.state === 'asked'
      ? [filled(words.opt_out_title, { address }), words.opt_out_words, button(words.opt_out, { decision: 'cancel' })]
      : [words.opted_out_title, words.opted_out_words, button(words.opt_in, { decision: 'continue', look: 'quiet' })];
  return cardPage(
    props.platform,
    options,
    html`${notice('note', 'mail', title, html`<p class="soft">${says}</p>`)}${form(props.form, html`<div class="actions">${act}</div>`)}`,
  );
}

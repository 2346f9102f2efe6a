// This page is for an account that is not confirmed yet: its tokens answer with code 190, subcode 464 until it is.
import { html } from '../../html.ts';
import { cardPage } from '../../layout.ts';
import { button } from '../../parts/forms/button.ts';
import { form } from '../../parts/forms/form.ts';
import { name } from '../../parts/words/name.ts';
import { notice } from '../../parts/notice.ts';
import { who } from '../../parts/who.ts';
import type { FormProps, PageProps, Person } from '../../props.ts';

export interface UnconfirmedProps extends PageProps {
  person: Person;
  notYou?: FormProps;
  /** Confirms the account; left out where it is confirmed by other means. */
  form?: FormProps;
}

export function unconfirmed(props: UnconfirmedProps): string {
  const { person } = props;
  return cardPage(
    props.platform,
    { title: 'Confirm your account' },
    html`${notice(
      'warn',
      'person',
      'Confirm your account',
      html`<p>Apps can’t act for you until you confirm that this account${person.email ? html` with the address <strong>${name(person.email)}</strong>` : ''} is yours.</p>`,
    )}
${who(person, props.notYou)}
${props.form ? form(props.form, html`<div class="actions">${button('Yes, this is my account')}</div>`) : html`<p class="soft">Follow the link you were sent, or ask the people who run this platform.</p>`}`,
  );
}

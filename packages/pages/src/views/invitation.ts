// This page shows an invitation into a business: who invites, as what, and yes or no.
import { type BusinessRole, businessRoles } from '@hallpass/protocol';
import { html } from '../html.ts';
import { cardPage } from '../layout.ts';
import { button } from '../parts/forms/button.ts';
import { form } from '../parts/forms/form.ts';
import { name, plainName } from '../parts/words/name.ts';
import { notice } from '../parts/notice.ts';
import { who } from '../parts/who.ts';
import type { FormProps, PageProps, Person } from '../props.ts';

/** Sends `decision` (`continue` or `cancel`). */
export interface InvitationProps extends PageProps {
  form: FormProps;
  person: Person;
  notYou: FormProps;
  business: string;
  inviter?: string;
  role: BusinessRole;
}

export function invitation(props: InvitationProps): string {
  const { title, doc } = businessRoles[props.role];
  const from = props.inviter
    ? html`${name(props.inviter)} invites you to ${name(props.business)}`
    : html`You are invited to ${name(props.business)}`;
  return cardPage(
    props.platform,
    { title: `Join ${plainName(props.business)}` },
    html`${notice('note', 'briefcase', html`Join ${name(props.business)}?`, html`<p class="soft">${from} as <strong>${title}</strong>.</p><p class="soft">${doc}</p>`)}
${who(props.person, props.notYou)}
${form(
  props.form,
  html`<div class="actions">${button('Join', { decision: 'continue' })}${button('Decline', { look: 'quiet', decision: 'cancel' })}</div><p class="legal">People in the business will see your name, and its administrators your e-mail address.</p>`,
  { className: 'stack' },
)}`,
  );
}

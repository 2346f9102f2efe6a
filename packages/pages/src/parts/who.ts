// This line shows who is logged in, with the way out for everybody else.
import { type Html, html } from '../html.ts';
import type { FormProps, Person } from '../props.ts';
import { avatar } from './avatar.ts';
import { button } from './forms/button.ts';
import { form } from './forms/form.ts';
import { name, plainName } from './words/name.ts';

/** The person who is logged in, and the form by which another one goes on with what they came for. */
export interface OtherPerson {
  person: Person;
  notYou: FormProps;
}

/** The same line on a page that refuses the person who is logged in, and may let somebody else in. */
export const whoElse = (me: OtherPerson | undefined): Html | '' => (me ? who(me.person, me.notYou) : '');

/** `notYou` ends the session and comes back to the same page; left out where there is nothing to come back to. */
export function who(person: Person, notYou?: FormProps): Html {
  return html`<div class="who">${avatar('person', person)}
<div class="names"><span class="hidden-text">Logged in as</span> <strong>${name(person.name)}</strong>${person.email ? html`<span class="small">${name(person.email)}</span>` : ''}</div>
${notYou ? form(notYou, button('Not you?', { look: 'link', label: `Not you? Log in as someone other than ${plainName(person.name)}` })) : ''}</div>`;
}

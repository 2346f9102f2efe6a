// This line shows who is logged in, with the way out for everybody else.
import { type Html, html } from '../html.ts';
import type { FormProps, Person } from '../props.ts';
import { avatar } from './avatar.ts';
import { button } from './forms/button.ts';
import { form } from './forms/form.ts';
import { name, plainName } from './words/name.ts';

/** `notYou` ends the session and comes back to the same dialog; left out where there is nothing to come back to. */
export function who(person: Person, notYou?: FormProps): Html {
  return html`<div class="who">${avatar('person', person)}
<div class="names"><span class="hidden-text">Logged in as</span> <strong>${name(person.name)}</strong>${person.email ? html`<span class="small">${name(person.email)}</span>` : ''}</div>
${notYou ? form(notYou, button('Not you?', { look: 'link', label: `Not you? Log in as someone other than ${plainName(person.name)}` })) : ''}</div>`;
}

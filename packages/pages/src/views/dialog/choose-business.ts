// On this page a person chooses which business connects the app (Login for Business): one that the person runs, or a
// new one. What is given belongs to the business from then on, whoever said yes.
import { flag, type Html, html } from '../../html.ts';
import { cardPage } from '../../layout.ts';
import { appHeading } from '../../parts/app-heading.ts';
import { avatar } from '../../parts/avatar.ts';
import { banner } from '../../parts/banner.ts';
import { button } from '../../parts/forms/button.ts';
import { field } from '../../parts/forms/field.ts';
import { form } from '../../parts/forms/form.ts';
import { icon } from '../../parts/icons.ts';
import { name, plainName } from '../../parts/words/name.ts';
import { who } from '../../parts/who.ts';
import type { AppIdentity, FormProps, PageProps, Person } from '../../props.ts';

export interface BusinessChoice {
  id: string;
  name: string;
}

const chooseBusinessErrors = {
  none: 'Choose a business, or cancel.',
  name: 'Give the new business a name of at most 200 characters.',
} as const;

export type ChooseBusinessError = keyof typeof chooseBusinessErrors;

/** Labels of the text fields by name. */
export const chooseBusinessLabels = { business_name: 'Name of the business' } as const;

/**
 * One form sends `business` and `decision` (`continue`, `back` or `cancel`); the other `business_name` and `decision`
 * (`create`).
 */
export interface ChooseBusinessProps extends PageProps {
  form: FormProps;
  notYou: FormProps;
  app: AppIdentity;
  person: Person;
  /** Those that the person runs. */
  businesses: readonly BusinessChoice[];
  /** The id of the one that is chosen; the first by default. */
  chosen?: string | undefined;
  /** The person may not make one: a test user. */
  cannotCreate?: boolean;
  /** The name of a new business that was typed before. */
  newName?: string | undefined;
  error?: ChooseBusinessError;
}

const row = (business: BusinessChoice, chosen: boolean): Html =>
  html`<li><label class="row">${avatar('page', business)}<input class="tick round" type="radio" name="business" value="${business.id}"${flag('checked', chosen)}><span class="what"><strong>${name(business.name)}</strong></span></label></li>`;

const waysOut = html`${button('Back', { look: 'quiet', decision: 'back' })}${button('Cancel', { look: 'quiet', decision: 'cancel' })}`;

function choice({ form: action, businesses, chosen }: ChooseBusinessProps): Html {
  const first = businesses.find(({ id }) => id === chosen) ?? businesses[0];
  return form(
    action,
    html`<div class="stack"><fieldset><legend class="hidden-text">Your businesses</legend><ul class="asked">${businesses.map((one) => row(one, one === first))}</ul></fieldset>
<p class="small soft">The connection belongs to the business. It stays when you log out or leave the business, until an administrator removes it.</p></div>
<div class="actions">${button('Continue', { decision: 'continue' })}${waysOut}</div>`,
    { className: 'stack' },
  );
}

function nothingToChoose({ app, cannotCreate }: ChooseBusinessProps): Html {
  return html`<div class="empty">${icon('briefcase', 28)}<h2>You don’t run a business here</h2><p class="soft">${name(app.name)} connects with a business. ${cannotCreate ? 'Ask an administrator of your business to log in.' : 'Create one below, or ask an administrator of your business to log in.'}</p></div>`;
}

function creation(props: ChooseBusinessProps): Html | '' {
  if (props.cannotCreate) return '';
  const wrong = props.error === 'name';
  return html`<details class="fold"${flag('open', wrong || Boolean(props.newName) || props.businesses.length === 0)}><summary>Create a new business${icon('down', 18)}</summary>
${form(
  props.form,
  html`${field({ name: 'business_name', label: chooseBusinessLabels.business_name, type: 'text', autocomplete: 'off', value: props.newName, explainedBy: wrong ? 'problem' : undefined })}
<div class="actions">${button('Create and continue', { look: props.businesses.length === 0 ? 'main' : 'quiet', decision: 'create' })}</div>`,
  { className: 'stack' },
)}</details>`;
}

export function chooseBusiness(props: ChooseBusinessProps): string {
  const { app, error, person } = props;
  return cardPage(
    props.platform,
    { title: `Choose a business for ${plainName(app.name)}` },
    html`${appHeading(app, html`Which business should connect to ${name(app.name)}?`)}
${error ? banner('danger', chooseBusinessErrors[error], { id: 'problem' }) : ''}
${who(person, props.notYou)}
${
  props.businesses.length > 0
    ? html`${choice(props)}
${creation(props)}`
    : html`${nothingToChoose(props)}
${creation(props)}
${form(props.form, html`<div class="actions">${waysOut}</div>`)}`
}`,
  );
}

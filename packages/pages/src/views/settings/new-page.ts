// On this page a person makes a Page of their own, and is told what comes next.
import { html } from '../../html.ts';
import { accountPage } from '../../layout.ts';
import { plainPaths } from '../../places.ts';
import { banner } from '../../parts/banner.ts';
import { button } from '../../parts/forms/button.ts';
import { field } from '../../parts/forms/field.ts';
import { form } from '../../parts/forms/form.ts';
import { wayOn } from '../../parts/notice.ts';
import { name } from '../../parts/words/name.ts';
import type { AccountProps, FormProps } from '../../props.ts';

const errors = {
  name_missing: 'Enter the name of the Page.',
  name_not_valid: 'Use 1 to 200 characters that can be shown.',
  category_not_valid: 'Say in a few words what kind of Page it is, such as Bakery.',
} as const;

export type NewPageError = keyof typeof errors;

/** Labels of the fields by name. */
export const newPageLabels = { name: 'Name of the Page', category: 'Category' } as const;

/** Sends `name` and `category`. */
export interface NewPageProps extends AccountProps {
  form: FormProps;
  errors?: { name?: NewPageError; category?: NewPageError };
  /** The values that were typed before. */
  values?: { name?: string | undefined; category?: string | undefined };
  /** True where the person has as many Pages as anybody may have. */
  tooMany?: boolean;
}

export function newPage(props: NewPageProps): string {
  const { errors: wrong = {}, values = {}, tooMany } = props;
  return accountPage(
    props,
    { title: 'Create a Page', current: 'newPage' },
    html`<div class="tight"><h1>Create a Page</h1><p class="soft">For a business, a club or a cause. You get every task on it.</p></div>
${tooMany ? banner('danger', 'You already have as many Pages as an account can have, so nothing was created.') : ''}
<div class="panel padded narrow">${form(
      props.form,
      html`${field({ name: 'name', label: newPageLabels.name, type: 'text', autocomplete: 'off', value: values.name, error: wrong.name && errors[wrong.name] })}
${field({ name: 'category', label: newPageLabels.category, type: 'text', autocomplete: 'off', value: values.category, hint: 'Examples: Bakery, Band, Museum', error: wrong.category && errors[wrong.category] })}
<div class="actions">${button('Create Page')}</div>`,
      { className: 'stack' },
    )}</div>`,
  );
}

export interface PageMadeProps extends AccountProps {
  page: { id: string; name: string };
}

export function pageMade(props: PageMadeProps): string {
  const { page } = props;
  return accountPage(
    props,
    { title: 'Your Page is ready', current: 'newPage' },
    html`<div class="tight"><h1>Your Page is ready</h1></div>
<div class="panel padded narrow"><p>${name(page.name)} has the id <span class="nowrap">${page.id}</span>.</p><p>To let an app use it, log in to the app again and choose it there.</p>
<div class="actions">${wayOn(plainPaths.newPage, 'Create another', 'quiet')}</div></div>`,
  );
}

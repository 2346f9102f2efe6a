// On this page a person makes a Page of their own, and is told what comes next.
import { html } from '../html.ts';
import { cardPage } from '../layout.ts';
import { button } from '../parts/forms/button.ts';
import { field } from '../parts/forms/field.ts';
import { form } from '../parts/forms/form.ts';
import { banner } from '../parts/banner.ts';
import { notice, wayOn } from '../parts/notice.ts';
import { name, plainName } from '../parts/words/name.ts';
import type { FormProps, PageProps } from '../props.ts';

const errors = {
  name_missing: 'Enter the name of the Page.',
  name_not_valid: 'Use 1 to 200 characters that can be shown.',
  category_not_valid: 'Say in a few words what kind of Page it is, such as Bakery.',
} as const;

export type NewPageError = keyof typeof errors;

/** Sends `name`, `category` and `decision`. */
export interface NewPageProps extends PageProps {
  form: FormProps;
  errors?: { name?: NewPageError; category?: NewPageError };
  /** The values that were typed before, after an error. */
  values?: { name?: string; category?: string };
  /** True where the person has as many Pages as anybody may have. */
  tooMany?: boolean;
  /** Path of the home page. */
  home: string;
}

export function newPage({
  platform,
  form: place,
  errors: wrong = {},
  values = {},
  tooMany,
  home,
}: NewPageProps): string {
  return cardPage(
    platform,
    { title: 'Create a Page' },
    html`<div class="title"><h1>Create a Page</h1><p class="soft">For a business, a club or a cause. You get every task on it.</p></div>
${tooMany ? banner('danger', 'You have as many Pages as an account can have. Nothing was created.') : ''}
${form(
  place,
  html`<div class="fields">
${field({ name: 'name', label: 'Name of the Page', type: 'text', autocomplete: 'off', value: values.name, error: wrong.name && errors[wrong.name], autofocus: true })}
${field({ name: 'category', label: 'Category', type: 'text', autocomplete: 'off', value: values.category, hint: 'What it is: Bakery, Band, Museum …', error: wrong.category && errors[wrong.category] })}
</div>
<div class="actions">${button('Create Page', { decision: 'continue' })}${wayOn(home, 'Cancel', 'quiet')}</div>`,
  { className: 'stack' },
)}`,
  );
}

export interface PageMadeProps extends PageProps {
  page: { id: string; name: string };
  /** Path of this form, for one more. */
  again: string;
  home: string;
}

export function pageMade({ platform, page, again, home }: PageMadeProps): string {
  return cardPage(
    platform,
    { title: 'Your Page is ready' },
    html`${notice(
      'good',
      'check',
      'Your Page is ready',
      html`<p>${name(page.name)} has the id <span class="nowrap">${page.id}</span>. An app that works with your Pages gets it when you log in to the app again and choose it there.</p>`,
    )}<div class="actions">${wayOn(home, `Go to ${plainName(platform.name)}`)}${wayOn(again, 'Create another', 'quiet')}</div>`,
  );
}

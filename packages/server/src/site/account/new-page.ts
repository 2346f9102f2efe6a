// On this page a person makes a Page.
import { newPage, newPageLabels, type NewPageProps, pageMade } from '@hallpass/pages';
import { categoryOf, createPage } from '../../pages/create-page.ts';
import { nameOf } from '../../people/people.ts';
import type { SignedInPerson } from '../../people/sign-in/sessions.ts';
import type { HttpResponse } from '../../wire/answer.ts';
import { html } from '../answers.ts';
import { accountProps, filledIn, sessionForm } from '../forms.ts';
import { paths } from '../paths.ts';
import type { SiteRequest } from '../site-request.ts';

export function newPageShown(
  ask: SiteRequest,
  me: SignedInPerson,
  problem: Pick<NewPageProps, 'errors' | 'tooMany'> = {},
): HttpResponse {
  const filled = filledIn(ask, me, paths.newPage, newPageLabels);
  return html(
    ask,
    newPage({
      ...accountProps(ask, me),
      ...filled,
      form: sessionForm(ask, me, paths.newPage),
      ...problem,
    }),
    { status: problem.tooMany ? 400 : 200 },
  );
}

export async function newPageSent(ask: SiteRequest, me: SignedInPerson): Promise<HttpResponse> {
  const { name, fault } = nameOf(ask.form.values.get('name') ?? '');
  const category = categoryOf(ask.form.values.get('category') ?? '');
  if (name === undefined || category === undefined) {
    const nameError = fault === 'missing' ? 'name_missing' : fault && 'name_not_valid';
    return newPageShown(ask, me, {
      errors: { name: nameError, category: category === undefined ? 'category_not_valid' : undefined },
    });
  }
  const by = { kind: 'person', id: me.person.id } as const;
  const id = await createPage(ask.installation, me.person, { name, category }, by);
  if (id === undefined) return newPageShown(ask, me, { tooMany: true });
  return html(ask, pageMade({ ...accountProps(ask, me), page: { id, name } }));
}

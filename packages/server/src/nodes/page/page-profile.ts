// This edge changes what a Page says about itself, by its own token. Source: the page reference, "Updating".
import { all, graphError, keysOf, permission, task } from '@hallpass/protocol';
import { changePage } from '../../pages/page-changes.ts';
import { profileTexts as texts, type ProfileText as TextName } from '../../pages/page-profile.ts';
import { personActor } from '../shared/actor.ts';
import { changeIn } from '../../graph/language/context.ts';
import { missing } from '../../graph/find.ts';
import { param, type Params } from '../../graph/language/params.ts';
import { pageItself } from '../shared/requirements.ts';
import { type Edge, edge } from '../../graph/language/schema.ts';
import { checkWebAddress } from '../shared/web-address.ts';
import type { Page } from '../../store/pages/pages.ts';

const names = keysOf(texts);

const MOST_EMAILS = 10;
const emailForm = /^[^\s@\p{Cc}]{1,64}@[^\s@\p{Cc}]{1,255}$/u;
// Line ends and tabs belong to longer texts.
const unprintable = /[^\P{Cc}\t\n\r]/u;

const params = {
  ...(Object.fromEntries(
    names.map((name) => [name, param.text(texts[name].doc, { max: texts[name].max, clears: true })]),
  ) as Params),
  emails: param.list('Its e-mail addresses.', { clears: true }),
  is_published: param.bool('Whether everyone can see it.'),
};

function checkText(name: TextName, text: string): void {
  if (unprintable.test(text)) throw graphError('param.invalid', { name });
  if (name === 'website' && text !== '') checkWebAddress(name, text);
}

export const pageProfile: Edge<Page>[] = [
  edge('POST', '', {
    doc: 'Changes the details of the Page, and whether everyone sees it. An empty value clears one.',
    needs: all(pageItself, permission('pages_manage_metadata'), task('MANAGE')),
    params,
    async run(context, page: Page, { emails, is_published: published, ...values }: GivenProfile) {
      const profile: Record<string, string | string[] | null> = {};
      for (const name of names) {
        const text = values[name];
        if (text === undefined) continue;
        checkText(name, text);
        profile[name] = text === '' ? null : text;
      }
      if (emails !== undefined) {
        if (emails.length > MOST_EMAILS || !emails.every((one) => emailForm.test(one)))
          throw graphError('param.invalid', { name: 'emails' });
        profile['emails'] = emails.length === 0 ? null : emails;
      }
      if (Object.keys(profile).length === 0 && published === undefined)
        throw graphError('param.required', { name: Object.keys(params).join(' or ') });
      const by = personActor(context);
      if (!(await changeIn(context, (change) => changePage(change, page.id, { profile, published }, by, context.now))))
        throw missing(context, page.id);
      return { success: true };
    },
  }),
];

type GivenProfile = Partial<Record<TextName, string>> & {
  emails: string[] | undefined;
  is_published: boolean | undefined;
};

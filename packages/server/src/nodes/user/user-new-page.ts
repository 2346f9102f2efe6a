// This edge makes a Page: here for test users only, whose Pages belong to the world of their app (threats PR-08).
// Source: the accounts edge of the user.
import { all, permission, graphError, self, token, where } from '@hallpass/protocol';
import { nameOf } from '../../people/people.ts';
import { categoryOf, createPage, isOneLine } from '../../pages/create-page.ts';
import { param } from '../../graph/language/params.ts';
import { type Edge, edge } from '../../graph/language/schema.ts';
import type { Person } from '../../store/people/people.ts';

const LONGEST = 255;

export const userNewPage: Edge<Person>[] = [
  edge('POST', 'accounts', {
    doc: 'A test user makes a Page. It belongs to the test users of its app: no real person, Page or business can see it.',
    needs: all(token('user'), self, permission('pages_manage_metadata'), where('test_user')),
    params: {
      name: param.text('The name.', { required: true }),
      category: param.text('The category of the Page.', { max: LONGEST }),
      category_enum: param.text('The same, as newer clients send it.', { max: LONGEST }),
      about: param.text('What the Page says about itself.', { max: LONGEST }),
    },
    async run({ installation }, person: Person, { name, category, category_enum, about }) {
      const named = nameOf(name);
      if (named.fault !== undefined) throw graphError('param.invalid', { name: 'name' });
      const kind = categoryOf(category ?? category_enum ?? 'Community');
      if (kind === undefined) throw graphError('param.invalid', { name: 'category' });
      if (about !== undefined && !isOneLine(about)) throw graphError('param.invalid', { name: 'about' });
      const by = { kind: 'person', id: person.id } as const;
      const id = await createPage(installation, person, { name: named.name, category: kind, about }, by);
      if (id === undefined) throw graphError('param.invalid', { name: 'name' });
      return { id };
    },
  }),
];

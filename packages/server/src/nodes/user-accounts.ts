// The Pages of a person, each with the token to speak as it. Only Pages that were ticked in the dialog and on which the
// person holds a task. Source: the access-token guides, "Page access tokens".
import { all, permission, self, token } from '@hallpass/protocol';
import { cut } from '../graph/cursors.ts';
import { type Edge, listEdge } from '../graph/schema.ts';
import { reaches } from '../liveness/permissions.ts';
import type { Page } from '../store/pages.ts';
import type { Person } from '../store/people.ts';

export const userAccounts: Edge<Person>[] = [
  listEdge('accounts', {
    doc: 'Pages on which the person has a role, with a Page token each.',
    needs: all(token('user', 'system_user'), self, permission('pages_show_list')),
    of: 'page',
    shows: ['access_token', 'category', 'category_list', 'name', 'id', 'tasks'],
    async run({ installation, viewer }, person: Person, _args, page) {
      const roles = await installation.facts.pagesOf(person.id);
      const shown = roles.filter((role) => role.tasks.length > 0 && reaches(viewer.grant, 'pages_show_list', role.pageId));
      const part = cut(shown, (role) => role.pageId, page);
      const rows = await Promise.all(part.rows.map(async ({ pageId }) => installation.facts.page(pageId)));
      return { ...part, rows: rows.filter((row) => row !== null), position: (row: Page) => row.id };
    },
  }),
];

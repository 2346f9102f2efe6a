// This edge lists the Pages of a person, each with the token to speak as it. Only Pages that were ticked in the dialog
// and on which the person holds a task. Sources: the access-token guides, "Page access tokens"; and for Pages that a
// business gave, callers who met the empty list (trypostit/trypost#301, getopenpost/openpost#216).
import { all, holderAdvice, permission, self, token } from '@hallpass/protocol';
import { paginate } from '../../graph/rendering/cursors.ts';
import { type Edge, listEdge } from '../../graph/language/schema.ts';
import type { DebugMessage } from '../../wire/answer.ts';
import { allValues } from '../../installation/maybe.ts';
import { reaches } from '../../liveness/permissions.ts';
import type { Page } from '../../store/pages/pages.ts';
import type { Person } from '../../store/people/people.ts';

/** Makes the message of `debug=` about a short list: callers look for the reason everywhere but in the permissions. */
const leftOut = (count: number): DebugMessage => ({
  type: 'warning',
  message: `${count} left out. ${holderAdvice.ask_for_business}`,
});

export const userAccounts: Edge<Person>[] = [
  listEdge('accounts', {
    doc: 'Pages on which the person has a role, with a Page token each. Those that only a business gave to the person are among them with business_management alone; by their ids they can be read without it.',
    needs: all(token('user', 'system_user'), self, permission('pages_show_list')),
    of: 'page',
    shows: ['access_token', 'category', 'category_list', 'name', 'id', 'tasks'],
    async run({ installation, viewer, debug, findings }, person: Person, _args, page) {
      const roles = (await installation.facts.pagesOf(person.id)).filter((role) => role.tasks.length > 0);
      const ticked = roles.filter((role) => reaches(viewer.grant, 'pages_show_list', role.pageId));
      // Of Pages that were not ticked the app must not even learn that they are there.
      findings.noteOmission(
        'not_chosen',
        viewer.grant.permissions.pages_show_list?.targets === undefined ? 0 : 1,
        false,
      );
      // A system user has everything through its business, and its business is what it is asked about.
      const all = person.systemUserOf !== null || viewer.inForce.names.has('business_management');
      const shown = all ? ticked : ticked.filter((role) => !role.throughBusiness);
      findings.noteOmission('through_business_only', ticked.length - shown.length, true);
      if (shown.length < ticked.length) debug.push(leftOut(ticked.length - shown.length));
      const part = paginate(shown, (role) => role.pageId, page);
      const rows = await allValues(part.rows.map(({ pageId }) => installation.facts.page(pageId)));
      return { ...part, rows: rows.filter((row) => row !== null), position: (row: Page) => row.id };
    },
  }),
];

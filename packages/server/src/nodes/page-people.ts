// Who may do what on a Page. Sources: the roles and assigned_users edges of the page reference; page settings need the
// task MANAGE.
import { all, isTask, permission, refuse, type Task, task, token } from '@hallpass/protocol';
import { givePageRole, takePageRole } from '../accounts/page-roles.ts';
import { knownAs } from '../accounts/scoped-id.ts';
import { changeIn, type Context } from '../graph/context.ts';
import { cut } from '../graph/cursors.ts';
import { param } from '../graph/params.ts';
import { type Edge, edge, listEdge, type PageRequest } from '../graph/schema.ts';
import type { App } from '../store/apps.ts';
import * as pages from '../store/pages.ts';

const manages = all(token('page', 'user'), permission('pages_manage_metadata'), task('MANAGE'));

interface Member {
  id: string;
  name: string;
  tasks: string[];
}

async function members({ installation, viewer, q }: Context, page: pages.Page): Promise<Member[]> {
  const rows: Member[] = [];
  for (const { personId, tasks } of await pages.rolesOfPage(q, page.id)) {
    const person = await installation.facts.person(personId);
    if (person && person.state !== 'deleted')
      rows.push({ id: await knownAs(installation, (viewer.app as App).id, personId), name: person.name, tasks });
  }
  return rows;
}

const listed = async (context: Context, page: pages.Page, uid: string | undefined, at: PageRequest) =>
  cut(
    (await members(context, page)).filter((member) => uid === undefined || member.id === uid),
    (member) => member.id,
    at,
  );

/** The person an app means by an id; the answer for an unknown one is that for somebody who cannot be meant. */
async function personMeant({ installation, viewer }: Context, scopedId: string): Promise<string> {
  const personId = await installation.facts.personBehind((viewer.app as App).id, scopedId);
  if (personId === null) throw refuse('param.invalid', { name: 'user' });
  return personId;
}

const actor = ({ viewer }: Context) => ({ kind: 'person' as const, id: viewer.person?.id });

const business = param.id('The business on whose behalf; accepted and without effect here.');

export const pagePeople: Edge<pages.Page>[] = [
  listEdge('roles', {
    doc: 'People with a role on the Page, and their tasks.',
    needs: all(token('page', 'user'), task('MANAGE')),
    params: { uid: param.id('Only this person.'), include_deactivated: param.bool('Accepted and without effect here.') },
    run: (context, page: pages.Page, { uid }, at) => listed(context, page, uid, at),
  }),
  listEdge('assigned_users', {
    doc: 'People with a role on the Page, and their tasks.',
    needs: manages,
    params: { business },
    run: (context, page: pages.Page, _args, at) => listed(context, page, undefined, at),
  }),
  edge('POST', 'assigned_users', {
    doc: 'Gives a person tasks on the Page, in place of those they had.',
    needs: manages,
    params: {
      user: param.id('The person, by the id this app knows.', { required: true }),
      tasks: param.list('The tasks.', { required: true }),
      business,
    },
    async run(context, page: pages.Page, { user, tasks }) {
      if (tasks.length === 0) throw refuse('param.required', { name: 'tasks' });
      const wrong = tasks.find((name) => !isTask(name));
      if (wrong !== undefined) throw refuse('param.must_be', { name: 'tasks', what: 'names of tasks' });
      const personId = await personMeant(context, user);
      await changeIn(context, (change) =>
        givePageRole(change, { pageId: page.id, personId, tasks: tasks as Task[], by: actor(context), now: context.now }),
      );
      return { success: true };
    },
  }),
  edge('DELETE', 'assigned_users', {
    doc: 'Takes the role of a person away: Page tokens made by it stop working for good.',
    needs: manages,
    params: { user: param.id('The person, by the id this app knows.', { required: true }), business },
    async run(context, page: pages.Page, { user }) {
      const personId = await personMeant(context, user);
      const done = await changeIn(context, (change) => takePageRole(change, { pageId: page.id, personId, by: actor(context) }));
      if (!done) throw refuse('param.invalid', { name: 'user' });
      return { success: true };
    },
  }),
];

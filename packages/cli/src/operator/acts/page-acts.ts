// Making Pages for people, and the Pages that somebody has.
import { shape } from '@hallpass/protocol';
import { categoryOf, createPage, nameOf, pagesOfPerson } from '@hallpass/server/operator';
import { CommandError } from '../../command-error.ts';
import { table } from '../../printing/print.ts';
import { personMeant, platformAct } from '../platform-act.ts';

export const pageActs = {
  'page.create': platformAct({
    input: shape.object<{ name: string; category: string; owner: string }>({
      name: shape.text,
      category: shape.text,
      owner: shape.text,
    }),
    async run({ installation, by }, input) {
      const { name } = nameOf(input.name);
      const category = categoryOf(input.category);
      if (name === undefined)
        throw new CommandError(
          'wrongUse',
          'The name must have 1 to 200 characters, and no control or direction characters.',
        );
      if (category === undefined)
        throw new CommandError('wrongUse', 'The category must be one line of 1 to 255 characters.');
      const owner = await personMeant(installation, input.owner);
      const id = await createPage(installation, owner, { name, category }, by);
      if (id === undefined)
        throw new CommandError(
          'failed',
          `${owner.name} already has as many Pages as a person may have. Delete one, or give another owner.`,
        );
      return { json: { id, name, owner: owner.id }, text: `Created the Page ${name} (${id}) for ${owner.name}.` };
    },
  }),
  'page.list': platformAct({
    input: shape.object<{ who: string }>({ who: shape.text }),
    async run({ installation }, { who }) {
      const person = await personMeant(installation, who);
      const pages = await pagesOfPerson(installation, person.id);
      const rows = pages.map(({ id, name, tasks }) => [id, name, tasks.join(', ')]);
      return {
        json: { pages },
        text: rows.length === 0 ? `${person.name} has no task on any Page.` : table(rows, ['id', 'name', 'tasks']),
      };
    },
  }),
};

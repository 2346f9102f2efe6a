// These edges are about one person in several apps of one business: the ids by which those apps know them, and one
// opaque text that is the same in all of them. Apps of nobody, or of different businesses, cannot compare notes.
// Sources: token_for_business, ids_for_business, ids_for_apps and ids_for_pages of the user reference;
// facebook/facebook-ios-sdk#2421.
import { all, any, self, token } from '@hallpass/protocol';
import { knownAs } from '../../people/scoped-id.ts';
import type { Context } from '../../graph/language/context.ts';
import type { KnownViewer } from '../../graph/authentication/viewer.ts';
import { paginate } from '../../graph/rendering/cursors.ts';
import { param } from '../../graph/language/params.ts';
import { type Edge, type Field, fieldsOf, listEdge } from '../../graph/language/schema.ts';
import { keyedHash } from '../../hash.ts';
import * as businesses from '../../store/businesses/businesses.ts';
import type { Person } from '../../store/people/people.ts';
import { AppId, PageId } from '../../store/ids.ts';

const field = fieldsOf<Person>();
const aboutOneself = any(token('app'), all(token('user'), self));

/** The business of the app that asks, or null. */
const businessOf = ({ installation, viewer }: Context<KnownViewer>) => installation.facts.businessOfApp(viewer.app.id);

export const userIdFields: Readonly<Record<string, Field<Person>>> = {
  token_for_business: field.text(
    'The same text in all apps of the business that the app belongs to; absent where it belongs to none.',
    {
      needs: aboutOneself,
      async load(context, people) {
        const business = await businessOf(context);
        const { scopedId } = context.installation.keys;
        return people.map((person) =>
          business === null
            ? undefined
            : `Ab${Buffer.from(keyedHash(scopedId, `business:${business}:${person.id}`, 18)).toString('base64url')}`,
        );
      },
    },
  ),
};

interface KnownIn {
  id: string;
  app: { id: string; name: string };
}

/** The apps of the same business that the person has added, each with its id for the person. */
async function knownIn(context: Context<KnownViewer>, person: Person, only: string | undefined): Promise<KnownIn[]> {
  const { installation, q } = context;
  const business = await businessOf(context);
  const rows: KnownIn[] = [];
  for (const id of business === null ? [] : await businesses.appsOf(q, business)) {
    if (only !== undefined && only !== id) continue;
    const app = await installation.facts.app(id);
    if (app?.status !== 'active' || (await installation.facts.grant(id, person.id)) === null) continue;
    rows.push({ id: await knownAs(installation, id, person.id), app: { id, name: app.name } });
  }
  return rows;
}

const idsForApps = (name: 'ids_for_business' | 'ids_for_apps'): Edge<Person> =>
  listEdge(name, {
    doc: 'The ids of the person in the apps of the same business that the person has added.',
    needs: aboutOneself,
    params: { app: param.idOf(AppId, 'Only in this app.') },
    run: async (context, person: Person, { app }, at) =>
      paginate(await knownIn(context, person, app), (row) => row.id, at),
  });

export const userIds: Edge<Person>[] = [
  idsForApps('ids_for_business'),
  idsForApps('ids_for_apps'),
  listEdge('ids_for_pages', {
    doc: 'The ids of the person in conversations with Pages. Nobody writes to Pages here, so there are none.',
    needs: aboutOneself,
    params: { page: param.idOf(PageId, 'Only with this Page.') },
    run: async (_context, _person: Person, _args, at) => paginate<KnownIn>([], (row) => row.id, at),
  }),
];

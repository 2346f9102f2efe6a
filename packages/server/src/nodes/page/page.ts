// This node is a Page: what people follow and what a business speaks as. That a published Page is there is no secret;
// to read it takes its own token, or a role on it and a permission that reaches it. Sources: the page reference, the
// access-token guides.
import { all, keysOf, permission, presented, token } from '@hallpass/protocol';
import { profileTexts } from '../../pages/page-profile.ts';
import { speaksForPerson } from '../../graph/authentication/viewer.ts';
import type { Context } from '../../graph/language/context.ts';
import { pictureEdge, pictureField } from '../shared/picture.ts';
import { anyTask, knowsPage } from '../shared/requirements.ts';
import { leftOut } from '../../graph/language/retired-fields.ts';
import { type Field, fieldsOf, node } from '../../graph/language/schema.ts';
import { seesWorldOf } from '../shared/test-world-rules.ts';
import { addressesFor } from '../../hosts.ts';
import { derivePageToken } from '../../liveness/page-tokens.ts';
import * as businesses from '../../store/businesses/businesses.ts';
import type { Page } from '../../store/pages/pages.ts';
import { allValues, withValue } from '../../installation/maybe.ts';
import { PageId } from '../../store/ids.ts';

const field = fieldsOf<Page>();

const profileFields: Record<string, Field<Page>> = Object.fromEntries(
  keysOf(profileTexts).map((name) => [name, field.text(profileTexts[name].doc, { from: (p) => p.profile[name] })]),
);

const idOf = (_context: Context, page: Page): string => page.id;

const instagramOf = ({ id, profile }: Page) => profile.instagram && { ...profile.instagram, pageId: id };

const seesBusiness = permission('business_management');

const owningBusiness: NonNullable<Field<Page>['load']> = ({ installation, q }, rows) =>
  Promise.all(
    rows.map(async (row) => {
      const owner = await installation.facts.ownerOfPage(row.id);
      const found = owner === null ? undefined : await businesses.byId(q, owner);
      return found && { id: found.id, name: found.name };
    }),
  );

export const page = node<Page>({
  name: 'page',
  type: 'Page',
  doc: 'A Page.',
  needs: knowsPage,
  countsTo: (row) => ({ useCase: 'pages', id: row.id }),
  target: ({ viewer }, row) => ({
    self: viewer.page?.id === row.id,
    ownApp: false,
    pageId: row.id,
  }),
  tables: ['pages'],
  async find(context, id) {
    const { installation, viewer } = context;
    const pageId = PageId.parse(id);
    const row = pageId && (await installation.facts.page(pageId));
    if (!row || !(await seesWorldOf(context, row))) return undefined;
    if (row.published || viewer.page?.id === id) return row;
    return speaksForPerson(viewer) && (await installation.facts.pageRole(row.id, viewer.person.id)) !== null
      ? row
      : undefined;
  },
  fields: [
    {
      name: field.text('The name of the Page.', { show: 'default', from: (p) => p.name }),
      id: field.id('The id of the Page.', { show: 'always', from: (p) => p.id }),
      access_token: field.text('The Page access token of this person, Page and app.', {
        needs: all(token('user', 'system_user'), presented, permission('pages_show_list'), anyTask),
        load: ({ installation, viewer: { record } }, pages) =>
          allValues(pages.map((p) => derivePageToken(installation, record, p.id))),
      }),
      category: field.text('The category of the Page.', { from: (p) => p.category }),
      category_list: field.list('PageCategory', 'All its kinds.', { from: (p) => p.categories }),
      tasks: field.list('string', 'The tasks of the person behind the token on the Page.', {
        load: ({ installation, viewer }, pages) =>
          allValues(
            pages.map(
              (p) =>
                viewer.person && withValue(installation.facts.pageRole(p.id, viewer.person.id), (role) => role?.tasks),
            ),
          ),
      }),
    },
    profileFields,
    {
      emails: field.list('string', 'Its e-mail addresses.', { from: (p) => p.profile.emails }),
      username: field.text('The name in its address.', { from: (p) => p.profile.username }),
      link: field.text('The address of the Page.', {
        from: (p, { call, installation }) =>
          p.profile.link ?? `${addressesFor(call.base, installation.settings).www}/${p.profile.username ?? p.id}`,
      }),
      fan_count: field.number('How many people like it.', { from: (p) => p.profile.fan_count ?? 0 }),
      followers_count: field.number('How many people follow it.', {
        from: (p) => p.profile.followers_count ?? p.profile.fan_count ?? 0,
      }),
      is_published: field.bool('Whether everyone can see it.', { from: (p) => p.published }),
      verification_status: field.text('Whether it was verified; nothing verifies here.', {
        from: () => 'not_verified',
      }),
      business: field.object(
        'Business',
        'The business that owns it; absent where none does, and without business_management.',
        {
          needs: seesBusiness,
          load: owningBusiness,
        },
      ),
      owner_business: field.object('Business', 'The same under its other name.', {
        needs: seesBusiness,
        load: owningBusiness,
      }),
      instagram_business_account: field.object(
        'IGUser',
        'The Instagram account it is connected to; absent where there is none.',
        {
          of: 'instagram_user',
          from: instagramOf,
        },
      ),
      connected_instagram_account: field.object('IGUser', 'The same under its older name.', {
        of: 'instagram_user',
        from: instagramOf,
      }),
      picture: pictureField(undefined, idOf),
    },
  ],
  // biome-ignore format: a list of words
  retired: leftOut([
    'access_permissions', 'attire', 'can_checkin', 'can_post', 'checkins', 'cover', 'general_manager', 'has_added_app', 'is_always_open',
    'is_community_page', 'is_unclaimed', 'is_verified', 'likes', 'new_like_count', 'parking', 'perms', 'promotion_eligible', 'talking_about_count',
    'unread_message_count', 'unread_notif_count', 'unseen_message_count', 'were_here_count',
  ]),
  edges: [pictureEdge(idOf)],
});

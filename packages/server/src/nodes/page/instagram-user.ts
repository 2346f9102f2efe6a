// This node is the Instagram account that a Page is connected to. Nothing of Instagram is here but this: tools that
// manage Pages ask for it in the list of Pages, and must get that list. Source: the instagram_business_account field of
// the page reference.
import { knowsPage } from '../shared/requirements.ts';
import { fieldsOf, node } from '../../graph/language/schema.ts';
import type { InstagramAccount } from '../../store/pages/pages.ts';
import type { PageId } from '../../store/ids.ts';

interface InstagramUser extends InstagramAccount {
  /** The Page that is connected to it. */
  pageId: PageId;
}

const field = fieldsOf<InstagramUser>();

export const instagramUser = node<InstagramUser>({
  name: 'instagram_user',
  type: 'IGUser',
  doc: 'An Instagram account that is connected to a Page.',
  needs: knowsPage,
  target: ({ viewer }, row) => ({
    self: viewer.page?.id === row.pageId,
    ownApp: false,
    pageId: row.pageId,
  }),
  async find({ installation, viewer }, id) {
    const held = viewer.page
      ? [{ pageId: viewer.page.id }]
      : viewer.person
        ? await installation.facts.pagesOf(viewer.person.id)
        : [];
    for (const { pageId } of held) {
      const account = (await installation.facts.page(pageId))?.profile.instagram;
      if (account?.id === id) return { ...account, pageId };
    }
    return undefined;
  },
  fields: {
    id: field.id('The id of the account.', { show: 'always', from: (a) => a.id }),
    username: field.text('The name in its address.', { from: (a) => a.username }),
    name: field.text('The name.', { from: (a) => a.name }),
    profile_picture_url: field.text('The address of the picture.', { from: (a) => a.profile_picture_url }),
    followers_count: field.number('How many accounts follow it.', { from: (a) => a.followers_count }),
  },
  edges: [],
});

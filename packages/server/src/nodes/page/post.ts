// This node is a post of a Page. Its id is `{page-id}_{number}`. Source: the page post reference.
import { versionChanges } from '@hallpass/protocol';
import { isoMoment } from '../shared/moment.ts';
import { readsPageContent } from '../shared/requirements.ts';
import { leftOut, refusedFrom } from '../../graph/language/retired-fields.ts';
import type { Context } from '../../graph/language/context.ts';
import { fieldsOf, node } from '../../graph/language/schema.ts';
import { addressesFor } from '../../hosts.ts';
import * as photos from '../../store/pages/photos.ts';
import * as posts from '../../store/pages/posts.ts';
import type { Post } from '../../store/pages/posts.ts';
import { ofPage, pageObject, seesContent } from './page-content.ts';

/** These are the things that posts show beside their text, in the form of the page post reference; undefined for a post of words alone. */
async function attachmentsOf({ q }: Context, rows: readonly posts.Post[]): Promise<unknown[]> {
  const shown = await photos.ofPosts(
    q,
    rows.map(({ id }) => id),
  );
  return rows.map(({ id, link }) => {
    const photo = shown.get(id);
    if (photo) {
      const { id: photoId, url } = photo;
      const image = { media: { image: { src: url } }, media_type: 'photo', type: 'photo' };
      return { data: [{ ...image, target: { id: photoId, url }, unshimmed_url: url, url }] };
    }
    if (link === null) return undefined;
    return { data: [{ media_type: 'link', type: 'share', target: { url: link }, unshimmed_url: link, url: link }] };
  });
}

const field = fieldsOf<Post>();

export const post = node<Post>({
  name: 'post',
  type: 'Post',
  doc: 'Something a Page published.',
  needs: readsPageContent('pages_read_engagement'),
  countsTo: (row) => ({ useCase: 'pages', id: row.pageId }),
  target: ofPage,
  tables: ['posts'],
  async find(context, id) {
    const row = id.includes('_') ? await posts.byId(context.q, id) : undefined;
    return row && (await seesContent(context, row.pageId, posts.isOut(row, context.now))) ? row : undefined;
  },
  fields: {
    created_time: field.moment('When it was published.', { show: 'default', from: (p) => isoMoment(p.createdAt) }),
    message: field.text('The text.', { show: 'default', from: (p) => p.message ?? undefined }),
    id: field.id('The id of the post.', { show: 'always', from: (p) => p.id }),
    updated_time: field.moment('When it last changed.', { from: (p) => isoMoment(p.updatedAt) }),
    from: field.object('Page', 'Who published it.', pageObject),
    permalink_url: field.text('Where it can be seen.', {
      from: (p, { call, installation }) =>
        `${addressesFor(call.base, installation.settings).www}/${p.pageId}/posts/${p.id.split('_')[1]}`,
    }),
    attachments: field.object('list<StoryAttachment>', 'The photo or the web address that it shows.', {
      load: attachmentsOf,
    }),
    link: field.text('The web address it shows, before v3.3; later it is in attachments.', {
      from: (p) => p.link ?? undefined,
    }),
    is_published: field.bool('Whether everyone can see it.', { from: (p, { now }) => posts.isOut(p, now) }),
    is_hidden: field.bool('Whether lists leave it out.', { from: (p) => p.hidden }),
    scheduled_publish_time: field.number('When it is shown, epoch seconds.', { from: (p) => p.publishAt ?? undefined }),
  },
  conditions: { app_made_post: ({ viewer }, row) => row.appId !== null && row.appId === viewer.app?.id },
  // biome-ignore format: a list of words
  retired: {
    ...leftOut(['full_picture', 'icon', 'picture', 'status_type', 'story']),
    // restfb/restfb#990 lists them. Until 2021 the error named the field (strohne/Facepager#147, rezozero/mixedfeed#21), in
    // 2022 it spelled this (FriendsOfREDAXO/feeds#179); the version between them is ours.
    ...refusedFrom(versionChanges.post_attachments.from, ['caption', "description", 'link', 'name', 'object_id', 'source', 'type'], {
      name: 'deprecate_post_aggregated_fields_for_attachement', from: 'v13.0',
    }),
  },
  edges: [],
});

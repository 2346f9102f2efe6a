// These edges are about photos that a Page publishes, by the address of the picture. Source: the photos edge of the
// page reference and the photo reference. Files are not taken, and the picture is never fetched: what is kept is its
// address.
import { all, graphError, permission, task, tokenOr } from '@hallpass/protocol';
import { notifyFeed } from '../../callbacks/notify-page.ts';
import { changeIn } from '../../graph/language/context.ts';
import { param } from '../../graph/language/params.ts';
import { type Edge, edge, fieldsOf, node } from '../../graph/language/schema.ts';
import { newId } from '../../installation/mint.ts';
import { publish, publishingRate } from './publish.ts';
import type { Page } from '../../store/pages/pages.ts';
import * as photos from '../../store/pages/photos.ts';
import type { Photo } from '../../store/pages/photos.ts';
import * as posts from '../../store/pages/posts.ts';
import { isoMoment } from '../shared/moment.ts';
import { publishesPhotos, readsPageContent } from '../shared/requirements.ts';
import { checkWebAddress } from '../shared/web-address.ts';
import { ofPage, pageObject, seesContent } from './page-content.ts';

const field = fieldsOf<Photo>();

export const pagePhotos: Edge<Page>[] = [
  edge('POST', 'photos', {
    doc: 'Publishes a photo as the Page, in a post of its own.',
    needs: publishesPhotos,
    rate: publishingRate,
    params: {
      url: param.text('The web address of the picture.', { max: 2000 }),
      caption: param.text('What is said about it.', { max: posts.LONGEST_MESSAGE }),
      message: param.text('The same under its other name.', { max: posts.LONGEST_MESSAGE }),
      published: param.bool('false keeps the photo without a post that shows it.'),
    },
    async run(context, page: Page, { url, caption, message, published = true }) {
      if (url === undefined) throw graphError('param.required', { name: 'url' });
      checkWebAddress('url', url);
      const words = caption ?? message ?? null;
      if (words?.includes('\0')) throw graphError('param.invalid', { name: 'caption' });
      const { installation, now, viewer } = context;
      const id = newId(installation);
      return changeIn(context, async (making) => {
        if (published) {
          const post = { message: words, link: null, published, publishAt: null };
          return { id, post_id: await publish(context, making, page, post, { id, url }) };
        }
        const appId = viewer.app.id;
        const photo = { id, url, pageId: page.id, caption: words, postId: null, appId, createdAt: now };
        await photos.insert(making.tx, photo);
        return { id };
      });
    },
  }),
];

export const photo = node<Photo>({
  name: 'photo',
  type: 'Photo',
  doc: 'A photo that a Page published.',
  needs: readsPageContent('pages_read_engagement'),
  countsTo: (row) => ({ useCase: 'pages', id: row.pageId }),
  target: ofPage,
  tables: ['photos'],
  async find(context, id) {
    const row = id.includes('_') ? undefined : await photos.byId(context.q, id);
    return row && (await seesContent(context, row.pageId, row.postId !== null)) ? row : undefined;
  },
  fields: {
    created_time: field.moment('When it was made.', { show: 'default', from: (p) => isoMoment(p.createdAt) }),
    name: field.text('What is said about it.', { show: 'default', from: (p) => p.caption ?? undefined }),
    id: field.id('The id of the photo.', { show: 'always', from: (p) => p.id }),
    from: field.object('Page', 'Who published it.', pageObject),
    page_story_id: field.text('The id of the post that shows it.', { from: (p) => p.postId ?? undefined }),
  },
  edges: [
    edge('DELETE', '', {
      doc: 'Deletes a photo of the Page, and the post that shows it.',
      needs: all(
        tokenOr('token.page_token_required', 'page'),
        permission('pages_manage_posts'),
        task('CREATE_CONTENT'),
      ),
      async run(context, row: Photo) {
        const { installation, now } = context;
        const page = await installation.facts.page(row.pageId);
        await changeIn(context, async (making) => {
          const shown = row.postId === null ? undefined : await posts.byId(making.tx, row.postId);
          if (shown) await posts.remove(making.tx, shown.id);
          await photos.remove(making.tx, row.id);
          if (page && shown?.published) await notifyFeed(making, page, shown, 'remove', now);
        });
        return { success: true };
      },
    }),
  ],
});

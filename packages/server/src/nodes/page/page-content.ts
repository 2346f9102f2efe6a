// Posts, comments and photos share these rules: they are of a Page, and who sees them.
import { speaksForPerson } from '../../graph/authentication/viewer.ts';
import type { Context } from '../../graph/language/context.ts';
import { seesWorldOf } from '../shared/test-world-rules.ts';
import type { PageId } from '../../store/ids.ts';

interface OfPage {
  pageId: PageId;
}

/** Finds what the viewer is to something of a Page. */
export const ofPage = ({ viewer }: Context, { pageId }: OfPage) => ({
  self: viewer.page?.id === pageId,
  ownApp: false,
  pageId,
});

/** The name and id of the Page that things are of. */
export const pageObject = {
  load: ({ installation }: Context, rows: readonly OfPage[]) =>
    Promise.all(rows.map(async ({ pageId }) => ({ name: (await installation.facts.page(pageId))?.name, id: pageId }))),
};

/**
 * True when the viewer may know of something of a Page.
 * @param isOut whether everybody may, where the Page itself is published
 */
export async function seesContent(context: Context, pageId: PageId, isOut: boolean): Promise<boolean> {
  const { installation, viewer } = context;
  const page = await installation.facts.page(pageId);
  if (!page || !(await seesWorldOf(context, page))) return false;
  if (page.published && isOut) return true;
  if (viewer.kind === 'page') return viewer.page?.id === pageId;
  return speaksForPerson(viewer) && (await installation.facts.pageRole(pageId, viewer.person.id)) !== null;
}

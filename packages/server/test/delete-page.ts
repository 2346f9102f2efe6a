// A Page that its owner deletes is gone for everybody; no page or call of ours does it yet.
import { change, type ChangeContext } from '../src/liveness/change.ts';
import { factKey } from '../src/installation/facts.ts';
import * as pages from '../src/store/pages/pages.ts';
import { PageId } from '../src/store/ids.ts';

export async function deletePage(installation: ChangeContext, page: string): Promise<void> {
  const id = PageId.of(page);
  await change(installation, async ({ tx, touch }) => {
    const roles = await pages.rolesOfPage(tx, id);
    await pages.remove(tx, id);
    touch(factKey.page(id), ...roles.map(({ personId }) => factKey.pagesOf(personId)));
  });
}

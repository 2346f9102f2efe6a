// A Page that its owner deletes is gone for everybody; no page or call of ours does it yet.
import { change, type ChangeContext } from '../src/liveness/change.ts';
import * as pages from '../src/store/pages/pages.ts';
import { PageId } from '../src/store/ids.ts';

export const deletePage = (installation: ChangeContext, page: string): Promise<void> =>
  change(installation, ({ tx }) => pages.remove(tx, PageId.of(page)));

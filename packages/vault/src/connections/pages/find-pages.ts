// The Pages that a person's token leads to: those of the person, and those that its businesses own or work on for
// clients. One Page may stand in several lists, with a token in some of them alone.
import type { Secret } from '@hallpass/protocol';
import { accounts, businesses, readPage, type RemotePage } from '../../remote/accounts.ts';
import type { RemoteFault } from '../../remote/ask.ts';
import type { OpenApp } from '../../remote/open-app.ts';
import type { PageSource } from './page-reasons.ts';

export interface FoundPage extends RemotePage {
  via: PageSource[];
  /** The reason for which it isn't known whether there is a token: the Page could not be asked for alone. */
  unread?: string;
}

export interface FoundPages {
  pages: FoundPage[];
  /** True where every list was read to its end: only then a Page that is in none of them is gone. */
  complete: boolean;
  /** The reasons for which lists are missing. */
  faults: string[];
}

/** True for an answer that says that there is no such list for this token; otherwise nothing was learnt. */
const isRefusal = (fault: RemoteFault): boolean => fault.kind === 'refused' && fault.advice.state !== 'needs_person';

/** Reads all lists and merges them. Never rejects for what a server answers. */
export async function findPages(app: OpenApp, token: Secret): Promise<FoundPages> {
  const asking = { client: app.client, ...(app.remote && { secret: app.remote.secret }) };
  const found = new Map<string, FoundPage>();
  const faults: string[] = [];
  let complete = true;
  const read = async (path: string, via: PageSource): Promise<void> => {
    const answer = await accounts(asking, token, path);
    if (answer.fault) {
      faults.push(`${path}: ${answer.fault.reason}`);
      // A person's own list has to be there; without a business there are no others.
      if (via === 'direct' || !isRefusal(answer.fault)) complete = false;
      return;
    }
    for (const page of answer.value) found.set(page.id, merged(found.get(page.id), page, via));
  };
  await read('/me/accounts', 'direct');
  const owned = await businesses(asking, token);
  if (owned.fault && !isRefusal(owned.fault)) {
    complete = false;
    faults.push(`/me/businesses: ${owned.fault.reason}`);
  }
  for (const { id } of owned.value ?? []) {
    await read(`/${encodeURIComponent(id)}/owned_pages`, 'owned');
    await read(`/${encodeURIComponent(id)}/client_pages`, 'client');
  }
  for (const page of found.values()) {
    if (page.token) continue;
    // A Page that a list shows without a token may give it when it is asked for alone.
    const alone = await readPage(asking, token, page.id);
    if (alone.fault && !isRefusal(alone.fault)) {
      complete = false;
      found.set(page.id, { ...page, unread: alone.fault.reason });
    }
    if (alone.value?.token) found.set(page.id, { ...page, token: alone.value.token });
  }
  return { pages: [...found.values()], complete, faults };
}

/** The first token counts, and what is said of the Page anywhere. */
const merged = (known: FoundPage | undefined, page: RemotePage, via: PageSource): FoundPage => ({
  ...page,
  ...known,
  name: known?.name || page.name,
  tasks: [...new Set([...(known?.tasks ?? []), ...page.tasks])],
  via: [...new Set([...(known?.via ?? []), via])],
  ...(known?.token ? {} : page.token && { token: page.token }),
});

// Test users live in worlds of their own, and these rules say what can be seen of them: by them their own and nothing
// else, by nobody else (threats PR-08).
import type { Page } from '../../store/pages/pages.ts';
import type { Context } from '../../graph/language/context.ts';

/** True when a Page is there for this viewer. An app sees the world of its own test users beside the real one. */
export async function seesWorldOf({ installation, viewer }: Context, { testOf }: Page): Promise<boolean> {
  const { kind, app, person, page: own } = viewer;
  if (kind === 'page') return (own?.testOf ?? null) === testOf;
  if (person)
    return (
      (person.systemUserOf === null
        ? person.testUserOf
        : await installation.facts.worldOfBusiness(person.systemUserOf)) === testOf
    );
  return testOf === null || testOf === app?.id;
}

// What can be seen of the worlds of test users: by them their own and nothing else, by nobody else (threats PR-08).
import type { Page } from '../store/pages.ts';
import type { Viewer } from './viewer.ts';

/** Whether a Page is there for whoever asks. An app sees the world of its own test users beside the real one. */
export function seesWorldOf({ kind, app, person, page: own }: Viewer, { testOf }: Page): boolean {
  if (kind === 'page') return (own?.testOf ?? null) === testOf;
  if (person) return person.testUserOf === testOf;
  return testOf === null || testOf === app?.id;
}

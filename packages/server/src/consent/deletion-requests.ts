// This module tells what a person asked apps to delete, and what became of it: asked, confirmed by the app, or not arrived. Source: the
// data deletion callback page.
import type { Installation } from '../installation/installation.ts';
import type { App } from '../store/apps/apps.ts';
import { deletionsOf } from '../store/outbox/outbox.ts';
import type { PersonId } from '../store/ids.ts';

interface About {
  app: App;
  /** Epoch seconds. */
  askedAt: number;
}

type DeletionRequest = About &
  (
    | { state: 'asked' }
    /** The app answered where its progress is to be seen, with a code to speak about it. */
    | { state: 'confirmed'; url: string; code: string }
    /** The app could not be told; what it says about other ways. */
    | { state: 'failed'; instructions: string | undefined; contact: string | undefined }
  );

const MOST_REQUESTS = 100;

/** The latest requests, newest first. */
export async function deletionRequestsOf(
  { db, facts }: Pick<Installation, 'db' | 'facts'>,
  personId: PersonId,
): Promise<DeletionRequest[]> {
  const requests: DeletionRequest[] = [];
  for (const { appId, state, answer, createdAt } of await deletionsOf(db.read, personId, MOST_REQUESTS)) {
    const app = await facts.app(appId);
    if (!app) continue;
    const about = { app, askedAt: createdAt };
    const { dataDeletionInstructionsUrl, contactEmail, userSupportEmail } = app.settings;
    if (answer) requests.push({ ...about, state: 'confirmed', url: answer.url, code: answer.code });
    else if (state !== 'failed') requests.push({ ...about, state: 'asked' });
    else
      requests.push({
        ...about,
        state: 'failed',
        instructions: dataDeletionInstructionsUrl || undefined,
        contact: userSupportEmail || contactEmail || undefined,
      });
  }
  return requests;
}

// Dialogs in progress: what was asked, and what the person has said so far. A dialog belongs to the browser that began it
// (threats DL-03); what was asked is stored once and decides against anything a form says (DL-05).
import { lifetimes } from '@hallpass/protocol';
import { keyedHashText } from '../hash.ts';
import { change, type Change } from '../liveness/change.ts';
import type { Installation } from '../liveness/installation.ts';
import * as interactions from '../store/interactions.ts';
import type { DialogRequest } from './request.ts';
import type { Answers } from './visit.ts';

export interface Interaction {
  /** What forms carry. Only its keyed hash is stored. */
  id: string;
  request: DialogRequest;
  progress: Progress;
}

export interface Progress {
  answers?: Answers;
  /** Who the last form was shown to: the hash of the session's cookie, or of the browser's. */
  shownTo?: string;
  /** What the last form showed: nothing else can be answered. */
  shown?: {
    permissions?: string[];
    whole?: boolean;
    businesses?: string[];
    pages?: string[];
    /** The Pages are the person's own, so that all of them can be meant. */
    ownPages?: boolean;
    adAccounts?: string[];
  };
  /** What was wrong with the last form, said once. */
  problem?: 'no_page' | 'no_business' | 'business_name';
}

const form = /^[\w-]{43}$/;

const hashOf = ({ keys }: Installation, id: string): string => keyedHashText(keys.interaction, id);

/** @param browser hash of the browser's cookie */
export async function beginInteraction(
  installation: Installation,
  browser: string,
  request: DialogRequest,
  progress: Progress,
): Promise<Interaction> {
  const { clock, random } = installation.world;
  const id = Buffer.from(random.bytes(32)).toString('base64url');
  await change(installation, ({ tx }) =>
    interactions.insert(tx, {
      hash: hashOf(installation, id),
      browser,
      app_id: request.appId,
      request: JSON.stringify(request),
      progress: JSON.stringify(progress),
      expires_at: clock.now() + lifetimes.interaction,
      finished_at: null,
    }),
  );
  return { id, request, progress };
}

export type FoundInteraction =
  | { interaction: Interaction; fault?: undefined }
  | { interaction?: undefined; fault: 'interaction_mismatch' | 'interaction_expired' };

/** Finds a dialog in progress that this browser began. */
export async function findInteraction(installation: Installation, browser: string | undefined, id: string | undefined): Promise<FoundInteraction> {
  if (id === undefined || !form.test(id)) return { fault: 'interaction_expired' };
  const row = await interactions.find(installation.db.read, hashOf(installation, id));
  if (!row) return { fault: 'interaction_expired' };
  if (row.browser !== browser) return { fault: 'interaction_mismatch' };
  if (row.finished_at !== null || row.expires_at <= installation.world.clock.now()) return { fault: 'interaction_expired' };
  return { interaction: { id, request: JSON.parse(row.request) as DialogRequest, progress: JSON.parse(row.progress) as Progress } };
}

export async function saveProgress(installation: Installation, interaction: Interaction, progress: Progress): Promise<void> {
  await change(installation, ({ tx }) => interactions.setProgress(tx, hashOf(installation, interaction.id), progress));
}

/** Ends it, within the change that it led to. @returns false when another request was first */
export function finishInteraction(installation: Installation, { tx }: Change, id: string): Promise<boolean> {
  return interactions.finish(tx, hashOf(installation, id), installation.world.clock.now());
}

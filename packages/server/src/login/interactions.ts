// Interactions are dialogs in progress: what was asked, and what the person has said so far. A dialog belongs to the
// browser that began it (threats DL-03); what was asked is settled when it begins and decides against anything a form
// says (DL-05). It is a row from the moment at which somebody is logged in; until then it travels sealed with the
// browser (DL-20).
import { lifetimes, readJson, shape } from '@hallpass/protocol';
import { keyedHashText } from '../hash.ts';
import { change, type Change } from '../liveness/change.ts';
import type { Installation } from '../installation/installation.ts';
import * as interactions from '../store/codes/interactions.ts';
import { type DialogRequest, requestShape } from './request.ts';
import { isSealed, openInteraction, sealInteraction } from './sealed-interaction.ts';
import { answersShape, type DialogAnswers } from './visit.ts';

export interface Interaction {
  /** The id that forms carry. Only its keyed hash is stored. */
  id: string;
  request: DialogRequest;
  progress: Progress;
  /** A dialog that is no row yet carries what its row will be named and made of. */
  unstored?: { id: string; browser: string; expiresAt: number };
}

export interface Progress {
  answers?: DialogAnswers;
  /** The holder of the last form: the hash of the session's cookie, or of the browser's. */
  shownTo?: string;
  /** The state that the last form showed: nothing else can be answered. */
  shown?: {
    permissions?: string[];
    whole?: boolean;
    businesses?: string[];
    pages?: string[];
    /** The Pages are the person's own, so that all of them can be meant. */
    ownPages?: boolean;
    adAccounts?: string[];
  };
  /** The fault of the last form, said once. */
  problem?: 'no_page' | 'no_business' | 'business_name';
}

const words = shape.listOf(shape.text);
const progressShape = shape.object<Progress>({
  answers: shape.optional(answersShape),
  shownTo: shape.optional(shape.text),
  shown: shape.optional(
    shape.object<NonNullable<Progress['shown']>>({
      permissions: shape.optional(words),
      whole: shape.optional(shape.boolean),
      businesses: shape.optional(words),
      pages: shape.optional(words),
      ownPages: shape.optional(shape.boolean),
      adAccounts: shape.optional(words),
    }),
  ),
  problem: shape.optional(shape.oneOf('no_page', 'no_business', 'business_name')),
});

const form = /^[\w-]{43}$/;

const hashOf = ({ keys }: Installation, id: string): string => keyedHashText(keys.interaction, id);

/** Begins a dialog in which somebody is logged in. @param browser hash of the browser's cookie */
export function beginInteraction(
  installation: Installation,
  browser: string,
  request: DialogRequest,
  progress: Progress,
): Promise<Interaction> {
  const { clock, random } = installation.world;
  const id = Buffer.from(random.bytes(32)).toString('base64url');
  const unstored = { id, browser, expiresAt: clock.now() + lifetimes.interaction };
  return saveProgress(installation, { id, request, progress, unstored }, progress);
}

/** Begins a dialog in which nobody is logged in: nothing is written. @param browser hash of the browser's cookie */
export function beginSealed(installation: Installation, browser: string, request: DialogRequest): Interaction {
  const expiresAt = installation.world.clock.now() + lifetimes.interaction;
  const { text, id } = sealInteraction(installation, { browser, request, expiresAt });
  return { id: text, request, progress: { shownTo: browser }, unstored: { id, browser, expiresAt } };
}

type FoundInteraction =
  | { interaction: Interaction; fault?: undefined }
  | { interaction?: undefined; fault: 'interaction_mismatch' | 'interaction_expired' };

/** Finds a dialog in progress that this browser began. */
export async function findInteraction(
  installation: Installation,
  browser: string | undefined,
  id: string | undefined,
): Promise<FoundInteraction> {
  if (id === undefined) return { fault: 'interaction_expired' };
  if (isSealed(id)) return findSealed(installation, browser, id);
  const row = form.test(id) ? await interactions.find(installation.db.read, hashOf(installation, id)) : undefined;
  return row ? stored(installation, browser, id, row) : { fault: 'interaction_expired' };
}

function stored(
  { world }: Installation,
  browser: string | undefined,
  id: string,
  row: interactions.Interaction,
): FoundInteraction {
  if (row.browser !== browser) return { fault: 'interaction_mismatch' };
  if (row.finished_at !== null || row.expires_at <= world.clock.now()) return { fault: 'interaction_expired' };
  return {
    interaction: {
      id,
      request: readJson(requestShape, row.request),
      progress: readJson(progressShape, row.progress),
    },
  };
}

/** A sealed one; the row that has come of it decides where there is one, so that it is finished once. */
async function findSealed(
  installation: Installation,
  browser: string | undefined,
  text: string,
): Promise<FoundInteraction> {
  const opened = openInteraction(installation, text);
  if (!opened) return { fault: 'interaction_expired' };
  if (opened.browser !== browser) return { fault: 'interaction_mismatch' };
  const { id, request, expiresAt } = opened;
  const row = await interactions.find(installation.db.read, hashOf(installation, id));
  if (row) return stored(installation, browser, id, row);
  if (expiresAt <= installation.world.clock.now() || installation.cancelled.get(id) !== undefined)
    return { fault: 'interaction_expired' };
  return { interaction: { id: text, request, progress: { shownTo: browser }, unstored: { id, browser, expiresAt } } };
}

const rowOf = (
  installation: Installation,
  { request, progress }: Interaction,
  { id, browser, expiresAt }: NonNullable<Interaction['unstored']>,
): interactions.Interaction => ({
  hash: hashOf(installation, id),
  browser,
  app_id: request.appId,
  request: JSON.stringify(request),
  progress: JSON.stringify(progress),
  expires_at: expiresAt,
  finished_at: null,
});

/** Notes what was said; only for somebody who is logged in. @returns the dialog as it is stored now */
export async function saveProgress(
  installation: Installation,
  interaction: Interaction,
  progress: Progress,
): Promise<Interaction> {
  const { unstored, request } = interaction;
  const id = unstored?.id ?? interaction.id;
  await change(installation, async ({ tx }) => {
    if (unstored && (await interactions.insert(tx, rowOf(installation, { ...interaction, progress }, unstored))))
      return;
    await interactions.setProgress(tx, hashOf(installation, id), progress);
  });
  return { id, request, progress };
}

/** Ends it, within the change that it led to. @returns false when another request was first */
export async function finishInteraction(
  installation: Installation,
  { tx }: Change,
  interaction: Interaction,
): Promise<boolean> {
  const { unstored } = interaction;
  if (unstored) await interactions.insert(tx, rowOf(installation, interaction, unstored));
  return interactions.finish(tx, hashOf(installation, unstored?.id ?? interaction.id), installation.world.clock.now());
}

/**
 * Ends a dialog that nobody is logged in to. Nothing was given, so nothing is written: this node remembers the latest
 * ones, and a form of an older one does no more than the address of the app would, which its browser can open again.
 * @returns whether it was in progress
 */
export function forgetSealed({ cancelled }: Installation, { unstored }: Interaction): boolean {
  if (!unstored || cancelled.get(unstored.id) !== undefined) return false;
  cancelled.set(unstored.id, true);
  return true;
}

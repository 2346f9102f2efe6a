// These are the actions that a person can take in the forms of a dialog. Only what was shown can be answered (threats
// DL-05).
import { alwaysGranted, type Permission } from '@hallpass/protocol';
import type { Progress } from './interactions.ts';
import type { DialogAnswers } from './visit.ts';

export type DialogAction =
  | { is: 'cancel' }
  /** The password was asked and right, in this dialog. `session` is the one that it opened or renewed. */
  | { is: 'proven'; session: string }
  /** The permissions that stayed ticked. */
  | { is: 'consent'; permissions: readonly string[]; choosePages?: boolean }
  | { is: 'business'; business: string }
  /** A new business, which is chosen with that. */
  | { is: 'create_business'; name: string }
  /** `all`: every Page of the person, whatever is ticked, and those to come. */
  | { is: 'pages'; pages: readonly string[]; adAccounts?: readonly string[]; all?: boolean }
  /** Leads to the question before this one. */
  | { is: 'back' }
  | { is: 'continue' }
  | { is: 'choose_pages' };

const unchosen = { pages: undefined, allPages: undefined, adAccounts: undefined };

/** The answers so far with one more; undefined for one to a question that was not asked. */
export function answersAfter(
  before: DialogAnswers,
  { shown }: Progress,
  act: Exclude<DialogAction, { is: 'cancel' } | { is: 'create_business' }>,
): DialogAnswers | undefined {
  switch (act.is) {
    case 'proven':
      return { ...(before.session === act.session ? before : {}), session: act.session, proven: true };
    case 'consent': {
      const asked = (shown?.permissions ?? []) as Permission[];
      if (asked.length === 0 || act.permissions.some((name) => !(asked as string[]).includes(name))) return undefined;
      const agreed = asked.filter(
        (name) => shown?.whole === true || name === alwaysGranted || act.permissions.includes(name),
      );
      return {
        ...before,
        consent: { asked, agreed },
        choosePages: act.choosePages,
        leftOut: undefined,
        business: undefined,
        ...unchosen,
      };
    }
    case 'business':
      return shown?.businesses?.includes(act.business) ? { ...before, business: act.business, ...unchosen } : undefined;
    case 'pages': {
      const { pages: listed, adAccounts: ads } = shown ?? {};
      const sent = act.adAccounts ?? [];
      const [known, knownAds] = [new Set(listed), new Set(ads)];
      if (!listed || act.pages.some((id) => !known.has(id)) || sent.some((id) => !knownAds.has(id))) return undefined;
      if (act.all && !shown?.ownPages) return undefined;
      return {
        ...before,
        pages: [...new Set(act.pages)],
        allPages: act.all,
        ...(ads && { adAccounts: [...new Set(sent)] }),
      };
    }
    case 'back':
      if (before.business !== undefined) return { ...before, business: undefined, ...unchosen };
      return {
        session: before.session,
        proven: before.proven,
        leftOut: before.consent && before.consent.asked.filter((name) => !before.consent?.agreed.includes(name)),
      };
    case 'continue':
      return { ...before, continued: true };
    case 'choose_pages':
      return { ...before, continued: true, choosePages: true, ...unchosen };
  }
}

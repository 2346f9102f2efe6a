// A person is told by mail of what somebody could have done in their place: another password, another address, no second
// factor any more. Written in the change that it tells of, sent after it (callbacks/mail-account.ts).
import type { Change } from '../liveness/change.ts';
import type { Installation } from '../installation/installation.ts';
import { FIRST_PARTY, type PersonId } from '../store/ids.ts';

/** Each notice says in a sentence what happened to the account. */
export const accountNotices = {
  password_changed: 'Your password was changed.',
  email_changed: 'The e-mail address of your account was changed. You can’t log in with this address any more.',
  second_factor_off: 'Two-factor authentication was turned off. Only your password protects your account now.',
} as const;

export type AccountNotice = keyof typeof accountNotices;

/**
 * Queues a mail; none where no mail server is set, so that no address is kept for nothing.
 * @param to the address of before, where the account has another one by now; its present address otherwise
 */
export function tellPerson(
  { world }: Pick<Installation, 'world'>,
  making: Change,
  personId: PersonId,
  notice: AccountNotice,
  to?: string,
): void {
  if (!world.mail) return;
  making.queue({
    appId: FIRST_PARTY,
    kind: 'account_mail',
    personId,
    payload: to === undefined ? { notice } : { notice, to },
  });
}

// Sends a mail about an account to its person: at the address of now, or at the one that the account had before.
import { wholeMail } from '@hallpass/pages/mail';
import type { Installation } from '../installation/installation.ts';
import { type AccountNotice, accountNotices } from '../people/account-notices.ts';
import type { Delivery } from '../store/outbox/outbox.ts';
import type { CallResult } from './call-app.ts';

const isNotice = (text: unknown): text is AccountNotice =>
  typeof text === 'string' && Object.hasOwn(accountNotices, text);

/** `no_receiver` where no mail server is set any more, or the person has no address. */
export async function mailAccount(
  { facts, settings, world }: Pick<Installation, 'facts' | 'settings' | 'world'>,
  { id, personId, payload: { notice, to: before } }: Delivery,
): Promise<CallResult> {
  const person = personId === null ? undefined : await facts.person(personId);
  const to = typeof before === 'string' ? before : person?.email;
  if (!world.mail || !isNotice(notice) || !to || !person || person.state === 'deleted')
    return { ok: false, ms: 0, error: 'no_receiver' };
  const { ms, fault } = await world.mail.send({
    id,
    to,
    ...wholeMail({
      language: 'en',
      platform: settings.platformName,
      subject: `${settings.platformName}: ${accountNotices[notice]}`,
      heading: accountNotices[notice],
      opening: [
        `If it was you, there is nothing to do. If it wasn’t, write to the people who run ${settings.platformName} at once.`,
      ],
      items: [],
      closing: [`You get this mail because it is about your account on ${settings.platformName}.`],
    }),
  });
  return fault === undefined ? { ok: true, ms } : { ok: false, ms, error: fault };
}

// One mail to one address: everything that waits for it, a part for each connection.
import type { MailSettings } from '../client/answers/mail.ts';
import { type MailContent, mailLine, wholeMail } from '@hallpass/pages/mail';
import { linkEnd } from '../connections/reconnect-link.ts';
import { connectionById } from '../store/connections.ts';
import type { DeliveryRow } from '../store/people/deliveries.ts';
import { appItems } from './app-item.ts';
import { type ComposedItem, itemOf, type ItemParts } from './mail-item.ts';
import { optOutUrl } from './mail-links.ts';
import { type OwnWords, type Speaker, speakerOf } from './words/words.ts';

/** Makes the words of a mail of its content. In the place of the one that is built in, another may be given. */
export type MailTemplate = (content: MailContent) => { subject: string; text: string; html?: string };

/** The look of the pages, and the same as plain text. */
export const usualTemplate: MailTemplate = wholeMail;

export interface MailLook {
  template?: MailTemplate | undefined;
  /** Sentences that take the place of ours, or languages besides ours, by their tags. */
  words?: OwnWords | undefined;
}

/** Parts of one mail; what comes beyond is counted in the next. */
export const MOST_ITEMS = 30;

/** The content of a mail that tells of these; undefined where all of it is over. */
export async function composeMail(
  parts: ItemParts,
  rows: readonly [DeliveryRow, ...DeliveryRow[]],
  mailSettings: MailSettings,
  { words }: Pick<MailLook, 'words'> = {},
): Promise<MailContent | undefined> {
  const [{ tenant, receiver, connection_id: firstId }] = rows;
  const first = firstId === null ? undefined : await connectionById(parts.db.read, { tenant, id: firstId });
  const isOwner = first?.owner_email?.trim().toLowerCase() === receiver;
  const speaker = speakerOf([isOwner ? first?.language : undefined, mailSettings.language], words);
  const items: ComposedItem[] = [];
  for (const [id, [row, ...others]] of Map.groupBy(rows, ({ connection_id }) => connection_id)) {
    if (row === undefined) continue;
    if (id === null) items.push(...(await appItems(parts, speaker, [row, ...others])));
    else {
      const item = await itemOf(parts, speaker, [row, ...others], mailSettings.timeZone);
      if (item) items.push(item);
    }
  }
  if (items.length === 0) return undefined;
  // Trouble first; the mail may be cut by whoever shows it.
  const order = [
    'app_refused',
    'died',
    'blocked',
    'warned',
    'drifted',
    'page_without_token',
    'recovered',
    'app_accepted',
  ];
  items.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
  const { say } = speaker;
  const platform = parts.settings.name;
  const ownerName = isOwner ? first?.owner_name : undefined;
  const hasLink = items.some(({ item }) => item.link !== undefined);
  const closing = hasLink
    ? say('closing', { date: speaker.date(linkEnd(parts), mailSettings.timeZone) })
    : say('closing_no_link');
  const ofTeam = items.some(({ forOperator }) => forOperator) ? 'why_operator' : 'why_team';
  const reason = isOwner ? 'why_owner' : ofTeam;
  const optOut = optOutUrl(parts, tenant, receiver);
  return {
    language: speaker.language,
    platform,
    subject: subjectOf(speaker, items),
    opening: [
      ownerName ? say('hello', { name: mailLine(ownerName) }) : say('hello_nobody'),
      openingOf(speaker, items, platform),
    ],
    items: items.map(({ item }) => item),
    closing: [closing, say(reason, { address: receiver, platform })],
    ...(optOut !== undefined && { optOut: { text: say('opt_out'), url: optOut } }),
  };
}

const isGoodNews = ({ kind }: ComposedItem): boolean => kind === 'recovered' || kind === 'app_accepted';
const isGood = (items: readonly ComposedItem[]): boolean => items.every(isGoodNews);

function subjectOf({ say }: Speaker, items: readonly ComposedItem[]): string {
  const [first] = items;
  if (items.length === 1 && first) {
    const { kind, name, service, time } = first;
    return say(`subject_${kind}`, { name, service, time });
  }
  return say(isGood(items) ? 'subject_many_good' : 'subject_many', { count: items.length });
}

function openingOf({ say }: Speaker, items: readonly ComposedItem[], platform: string): string {
  if (isGood(items)) return say('opening_good', { platform });
  const count = items.filter((item) => !isGoodNews(item)).length;
  return say(count === 1 ? 'opening' : 'opening_many', { platform, count });
}

/** A mail that shows that mails arrive. */
export function testMail(
  parts: Pick<ItemParts, 'settings'>,
  language: string,
  { words }: Pick<MailLook, 'words'> = {},
): MailContent {
  const speaker = speakerOf([language], words);
  const platform = parts.settings.name;
  return {
    language: speaker.language,
    platform,
    subject: speaker.say('test_subject', { platform }),
    opening: [speaker.say('hello_nobody')],
    items: [{ tone: 'good', title: platform, says: [speaker.say('test_says', { platform })] }],
    closing: [speaker.say('closing_no_link')],
  };
}

// These answers tell how mails are sent.
import { listOf, object, optional, text, type ValueOf, whole } from '../schemas.ts';

const quietHours = object(
  { from: whole(), to: whole() },
  'whole hours of the day without mails; from 22 to 7 is the night, and equal hours are none',
);
export type QuietHours = ValueOf<typeof quietHours>;

export const mailSettings = object({
  team: listOf(text(), 'addresses that are told of connections whose owner is not named, or wants no mails'),
  language: text('the tag of a language, for those of whom none is known'),
  timeZone: text('the IANA name of the time zone of days and quiet hours'),
  quietHours: optional(quietHours),
  mailsPerDay: whole('mails to one address on one day; what comes beyond waits for the next day'),
  groupSeconds: whole('seconds for which a mail waits for others to go with it'),
});
export type MailSettings = ValueOf<typeof mailSettings>;

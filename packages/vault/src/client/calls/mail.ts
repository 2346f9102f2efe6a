// These calls set how people are told of dates: by mail, and in a calendar.
import type { Call } from './call.ts';

export const mailCalls = {
  mailSettings: { method: 'GET', path: '/v1/mail', right: 'read', doc: 'Show how mails are sent.', fields: {} },
  setMailSettings: {
    method: 'PATCH',
    path: '/v1/mail',
    right: 'manage',
    doc: "Set how mails are sent. Fields that aren't given stay as they are.",
    fields: {
      team: { type: 'texts', doc: "addresses to tell about connections whose owner can't be reached" },
      language: {
        type: 'text',
        doc: "the language to use if the owner's isn't known: en, de, or one of your own texts",
      },
      timeZone: { type: 'text', doc: 'the time zone of days and quiet hours, such as Europe/Berlin' },
      quietHours: { type: 'object', doc: 'whole hours without mails: {"from": 22, "to": 7}; equal hours for none' },
      mailsPerDay: { type: 'whole', doc: 'the maximum number of mails to one address per day' },
      groupSeconds: { type: 'whole', doc: 'how long a mail waits to be combined with others' },
    },
  },
  testMail: {
    method: 'POST',
    path: '/v1/mail/test',
    right: 'operate',
    doc: 'Send a test mail.',
    fields: { to: { type: 'text', required: true, doc: 'the address' } },
  },
  calendar: {
    method: 'POST',
    path: '/v1/calendar',
    right: 'manage',
    doc: 'Show the secret address of the calendar of expiry dates.',
    fields: { renew: { type: 'flag', doc: 'create a new address, and end the old one' } },
  },
} as const satisfies Readonly<Record<string, Call>>;

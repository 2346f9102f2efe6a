// Calls about mails: those of the platform, and those that programs send to the mail server of the emulator. And the link
// that opens the pages of the emulator in a browser.
import type { ReceivedMail } from '../inbox/inbox.ts';
import { controlCall, ControlError, type JsonSchema, listOf, number, object } from './control-call.ts';

const string: JsonSchema = { type: 'string' };
const mailProperties = {
  id: { type: 'integer' },
  time: string,
  from: string,
  to: listOf(string),
  recipients: { ...listOf(string), description: 'Those that it was sent to, whatever its head says.' },
  subject: string,
  links: { ...listOf(string), description: 'The addresses in it, each once.' },
  bytes: { type: 'integer' },
} as const satisfies Record<string, JsonSchema>;

const line = ({ id, time, from, to, recipients, subject, links, source }: ReceivedMail) => ({
  ...{ id, time: new Date(time * 1000).toISOString(), from, to, recipients, subject, links },
  bytes: source.length,
});

/** Longest wait of one call, in seconds. */
const LONGEST = 25;
const MOST_SOURCE = 256 * 1024;
const id = (description: string) => number(description, { minimum: 1, maximum: 1e12, whole: true });

export const inboxCalls = [
  controlCall('GET', 'inbox', {
    doc: 'The mails of the world, oldest first; the last five hundred are kept. None was sent on.',
    params: {
      after: number('Only those after this one, by its id.', { minimum: 0, maximum: 1e12, whole: true }),
      wait: number('Seconds to wait for one if there is none yet.', { minimum: 0, maximum: LONGEST }),
    },
    answer: {
      ...object({ mails: listOf(object(mailProperties)) }),
      properties: {
        mails: listOf(object(mailProperties)),
        server: { type: 'string', description: 'The address of the mail server, where it is open.' },
      },
    },
    async run({ world: { inbox }, mailServer }, { after = 0, wait = 0 }) {
      const mails = await inbox.wait(after, wait * 1000);
      return { mails: mails.map(line), ...(mailServer.address ? { server: mailServer.address.url } : {}) };
    },
  }),
  controlCall('GET', 'inbox/mail', {
    doc: 'One mail whole: its text, its document and its source. The last one without an id.',
    params: { id: id('Its id.') },
    answer: {
      type: 'object',
      properties: {
        ...mailProperties,
        text: string,
        html: { type: 'string', description: 'The document, where it has one.' },
        frame: { type: 'string', description: 'The path at which a page of the console shows the document.' },
        source: { type: 'string', description: 'As it came; a long one is cut.' },
        attachments: listOf(object({ name: string, type: string, bytes: { type: 'integer' } })),
      },
    },
    async run({ world: { inbox } }, { id: wanted }) {
      const mail = wanted === undefined ? (await inbox.list()).at(-1) : await inbox.get(wanted);
      if (!mail && wanted === undefined) return {};
      if (!mail) throw new ControlError(404, 'id: no mail of this number is kept');
      return {
        ...line(mail),
        text: mail.text,
        ...(mail.html === undefined ? {} : { html: mail.html, frame: `/console/control/mail/${mail.key}` }),
        source: Buffer.from(mail.source).toString('utf8', 0, MOST_SOURCE),
        attachments: mail.attachments,
      };
    },
  }),
  controlCall('DELETE', 'inbox', {
    doc: 'Empties the inbox of the world.',
    answer: object({ removed: { type: 'integer' } }),
    run: ({ world: { inbox } }) => ({ removed: inbox.clear() }),
  }),
  controlCall('POST', 'inbox/server', {
    doc: 'Opens the mail server of the emulator, where it is not open yet. It takes every mail without a password, and sends none on; the name of a log-in, where there is one, names the world.',
    params: { port: number('Its port; any free one without it.', { minimum: 0, maximum: 65_535, whole: true }) },
    answer: object({
      url: { type: 'string', description: 'Such as smtp://localhost:1025.' },
      port: { type: 'integer' },
    }),
    async run({ mailServer }, { port = 0 }) {
      const { url, port: bound } = await mailServer.open(port).catch((error: unknown) => {
        throw new ControlError(409, `port: cannot be had (${error instanceof Error ? error.message : String(error)})`);
      });
      return { url, port: bound };
    },
  }),
  controlCall('POST', 'console', {
    doc: 'Makes a link that opens the pages of the emulator in one browser, once.',
    answer: object({ url: string }),
    run: ({ keys, base }) => ({ url: base + keys.link() }),
  }),
];

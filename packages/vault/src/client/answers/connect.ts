// These answers are about bringing a connection into the vault or back to work: a dialog, mails that ask for one, the
// Pages of a person.
import { flag, listOf, moment, object, oneOf, optional, text, type ValueOf } from '../schemas.ts';
import { problem } from './parts.ts';

export const dialogLink = object({
  url: text('the dialog, with everything that it needs'),
  state: text('comes back with the answer of the dialog'),
  expiresAt: moment('the time from which the answer comes too late'),
});
export type DialogLink = ValueOf<typeof dialogLink>;

export const askedConnection = object({
  id: text(),
  name: text('empty where there is no such connection'),
  outcome: oneOf(
    ['mailed', 'asked_today', 'nobody', 'no_mail_server', 'no_link', 'not_needed', 'no_help', 'unknown'],
    '`not_needed`: it works; `no_help`: connecting again would not mend it',
  ),
  to: optional(listOf(text(), 'addresses that are mailed')),
  link: optional(text('mends it and may be forwarded')),
  words: optional(text('what mends it instead, in one sentence')),
});
export type AskedConnection = ValueOf<typeof askedConnection>;

const discoveredPage = object({
  id: text(),
  name: text(),
  via: listOf(
    oneOf(['direct', 'owned', 'client']),
    'the lists in which it stood; none for a Page that is kept and was listed no more',
  ),
  tasks: listOf(text()),
  outcome: oneOf(
    ['new', 'replaces', 'unchanged', 'without_token', 'not_listed', 'not_wanted', 'refused'],
    '`not_wanted`: the connection has a choice of Pages, and it is not in it',
  ),
  connectionId: optional(text()),
  why: optional(object({ key: text(), words: text(), advice: text() }, 'the reason why there is no token')),
  problem: optional(problem),
});

export const discoveredPages = object({
  pages: listOf(discoveredPage),
  complete: flag('false where a list could not be read: then no Page counts as gone'),
  faults: listOf(text()),
});
export type DiscoveredPages = ValueOf<typeof discoveredPages>;

// The door of the emulator's pages in the console: they make the calls of the control interface below `/console/control/`
// (threats EM-07). A page of another origin cannot: the browser says where a request comes from, and the key stands in a
// header that no form and no image can send. Another user of this machine has no key: whoever started the emulator gets a
// link for it. No cookie is involved, since servers on other ports of this machine would be sent it too.
import { isFromOwnPage } from '@hallpass/protocol';
import type { HttpRequest, HttpResponse } from '@hallpass/server';
import { mailFrame } from '../inbox/mail-frame.ts';
import type { Worlds } from '../worlds/worlds.ts';
import type { ConsoleKeys } from './console-keys.ts';
import { ControlError } from './control-call.ts';
import { json } from './json-answer.ts';

/** Below this path the pages of the console give orders. */
export const CONSOLE_ROOT = '/console/control/';

const KEY_HEADER = 'x-hallpass-console-key';
const MAIL_PATH = 'mail/';

interface Door {
  keys: ConsoleKeys;
  worlds: Worlds;
}

/**
 * Lets a page of ours in that holds the key.
 * @returns an answer for what is no call: the exchange of a link for the key, and the document of a mail; undefined for
 * a call that may be made
 * @throws ControlError
 */
export async function consoleDoor({ keys, worlds }: Door, incoming: HttpRequest): Promise<HttpResponse | undefined> {
  const { path, headers, method, scheme, host } = incoming;
  if (!isFromOwnPage(headers, [`${scheme}://${host}`]))
    throw new ControlError(403, 'Only pages of the console may call this.');
  const asked = path.slice(CONSOLE_ROOT.length);
  if (asked === 'open' && method === 'POST') return opened(keys, incoming);
  // A frame sends no header of ours: the address of the document is its key, and nobody but a holder of ours is told it.
  if (asked.startsWith(MAIL_PATH) && method === 'GET') return mailShown(worlds, asked.slice(MAIL_PATH.length));
  if (!keys.isKey(headers[KEY_HEADER] ?? ''))
    throw new ControlError(
      401,
      'This browser has no key for the emulator: open the link that hallpass console prints.',
    );
  return undefined;
}

function opened(keys: ConsoleKeys, { body }: HttpRequest): HttpResponse {
  const ticket = new URLSearchParams(Buffer.from(body).toString('utf8')).get('ticket') ?? '';
  const key = keys.redeem(ticket);
  if (key === undefined) throw new ControlError(401, 'This link was used before, or the emulator has restarted since.');
  return json(200, { key });
}

/** @throws ControlError */
async function mailShown(worlds: Worlds, key: string): Promise<HttpResponse> {
  for (const { inbox } of worlds.list()) {
    const mail = await inbox.byKey(key);
    if (mail) return mailFrame(mail);
  }
  throw new ControlError(404, 'This mail is no longer kept.');
}

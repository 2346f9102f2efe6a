// Before an app is sent notices, its server must show that it wants them: asked with hub.mode=subscribe, hub.challenge
// and hub.verify_token it answers 200 with exactly the challenge. Source: "Verification requests" of webhooks; what is
// said about a wrong answer is as in callers' reports (Yoctol/bottender#960, jellyfangs/messenger-bot-tutorial#44).
import { escapedJson, graphError } from '@hallpass/protocol';
import type { Installation } from '../installation/installation.ts';
import type { OutboundAnswer, OutboundFault } from '../world.ts';

/**
 * These words are said if there was no answer: the numbers and words of libcurl where it knows the case, our own words
 * elsewhere.
 */
const faults: Readonly<Record<OutboundFault, string>> = {
  address: 'the address is not one that is called from here',
  unreachable: "curl_errno = 7; curl_error = Couldn't connect to server",
  tls: 'curl_errno = 60; curl_error = SSL peer certificate or SSH remote key was not OK',
  timeout: 'curl_errno = 28; curl_error = Timeout was reached',
  too_large: 'curl_errno = 63; curl_error = Maximum file size exceeded',
  busy: 'too many calls to this server at a time',
};

/** At most so many characters of a wrong answer are repeated. */
const SHOWN = 20;

/** @throws GraphError callback.verification | callback.challenge; awaits the network, so never inside a change */
export async function verifyReceiver(
  { world, settings }: Pick<Installation, 'settings' | 'world'>,
  url: string,
  verifyToken: string,
): Promise<void> {
  const challenge = String(Buffer.from(world.random.bytes(4)).readUInt32BE());
  const asked = new URL(url);
  for (const [name, value] of Object.entries({
    'hub.mode': 'subscribe',
    'hub.challenge': challenge,
    'hub.verify_token': verifyToken,
  }))
    asked.searchParams.append(name, value);
  const reach = settings.callbackReceivers;
  const answer: OutboundAnswer = world.outbound
    ? await world.outbound.send({ method: 'GET', url: asked.href, headers: { 'user-agent': 'hallpass/1.0' }, reach })
    : { ms: 0, fault: 'unreachable' };
  if (answer.fault !== undefined) throw graphError('callback.verification', { why: faults[answer.fault] });
  // An app must not read what the servers of private networks say, if those may be called (threats RL-18).
  const readable = reach !== 'any';
  if (answer.status !== 200) throw graphError('callback.verification', { why: statusInWords(answer, readable) });
  if (answer.body !== challenge)
    throw graphError('callback.challenge', { challenge, received: readable ? beginningOf(answer.body) : '"..."' });
}

function statusInWords({ status, reason }: { status: number; reason: string }, readable: boolean): string {
  const message = readable && reason !== '' ? `; HTTP Message = ${reason}` : '';
  return `HTTP Status Code = ${status}${message}`;
}

const beginningOf = (body: string): string => escapedJson(body.length > SHOWN ? `${body.slice(0, SHOWN)}...` : body);

// Before an app is sent notices, its server must show that it wants them: asked with hub.mode=subscribe, hub.challenge and
// hub.verify_token it answers 200 with exactly the challenge. Source: "Verification requests" of webhooks.
import { refuse } from '@hallpass/protocol';
import type { Installation } from '../liveness/installation.ts';
import type { OutboundFault } from '../world.ts';

const faults: Readonly<Record<OutboundFault, string>> = {
  address: 'the address is not one that is called from here',
  unreachable: 'no connection',
  tls: 'no secure connection',
  timeout: 'no answer in time',
  too_large: 'the answer is too large',
  busy: 'too many calls to this server at a time',
};

/** @throws Refusal callback.verification | callback.challenge; awaits the network, so never inside a change */
export async function verifyReceiver({ world, settings }: Installation, url: string, verifyToken: string): Promise<void> {
  const challenge = String(Buffer.from(world.random.bytes(4)).readUInt32BE());
  const asked = new URL(url);
  for (const [name, value] of Object.entries({ 'hub.mode': 'subscribe', 'hub.challenge': challenge, 'hub.verify_token': verifyToken }))
    asked.searchParams.append(name, value);
  const answer = world.outbound
    ? await world.outbound.send({ method: 'GET', url: asked.href, headers: { 'user-agent': 'hallpass/1.0' }, reach: settings.callbackReceivers })
    : ({ fault: 'unreachable' } as const);
  if (answer.fault !== undefined) throw refuse('callback.verification', { why: faults[answer.fault] });
  if (answer.status !== 200) throw refuse('callback.verification', { why: `HTTP Status Code = ${answer.status}` });
  if (answer.body !== challenge) throw refuse('callback.challenge', { challenge });
}

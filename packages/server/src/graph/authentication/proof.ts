// This module checks appsecret_proof: the caller shows that it knows the app secret without sending it. One check, in
// the authentication step, so that no route, batch item or header can go around it. Source: "Securing Graph API
// requests".
import { createHmac, timingSafeEqual } from 'node:crypto';
import { lifetimes, graphError } from '@hallpass/protocol';
import type { GraphRequest } from '../../wire/call.ts';
import type { App } from '../../store/apps/apps.ts';

type ProofVerdict = 'right' | 'absent' | 'wrong' | 'too_old' | 'in_the_future' | 'time_without_proof' | 'bad_time';

/** Decides what is true of the proof of this call. The timed form is HMAC over `token|time`. */
export function judgeProof(
  proof: string | undefined,
  time: string | undefined,
  token: string,
  secret: string,
  now: number,
): ProofVerdict {
  if (proof === undefined) return time === undefined ? 'absent' : 'time_without_proof';
  let message = token;
  if (time !== undefined) {
    if (!/^[1-9]\d{0,11}$/.test(time)) return 'bad_time';
    const age = now - Number(time);
    if (age > lifetimes.timedProof) return 'too_old';
    if (-age > lifetimes.timedProofAhead) return 'in_the_future';
    message = `${token}|${time}`;
  }
  const expected = createHmac('sha256', secret).update(message).digest();
  if (!/^[0-9a-f]{64}$/.test(proof)) return 'wrong';
  return timingSafeEqual(expected, Buffer.from(proof, 'hex')) ? 'right' : 'wrong';
}

const said: Record<Exclude<ProofVerdict, 'right' | 'absent'>, string> = {
  wrong:
    'appsecret_proof is not the lower-case hex HMAC-SHA256 of this very access token (with |appsecret_time, if that is sent) keyed with the secret of its app',
  too_old: 'appsecret_time is more than 300 seconds old',
  in_the_future: 'appsecret_time is more than 60 seconds ahead',
  time_without_proof: 'appsecret_time came without appsecret_proof',
  bad_time: 'appsecret_time is not a whole number of epoch seconds',
};

/**
 * @param tokens the proof may be over any of these: that of the call, and where an app token inspects another that one
 *   too, for
 *   either proves the same secret (threats TM-06)
 * @throws GraphError proof.missing | proof.invalid; `reason` tells the app's developer what was wrong
 */
export function demandProof(
  call: Pick<GraphRequest, 'proof' | 'proofTime'>,
  tokens: readonly (string | undefined)[],
  app: App,
  required: boolean,
  now: number,
  explain: (reason: string) => void,
): void {
  const verdicts = tokens.flatMap((token) =>
    token === undefined ? [] : [judgeProof(call.proof, call.proofTime, token, app.secret, now)],
  );
  const verdict = verdicts.includes('right') ? 'right' : (verdicts[0] ?? 'absent');
  if (verdict === 'right') return;
  if (verdict === 'absent') {
    if (!required) return;
    const reason = 'the app requires appsecret_proof and none was sent';
    explain(reason);
    throw graphError('proof.missing').because(reason);
  }
  explain(said[verdict]);
  throw graphError('proof.invalid').because(said[verdict]);
}

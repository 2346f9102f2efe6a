// A key service that encrypts and decrypts without giving its key, spoken to as HashiCorp Vault's transit engine is:
// POST /v1/transit/encrypt/NAME and /v1/transit/decrypt/NAME, with the text in base64 and a token in a header.
import { parseJson, type Secret, type Shape, shape } from '@hallpass/protocol';
import type { Outbound } from '@hallpass/world';
import { type MasterKeySource, MasterKeyUnavailable } from './master-key.ts';

export interface TransitOptions {
  /** The address of the service, such as `https://vault.internal:8200`. */
  address: string;
  /** The name of the key in the service. */
  key: string;
  token: Secret;
  /** The path at which the engine is mounted; `transit` when it is not given. */
  mount?: string;
  namespace?: string;
  outbound: Outbound;
}

const ciphertext = shape.object<{ data: { ciphertext: string } }>({
  data: shape.object<{ ciphertext: string }>({ ciphertext: shape.text }),
});
const plaintext = shape.object<{ data: { plaintext: string } }>({
  data: shape.object<{ plaintext: string }>({ plaintext: shape.text }),
});

/** A key of a transit engine. Its token should be allowed to encrypt and decrypt with this key, and nothing more. */
export function keyFromTransit(options: TransitOptions): MasterKeySource {
  const { address, key, token, mount = 'transit', namespace, outbound } = options;
  const label = `the key ${key} of ${new URL(address).origin}`;
  const ask = async <T>(act: 'encrypt' | 'decrypt', body: object, expected: Shape<T>): Promise<T> => {
    const answer = await outbound.send({
      method: 'POST',
      url: new URL(`/v1/${mount}/${act}/${encodeURIComponent(key)}`, address).href,
      headers: {
        'content-type': 'application/json',
        'x-vault-token': token.open(),
        ...(namespace !== undefined && { 'x-vault-namespace': namespace }),
      },
      body: JSON.stringify(body),
      reach: 'any',
    });
    if (answer.fault !== undefined) throw new MasterKeyUnavailable(`${label} can't be reached (${answer.fault}).`);
    if (answer.status === 503) throw new MasterKeyUnavailable(`${label} is sealed itself (status 503).`);
    if (answer.status === 400 && act === 'decrypt')
      throw new MasterKeyUnavailable(`${label} isn't the one this vault was created with.`);
    if (answer.status !== 200)
      throw new MasterKeyUnavailable(
        `${label} refused to ${act} (status ${answer.status}): check that its token is allowed to.`,
      );
    const parsed = parseJson(expected, answer.body);
    if (parsed === undefined) throw new MasterKeyUnavailable(`${label} answered with something unexpected.`);
    return parsed;
  };
  return {
    label,
    async wrap(plain) {
      const answer = await ask('encrypt', { plaintext: Buffer.from(plain).toString('base64') }, ciphertext);
      return answer.data.ciphertext;
    },
    async unwrap(wrapped) {
      const answer = await ask('decrypt', { ciphertext: wrapped }, plaintext);
      return new Uint8Array(Buffer.from(answer.data.plaintext, 'base64'));
    },
  };
}

// This module keeps the keys of id_tokens on this node: made at the first use, then kept in memory. Two nodes that make
// one at the same time publish both and sign with the older. jose is loaded with the first of them: most apps never ask
// for an id_token.
import { readJson, type Shape, shape } from '@hallpass/protocol';
import type { CryptoKey, JWK } from 'jose';
import { factKey } from '../store/facts/fact-key.ts';
import * as store from '../store/installation/oidc-keys.ts';
import { change, type ChangeContext } from '../liveness/change.ts';
import type { Installation } from '../installation/installation.ts';

interface OidcKeys {
  /** Signs from now on. */
  kid: string;
  key: CryptoKey;
  /** Every key that an id_token may name. */
  published: readonly PublishedKey[];
}

interface PublishedKey {
  kid: string;
  jwk: JWK;
  /** SubjectPublicKeyInfo. */
  pem: string;
}

export const alg = 'RS256';

/** Must not be called inside a change. */
export async function oidcKeys(installation: ChangeContext): Promise<OidcKeys> {
  const { keys } = await known(installation);
  if (keys) return keys;
  await makeKey(installation);
  return (await known(installation)).keys as OidcKeys;
}

/** A key as it is stored; `jose` looks at the rest when it imports it. */
export const jwkShape: Shape<JWK> = (value): value is JWK => shape.anyObject(value) && shape.text(value['kty']);

function known(
  installation: Pick<Installation, 'facts' | 'sealer'>,
): { keys: OidcKeys | undefined } | Promise<{ keys: OidcKeys | undefined }> {
  return installation.facts.custom(factKey.oidcKeys(), async (q) => {
    const rows = await store.all(q, installation.sealer);
    const signing = rows.find((row) => row.retiredAt === null && row.privateJwk !== undefined);
    if (signing?.privateJwk === undefined) return { keys: undefined };
    const { importJWK } = await import('jose');
    const published = await Promise.all(rows.map((row) => publish(row.kid, readJson(jwkShape, row.publicJwk))));
    return {
      keys: {
        kid: signing.kid,
        key: (await importJWK(readJson(jwkShape, signing.privateJwk), alg)) as CryptoKey,
        published,
      },
    };
  });
}

async function publish(kid: string, jwk: JWK): Promise<PublishedKey> {
  const { exportSPKI, importJWK } = await import('jose');
  const key = (await importJWK(jwk, alg, { extractable: true })) as CryptoKey;
  return { kid, jwk: { ...jwk, kid, alg, use: 'sig' }, pem: await exportSPKI(key) };
}

async function makeKey(installation: ChangeContext): Promise<void> {
  const { calculateJwkThumbprint, exportJWK, generateKeyPair } = await import('jose');
  const pair = await generateKeyPair(alg, { modulusLength: 2048, extractable: true });
  const publicJwk = await exportJWK(pair.publicKey);
  const kid = await calculateJwkThumbprint(publicJwk);
  const privateJwk = JSON.stringify(await exportJWK(pair.privateKey));
  await change(installation, async ({ tx, event }) => {
    const createdAt = installation.world.clock.now();
    await store.insert(tx, installation.sealer, {
      kid,
      privateJwk,
      publicJwk: JSON.stringify(publicJwk),
      createdAt,
      retiredAt: null,
    });
    event({ name: 'crypto.rotated', outcome: 'ok', reason: 'id_token', targetId: kid, actorKind: 'system' });
  });
}

// This module makes certificates of the keys of id_tokens, as the iOS SDK reads them. Each is signed by its own key and
// made of the key alone (number, dates and signature follow from it), so that all nodes show the same one and nothing
// is stored.
import { readJson } from '@hallpass/protocol';
import type { CryptoKey } from 'jose';
import { keyedHash } from '../hash.ts';
import { factKey } from '../store/facts/fact-key.ts';
import * as store from '../store/installation/oidc-keys.ts';
import { alg, jwkShape, oidcKeys } from './oidc-keys.ts';
import type { ChangeContext } from '../liveness/change.ts';

const YEARS = 10 * 365 * 86_400;
const signing = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };

/** Key id → PEM. A key whose private half cannot be opened here has none. */
export async function oidcCertificates(installation: ChangeContext): Promise<Record<string, string>> {
  await oidcKeys(installation);
  return installation.facts.custom(factKey.oidcCertificates(), async (q) => {
    const rows = await store.all(q, installation.sealer);
    const made = await Promise.all(
      rows.map(async ({ kid, privateJwk, publicJwk, createdAt }) =>
        privateJwk === undefined
          ? undefined
          : ([kid, await certificate(kid, privateJwk, publicJwk, createdAt)] as const),
      ),
    );
    return Object.fromEntries(made.filter((one) => one !== undefined));
  });
}

async function certificate(kid: string, privateJwk: string, publicJwk: string, createdAt: number): Promise<string> {
  await import('reflect-metadata');
  const { X509CertificateGenerator, KeyUsagesExtension, KeyUsageFlags } = await import('@peculiar/x509');
  const { importJWK } = await import('jose');
  const imported = async (jwk: string) =>
    (await importJWK(readJson(jwkShape, jwk), alg, { extractable: true })) as CryptoKey;
  // A number of 16 bytes whose first bit is clear: it stays positive and as long as it is.
  const serial = keyedHash(Buffer.from('certificate of an id_token key'), kid, 16);
  serial.writeUInt8((serial.readUInt8(0) & 0x7f) | 0x40, 0);
  const made = await X509CertificateGenerator.createSelfSigned({
    serialNumber: serial.toString('hex'),
    name: 'CN=id_token signing key',
    notBefore: new Date(createdAt * 1000),
    notAfter: new Date((createdAt + YEARS) * 1000),
    signingAlgorithm: signing,
    keys: { privateKey: await imported(privateJwk), publicKey: await imported(publicJwk) },
    extensions: [new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true)],
  });
  return `${made.toString('pem').trim()}\n`;
}

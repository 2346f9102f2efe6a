// This module makes a throw-away certificate for a list of host names, made with node:crypto alone: an ECDSA key that
// signs itself. Clients that are told to trust it meet Meta's host names on this machine and nowhere else.
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

interface Certificate {
  /** PEM. */
  key: string;
  cert: string;
}

/** One DER value: a tag, its length, its content (X.690, section 8.1). */
function der(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  const length =
    body.length < 128
      ? [body.length]
      : body.length < 256
        ? [0x81, body.length]
        : [0x82, body.length >> 8, body.length & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

const sequence = (...content: readonly Uint8Array[]): Buffer => der(0x30, ...content);
const octets = (content: Uint8Array): Buffer => der(0x04, content);
const bits = (content: Uint8Array): Buffer => der(0x03, Buffer.from([0]), content);
const isTrue = der(0x01, Buffer.from([0xff]));
const ascii = (tag: number, text: string): Buffer => der(tag, Buffer.from(text, 'latin1'));
const version3 = der(0xa0, der(0x02, Buffer.from([2])));

const oid = {
  commonName: der(0x06, Buffer.from([0x55, 0x04, 0x03])),
  basicConstraints: der(0x06, Buffer.from([0x55, 0x1d, 0x13])),
  subjectAltName: der(0x06, Buffer.from([0x55, 0x1d, 0x11])),
  ecdsaWithSha256: der(0x06, Buffer.from([0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02])),
};

const DAY = 86_400_000;
const moment = (ms: number): Buffer => ascii(0x18, `${new Date(ms).toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`);

/** @param names host names; the first is also the common name */
export function makeCertificate(names: readonly string[]): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const algorithm = sequence(oid.ecdsaWithSha256);
  const name = sequence(der(0x31, sequence(oid.commonName, ascii(0x0c, names[0] ?? 'test'))));
  const extensions = sequence(
    sequence(oid.basicConstraints, isTrue, octets(sequence(isTrue))),
    sequence(oid.subjectAltName, octets(sequence(...names.map((one) => ascii(0x82, one))))),
  );
  const toSign = sequence(
    version3,
    der(0x02, Buffer.from([1]), randomBytes(8)),
    algorithm,
    name,
    sequence(moment(Date.now() - DAY), moment(Date.now() + DAY)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, extensions),
  );
  const certificate = sequence(toSign, algorithm, bits(sign('sha256', toSign, privateKey)));
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? [];
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    cert: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`,
  };
}

// A trust store for Java: PKCS #12 (RFC 7292) with certificates alone, each marked as trusted. Certificates are no
// secret, so nothing in it is encrypted; the password only guards against a broken file.
import { createHash, createHmac } from 'node:crypto';
import type { Random } from '@hallpass/protocol';
import { der, integer, octets, oid, sequence, setOf } from './der.ts';

/** More of them would slow down those who guess a password; this one guards nothing secret. */
const ITERATIONS = 1;
const sha256 = sequence(oid('2.16.840.1.101.3.4.2.1'), der(0x05));
const data = oid('1.2.840.113549.1.7.1');
const contentInfo = (content: Buffer): Buffer => sequence(data, der(0xa0, octets(content)));

const certBag = oid('1.2.840.113549.1.12.10.1.3');
const x509Certificate = oid('1.2.840.113549.1.9.22.1');
const friendlyName = oid('1.2.840.113549.1.9.20');

/** Java counts a certificate as trusted where it has this attribute, with every use of keys in it. */
const trusted = sequence(oid('2.16.840.1.113894.746875.1.1'), setOf(oid('2.5.29.37.0')));

/** @param certificates DER */
export function trustStore(certificates: readonly Uint8Array[], password: string, random: Random): Buffer {
  const bags = certificates.map((certificate, at) =>
    sequence(
      certBag,
      der(0xa0, sequence(x509Certificate, der(0xa0, octets(certificate)))),
      setOf(sequence(friendlyName, setOf(bmpText(`root ${at + 1}`))), trusted),
    ),
  );
  const safe = sequence(contentInfo(sequence(...bags)));
  const salt = random.bytes(20);
  const mac = createHmac('sha256', macKey(password, salt)).update(safe).digest();
  return sequence(
    integer(3),
    contentInfo(safe),
    sequence(sequence(sha256, octets(mac)), octets(salt), integer(ITERATIONS)),
  );
}

const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();
const bmpText = (text: string): Buffer => der(0x1e, utf16(text));

/** The key of the integrity check out of a password (RFC 7292, appendix B.2, for one block and one iteration). */
function macKey(password: string, salt: Uint8Array): Buffer {
  const BLOCK = 64;
  const fill = (bytes: Uint8Array): Buffer => Buffer.alloc(Math.ceil(bytes.length / BLOCK) * BLOCK, bytes);
  const start = Buffer.concat([Buffer.alloc(BLOCK, 3), fill(salt), fill(utf16(`${password}\0`))]);
  return createHash('sha256').update(start).digest();
}

/** The certificates in a PEM file, as DER, each once; what is no certificate is passed over. */
export function certificatesIn(pem: string): Buffer[] {
  const blocks = pem.matchAll(/-----BEGIN (?:TRUSTED )?CERTIFICATE-----([^-]+)-----END/g);
  const unique = new Set([...blocks].map(([, base64 = '']) => base64.trim()));
  return [...unique].map((base64) => Buffer.from(base64, 'base64'));
}

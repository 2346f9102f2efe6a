// The certificate authority that stands in for Meta's on one machine, and the certificate it makes for the emulated
// hosts (threats EM-01). It may sign for those hosts and no others, and is short-lived.
import { createHash, createPrivateKey, generateKeyPairSync, type KeyObject, sign, X509Certificate } from 'node:crypto';
import { DAY, type Random } from '@hallpass/protocol';
import { bits, der, integer, isTrue, moment, octets, oid, pem, sequence, serial, setOf, text } from './der.ts';

export interface Authority {
  /** PEM. */
  certificate: string;
  key: KeyObject;
}

/** A certificate for hosts with its key, both PEM, as node:tls wants them. */
interface HostCertificate {
  /** The certificate, followed by that of its authority. */
  cert: string;
  key: string;
}

/** Certificates are made with these besides keys. */
export interface Surroundings {
  /** Epoch seconds of real time: programs look at their own clock. */
  now: number;
  random: Random;
}

/** An authority lives for so long at most (threats EM-01). */
const AUTHORITY_LIFE = 90 * DAY;
/** Clocks of programs in containers and virtual machines may be late. */
const EARLIER = DAY;
/** A certificate for hosts lives in memory only, so it need not live for long. */
const CERTIFICATE_LIFE = 7 * DAY;

const algorithm = sequence(oid('1.2.840.10045.4.3.2'));
const nameOf = (common: string): Buffer =>
  sequence(
    setOf(sequence(oid('2.5.4.10'), text(0x0c, 'Hallpass'))),
    setOf(sequence(oid('2.5.4.3'), text(0x0c, common))),
  );
const AUTHORITY_NAME = nameOf('Hallpass emulator on this machine only');

interface CertificateFields {
  subject: Buffer;
  publicKey: KeyObject;
  from: number;
  until: number;
  extensions: readonly Buffer[];
}

function certificateOf(issuer: KeyObject, random: Random, fields: CertificateFields): Buffer {
  const body = sequence(
    der(0xa0, integer(2)),
    serial(random.bytes(15)),
    algorithm,
    AUTHORITY_NAME,
    sequence(moment(fields.from), moment(fields.until)),
    fields.subject,
    spkiOf(fields.publicKey),
    der(0xa3, sequence(...fields.extensions)),
  );
  return sequence(body, algorithm, bits(sign('sha256', body, issuer)));
}

const spkiOf = (key: KeyObject): Buffer => key.export({ type: 'spki', format: 'der' });
/** RFC 5280, section 4.2.1.2: a digest of the public key; ours is over the whole of it. */
const keyId = (key: KeyObject): Buffer => createHash('sha256').update(spkiOf(key)).digest().subarray(0, 20);

const extension = (id: string, value: Buffer, critical = false): Buffer =>
  sequence(oid(id), ...(critical ? [isTrue] : []), octets(value));
const dnsName = (host: string): Buffer => text(0x82, host);

/**
 * Permits `hosts`, and forbids every IP address: name constraints say something only of the kinds of names that they
 * list.
 */
function nameConstraints(hosts: readonly string[]): Buffer {
  const everyAddress = (bytes: number): Buffer => sequence(der(0x87, Buffer.alloc(2 * bytes)));
  return extension(
    '2.5.29.30',
    sequence(der(0xa0, ...hosts.map((host) => sequence(dnsName(host)))), der(0xa1, everyAddress(4), everyAddress(16))),
    true,
  );
}

/** Makes an authority that may sign for `hosts` (and what is below them) alone. */
export function makeAuthority(hosts: readonly string[], { now, random }: Surroundings): Authority {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const id = keyId(publicKey);
  const certificate = certificateOf(privateKey, random, {
    subject: AUTHORITY_NAME,
    publicKey,
    from: now - EARLIER,
    until: now - EARLIER + AUTHORITY_LIFE,
    extensions: [
      // A certificate authority, and of none below it.
      extension('2.5.29.19', sequence(isTrue, integer(0)), true),
      // keyCertSign alone.
      extension('2.5.29.15', bits(Buffer.from([0x04]), 2), true),
      nameConstraints(hosts),
      extension('2.5.29.14', octets(id)),
      extension('2.5.29.35', sequence(der(0x80, id))),
    ],
  });
  return { certificate: pem('CERTIFICATE', certificate), key: privateKey };
}

/** Makes a certificate for `hosts`; its key is new and exists in memory alone. */
export function makeHostCertificate(
  authority: Authority,
  hosts: readonly string[],
  { now, random }: Surroundings,
): HostCertificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const certificate = certificateOf(authority.key, random, {
    subject: nameOf(hosts[0] ?? 'Hallpass'),
    publicKey,
    from: now - EARLIER,
    until: now + CERTIFICATE_LIFE,
    extensions: [
      extension('2.5.29.19', sequence(), true),
      // digitalSignature alone.
      extension('2.5.29.15', bits(Buffer.from([0x80]), 7), true),
      // For servers only.
      extension('2.5.29.37', sequence(oid('1.3.6.1.5.5.7.3.1'))),
      extension('2.5.29.17', sequence(...hosts.map(dnsName))),
      extension('2.5.29.14', octets(keyId(publicKey))),
      extension('2.5.29.35', sequence(der(0x80, keyId(publicOf(authority))))),
    ],
  });
  return {
    cert: pem('CERTIFICATE', certificate) + authority.certificate,
    key: pem('PRIVATE KEY', privateKey.export({ type: 'pkcs8', format: 'der' })),
  };
}

/**
 * Tells whether a certificate is that of an authority for these hosts and no others, which goes on for a while. One that ends
 * soon, or is for other hosts, is not made longer or wider: another one takes its place.
 */
export function isAuthorityFor(hosts: readonly string[], { certificate, key }: Authority, now: number): boolean {
  const parsed = new X509Certificate(certificate);
  return (
    parsed.ca &&
    parsed.checkPrivateKey(key) &&
    Date.parse(parsed.validFrom) / 1000 <= now &&
    Date.parse(parsed.validTo) / 1000 > now + CERTIFICATE_LIFE &&
    parsed.raw.includes(nameConstraints(hosts))
  );
}

const publicOf = ({ certificate }: Authority): KeyObject => new X509Certificate(certificate).publicKey;

/** The key of an authority from its file. Throws where it is none. */
export const readAuthorityKey = (text: string): KeyObject => createPrivateKey(text);

/** A digest of the authority's key: Chromium can be told to take it for right without looking at any trust store. */
export const keyDigest = (authority: Authority): string =>
  createHash('sha256')
    .update(spkiOf(publicOf(authority)))
    .digest('base64');

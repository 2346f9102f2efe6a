import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { connect, createServer } from 'node:tls';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { nodeWorld } from '@hallpass/world';
import { isAuthorityFor, makeAuthority, makeHostCertificate } from './certificate.ts';
import { certificatesIn, trustStore } from './trust-store.ts';

const { random, wall } = nodeWorld();
const DAY = 86_400;
const surroundings = { now: wall.now(), random };
const scope = ['facebook.com', 'connect.facebook.net'];
const authority = makeAuthority(scope, surroundings);

/** Asks a client that trusts the authority about a server with a certificate for these hosts. */
async function verdict(hosts: readonly string[], servername: string): Promise<string> {
  const server = createServer(makeHostCertificate(authority, hosts, surroundings), (socket) => socket.end('hello'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  try {
    return await new Promise((resolve) => {
      const socket = connect({ port, host: '127.0.0.1', servername, ca: authority.certificate }, () => {
        resolve('trusted');
        socket.destroy();
      });
      socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.message));
    });
  } finally {
    server.close();
  }
}

test('EM-01: a client that trusts the authority trusts it for the emulated hosts', async () => {
  assert.equal(await verdict(['graph.facebook.com', 'connect.facebook.net'], 'graph.facebook.com'), 'trusted');
});

test('EM-01: the authority signs for nobody else: other names and addresses are refused by clients', async () => {
  assert.equal(await verdict(['example.org'], 'example.org'), 'permitted subtree violation');
  assert.equal(
    await verdict(['graph.facebook.com', 'example.org'], 'graph.facebook.com'),
    'permitted subtree violation',
  );
  assert.equal(await verdict(['evilfacebook.com'], 'evilfacebook.com'), 'permitted subtree violation');
});

test('EM-01: the authority signs certificates and no other authorities, and lives for 90 days at most', () => {
  const certificate = new X509Certificate(authority.certificate);
  assert.equal(certificate.ca, true);
  assert.ok(Date.parse(certificate.validTo) - Date.parse(certificate.validFrom) <= 90 * DAY * 1000);
  assert.equal(certificate.publicKey.asymmetricKeyDetails?.namedCurve, 'prime256v1');
  assert.equal(new X509Certificate(makeHostCertificate(authority, scope, surroundings).cert).ca, false);
});

test('EM-06: an authority that ends soon, or is for other hosts, is not good enough', () => {
  assert.equal(isAuthorityFor(scope, authority, surroundings.now), true);
  assert.equal(isAuthorityFor([...scope, 'example.org'], authority, surroundings.now), false);
  assert.equal(isAuthorityFor(scope.slice(1), authority, surroundings.now), false);
  assert.equal(isAuthorityFor(scope, authority, surroundings.now + 88 * DAY), false);
  const other = makeAuthority(scope, surroundings);
  assert.equal(isAuthorityFor(scope, { ...authority, key: other.key }, surroundings.now), false);
});

test('a trust store holds each certificate once', () => {
  const certificates = certificatesIn(authority.certificate + authority.certificate);
  assert.equal(certificates.length, 1);
  assert.ok(trustStore(certificates, 'changeit', random).includes(certificates[0] ?? ''));
});

// A key service for tests that answers as the documentation of HashiCorp's transit engine says, over real HTTP.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

interface KeyService {
  address: string;
  token: string;
  /** The status that every call is answered with; undefined for the true answers. */
  status: number | undefined;
  /** Bodies that were sent so far. */
  bodies: string[];
  close(): Promise<void>;
}

export async function startKeyService(): Promise<KeyService> {
  const key = randomBytes(32);
  const encrypt = (plain: Buffer): string => {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, nonce);
    const text = Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
    return `vault:v1:${text.toString('base64')}`;
  };
  const decrypt = (text: string): Buffer => {
    const bytes = Buffer.from(text.replace(/^vault:v1:/, ''), 'base64');
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12));
    decipher.setAuthTag(bytes.subarray(-16));
    return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]);
  };
  const service: KeyService = {
    address: '',
    token: 'hvs.canary',
    status: undefined,
    bodies: [],
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  };
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      service.bodies.push(body);
      const answer = (status: number, value: unknown): void => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
      };
      if (service.status !== undefined) return answer(service.status, { errors: ['Vault is sealed'] });
      if (request.headers['x-vault-token'] !== service.token) return answer(403, { errors: ['permission denied'] });
      const sent = JSON.parse(body) as { plaintext?: string; ciphertext?: string };
      try {
        if (request.url === '/v1/transit/encrypt/hallpass')
          answer(200, { data: { ciphertext: encrypt(Buffer.from(sent.plaintext ?? '', 'base64')), key_version: 1 } });
        else if (request.url === '/v1/transit/decrypt/hallpass')
          answer(200, { data: { plaintext: decrypt(sent.ciphertext ?? '').toString('base64') } });
        else answer(404, { errors: [] });
      } catch {
        answer(400, { errors: ['cipher: message authentication failed'] });
      }
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  service.address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return service;
}

// Opens and makes the encrypted values of other products, each in its own published format. A key that doesn't fit and a
// value that was damaged are told from a key that is missing.
import { createCipheriv, createDecipheriv, createHash, pbkdf2Sync } from 'node:crypto';
import { deflateSync, inflateSync } from 'node:zlib';
import type { Random } from '@hallpass/protocol';

/** An encrypted value could not be opened; the sentence says what is missing. */
export class StaysEncrypted extends Error {
  override readonly name = 'StaysEncrypted';
}

/** The token that `open` gives, or the reason why it stays encrypted. */
export function decrypted(open: () => string | undefined): { token?: string | undefined; problem?: string } {
  try {
    return { token: open() };
  } catch (error) {
    if (error instanceof StaysEncrypted) return { problem: error.message };
    throw error;
  }
}

/** @param variable the variable of the other product @throws StaysEncrypted where its value isn't known */
export function keyOf(keys: Readonly<Record<string, string | undefined>>, variable: string): string {
  const key = keys[variable];
  if (key === undefined || key === '')
    throw new StaysEncrypted(`It is encrypted: give ${variable}, in the environment or with --old-key-file.`);
  return key;
}

/** Runs `open`; whatever goes wrong in it means that the key doesn't fit. */
function opened(variable: string, open: () => string): string {
  try {
    return open();
  } catch {
    throw new StaysEncrypted(`It doesn't open with this ${variable}: the key is another one, or the value is damaged.`);
  }
}

const GCM = 'aes-256-gcm';
const CBC = 'aes-256-cbc';
const TAG = 16;
/** The most that a compressed value may become. */
const MOST = 1024 * 1024;

/** Three texts in base64: what was encrypted, the initial vector and the tag (the encryption manager of Nango). */
export function openNango(key: string, encrypted: string, iv: string, tag: string): string {
  return opened('NANGO_ENCRYPTION_KEY', () => openGcm(bytes(key), bytes(encrypted), bytes(iv), bytes(tag)).toString());
}

export function sealNango(key: string, text: string, random: Random): { encrypted: string; iv: string; tag: string } {
  const iv = Buffer.from(random.bytes(12));
  const { encrypted, tag } = sealGcm(bytes(key), Buffer.from(text), iv);
  return { encrypted: encrypted.toString('base64'), iv: iv.toString('base64'), tag: tag.toString('base64') };
}

const SALTED = Buffer.from('Salted__');

/** `Salted__`, eight bytes of salt and AES-256-CBC, as OpenSSL derives its key from a password (n8n). */
export function openN8n(key: string, data: string): string {
  const all = bytes(data);
  if (!all.subarray(0, 8).equals(SALTED))
    throw new StaysEncrypted(
      'It is encrypted in a form of n8n that is not read here: use `n8n export:credentials --all --decrypted`.',
    );
  return opened('N8N_ENCRYPTION_KEY', () => {
    const { derived, iv } = saltedKey(key, all.subarray(8, 16));
    const decipher = createDecipheriv(CBC, derived, iv);
    return Buffer.concat([decipher.update(all.subarray(16)), decipher.final()]).toString();
  });
}

export function sealN8n(key: string, text: string, random: Random): string {
  const salt = Buffer.from(random.bytes(8));
  const { derived, iv } = saltedKey(key, salt);
  const cipher = createCipheriv(CBC, derived, iv);
  return Buffer.concat([SALTED, salt, cipher.update(text), cipher.final()]).toString('base64');
}

function saltedKey(key: string, salt: Buffer): { derived: Buffer; iv: Buffer } {
  const password = Buffer.concat([Buffer.from(key, 'binary'), salt]);
  const md5 = (...parts: Buffer[]): Buffer => createHash('md5').update(Buffer.concat(parts)).digest();
  const one = md5(password);
  const two = md5(one, password);
  return { derived: Buffer.concat([one, two]), iv: md5(two, password) };
}

/** `{iv, data}` in hex; the 32 letters of the key are its bytes (Activepieces). */
export function openActivepieces(key: string, iv: string, data: string): string {
  return opened('AP_ENCRYPTION_KEY', () => {
    const decipher = createDecipheriv(CBC, Buffer.from(key, 'binary'), Buffer.from(iv, 'hex'));
    return Buffer.concat([decipher.update(Buffer.from(data, 'hex')), decipher.final()]).toString();
  });
}

export function sealActivepieces(key: string, text: string, random: Random): { iv: string; data: string } {
  const iv = Buffer.from(random.bytes(16));
  const cipher = createCipheriv(CBC, Buffer.from(key, 'binary'), iv);
  return { iv: iv.toString('hex'), data: Buffer.concat([cipher.update(text), cipher.final()]).toString('hex') };
}

/** The variables of Active Record Encryption; its other key, for columns that are searched, isn't used for tokens. */
export const RAILS_KEY = 'ACTIVE_RECORD_ENCRYPTION_PRIMARY_KEY';
export const RAILS_SALT = 'ACTIVE_RECORD_ENCRYPTION_KEY_DERIVATION_SALT';

/** A value of Active Record Encryption: `{"p": …, "h": {"iv": …, "at": …, "c": true}}`, texts in base64. */
interface RailsMessage {
  p: string;
  h: Readonly<Record<string, unknown>>;
}

/**
 * Opens a value of Rails' Active Record Encryption (rails/rails, activerecord/lib/active_record/encryption). The hash
 * of the derived key is SHA-256 in newer settings and SHA-1 in older ones: the tag tells which it was.
 */
export function openRails(key: string, salt: string, { p, h }: RailsMessage): string {
  return opened(RAILS_KEY, () => {
    const [iv, tag] = [bytes(String(h['iv'])), bytes(String(h['at']))];
    for (const hash of ['sha256', 'sha1'] as const)
      try {
        const plain = openGcm(railsKey(key, salt, hash), bytes(p), iv, tag);
        return (h['c'] === true ? inflateSync(plain, { maxOutputLength: MOST }) : plain).toString();
      } catch (error) {
        if (hash === 'sha1') throw error;
      }
    throw new Error('No key was tried.');
  });
}

/** Longer texts are compressed first. */
const COMPRESSED_FROM = 141;

export function sealRails(key: string, salt: string, text: string, random: Random): string {
  const plain = Buffer.from(text);
  const compressed = plain.length >= COMPRESSED_FROM;
  const iv = Buffer.from(random.bytes(12));
  const { encrypted, tag } = sealGcm(railsKey(key, salt, 'sha256'), compressed ? deflateSync(plain) : plain, iv);
  const headers = { iv: iv.toString('base64'), at: tag.toString('base64'), ...(compressed && { c: true }) };
  return JSON.stringify({ p: encrypted.toString('base64'), h: headers });
}

const derivedKeys = new Map<string, Buffer>();

/** Derived once for each key and salt: 65,536 rounds for every row would take minutes. */
function railsKey(key: string, salt: string, hash: 'sha256' | 'sha1'): Buffer {
  const name = JSON.stringify([key, salt, hash]);
  const known = derivedKeys.get(name);
  if (known !== undefined) return known;
  const derived = pbkdf2Sync(key, salt, 65_536, 32, hash);
  if (derivedKeys.size > 8) derivedKeys.clear();
  derivedKeys.set(name, derived);
  return derived;
}

const bytes = (base64: string): Buffer => Buffer.from(base64, 'base64');

function openGcm(key: Buffer, encrypted: Buffer, iv: Buffer, tag: Buffer): Buffer {
  const decipher = createDecipheriv(GCM, key, iv, { authTagLength: TAG });
  decipher.setAuthTag(tag);
  return Buffer.concat([decipher.update(encrypted), decipher.final()]);
}

function sealGcm(key: Buffer, plain: Buffer, iv: Buffer): { encrypted: Buffer; tag: Buffer } {
  const cipher = createCipheriv(GCM, key, iv, { authTagLength: TAG });
  return { encrypted: Buffer.concat([cipher.update(plain), cipher.final()]), tag: cipher.getAuthTag() };
}

// The files by which programs of all kinds trust the authority of an emulator: one to add to their own roots, one in
// the place of their roots (which holds those of the system too, so that other hosts go on working), one for Java, and
// settings for those that read no variable.
import { existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Random } from '@hallpass/protocol';

export interface TrustFiles {
  folder: string;
  /** Our authority alone. */
  authority: string;
  /** The roots of the system and our authority. */
  bundle: string;
  /** Holds the certificates of `bundle`, as Java reads them. */
  trustStore: string;
  wgetrc: string;
  /** Holds one ini file for PHP. */
  phpIni: string;
}

/** Systems keep the roots that programs trust in these files. */
export const systemBundles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
  '/usr/local/etc/openssl/cert.pem',
  '/opt/homebrew/etc/ca-certificates/cert.pem',
] as const;

export const hook = (path: string): string => fileURLToPath(new URL(`../../hooks/${path}`, import.meta.url));

/** Names of the files in a folder, before there is anything in them. */
export function trustFilesIn(folder: string): TrustFiles {
  return {
    folder,
    authority: join(folder, 'authority.pem'),
    bundle: join(folder, 'bundle.pem'),
    trustStore: join(folder, 'trust.p12'),
    wgetrc: join(folder, 'wgetrc'),
    phpIni: join(folder, 'php'),
  };
}

/** The roots of this system as PEM; those of Node.js where it keeps none in a file. */
function systemRoots(): string {
  const file = systemBundles.find((path) => existsSync(path));
  if (file !== undefined) return readFileSync(realpathSync(file), 'utf8');
  return `${process.getBuiltinModule('node:tls').rootCertificates.join('\n')}\n`;
}

/** Every Java knows this one. */
export const TRUST_STORE_PASSWORD = 'changeit';

export interface TrustFilesOptions {
  random: Random;
  /** The file that wget would have read. */
  wgetrcBefore: string;
  /** Without a Java nobody reads its trust store, which takes longest to write. */
  hasJava: boolean;
}

/** @param certificate PEM of the authority */
export async function writeTrustFiles(
  files: TrustFiles,
  certificate: string,
  { random, wgetrcBefore, hasJava }: TrustFilesOptions,
): Promise<void> {
  const bundle = joined(systemRoots(), certificate);
  const before = existsSync(wgetrcBefore) ? readFileSync(wgetrcBefore, 'utf8') : '';
  write(files.authority, certificate);
  write(files.bundle, bundle);
  if (hasJava) {
    const { certificatesIn, trustStore } = await import('@hallpass/emulator/front');
    write(files.trustStore, trustStore(certificatesIn(bundle), TRUST_STORE_PASSWORD, random));
  }
  writeFileSync(files.wgetrc, `${before}\nca_certificate = ${files.bundle}\n`, { mode: 0o600 });
  mkdirSync(files.phpIni, { recursive: true });
  write(
    join(files.phpIni, 'hallpass.ini'),
    [
      `curl.cainfo = "${files.bundle}"`,
      `openssl.cafile = "${files.bundle}"`,
      `auto_prepend_file = "${hook('php/prepend.php')}"`,
      '',
    ].join('\n'),
  );
}

/**
 * The file that a variable names, with our authority behind what is in it: whoever chose that file goes on trusting it.
 * @returns undefined where the file cannot be read
 */
export function extended(files: TrustFiles, variable: string, file: string, certificate: string): string | undefined {
  try {
    const path = join(files.folder, `${variable}.pem`);
    write(path, joined(readFileSync(file, 'utf8'), certificate));
    return path;
  } catch {
    return undefined;
  }
}

const joined = (first: string, second: string): string => `${first}${first.endsWith('\n') ? '' : '\n'}${second}`;
/** Certificates are no secret: where they cover files of the system, every user must be able to read them. */
const write = (path: string, content: string | Uint8Array): void => writeFileSync(path, content, { mode: 0o644 });

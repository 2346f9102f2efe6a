// The trust stores of a person and of a machine, and how an authority gets into each and out of it. Changing one is an
// act of its own, `hallpass trust` and `hallpass untrust` (threats EM-06).
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Outside } from '../surroundings/outside.ts';
import { findProgram } from '../exec/find-program.ts';

export interface TrustStore {
  /** The programs that trust the authority then, in words. */
  name: string;
  /** Commands one after another: program and arguments. */
  add: readonly (readonly string[])[];
  remove: readonly (readonly string[])[];
  /** Only root may change it. */
  root: boolean;
}

/** By this name the authority is found again in a store. */
const LABEL = 'Hallpass emulator on this machine only';

/** The stores of this machine; @param certificate the file of the authority */
export function trustStores(certificate: string, outside: Outside): TrustStore[] {
  switch (outside.platform) {
    case 'darwin':
      return [keychain(certificate)];
    case 'win32':
      return [windowsStore(certificate)];
    default:
      return [...linuxStores(certificate), ...browserStores(certificate, outside)];
  }
}

const keychain = (certificate: string): TrustStore => ({
  name: 'the log-in keychain of macOS (Safari, Chrome, curl and more)',
  add: [
    [
      'security',
      'add-trusted-cert',
      '-r',
      'trustRoot',
      '-k',
      join(homedir(), 'Library/Keychains/login.keychain-db'),
      certificate,
    ],
  ],
  remove: [
    ['security', 'remove-trusted-cert', certificate],
    ['security', 'delete-certificate', '-c', LABEL],
  ],
  root: false,
});

const windowsStore = (certificate: string): TrustStore => ({
  name: 'the roots of this user in Windows (Edge, Chrome, .NET and more)',
  add: [['certutil', '-user', '-addstore', 'Root', certificate]],
  remove: [['certutil', '-user', '-delstore', 'Root', LABEL]],
  root: false,
});

/** Distributions of Linux take roots of the machine from these folders, and make their bundles by these programs. */
const linuxFolders = [
  { folder: '/usr/local/share/ca-certificates', update: ['update-ca-certificates'], afterwards: ['--fresh'] },
  { folder: '/etc/pki/ca-trust/source/anchors', update: ['update-ca-trust', 'extract'], afterwards: [] },
  { folder: '/etc/ca-certificates/trust-source/anchors', update: ['trust', 'extract-compat'], afterwards: [] },
] as const;

function linuxStores(certificate: string): TrustStore[] {
  const found = linuxFolders.find(({ folder }) => existsSync(folder));
  if (!found) return [];
  const file = join(found.folder, 'hallpass-emulator.crt');
  return [
    {
      name: 'the roots of this system (curl, wget, OpenSSL and more)',
      add: [['install', '-m', '644', certificate, file], [...found.update]],
      remove: [
        ['rm', '-f', file],
        [...found.update, ...found.afterwards],
      ],
      root: true,
    },
  ];
}

/** Chromium and Chrome on Linux keep roots of a person in a database of NSS. */
function browserStores(certificate: string, outside: Outside): TrustStore[] {
  const folder = join(homedir(), '.pki/nssdb');
  if (!existsSync(folder) || findProgram('certutil', outside.env['PATH'], outside.platform) !== 'found') return [];
  const database = ['-d', `sql:${folder}`, '-n', LABEL];
  return [
    {
      name: 'the roots of Chromium and Chrome for this person',
      add: [['certutil', '-A', ...database, '-t', 'C,,', '-i', certificate]],
      remove: [['certutil', '-D', ...database]],
      root: false,
    },
  ];
}

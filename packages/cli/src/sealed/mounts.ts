// Inside the namespaces these files cover those of the system: names of hosts, how names are looked up, roots that
// programs trust. The list has the form of fstab, so that one program mounts all of them.
import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMetaHost, metaHosts } from '@hallpass/protocol/hosts';
import { systemBundles, trustFilesIn } from '../trust/trust-files.ts';

/** The hosts answer here inside. It is not 127.0.0.1, so that a program may have ports 443 and 80 there. */
export const INSIDE = '127.0.0.2';

/** Chromium and Chrome read policies from these folders: they may name authorities to trust. */
const policyFolders = ['/etc/chromium/policies/managed', '/etc/opt/chrome/policies/managed'] as const;
export const policyFile = (folder: string, at: number): string => join(folder, `policies-${at}`, 'hallpass.json');

/** Writes what is known before the authority is made; the other files are filled in their places. */
export function mountsFor(folder: string, javaHome: string | undefined): string {
  const files = trustFilesIn(folder);
  const lines: [source: string, target: string][] = [];
  const cover = (target: string, name: string, content: string): void => {
    if (!existsSync(target)) return;
    const source = join(folder, name);
    writeFileSync(source, content, { mode: 0o644 });
    lines.push([source, target]);
  };
  cover('/etc/hosts', 'hosts', hostsFile());
  cover('/etc/resolv.conf', 'resolv.conf', `nameserver ${INSIDE}\noptions timeout:2 attempts:1\n`);
  cover('/etc/nsswitch.conf', 'nsswitch.conf', nameSwitch());
  writeFileSync(files.bundle, '', { mode: 0o644 });
  writeFileSync(files.trustStore, '', { mode: 0o644 });
  for (const target of realFiles(systemBundles)) lines.push([files.bundle, target]);
  for (const target of realFiles(javaStores(javaHome))) lines.push([files.trustStore, target]);
  for (const [at, target] of policyFolders.entries()) {
    if (!existsSync(target)) continue;
    const source = join(folder, `policies-${at}`);
    mkdirSync(source);
    for (const name of readdirSync(target)) writeFileSync(join(source, name), readFileSync(join(target, name)));
    lines.push([source, target]);
  }
  // The daemon that remembers names for the C library knows those of outside.
  if (existsSync('/run/nscd')) {
    mkdirSync(join(folder, 'nscd'));
    lines.push([join(folder, 'nscd'), '/run/nscd']);
  }
  return lines.map((line) => `${line.map(escaped).join(' ')} none bind 0 0\n`).join('');
}

/** A path as fstab writes it. */
const escaped = (path: string): string =>
  path.replace(/[\s\\]/g, (letter) => `\\${letter.charCodeAt(0).toString(8).padStart(3, '0')}`);

/** The file as it is, without lines about our hosts, and with lines of ours. */
function hostsFile(): string {
  const present = existsSync('/etc/hosts')
    ? readFileSync('/etc/hosts', 'utf8')
    : '127.0.0.1 localhost\n::1 localhost\n';
  const kept = present.split('\n').filter((line) => !namesIn(line).some(isMetaHost));
  return `${kept.join('\n')}\n${metaHosts.map((host) => `${INSIDE} ${host}\n`).join('')}`;
}

const namesIn = (line: string): string[] => (line.split('#')[0] ?? '').trim().split(/\s+/).slice(1);

/** Names are looked up in our file and by our name server alone, whatever else the system asks. */
function nameSwitch(): string {
  const present = existsSync('/etc/nsswitch.conf') ? readFileSync('/etc/nsswitch.conf', 'utf8') : '';
  const kept = present.split('\n').filter((line) => !/^\s*hosts\s*:/.test(line));
  return `${kept.join('\n')}\nhosts: files dns\n`;
}

function javaStores(javaHome: string | undefined): string[] {
  const homes = existsSync('/usr/lib/jvm') ? readdirSync('/usr/lib/jvm').map((name) => join('/usr/lib/jvm', name)) : [];
  if (javaHome) homes.push(javaHome);
  return ['/etc/ssl/certs/java/cacerts', ...homes.map((home) => join(home, 'lib/security/cacerts'))];
}

/** Each file once, behind all links. */
function realFiles(paths: readonly string[]): string[] {
  return [...new Set(paths.filter((path) => existsSync(path)).map((path) => realpathSync(path)))];
}

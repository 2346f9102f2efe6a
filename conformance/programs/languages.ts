// Programs of a few lines in many languages: each prints what one address answers. They know nothing of Hallpass.
import { existsSync } from 'node:fs';

interface Program {
  name: string;
  /** Its command; the address comes behind it. */
  command: readonly string[];
  /** Files that must be there for it to run. */
  needs: readonly string[];
}

const source = (file: string): string => new URL(`sources/${file}`, import.meta.url).pathname;
const program = (name: string, command: readonly string[], needs: readonly string[] = []): Program => ({
  name,
  command,
  needs: [command[0] ?? '', ...needs],
});

const python = '/usr/bin/python3';
const distPackages = '/usr/lib/python3/dist-packages';
const php = '/usr/bin/php8.2';
const ruby = '/usr/bin/ruby';
const perl = '/usr/bin/perl';
const nodes: readonly (readonly [string, string])[] = [
  ['Node 24', process.execPath],
  ...(process.env['OLD_NODES'] ?? '').split(':').flatMap((path) => {
    const [, version] = /node-?(\d+\.\d+)/.exec(path) ?? [];
    return version === undefined ? [] : [[`Node ${version}`, path] as const];
  }),
];

export const programs: readonly Program[] = [
  program('curl', ['/usr/bin/curl', '-sS']),
  program('wget', ['/usr/bin/wget', '-qO-']),
  program('Python urllib', [python, source('urllib_.py')]),
  program('Python requests', [python, source('requests_.py')], [`${distPackages}/requests`]),
  program('Python httpx', [python, source('httpx_.py')], [`${distPackages}/httpx`]),
  program('Python aiohttp', [python, source('aiohttp_.py')], [`${distPackages}/aiohttp`]),
  program('PHP curl', [php, source('curl.php')], ['/etc/php/8.2/cli/conf.d/20-curl.ini']),
  program('PHP streams', [php, source('streams.php')]),
  program('Ruby Net::HTTP', [ruby, source('net_http.rb')]),
  program('Ruby open-uri', [ruby, source('open_uri.rb')]),
  program('Perl LWP', [perl, source('lwp.pl')], ['/usr/share/perl5/LWP/Protocol/https.pm']),
  program('Perl HTTP::Tiny', [perl, source('http_tiny.pl')], ['/usr/share/perl5/IO/Socket/SSL.pm']),
  program('Java', ['/usr/bin/java', source('Client.java')]),
  program('Go', ['/usr/bin/go', 'run', source('main.go')]),
  ...nodes.flatMap(([name, path]) => [
    program(`${name} fetch`, [path, source('fetch.mjs')]),
    program(`${name} https`, [path, source('https.mjs')]),
    program(`${name} https with an agent of its own`, [path, source('own_agent.mjs')]),
    program(`${name} axios`, [path, source('axios.mjs')]),
  ]),
];

/** The reason for which a program cannot be tried; false where it can. */
export function cannotRun({ needs }: Program): string | false {
  const missing = needs.find((file) => !existsSync(file));
  return missing === undefined ? false : `not tried: there is no ${missing} on this machine`;
}

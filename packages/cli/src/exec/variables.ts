// The variables that bring programs to the emulator, by runtime: by what each is led to the proxy and by what it trusts
// the authority. What a person had set before is kept and extended.
import { delimiter } from 'node:path';
import { isMetaHost } from '@hallpass/protocol/hosts';
import { extended, hook, TRUST_STORE_PASSWORD, type TrustFiles } from '../trust/trust-files.ts';

type Environment = Readonly<Record<string, string | undefined>>;

interface VariablesOptions {
  env: Environment;
  files: TrustFiles;
  /** PEM of the authority. */
  certificate: string;
  /** Address of the proxy; undefined where programs find the hosts by their names. */
  proxy: string | undefined;
}

interface Variables {
  /** A variable that is undefined here is taken out. */
  set: Record<string, string | undefined>;
  /** Sentences about settings that do not act as their owner might expect. */
  notes: string[];
}

/** Node.js and Deno add this file to their own roots. */
const adding = ['NODE_EXTRA_CA_CERTS', 'DENO_CERT'] as const;

/**
 * These programs take the file in the place of their roots: OpenSSL (Python, Ruby, Go, httpx, .NET on Linux), curl, requests, git,
 * Perl's LWP, pip, boto, cargo, npm.
 */
const replacing = [
  'SSL_CERT_FILE',
  'CURL_CA_BUNDLE',
  'REQUESTS_CA_BUNDLE',
  'GIT_SSL_CAINFO',
  'PERL_LWP_SSL_CA_FILE',
  'PIP_CERT',
  'AWS_CA_BUNDLE',
  'CARGO_HTTP_CAINFO',
  'npm_config_cafile',
] as const;

/** Both spellings: curl reads `http_proxy` only in small letters, Ruby reads no other name for https either. */
const proxyNames = ['http_proxy', 'https_proxy', 'HTTP_PROXY', 'HTTPS_PROXY'] as const;
const directNames = ['no_proxy', 'NO_PROXY'] as const;
/** The app under test itself is asked without a proxy. */
const direct = ['localhost', '127.0.0.1', '::1'];

export function variables({ env, files, certificate, proxy }: VariablesOptions): Variables {
  const set: Record<string, string | undefined> = {};
  const notes: string[] = [];
  for (const [names, ours] of [
    [adding, files.authority],
    [replacing, files.bundle],
  ] as const)
    for (const name of names) set[name] = trustFileFor(name, env[name], ours);
  if (proxy === undefined) {
    // A proxy that was set before is out of reach, and would be asked in our place.
    for (const name of [...proxyNames, 'ALL_PROXY', 'all_proxy']) set[name] = undefined;
    return { set, notes };
  }

  for (const name of proxyNames) set[name] = proxy;
  const before = env['NO_PROXY'] ?? env['no_proxy'] ?? '';
  const exceptions = before
    .split(',')
    .map((host) => host.trim())
    .filter((host) => host !== '');
  const dropped = exceptions.filter(coversOurs);
  if (dropped.length > 0)
    notes.push(`NO_PROXY named ${dropped.join(', ')}: left out, because calls to Meta's hosts wouldn't come here.`);
  const kept = [...new Set([...direct, ...exceptions.filter((host) => !dropped.includes(host))])];
  for (const name of directNames) set[name] = kept.join(',');

  return {
    notes,
    set: {
      ...set,
      HALLPASS_PROXY: proxy,
      // Node.js since 24.5 and 22.21; older ones need a file that is loaded first.
      NODE_USE_ENV_PROXY: '1',
      NODE_OPTIONS: appended(env['NODE_OPTIONS'], `--require "${hook('node.cjs').replaceAll('\\', '/')}"`),
      PERL_LWP_ENV_PROXY: '1',
      WGETRC: files.wgetrc,
      // aiohttp asks for the proxy only when it is told to.
      PYTHONPATH: env['PYTHONPATH'] ? including(hook('python'), env['PYTHONPATH']) : hook('python'),
      // A leading separator stands for the directory that was compiled in.
      PHP_INI_SCAN_DIR: including(env['PHP_INI_SCAN_DIR'] ?? '', files.phpIni),
      JAVA_TOOL_OPTIONS: appended(env['JAVA_TOOL_OPTIONS'], javaOptions(proxy, kept, files).join(' ')),
    },
  };

  function trustFileFor(name: string, present: string | undefined, ours: string): string {
    if (!present || present.startsWith(files.folder)) return ours;
    const file = extended(files, name, present, certificate);
    if (file === undefined) notes.push(`${name} names ${present}, which can't be read: it is left out.`);
    return file ?? ours;
  }
}

/** Tells whether an exception from the proxy would keep one of our hosts from it. */
function coversOurs(exception: string): boolean {
  const host = exception
    .toLowerCase()
    .replace(/:\d+$/, '')
    .replace(/^\*?\./, '');
  return host === '*' || isMetaHost(host) || host === 'com' || host === 'net' || host === 'facebook.net';
}

function javaOptions(proxy: string, kept: readonly string[], files: TrustFiles): string[] {
  const { hostname, port } = new URL(proxy);
  return [
    ...['http', 'https'].flatMap((scheme) => [`-D${scheme}.proxyHost=${hostname}`, `-D${scheme}.proxyPort=${port}`]),
    `-Dhttp.nonProxyHosts=${kept.map((host) => (host === '::1' ? '[::1]' : host.replace(/^\./, '*.'))).join('|')}`,
    `-Djavax.net.ssl.trustStore=${files.trustStore}`,
    `-Djavax.net.ssl.trustStorePassword=${TRUST_STORE_PASSWORD}`,
    '-Djavax.net.ssl.trustStoreType=PKCS12',
  ];
}

/** An option that is there already, as in a shell that took `hallpass env` in twice, is not added once more. */
const appended = (before: string | undefined, more: string): string =>
  before?.includes(more) ? before : [before, more].filter((part) => part).join(' ');

/** Two lists of folders as one, each folder once. */
const including = (first: string, second: string): string =>
  [...new Set([first, second].flatMap((list) => list.split(delimiter)))].join(delimiter);

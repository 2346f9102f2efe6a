// These checks find surroundings of the process that would let others read its secrets or stand between it and those it
// talks to. The platform does not start in such surroundings (threats SC-05). What a developer needs for looking at a
// running server can be allowed, for a server that listens to its own machine alone.
import { CommandError } from '../command-error.ts';

export interface Surroundings {
  env: Readonly<Record<string, string | undefined>>;
  /** Options that Node.js itself was started with. */
  options: readonly string[];
  /** A debugger can connect. */
  inspected: boolean;
}

interface Danger {
  what: string;
  why: string;
  /** Useful to a developer, and no worse than that on their own machine. */
  forDevelopers: boolean;
}

type Option = Omit<Danger, 'what'> & { form: RegExp };

/** Each key is the beginning of an option's name. */
const options: readonly Option[] = [
  {
    form: /^--(?:inspect|debug)/,
    why: 'anyone who reaches a debugger reads every secret in memory and runs code here',
    forDevelopers: true,
  },
  { form: /^--heapsnapshot-/, why: 'it writes all memory, secrets included, to a file', forDevelopers: true },
  {
    form: /^--abort-on-uncaught-exception/,
    why: 'it leaves all memory, secrets included, in a file',
    forDevelopers: true,
  },
  {
    form: /^--report-(?:on|uncaught)/,
    why: 'it writes the environment, secrets included, to a file',
    forDevelopers: true,
  },
  { form: /^--trace-tls/, why: 'it prints what is sent over TLS', forDevelopers: true },
  { form: /^--trace-event/, why: 'it writes addresses of requests to a file', forDevelopers: true },
  {
    form: /^--tls-keylog/,
    why: 'with the keys it writes, anyone can read what is sent over TLS',
    forDevelopers: true,
  },
  { form: /^--tls-min-v1\.[01]/, why: 'it lets TLS fall back to broken versions', forDevelopers: false },
  { form: /^--insecure-http-parser/, why: 'it allows one request to be read as two', forDevelopers: false },
  { form: /^--security-revert/, why: 'it undoes security fixes', forDevelopers: false },
];

/** Lists the dangers, in the order in which they are looked for. */
export function dangersOf({ env, options: flags, inspected }: Surroundings): Danger[] {
  const dangers: Danger[] = [];
  if (env.NODE_TLS_REJECT_UNAUTHORIZED === '0')
    dangers.push({
      what: 'NODE_TLS_REJECT_UNAUTHORIZED',
      why: 'with 0, no certificate is checked; unset it, and name your own certificate with NODE_EXTRA_CA_CERTS',
      forDevelopers: false,
    });
  for (const name of ['NODE_DEBUG', 'NODE_DEBUG_NATIVE'])
    if ((env[name] ?? '') !== '')
      dangers.push({ what: name, why: 'it prints requests with their secrets; unset it', forDevelopers: true });
  const named = new Set<string>();
  for (const one of [...flags, ...optionsIn(env.NODE_OPTIONS ?? '')]) {
    // Node.js takes `_` for `-` in names.
    const name = (one.split('=', 1)[0] ?? '').replaceAll('_', '-');
    const option = options.find(({ form }) => form.test(name));
    if (!option || named.has(name)) continue;
    named.add(name);
    dangers.push({
      what: name,
      why: `${option.why}; start without it (see NODE_OPTIONS too)`,
      forDevelopers: option.forDevelopers,
    });
  }
  if (inspected && dangers.every(({ what }) => !what.startsWith('--inspect')))
    dangers.push({
      what: 'the inspector',
      why: 'a debugger can connect, and read every secret in memory; start without it',
      forDevelopers: true,
    });
  return dangers;
}

/** NODE_OPTIONS as Node.js parts it: by spaces, with double quotes around what holds some. */
function optionsIn(text: string): string[] {
  const found: string[] = [];
  let option = '';
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const letter = text.charAt(at);
    if (letter === '"') quoted = !quoted;
    else if (quoted && letter === '\\') option += text.charAt(++at);
    else if (quoted || /\S/.test(letter)) option += letter;
    else if (option !== '') {
      found.push(option);
      option = '';
    }
  }
  return option === '' ? found : [...found, option];
}

/** @param allowed the setting allowDebugging, on a server that listens to its own machine alone. @throws Stop */
export function refuseUnsafeSurroundings(surroundings: Surroundings, allowed: boolean): void {
  const dangers = dangersOf(surroundings).filter(({ forDevelopers }) => !(allowed && forDevelopers));
  if (dangers.length === 0) return;
  const lines = dangers.map(({ what, why }) => `  ${what}: ${why}`);
  const hint = dangers.every(({ forDevelopers }) => forDevelopers)
    ? [
        "On a developer's machine, --allow-debugging true (HALLPASS_ALLOW_DEBUGGING) allows this for a server on a loopback address.",
      ]
    : [];
  throw new CommandError(
    'cannotStart',
    ["The platform doesn't start in this environment:", ...lines, ...hint].join('\n'),
  );
}

// This table says where the outside may be touched directly, as data: each place with what it may do there, and why.

/** The guard looks for these. `code` patterns are tried on code alone, `strings` patterns inside strings (SQL). */
export const outside = {
  time: {
    in: 'code',
    pattern:
      /\bDate\s*\.\s*now\b|\bnew\s+Date\s*(?:\(\s*\)|(?![\w\s]*\())|\bperformance\s*\.\s*\w+|\bprocess\s*\.\s*(?:hrtime|uptime)\b|\bTemporal\s*\.\s*Now\b/g,
  },
  timers: { in: 'code', pattern: /\b(?:setTimeout|setInterval)\b/g },
  turns: { in: 'code', pattern: /\bsetImmediate\b/g },
  chance: {
    in: 'code',
    pattern:
      /\bMath\s*\.\s*random\b|\b(?:randomBytes|randomUUID|randomInt|randomFill|randomFillSync|getRandomValues|randombytes_\w+)\b/g,
  },
  environment: { in: 'code', pattern: /\bprocess\s*\.\s*(?:env|argv|execArgv)\b/g },
  printing: { in: 'code', pattern: /\bconsole\s*\.\s*\w+|\bprocess\s*\.\s*(?:stdout|stderr)\b/g },
  ending: { in: 'code', pattern: /\bprocess\s*\.\s*(?:exit|abort|kill)\b/g },
  sql: {
    in: 'strings',
    pattern:
      /(?<![.\w])now\s*\(\)|\b(?:current_timestamp|current_time|current_date|localtimestamp)\b|(?<![.\w])(?:random|clock_timestamp|unixepoch|julianday)\s*\(|'now'/gi,
  },
} as const satisfies Record<string, { in: 'code' | 'strings'; pattern: RegExp }>;

export type Outside = keyof typeof outside;

export const because: Readonly<Record<Outside, string>> = {
  time: 'Time comes in through the World (`clock` for the protocol, `wall` for sockets and leases), so that the emulator can move it.',
  timers: 'Timers belong to the clock (`every`, `at`), so that moving the clock runs what would have run.',
  turns:
    'Waiting for the next turn of the event loop hides an order that should be said; name the file that has to in the list of what is allowed.',
  chance: 'Chance comes in through the World (`random`), so that a seeded world is the same at every start.',
  environment: 'Only the command line reads arguments and the environment: everything else is handed its settings.',
  printing:
    'Only the command line prints: everything else writes to the log that it was handed, which knows no secrets.',
  ending: 'Only the command line ends the process: everything else is closed.',
  sql: 'SQL reads no clock and throws no dice: moments and random values are parameters, so that time can be moved.',
};

interface Allowed {
  /** A pattern of paths. */
  files: string;
  may: readonly Outside[];
  because: string;
}

const everything = Object.keys(outside) as Outside[];

export const allowed: readonly Allowed[] = [
  { files: 'packages/world/src/clock.ts', may: ['time', 'timers'], because: 'The real clock, once.' },
  { files: 'packages/world/src/random.ts', may: ['chance'], because: 'Real chance, once.' },
  {
    files: 'packages/world/src/index.ts',
    may: ['environment'],
    because: 'The emulator refuses to run in production, also where a program starts it.',
  },
  {
    files: 'packages/cli/src/surroundings/outside.ts',
    may: everything,
    because: 'The one door of the command line: environment, streams, signals.',
  },
  {
    files: 'packages/cli/src/main.ts',
    may: ['environment', 'printing', 'ending'],
    because: 'The start file: arguments in, exit code out.',
  },
  {
    files: 'packages/db/src/group-commit.ts',
    may: ['turns'],
    because: 'Changes of one turn of the event loop share a transaction: that turn is the point.',
  },
  {
    files: 'packages/server/src/wire/work.ts',
    may: ['turns'],
    because: 'A request with much to do lets others in between: that turn is the point.',
  },
  {
    files: 'packages/server/src/http/turns.ts',
    may: ['turns'],
    because: 'Requests of one turn of the event loop are answered together: that turn is the point.',
  },
  {
    files: 'packages/{console,sdk}/src/**',
    may: ['time', 'timers', 'chance'],
    because: 'It runs in the browser of a person, whose clock and chance are the only ones there.',
  },
  {
    files: 'packages/sdk/src/page/log.ts',
    may: ['printing'],
    because: 'The developer of a page reads what is wrong with it on the console of the browser.',
  },
  {
    files: 'packages/client/src/native/surroundings.ts',
    may: ['time', 'timers', 'chance'],
    because: 'It runs in a program of others, which hands it another clock where it has one.',
  },
  { files: '**/*.test.ts', may: everything, because: 'Tests drive real programs and measure them.' },
  { files: 'packages/*/test/**', may: everything, because: 'What only tests use.' },
  {
    files: '{conformance,e2e}/**',
    may: everything,
    because: 'They look at the product from outside, as its users do.',
  },
  { files: 'bench/**', may: everything, because: 'Measuring is reading the clock.' },
  { files: 'scripts/**', may: everything, because: 'Tools of the repository, outside of the product.' },
];

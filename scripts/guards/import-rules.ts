// This table says who may import whom, as data. docs/architecture.md, "Who may import whom", says the same in words.

interface PackageRule {
  /** Our other packages that it may import. */
  may: readonly string[];
  /** Packages that its tests alone may import besides. */
  testsMay?: readonly string[];
  /** `anywhere` and `browser` code must do without Node's modules. */
  runs: 'anywhere' | 'browser' | 'node';
  /** Files that run in Node all the same, in a package that otherwise runs elsewhere. */
  inNode?: readonly string[];
  /** A folder that runs anywhere all the same, in a package that otherwise runs in Node. */
  anywhere?: string;
  /** Packages of which it may import one part alone. */
  onlyPart?: Readonly<Record<string, string>>;
  /** Its parts are bundled, so packages that are only needed to build it are enough. */
  bundled?: true;
  because: string;
}

export const packageRules: Readonly<Record<string, PackageRule>> = {
  protocol: {
    may: [],
    runs: 'anywhere',
    because:
      'protocol is words as data: it must load in a browser, a worker and any other package, so it imports nothing.',
  },
  client: {
    may: ['protocol'],
    runs: 'anywhere',
    inNode: [
      'src/native/index.ts',
      'src/native/store/file-store.ts',
      'src/native/log-in/loopback.ts',
      'src/native/log-in/open-browser.ts',
    ],
    because:
      'client asks any token server and runs anywhere: it knows the words of the protocol and takes `fetch` as an argument.',
  },
  vault: {
    may: ['protocol', 'client', 'world', 'db', 'pages'],
    testsMay: ['server', 'emulator'],
    runs: 'node',
    anywhere: 'src/client/',
    because: 'vault is the holder of tokens: it asks any server by the documented calls, and knows nothing of ours.',
  },
  world: {
    may: ['protocol'],
    runs: 'node',
    because:
      'world is time, chance, log and calls to other servers: whoever is handed it need not know where it comes from.',
  },
  db: {
    may: ['protocol'],
    runs: 'node',
    because: 'db opens databases for whoever asks: it must not know what is stored in them.',
  },
  pages: {
    may: ['protocol'],
    runs: 'anywhere',
    because: 'pages turns data into HTML: it must be possible to draw every page without a server.',
  },
  console: {
    may: ['protocol', 'client', 'pages', 'vault'],
    onlyPart: { vault: '@hallpass/vault/client' },
    runs: 'browser',
    inNode: ['src/files.ts', 'vite.config.ts', 'src/build/mantine-styles.ts', 'src/build/brotli.ts'],
    bundled: true,
    because:
      'console runs in a browser and asks the Graph, or a vault by its client, for everything; of `pages` it takes the colours alone.',
  },
  sdk: {
    may: [],
    runs: 'browser',
    inNode: ['src/files.ts', 'vite.config.ts'],
    bundled: true,
    because: 'sdk is loaded by every page of every app: it is one small file that needs nothing.',
  },
  server: {
    may: ['protocol', 'world', 'db', 'pages'],
    runs: 'node',
    because: 'server is handed its world: it knows neither the emulator nor the command line around it.',
  },
  emulator: {
    may: ['protocol', 'world', 'db', 'server', 'console', 'sdk'],
    runs: 'node',
    because: 'emulator is a server in a made-up world: it must not need the command line.',
  },
  mcp: {
    may: ['protocol', 'vault'],
    testsMay: ['db', 'server', 'world', 'cli'],
    runs: 'node',
    because: 'mcp answers an agent from the client of a vault alone: what that does not show, no question brings out.',
  },
  cli: {
    may: ['protocol', 'client', 'world', 'db', 'pages', 'server', 'console', 'sdk', 'emulator', 'vault', 'mcp'],
    runs: 'node',
    because: 'cli is the one package that knows all others; no code imports it, and tests start it.',
  },
};

/** Inside `server`: a file imports from its own folder and from earlier levels only. */
export const levels: readonly (readonly string[])[] = [
  ['networks'],
  ['settings', 'hash', 'sealed-text'],
  // Requests and responses as plain data: every later level speaks in them.
  ['wire'],
  // A browser and a person for tests and emulators: they know pages as their reader does.
  ['headless'],
  ['world', 'hosts'],
  ['store'],
  ['tokens'],
  // Calls are counted below the Graph; usage knows rows and settings, and no call by name.
  ['usage'],
  ['installation'],
  ['liveness'],
  ['identity'],
  // People, apps and operators act here, by noun. Each may use the ones before it.
  ['people'],
  ['callbacks'],
  ['apps'],
  ['codes'],
  ['pages'],
  ['businesses'],
  ['ads'],
  ['consent'],
  ['operator'],
  ['test-users'],
  ['graph'],
  ['oauth', 'login'],
  ['nodes', 'operations', 'grants'],
  ['parse'],
  ['http', 'site', 'jobs'],
  ['entries'],
  ['index'],
];

/** Inside `console`: a file imports from its own folder and from earlier levels only. */
export const consoleLevels: readonly (readonly string[])[] = [
  ['build', 'files', 'nonce', 'theme', 'trusted-types'],
  ['graph'],
  ['parts'],
  ['dialog', 'why'],
  ['shell'],
  // The console of a vault has a door, a frame and a beginning of its own; its pages are a room as all others.
  ['router-root', 'vault'],
  // Each room of pages is loaded alone: it imports none of the others.
  ['pages'],
  ['router', 'vault-router'],
  ['begin'],
  ['main', 'vault-main'],
];

/** Inside `vault`: a file imports from its own folder and from earlier levels only. */
export const vaultLevels: readonly (readonly string[])[] = [
  ['kinds'],
  ['states'],
  ['event-kinds', 'refusals', 'repairs', 'drift', 'mail-address', 'as-sentence'],
  ['policy'],
  ['judge'],
  // Figures are named here; who counts them comes later.
  ['monitoring'],
  ['settings'],
  // The client of the service runs anywhere: it knows the words alone.
  ['client'],
  // Reading the tables of other products takes no vault.
  ['adopt'],
  ['store'],
  ['keys'],
  ['events'],
  ['parts'],
  ['remote'],
  // A watch over a list asks, and stores nothing.
  ['watch'],
  ['connections'],
  // Programs have these in place of tokens, with the rules that limit them.
  ['handles'],
  ['sweep'],
  ['people'],
  ['operations'],
  // A rehearsal fills a vault and lives through days with it; who opens both is not known here.
  ['rehearsal'],
  ['vault'],
  // The proxy and the service are faces of an open vault.
  ['proxy'],
  ['service'],
  ['index'],
];

/** Inside `server`: folders whose files are declarations and do not import each other; only `index.ts` lists them. */
export const declarationFolders = ['operations', 'grants'];

/** Inside `server`: what only the engine may use, and where declarations stand, which may not. */
export const ofEngine = { files: ['graph/authorisation/authorise.ts'], notIn: ['nodes', 'operations', 'grants'] };

/** Inside `nodes`: what the rooms have in common. A room imports itself and this one. */
export const sharedRoom = 'shared';

export const reasons = {
  level:
    'Inside server, a file imports from its own folder and from earlier levels only: so each level can be read and tested without the later ones.',
  noLevel: 'Every folder of server has a level: write the new one into `levels` of scripts/guards/import-rules.ts.',
  consoleLevel:
    'Inside console, a file imports from its own folder and from earlier levels of `consoleLevels` only: so no page is loaded for a part of another one.',
  vaultLevel:
    'Inside vault, a file imports from its own folder and from earlier levels of `vaultLevels` only: what is stored knows nothing of who asks for it.',
  declarations: 'Operations and grants do not import each other, so one file can be added or taken out alone.',
  engine:
    'A declaration says in `needs` who may do it: only the engine demands it, so that no edge can forget to, and every rule is printed and tested.',
  rooms:
    'Inside nodes, a room imports itself and nodes/shared: an edge names what it returns, so each room can be read alone.',
  door: 'A package is imported by its name, or by a part that its package.json exports: so the inside of a package can change without asking anybody.',
  listed:
    "A package is imported only if the importer's package.json lists it: what is installed by chance is not there for others.",
  builtin: 'Built-in modules are named with `node:`, so that no package can take their place.',
  extension: 'Relative imports end in .ts, or .tsx and .css in the console: files are run and bundled as they are.',
  place:
    'A package is checked with the types of the place where it runs, so that it cannot use what is not there: its tsconfig.json extends the one of that place.',
  browser: 'This package also runs outside of Node: a `node:` import would break it there.',
} as const;

// These limits bound how much one request may bring. Source: the table of limits in the threat model, section 4.2.
const KIB = 1024;
const MIB = 1024 * KIB;

interface Limit {
  most: number;
  unit: 'bytes' | 'characters' | 'levels' | 'µs' | '';
  doc: string;
}

// biome-ignore format: it is read as a table
export const limitTable = {
  requestLine: { most: 16 * KIB, unit: 'characters', doc: 'The request target: path and query.' },
  headerBlock: { most: 32 * KIB, unit: 'bytes', doc: 'All headers together.' },
  headers: { most: 100, unit: '', doc: 'Headers of one request.' },
  body: { most: MIB, unit: 'bytes', doc: 'A body, after inflating. No call takes files, so multipart bodies have no limit of their own.' },
  parameters: { most: 1000, unit: '', doc: 'Parameters of one request.' },
  value: { most: 64 * KIB, unit: 'characters', doc: 'One value.' },
  depth: { most: 20, unit: 'levels', doc: 'Nesting of JSON, of `key[sub]` names and of field expansion.' },
  fields: { most: 1000, unit: '', doc: 'Fields of one `fields=`, all levels together.' },
  token: { most: 4 * KIB, unit: 'characters', doc: 'An access token.' },
  work: { most: 80_000, unit: 'µs', doc: 'Work of one request, of a batch with all its items: processor time by fixed prices, not by the clock.' },
  redirectUri: { most: 2000, unit: 'characters', doc: 'A redirect address.' },
} as const satisfies Record<string, Limit>;

type LimitName = keyof typeof limitTable;

/** The figures alone. */
export const limits = Object.fromEntries(
  Object.entries(limitTable).map(([name, { most }]) => [name, most]),
) as Readonly<Record<LimitName, number>>;

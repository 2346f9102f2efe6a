// `hallpass vault adopt`: takes tokens over from the tables of another product. A dry run says of each what it is and what is
// wrong with it; the real run is made again where it was stopped.
import type { AdoptedToken, OldKeys, ProductName } from '@hallpass/vault/adopt';
import { Argument, Command, Option } from 'commander';
import { CommandError } from '../../command-error.ts';
import { example } from '../../printing/example.ts';
import { table } from '../../printing/print.ts';
import type { Outside } from '../../surroundings/outside.ts';
import { type ClientOptions, clientOptions, withClient } from '../vault-client.ts';
import { oldKeysOf } from './old-keys.ts';
import { type OldSource, openOldSource, SOURCE } from './old-source.ts';

/** The products by their names in a command; the readers are loaded when one is used. */
export const PRODUCTS = [
  'nango',
  'chatwoot',
  'postiz',
  'n8n',
  'activepieces',
] as const satisfies readonly ProductName[];

export interface OldOptions {
  instance?: string;
  oldKeyFile?: string;
}

/** Options of commands that read another product. */
export const oldOptions = (command: Command): Command =>
  command
    .option(
      '--old-key-file <file>',
      "its .env file, or a file with the key of its encrypted columns; or that key's own variable",
    )
    .option('--instance <name>', 'tells two installations of one product apart');

interface AdoptCommandOptions extends ClientOptions, OldOptions {
  dryRun?: boolean;
  appId?: string;
  forceRefresh?: boolean;
}

export const adoptCommand = (outside: Outside): Command =>
  oldOptions(clientOptions(new Command('adopt')))
    .description(
      'Take tokens over from another product, which is only read. Nothing replaces a token that works, and a run that was stopped can be repeated.',
    )
    .addArgument(new Argument('<product>', 'the product').choices(PRODUCTS))
    .argument('<source>', SOURCE)
    .option('--dry-run', 'only show what each row is and what is wrong with it')
    .option('--app-id <id>', 'the app of tokens whose row names none')
    .addOption(new Option('--force-refresh', 'have Nango extend each token first; this changes what Nango holds'))
    .addHelpText('after', example('hallpass vault adopt chatwoot chatwoot.sql --dry-run'))
    .action(async (product: ProductName, from: string, options: AdoptCommandOptions) => {
      const { products } = await import('@hallpass/vault/adopt');
      const keys = oldKeysOf(outside, products[product], options.oldKeyFile);
      const source = await openOldSource(outside, product, from, options);
      try {
        await withClient(outside, options, async (client) => {
          const importRows = async (text: string, how: object) => (await client.import({ text, ...how })).rows;
          await takeOver(outside, { product, keys, source, options, importRows });
        });
      } finally {
        await source.close();
      }
    });

interface TakeOver {
  product: ProductName;
  keys: OldKeys;
  source: OldSource;
  options: AdoptCommandOptions;
  importRows: Parameters<typeof import('@hallpass/vault/adopt').adopt>[1];
}

async function takeOver(outside: Outside, { product, keys, source, options, importRows }: TakeOver): Promise<void> {
  const { adopt } = await import('@hallpass/vault/adopt');
  const { instance, dryRun, appId, json } = options;
  const counts = new Map<AdoptedToken['outcome'], number>();
  let headed = false;
  for await (const group of adopt(source.rows, importRows, { product, instance, keys, dryRun, appId })) {
    for (const { outcome } of group) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    if (json) for (const one of group) outside.out(JSON.stringify(one));
    else headed = printGroup(outside, group, headed) || headed;
    refuseWhereAway(group);
  }
  if (!json) outside.out(summary(counts, dryRun === true));
}

/** Prints what became of some rows; those that are of other services are only counted. Answers whether it printed. */
function printGroup(outside: Outside, group: readonly AdoptedToken[], headed: boolean): boolean {
  const rows = group
    .filter(({ outcome }) => outcome !== 'left_out')
    .map(({ source, name, outcome, id, problem, notes }) => [
      source.split('/').slice(1).map(decodeURIComponent).join('/'),
      name ?? '',
      outcome,
      id ?? '',
      [problem?.words ?? '', ...notes].join(' ').trim(),
    ]);
  if (rows.length === 0) return false;
  outside.out(headed ? table(rows) : table(rows, ['row', 'name', 'outcome', 'id', 'details']));
  return true;
}

/** Stops where the server answers for no token of a group: the next ones would fare no better. */
function refuseWhereAway(group: readonly AdoptedToken[]): void {
  const asked = group.filter(({ problem, outcome }) => outcome !== 'left_out' && problem?.key !== 'unreadable_row');
  const away = asked.filter(({ problem }) => problem?.key === 'server_away');
  if (away.length > 0 && away.length === asked.length)
    throw new CommandError(
      'failed',
      "The server couldn't be asked, so this stopped here. Run it again later: it continues.",
    );
}

const words: Readonly<Record<AdoptedToken['outcome'], string>> = {
  new: 'new',
  replaces: 'in place of one that no longer worked',
  unchanged: 'already in the vault',
  refused: 'refused',
  left_out: 'left out, because they are of other services or deleted',
};

function summary(counts: ReadonlyMap<AdoptedToken['outcome'], number>, dryRun: boolean): string {
  const parts = Object.entries(words).flatMap(([outcome, said]) => {
    const count = counts.get(outcome as AdoptedToken['outcome']) ?? 0;
    return count === 0 ? [] : [`${count} ${said}`];
  });
  const told = parts.length === 0 ? 'There are no rows' : parts.join(', ');
  return `${told}.${dryRun ? ' Nothing was kept: this was a dry run.' : ''}`;
}

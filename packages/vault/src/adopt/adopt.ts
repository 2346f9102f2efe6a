// Tokens are taken over from another product: its rows become rows of an import, some at a time, and what the import says
// of each is completed with what the other product believes. Nothing is kept twice and nothing is replaced that works, so
// a run that was stopped is made again.
import { createHash } from 'node:crypto';
import type { ImportedToken } from '../client/answers/tokens.ts';
import { beliefNotes } from './beliefs.ts';
import type { OldKeys, OldRow, OldToken, Product } from './product.ts';
import { type ProductName, products, tokensIn } from './products.ts';

/** The fate of one token of another product. */
export interface AdoptedToken {
  /** Product, table, row and column: `chatwoot/channel_facebook_pages/12/page_access_token`. */
  source: string;
  name?: string | undefined;
  outcome: ImportedToken['outcome'] | 'left_out';
  /** The connection that holds it. */
  id?: string | undefined;
  kind?: ImportedToken['kind'];
  state?: ImportedToken['state'];
  until?: number | undefined;
  problem?: { key: string; words: string } | undefined;
  notes: readonly string[];
}

export interface AdoptOptions {
  product: ProductName;
  /** Tells two installations of one product apart. */
  instance?: string | undefined;
  keys: OldKeys;
  dryRun?: boolean | undefined;
  /** The app of tokens whose row names none. */
  appId?: string | undefined;
}

/** Brings rows in; `text` is JSON. */
export type ImportRows = (
  text: string,
  options: { dryRun?: boolean; keepWorking: true; appId?: string },
) => Promise<readonly ImportedToken[]>;

/** Tokens that are brought in together. */
const GROUP = 200;

/**
 * Takes tokens over, and tells of each what became of it, in the order of the rows. It reads on only when it is asked for
 * more, so a table may be of any length.
 */
export async function* adopt(
  rows: AsyncIterable<OldRow>,
  importRows: ImportRows,
  options: AdoptOptions,
): AsyncGenerator<AdoptedToken[]> {
  const run = new AdoptionRun(importRows, options);
  let group: OldToken[] = [];
  for await (const row of rows) {
    group.push(...tokensIn(run.product, row, options.keys));
    if (group.length < GROUP) continue;
    yield await run.take(group);
    group = [];
  }
  if (group.length > 0) yield await run.take(group);
}

class AdoptionRun {
  readonly product: Product;
  readonly #importRows: ImportRows;
  readonly #options: AdoptOptions;
  /** Fingerprints of the tokens so far, with the rows they were in: a dry run keeps nothing that would tell it. */
  readonly #seen = new Map<string, string>();

  constructor(importRows: ImportRows, options: AdoptOptions) {
    this.product = products[options.product];
    this.#importRows = importRows;
    this.#options = options;
  }

  /** Brings some tokens in. */
  async take(group: readonly OldToken[]): Promise<AdoptedToken[]> {
    const { dryRun, appId } = this.#options;
    const brought = group.filter(({ problem, leftOut }) => problem === undefined && leftOut === undefined);
    const told =
      brought.length === 0
        ? []
        : await this.#importRows(JSON.stringify(brought.map((one) => this.#rowOf(one))), {
            keepWorking: true,
            ...(dryRun === true && { dryRun }),
            ...(appId !== undefined && { appId }),
          });
    const results = new Map(brought.map((one, at) => [one, told[at]]));
    return group.map((one) => this.#told(one, results.get(one)));
  }

  #rowOf(one: OldToken): Readonly<Record<string, string | undefined>> {
    return {
      adopted_from: this.#sourceOf(one),
      name: one.name,
      token: one.token ?? '',
      kind: one.kind,
      app_id: one.appId,
      subject_id: one.pageId,
      owner: one.ownerName,
      owner_email: one.ownerEmail,
      scopes: one.scopes,
    };
  }

  #sourceOf({ path }: OldToken): string {
    const { product, instance } = this.#options;
    const place = instance === undefined ? product : `${product}@${encodeURIComponent(instance)}`;
    return [place, ...path.map(encodeURIComponent)].join('/');
  }

  #told(one: OldToken, imported: ImportedToken | undefined): AdoptedToken {
    const base = { source: this.#sourceOf(one), name: one.name };
    if (one.leftOut !== undefined) return { ...base, outcome: 'left_out', notes: [one.leftOut] };
    if (one.problem !== undefined || imported === undefined) {
      const words = one.problem ?? "The import didn't answer for it.";
      return { ...base, outcome: 'refused', problem: { key: 'unreadable_row', words }, notes: [] };
    }
    const { outcome, id, kind, state, until, problem, name, notes } = imported;
    const earlier = outcome === 'new' ? this.#earlierWith(one, base.source) : undefined;
    return {
      ...base,
      name: one.name ?? (name === imported.where ? (imported.subject?.name ?? undefined) : name),
      outcome: earlier === undefined ? outcome : 'unchanged',
      id,
      kind,
      state,
      until,
      problem,
      notes: [
        ...(earlier === undefined ? [] : [`The same token is in ${earlier}.`]),
        ...notes,
        ...(earlier !== undefined || outcome === 'refused' || outcome === 'unchanged'
          ? []
          : beliefNotes(this.product, one, imported)),
      ],
    };
  }

  /** The row in which the same token stood before; undefined for a token that is seen for the first time. */
  #earlierWith({ token = '' }: OldToken, source: string): string | undefined {
    const key = createHash('sha256').update(token).digest('base64url').slice(0, 22);
    const earlier = this.#seen.get(key);
    if (earlier === undefined) this.#seen.set(key, source);
    return earlier;
  }
}

// An app may have a server allow list: addresses or ranges from which its secret may be used. Empty means everywhere.
import { oncePer } from '@hallpass/protocol';
import { addressTest, readEntry, readNetworks } from '../networks.ts';

// Earlier releases took ranges with bits set behind them: those of a stored list go on to mean the whole range.
const testOf = oncePer((entries: readonly string[]) =>
  addressTest(entries.flatMap((entry) => readEntry(entry).network ?? [])),
);

/** Says why an entry of the list cannot be taken, as the end of a sentence about it; undefined where it can. */
export const allowListFault = (entry: string): string | undefined => readEntry(entry).fault;

/** A list in its one form (see `readNetworks`); undefined where an entry cannot be taken. */
export function allowListOf(entries: readonly string[]): string[] | undefined {
  const { entries: canonical, wrong } = readNetworks(entries);
  return wrong.length > 0 ? undefined : canonical;
}

export function addressAllowed(entries: readonly string[], address: string): boolean {
  return entries.length === 0 || testOf(entries)(address);
}

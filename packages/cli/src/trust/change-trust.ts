// Carries out `hallpass trust` and `hallpass untrust`: says what it does before it does it.
import { spawnSync } from 'node:child_process';
import { CommandError } from '../command-error.ts';
import type { Outside } from '../surroundings/outside.ts';
import type { TrustStore } from './trust-stores.ts';

const shown = (command: readonly string[]): string =>
  command.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)).join(' ');

/**
 * Runs the commands of each store, and prints each before it runs. With `dry` they are printed alone.
 * @throws CommandError where a store could not be changed: for want of rights, or because its program failed
 */
export function changeTrust(
  stores: readonly TrustStore[],
  change: 'add' | 'remove',
  dry: boolean,
  outside: Outside,
): void {
  const missed: string[] = [];
  for (const store of stores) {
    outside.out(`${change === 'add' ? 'Into' : 'Out of'} ${store.name}:`);
    const mayNot = store.root && outside.user !== undefined && outside.user.id !== 0;
    for (const command of store[change]) outside.out(`  ${mayNot ? 'sudo ' : ''}${shown(command)}`);
    if (dry) continue;
    if (mayNot) {
      missed.push(`Only root may change ${store.name}: run the lines with sudo above yourself.`);
      continue;
    }
    const failed = store[change].find((command) => !succeeds(command));
    // A certificate that was never there cannot be taken out, and that is how it should be.
    if (failed && change === 'add') missed.push(`${failed[0]} couldn't change ${store.name}.`);
  }
  if (missed.length > 0) throw new CommandError('failed', missed.join('\n'));
}

function succeeds([program = '', ...args]: readonly string[]): boolean {
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0;
}

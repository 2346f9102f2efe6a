// `hallpass vault tenants`: who keeps tokens in this vault, and the master key that each brings along.
import type { TenantStanding, Vault } from '@hallpass/vault';
import { Command } from 'commander';
import { CommandError } from '../command-error.ts';
import { example } from '../printing/example.ts';
import { counted, table } from '../printing/print.ts';
import { progressBar } from '../printing/progress.ts';
import type { Outside } from '../surroundings/outside.ts';
import { tenantKeyName, type TenantKeyOptions, tenantKeyOptions } from './master-keys.ts';
import { openVault, vaultOptions } from './open-vault.ts';
import type { VaultPlace } from './vault-place.ts';

interface TenantOptions extends VaultPlace, TenantKeyOptions {
  json?: boolean;
  dryRun?: boolean;
  yes?: string;
}

const act = (name: string, doc: string, line: string): Command =>
  vaultOptions(new Command(name)).description(doc).option('--json', 'print JSON').addHelpText('after', example(line));

/** An act is answered for programs by an object, and for people by a text. */
interface Told {
  answer: object;
  words: string;
}

const standingInWords = ({ name, connections, keySource, sealedBecause }: TenantStanding): string[] => [
  name,
  String(connections),
  keySource ?? 'shared',
  sealedBecause === undefined ? 'open' : `sealed: ${sealedBecause}`,
];

export function tenantCommand(outside: Outside): Command {
  const run = async (
    options: TenantOptions,
    work: (vault: Vault, progress: (done: number, total: number) => void) => Promise<Told>,
  ): Promise<void> => {
    const { log, flush } = outside.log('warn');
    const vault = await openVault(outside, options, { log, create: false });
    const bar = progressBar(outside);
    // Giving keys waits in real time until every process knows of them.
    const sleep = outside.stayAwake();
    try {
      const { answer, words } = await work(vault, bar.show);
      bar.end();
      outside.out(options.json ? JSON.stringify(answer) : words);
    } catch (error) {
      if (error instanceof Error && ['VaultRefusal', 'VaultSealed', 'MasterKeyUnavailable'].includes(error.name))
        throw new CommandError('failed', error.message);
      throw error;
    } finally {
      sleep();
      bar.end();
      await vault.close();
      await flush();
    }
  };

  const list = act('list', 'List the tenants, and whether each is open.', 'hallpass vault tenants list').action(
    (options: TenantOptions) =>
      run(options, async (vault) => {
        const tenants = await vault.tenants.list();
        const rows = tenants.map(standingInWords);
        const words =
          rows.length === 0 ? 'There are no tenants.' : table(rows, ['tenant', 'connections', 'key', 'state']);
        return { answer: { tenants }, words };
      }),
  );

  const withKey = (name: 'create' | 'set-key', doc: string, line: string): Command =>
    tenantKeyOptions(act(name, doc, line))
      .argument('<tenant>', 'its name: letters, digits, - and _')
      .action((tenant: string, options: TenantOptions) =>
        run(options, async (vault, show) => {
          const source = await tenantKeyName(outside, options);
          const how = {
            ...(source !== undefined && { source }),
            progress: ({ resealed, total }: { resealed: number; total: number }) => show(resealed, total),
          };
          const { tenants } = vault;
          const done = await (name === 'create' ? tenants.create(tenant, how) : tenants.setKey(tenant, how));
          const left =
            done.unreadable > 0 ? ` ${counted(done.unreadable, 'value')} can't be opened; left unchanged.` : '';
          return {
            answer: done,
            words: `The keys of ${tenant} are wrapped by ${done.keySource}. Values sealed again: ${done.resealed}.${left}`,
          };
        }),
      );

  const rotate = act(
    'rotate',
    'Seal all values of a tenant with a new key of its own, without interruption.',
    'hallpass vault tenants rotate acme',
  )
    .argument('<tenant>', 'its name')
    .option('--dry-run', 'only show what would be done')
    .action((tenant: string, options: TenantOptions) =>
      run(options, async (vault, show) => {
        const known = (await vault.tenants.list()).find(({ name }) => name === tenant);
        if (known?.keySource === undefined)
          throw new CommandError(
            'failed',
            `${tenant} has no keys of its own: \`hallpass vault tenants set-key ${tenant}\` gives it some.`,
          );
        const answer = await vault.rotateKeys({
          tenant,
          dryRun: options.dryRun === true,
          progress: ({ resealed, total }) => show(resealed, total),
        });
        const words = options.dryRun
          ? `${counted(answer.left, 'value')} would be sealed again.`
          : `Values sealed again: ${answer.resealed}. Still sealed with an older key: ${answer.left}.`;
        return { answer, words };
      }),
    );

  const remove = act(
    'remove',
    'Destroy the keys of a tenant, then delete everything stored of it. Older backups of it can be opened only if they contain these keys and their master key still exists.',
    'hallpass vault tenants remove acme --yes acme',
  )
    .argument('<tenant>', 'its name')
    .option('--yes <tenant>', 'the name once more: it cannot be undone')
    .action((tenant: string, options: TenantOptions) => {
      if (options.yes !== tenant)
        throw new CommandError('wrongUse', `This cannot be undone. To go on, add --yes ${tenant}.`);
      return run(options, async (vault) => {
        const answer = await vault.tenants.remove(tenant);
        const words = `Removed ${tenant}: ${counted(answer.rows, 'row')} and ${counted(answer.keys, 'key')} of its own.`;
        return { answer, words };
      });
    });

  return new Command('tenants')
    .description(
      'Create, list and remove tenants of the vault, and give them keys of their own. For the operator, who has the data directory.',
    )
    .addCommand(list)
    .addCommand(
      withKey(
        'create',
        'Create a tenant with keys of its own, wrapped by its master key, or by that of the vault.',
        'hallpass vault tenants create acme --tenant-key-file /etc/hallpass/acme.key',
      ),
    )
    .addCommand(
      withKey(
        'set-key',
        'Give a tenant keys of its own, or wrap those it has by another master key.',
        'hallpass vault tenants set-key acme --tenant-transit https://keys.internal:8200/transit/acme',
      ),
    )
    .addCommand(rotate)
    .addCommand(remove);
}

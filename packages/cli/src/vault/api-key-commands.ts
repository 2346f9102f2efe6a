// `hallpass vault api-keys`: who may call the service, with which rights.
import { addApiKey, listApiKeys, removeApiKey, type Right, rights, type Vault } from '@hallpass/vault';
import { entriesOf, isKeyOf, keysOf } from '@hallpass/protocol';
import { Command, InvalidArgumentError } from 'commander';
import { CommandError } from '../exit.ts';
import { example } from '../printing/example.ts';
import { momentInWords, table } from '../printing/print.ts';
import type { Outside } from '../surroundings/outside.ts';
import { openVault, vaultOptions, type VaultPlace } from './open-vault.ts';

interface KeyOptions extends VaultPlace {
  json?: boolean;
  rights?: Right[];
}

const rightsOf = (text: string): Right[] =>
  text.split(',').map((one) => {
    const right = one.trim();
    if (isKeyOf(rights, right)) return right;
    throw new InvalidArgumentError(`Rights are ${keysOf(rights).join(', ')}.`);
  });

const act = (name: string, doc: string, line: string): Command =>
  vaultOptions(new Command(name)).description(doc).option('--json', 'print JSON').addHelpText('after', example(line));

export function apiKeyCommand(outside: Outside): Command {
  const described = entriesOf(rights)
    .map(([right, doc]) => `${right}: ${doc}`)
    .join('; ');
  const add = act(
    'add',
    `Create a key for the service. It is shown only once. Rights: ${described}.`,
    'hallpass vault api-keys add website --rights read,connect',
  )
    .argument('<name>', 'the purpose of the key')
    .option('--rights <list>', 'its rights, separated by commas; by default read', rightsOf)
    .action((name: string, options: KeyOptions) =>
      on(outside, options, true, async (vault) => {
        const key = await addApiKey(vault.parts, options.tenant, { name, rights: options.rights ?? ['read'] });
        return options.json ? JSON.stringify({ key }) : key;
      }),
    );
  const list = act(
    'list',
    'List the keys of the service, without their secrets.',
    'hallpass vault api-keys list',
  ).action((options: KeyOptions) =>
    on(outside, options, false, async (vault) => {
      const keys = await listApiKeys(vault.parts, options.tenant);
      if (options.json) return JSON.stringify({ keys });
      return table(
        keys.map(({ id, name, rights: granted, createdAt, usedAt }) => [
          id,
          name,
          granted.join(','),
          momentInWords(createdAt),
          usedAt === undefined ? 'never' : momentInWords(usedAt),
        ]),
        ['id', 'name', 'rights', 'made', 'used'],
      );
    }),
  );
  const remove = act('remove', 'End a key at once.', 'hallpass vault api-keys remove 0123456789abcdef')
    .argument('<id>', 'its id')
    .action((id: string, options: KeyOptions) =>
      on(outside, options, false, async (vault) => {
        if (!(await removeApiKey(vault.parts, options.tenant, id)))
          throw new CommandError('failed', 'There is no such key.');
        return options.json ? JSON.stringify({ removed: true }) : 'The key is refused from now on.';
      }),
    );
  return new Command('api-keys')
    .description('Create, list and end keys of the service.')
    .addCommand(add)
    .addCommand(list)
    .addCommand(remove);
}

async function on(
  outside: Outside,
  options: KeyOptions,
  create: boolean,
  run: (vault: Vault) => Promise<string>,
): Promise<void> {
  const { log, flush } = outside.log('warn');
  const vault = await openVault(outside, options, log, create);
  try {
    outside.out(await run(vault));
  } finally {
    await vault.close();
    await flush();
  }
}

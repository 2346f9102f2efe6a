// `hallpass vault api-keys`: who may call the service, with which rights.
import { type Right, rights } from '@hallpass/vault/client';
import { entriesOf, isKeyOf, keysOf } from '@hallpass/protocol';
import { Command, InvalidArgumentError } from 'commander';
import { CommandError } from '../../command-error.ts';
import { example } from '../../printing/example.ts';
import { momentInWords, table } from '../../printing/print.ts';
import type { Outside } from '../../surroundings/outside.ts';
import { type ApiKeyAct, type ApiKeyAnswer, apiKeyAnswerShape, carryOutApiKeyAct } from './api-key-acts.ts';
import { openVault, vaultOptions } from '../open-vault.ts';
import type { VaultPlace } from '../vault-place.ts';
import { operatorDoor, operatorPaths, readAnswer } from '../operator-door.ts';

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
      on(outside, options, { act: 'add', name, rights: options.rights ?? ['read'] }, ({ key = '' }) => key),
    );
  const list = act(
    'list',
    'List the keys of the service, without their secrets.',
    'hallpass vault api-keys list',
  ).action((options: KeyOptions) =>
    on(outside, options, { act: 'list' }, ({ keys = [] }) =>
      keys.length === 0
        ? 'There are no keys of the service. `hallpass vault api-keys add` adds one.'
        : table(
            keys.map(({ id, name, rights: granted, createdAt, usedAt }) => [
              id,
              name,
              granted.join(','),
              momentInWords(createdAt),
              usedAt === undefined ? 'never' : momentInWords(usedAt),
            ]),
            ['id', 'name', 'rights', 'made', 'used'],
          ),
    ),
  );
  const remove = act('remove', 'End a key at once.', 'hallpass vault api-keys remove 0123456789abcdef')
    .argument('<id>', 'its id')
    .action((id: string, options: KeyOptions) =>
      on(outside, options, { act: 'remove', id }, ({ removed }) => {
        if (!removed)
          throw new CommandError(
            'failed',
            `There is no key ${id} of the service. \`hallpass vault api-keys list\` shows them.`,
          );
        return 'The key is refused from now on.';
      }),
    );
  return new Command('api-keys')
    .description('Create, list and end keys of the service.')
    .addCommand(add)
    .addCommand(list)
    .addCommand(remove);
}

/** Has the act carried out by the running service, or on the vault itself where none runs, and prints what it says. */
async function on(
  outside: Outside,
  options: KeyOptions,
  asked: ApiKeyAct,
  inWords: (answer: ApiKeyAnswer) => string,
): Promise<void> {
  const answer = (await byService(outside, options, asked)) ?? (await byThisProcess(outside, options, asked));
  const words = inWords(answer);
  outside.out(options.json ? JSON.stringify(answer) : words);
}

async function byService(outside: Outside, options: KeyOptions, asked: ApiKeyAct): Promise<ApiKeyAnswer | undefined> {
  const running = await operatorDoor(outside, options);
  if (!running) return undefined;
  const answer = await running(operatorPaths.apiKeys, { method: 'POST', body: JSON.stringify(asked) });
  return readAnswer(apiKeyAnswerShape, answer);
}

async function byThisProcess(outside: Outside, options: KeyOptions, asked: ApiKeyAct): Promise<ApiKeyAnswer> {
  const { log, flush } = outside.log('warn');
  const vault = await openVault(outside, options, { log, create: asked.act === 'add' });
  try {
    return await carryOutApiKeyAct(vault.parts, options.tenant, asked);
  } finally {
    await vault.close();
    await flush();
  }
}

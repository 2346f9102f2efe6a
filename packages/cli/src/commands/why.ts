// `hallpass why` explains one call: why a call is refused, empty or short, with each cause that was looked at and its
// repair.
import type { Explanation } from '@hallpass/protocol';
import { Argument, Command, Option } from 'commander';
import {
  type AppOptions,
  appOptions,
  reportErrors,
  askingOptions,
  type AskingOptions,
  clientOf,
  inFile,
  tokenOf,
} from '../asking.ts';
import { example } from '../printing/example.ts';
import { CommandError } from '../command-error.ts';
import type { Outside } from '../surroundings/outside.ts';
import { table } from '../printing/print.ts';

interface WhyOptions extends AskingOptions, AppOptions {
  token?: string;
  tokenFile?: string;
  method?: string;
}

const words: Readonly<Record<Explanation['outcome'], string>> = {
  allowed: 'It works: nothing refuses this call.',
  refused: 'It is refused.',
  empty: 'It works, and the list is empty.',
  incomplete: 'It works, and something is left out.',
};
const marks = { cause: 'cause', fine: 'fine', not_told: 'perhaps' } as const;

export function build(outside: Outside): Command {
  return appOptions(askingOptions(new Command('why')))
    .description(
      'Explain why a call is refused or empty. Asks as the app if you give its id and secret; an emulator tells everyone. Changes nothing. Exit code 1 if the call would be refused.',
    )
    .addArgument(new Argument('<call>', 'path and parameters of the call, such as me/accounts?fields=name'))
    .addOption(
      new Option('-X, --method <method>', 'method of the call').choices(['GET', 'POST', 'DELETE']).default('GET'),
    )
    .addOption(
      new Option('--token <token>', 'the token that makes the call, or - for standard input').env('HALLPASS_TOKEN'),
    )
    .addOption(
      new Option('--token-file <file>', 'file that holds the token; only its owner may be able to read it').env(
        'HALLPASS_TOKEN_FILE',
      ),
    )
    .addHelpText('after', example('hallpass why me/accounts --token -'))
    .action((call: string, options: WhyOptions) =>
      reportErrors(outside, options.json, () => why(outside, call, options)),
    );
}

async function why(outside: Outside, call: string, options: WhyOptions): Promise<void> {
  if (options.token !== undefined && options.tokenFile !== undefined)
    throw new CommandError('wrongUse', 'Give --token or --token-file, not both.');
  const text = options.tokenFile === undefined ? options.token : await inFile(options.tokenFile, 'token');
  const token = text === undefined ? undefined : await tokenOf(outside, text);
  const { appId, appSecret, method = 'GET' } = options;
  const by = appId !== undefined && appSecret !== undefined ? `${appId}|${appSecret}` : token;
  const params = { call, call_method: method, ...(token === undefined ? {} : { input_token: token }) };
  // An explanation has the shape that the protocol package declares for it.
  const told = (await clientOf(outside, options).post('/why', { params, token: by })) as Explanation;
  outside.out(options.json ? JSON.stringify(told) : inLines(told));
  if (told.outcome === 'refused') throw new CommandError('failed', '');
}

function inLines({ outcome, call, graph_error: error, rule, decided_by: decided, checks }: Explanation): string {
  const head = [
    ['call', call],
    ['answer', error ? `${words[outcome]} ${error.message}` : words[outcome]],
    ...(rule === undefined ? [] : [['rule', rule]]),
    ...(decided === undefined ? [] : [['decided by', decided]]),
  ];
  const rows = checks.map(({ state, message, repair = '' }) => [marks[state], message, repair]);
  return rows.length === 0 ? table(head) : `${table(head)}\n\n${table(rows, ['', 'checked', 'fix'])}`;
}
